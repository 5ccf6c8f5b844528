"""What is left of a file with faults of shape, so that everything else about it can be checked in the same go."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from backend.agents.problem import Place

__all__ = ["salvaged"]

_S = TypeVar("_S", bound=BaseModel)


def salvaged(
    spec: type[_S], content: Mapping[str, Any], faults: Iterable[Place]
) -> tuple[_S, frozenset[str]] | tuple[None, frozenset[str]]:
    """The file without what is wrong in it, and the keys that therefore do not say what was meant.

    ``None`` where too little is left, as when a key that must be given is missing. A key that there is not stands, as
    likely as not, for the one that it resembles.
    """
    rest, lost = deepcopy(dict(content)), set[str]()
    for path in faults:
        if not path:
            return None, frozenset()
        key = str(path[0])
        lost.add(key if key in spec.model_fields else _meant(key, spec))
        _drop(rest, path)
    try:
        return spec.model_validate(rest), frozenset(lost)
    except ValidationError:
        return None, frozenset()


def _meant(key: str, spec: type[BaseModel]) -> str:
    from rapidfuzz import fuzz, process  # a sound store asks for nothing

    found = process.extractOne(key, list(spec.model_fields), scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else key


def _drop(rest: dict[str, Any], path: Place) -> None:
    """Take away the innermost settings that hold the fault; a list goes as a whole, or the places of others shift."""
    keys: list[str] = []
    for part in path:
        if isinstance(part, int):
            break
        keys.append(part)
    inner: Any = rest
    for key in keys[:-1]:
        inner = inner.get(key) if isinstance(inner, dict) else None
    if isinstance(inner, dict):
        inner.pop(keys[-1], None)
