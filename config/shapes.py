"""Shapes that values of several settings have, and what is said of a value that has another one.

A list of hosts with an address in it, a path with a tilde, a number with spaces: each of them is taken by whoever reads
it, fits nothing, and is noticed when a call fails.
"""

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, SecretStr

__all__ = [
    "BearerKey",
    "HeaderKey",
    "Key",
    "OnePath",
    "PathOrNone",
    "PathText",
    "PhoneNumber",
    "listed",
    "named_host",
    "shaped",
    "written_path",
]

_HOST = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.?")
_ADDRESS = re.compile(r"\[[0-9a-fA-F:.]+\]|[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")


def listed(value: str) -> list[str]:
    """What stands between commas, one by one."""
    return [part.strip() for part in value.split(",") if part.strip()]


def named_host(value: str) -> bool:
    """Is it the name or the address of a host, and nothing besides: no scheme, no port, no path, no ``*``?"""
    return bool(_HOST.fullmatch(value) or _ADDRESS.fullmatch(value))


def shaped(pattern: str, expected: str) -> AfterValidator:
    """A text that has this shape, or is empty.

    Args:
        pattern: of the whole text.
        expected: behind "expected", such as "a region such as eastus2".
    """
    wanted = re.compile(pattern)

    def judge(value: str) -> str:
        if value and not wanted.fullmatch(value):
            raise ValueError(f"expected {expected}")
        return value

    return AfterValidator(judge)


def _secret_shaped(pattern: str, expected: str) -> AfterValidator:
    """The same of a secret, which is not repeated."""
    wanted = re.compile(pattern)

    def judge(value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text and not wanted.fullmatch(text):
            raise ValueError(f"expected {expected}")
        return value

    return AfterValidator(judge)


def written_path(value: Any) -> Any:
    """A path as the system takes it: nobody puts a home folder or a variable into it, and it is no address."""
    text = str(value)
    if text.startswith(("~", "$", "%")):
        raise ValueError("expected a path that is written out, without ~ and variables")
    if "://" in text or text.lower().startswith("file:"):
        raise ValueError("expected a path, not an address")
    if not text.isprintable():
        raise ValueError("expected a path, without characters that cannot be seen")
    return value


def _given(value: Any) -> Any:
    if value == "":
        raise ValueError("expected a path")
    return written_path(value)


OnePath = Annotated[Path, BeforeValidator(_given)]
"""A path that was really given: an empty one would be the working directory."""
PathOrNone = Annotated[Path | None, BeforeValidator(lambda value: None if value == "" else written_path(value))]
"""A path, or none where it is empty."""
PathText = Annotated[str, BeforeValidator(written_path)]
"""A path as a text; empty for none."""
PhoneNumber = Annotated[str, shaped(r"\+[1-9][0-9]{6,14}", "a number such as +18005550123")]
"""A telephone number in E.164, or nothing."""
Key = Annotated[str, shaped(r"[0-9*#]", "one key of a telephone: a digit, * or #")]
"""A key of a telephone, or nothing."""
BearerKey = Annotated[
    SecretStr,
    _secret_shaped(
        r"(?=.{1,4096}\Z)[A-Za-z0-9._~+/-]+=*",
        "a key that a bearer header can carry: at most 4096 letters without accents, digits and - . _ ~ + /",
    ),
]
"""A key that others show us (RFC 6750), or nothing. One with a space or an umlaut in it would open nothing."""
HeaderKey = Annotated[
    SecretStr,
    _secret_shaped(r"[!-~]+", "a key that a header can carry: letters without accents, digits and signs, no spaces"),
]
"""A key that we show others, or nothing."""
