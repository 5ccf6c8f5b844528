"""Settings: one small class a file, by concern. Environment first, ``.env`` second, defaults that run."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from config.places import load_places
    from config.settings import Settings, load_settings

__all__ = ["Settings", "load_places", "load_settings"]

_WHERE = {"Settings": "settings", "load_settings": "settings", "load_places": "places"}


def __getattr__(name: str) -> Any:
    """What is asked for: a command that only has to know where things are does not wait for the other concerns."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
