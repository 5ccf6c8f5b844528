"""``.env.example``: every setting with its default and what it is for, as a file to copy and change."""

import re
from pathlib import Path
from textwrap import wrap
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from backend.docstrings import docstrings_of
from config.concern import Concern
from config.settings import CONCERNS

__all__ = ["default_of", "env_example"]

_HEAD = """\
# Settings of the server. Copy this file to .env, take the # away from a line and change its value; the environment goes
# before it. A name that is none stops the start. This file is written by `make schema` from config/.
"""
_ROOT = Path(__file__).resolve().parent.parent


def env_example() -> str:
    """The file's text."""
    return "\n".join([_HEAD, *(_concern(one) for one in CONCERNS), _TOOLS])


_TOOLS = """\
# Addresses and secrets of the tools that the agent store declares begin with TOOL_; see docs/tools.md.
# TOOL_NAME=

# Places of the books that the agent store declares begin with BOOK_; see docs/identities.md.
# BOOK_NAME=
"""


def _concern(concern: type[Concern]) -> str:
    title = (concern.__doc__ or "").strip().splitlines()[0]
    texts = docstrings_of(concern)
    parts = [
        f"# {_plain(title)}",
        *(_setting(name, field, texts.get(name, "")) for name, field in concern.model_fields.items()),
    ]
    return "\n".join(parts) + "\n"


def default_of(field: FieldInfo) -> str:
    """What a setting is when nobody sets it, as ``.env`` would have it; empty where it is then without a value."""
    return _written(field.get_default(call_default_factory=True))


def _setting(name: str, field: FieldInfo, text: str) -> str:
    lines = [f"#   {line}" for line in wrap(_plain(text), 114)]
    return "\n".join([*lines, f"# {name.upper()}={default_of(field)}"])


def _written(value: Any) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, Path):
        return value.relative_to(_ROOT).as_posix()
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}'" if value == "#" else str(value)


def _plain(text: str) -> str:
    return re.sub(r"`+", "", " ".join(text.split()))
