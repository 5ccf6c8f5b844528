"""Does what happened look like what was written?"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

__all__ = ["at_path", "holds", "holds_any", "looks_like"]


def holds(words: str, pattern: str) -> bool:
    """Are these words in it somewhere? Case and spacing do not count; ``*`` stands for any words."""
    return _compiled(pattern).search(_plain(words)) is not None


def looks_like(value: Any, expected: Any) -> bool:
    """Is a value as expected? Objects may hold more than is expected; texts match as a whole, ``*`` as in ``holds``."""
    if isinstance(expected, Mapping):
        return isinstance(value, Mapping) and all(
            key in value and looks_like(value[key], one) for key, one in expected.items()
        )
    if (isinstance(expected, str) and not isinstance(value, Mapping | Sequence)) or isinstance(value, str):
        return _compiled(str(expected)).fullmatch(_plain(str(value))) is not None
    if isinstance(expected, Sequence) and isinstance(value, Sequence) and not isinstance(expected, str):
        return len(value) == len(expected) and all(map(looks_like, value, expected))
    return bool(value == expected) and isinstance(value, bool) == isinstance(expected, bool)


def holds_any(value: Any, wanted: Sequence[Any]) -> bool:
    """Is it any of these, or is any entry of it? ``none`` is an empty list, or nothing at all."""
    return any(_holds(value, one) for one in wanted)


def _holds(value: Any, one: Any) -> bool:
    if one == "none" and not value:
        return True
    if isinstance(value, Mapping):
        return any(_holds(each, one) for each in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(_holds(each, one) for each in value)
    return looks_like(value, one)


def at_path(values: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path; ``None`` where there is none."""
    found: Any = values
    for part in path.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


@lru_cache(maxsize=2000)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in _plain(pattern).split("*")))
