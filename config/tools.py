"""Addresses and secrets of the tools that the agent store declares."""

import os
from collections.abc import Mapping

from dotenv import dotenv_values

__all__ = ["PREFIX", "tool_environment"]

PREFIX = "TOOL_"
"""Variables that begin so are for declared tools; a store can refer to no others."""


def tool_environment() -> Mapping[str, str]:
    """The environment's ``TOOL_`` variables, and those of ``.env`` that it does not set."""
    found = {name: value for name, value in dotenv_values(".env").items() if value is not None} | dict(os.environ)
    return {name: value for name, value in found.items() if name.startswith(PREFIX)}
