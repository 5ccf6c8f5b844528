"""The SDK's types by name: only those that are used are imported.

``import openai`` imports every type of every service that there is, 400 modules and a tenth of what a server takes to
start, of which chat completions use a few. Whoever asks one of these two packages itself for anything gets all of it as
ever; what is in them, such as ``openai.types.chat``, is imported by itself.
"""

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from threading import local
from types import ModuleType

__all__ = ["load_types_later"]

_PACKAGES = ("openai.types", "openai.types.responses")


_running = local()


class _Later(ModuleType):
    """A package whose own file runs when somebody first asks it for something.

    Two threads that ask at once both run it, which comes to the same: what it imports is there once.
    """

    def __getattr__(self, name: str) -> object:
        spec, running = self.__spec__, getattr(_running, "now", False)
        if running or spec is None or spec.loader is None or name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        _running.now = True
        try:
            spec.loader.exec_module(self)
        finally:
            _running.now = False
        self.__class__ = ModuleType  # pyright: ignore[reportAttributeAccessIssue]
        return getattr(self, name)


def load_types_later() -> None:
    """Have it so; nothing where the SDK has been imported already."""
    found = PathFinder.find_spec("openai")
    for name in () if "openai" in sys.modules else _PACKAGES:
        if found is None or found.submodule_search_locations is None:
            return
        found = PathFinder.find_spec(name, found.submodule_search_locations)
        if found is not None:
            sys.modules[name] = module = module_from_spec(found)
            module.__class__ = _Later
            parent, _, own = name.rpartition(".")
            if parent in sys.modules:
                setattr(sys.modules[parent], own, module)
