"""One concern's settings, and the one place where a wrong value becomes a clear sentence."""

import re
from typing import TypeVar

from pydantic import SecretStr, ValidationError

from config.concern import Concern

__all__ = ["read_concern"]

_C = TypeVar("_C", bound=Concern)

_PASSWORD = re.compile(r"(?<=//)[^/?#@\s]*@")
"""Who signs in where, in an address: it may hold a password."""
_KINDS = {"int_": "expected a whole number", "float_": "expected a number", "bool_": "expected true or false"}
"""Kinds of values, by what the names of pydantic's faults begin with."""


def read_concern(concern: type[_C], problems: list[str]) -> _C | None:
    """One concern's settings; what is wrong with them goes to ``problems``."""
    try:
        return concern()
    except ValidationError as error:
        problems.extend(_sentences(concern, error))
        return None


def _sentences(concern: type[Concern], error: ValidationError) -> list[str]:
    # Secrets are not repeated; the message of pydantic says what was expected.
    lines: list[str] = []
    for fault in error.errors(include_url=False):
        name = ".".join(str(part) for part in fault["loc"])
        came = "" if _is_secret(concern, name) else f", got {_PASSWORD.sub('***@', repr(fault['input']))}"
        lines.append(f"{name.upper()}: {_expected(fault['type'], fault['msg'])}{came}")
    return lines


def _expected(kind: str, message: str) -> str:
    """What pydantic expected, in words for operators."""
    plain = next((words for begins, words in _KINDS.items() if kind.startswith(begins)), "")
    plain = plain or message.removeprefix("Value error, ")
    return plain.replace("Input should be", "expected").replace("String should have", "expected")


def _is_secret(concern: type[Concern], name: str) -> bool:
    known = concern.model_fields.get(name)
    return known is None or known.annotation is SecretStr
