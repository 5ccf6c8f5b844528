"""Addresses and secrets of the tools and books that the agent store declares."""

import os
from collections.abc import Mapping

from dotenv import dotenv_values

__all__ = ["BOOKS", "PREFIX", "book_environment", "tool_environment"]

PREFIX = "TOOL_"
"""Variables that begin so are for declared tools; a store can refer to no others."""


BOOKS = "BOOK_"
"""Variables that begin so are for declared books: paths of files, addresses of databases."""


def tool_environment() -> Mapping[str, str]:
    """The environment's ``TOOL_`` variables, and those of ``.env`` that it does not set."""
    return _beginning(PREFIX)


def book_environment() -> Mapping[str, str]:
    """The same of ``BOOK_`` variables."""
    return _beginning(BOOKS)


def _beginning(prefix: str) -> Mapping[str, str]:
    written = dotenv_values(".env", encoding="utf-8-sig")
    found = {name: value for name, value in written.items() if value is not None} | dict(os.environ)
    return {name: value for name, value in found.items() if name.startswith(prefix)}
