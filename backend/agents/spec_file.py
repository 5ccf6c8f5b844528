"""Specs as files of a store declare them. The same bytes are held against their shape once, however often a store is
checked: at every change of one of its files, and for what makes tools twice in each check."""

import json
from functools import lru_cache
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from backend.agents.yaml_file import content_of

__all__ = ["forget_specs", "spec_in"]

_S = TypeVar("_S", bound=BaseModel)
_KEPT = 256
"""Specs that are kept; those of the live store are in use anyway."""


def spec_in(raw: bytes, spec: type[_S]) -> _S:
    """What a file declares. The same bytes may give the very same object, since specs never change.

    Raises:
        YamlFault: it is no YAML that is read here.
        ValidationError: it has not the shape of this spec.
    """
    return cast("_S", _kept(raw, spec))


@lru_cache(_KEPT)
def _kept(raw: bytes, spec: type[BaseModel]) -> Any:
    return spec.model_validate_json(json.dumps(content_of(raw), default=str), strict=True)


def forget_specs() -> None:
    """Forget all of them, as a process that starts; for benchmarks."""
    _kept.cache_clear()
