"""The safe loader of YAML, in C where there is one: the one in Python takes ten times as long."""

from typing import Any

import yaml

__all__ = ["SafeLoader", "load_yaml"]

SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str) -> Any:
    """What a text in YAML says, with nothing built that YAML does not know.

    Raises:
        yaml.YAMLError: it is none.
    """
    return yaml.load(text, Loader=SafeLoader)  # noqa: S506 - a safe loader either way
