"""Sealed cells: what is personal in a row is stored as text that only the key opens."""

import json
from typing import Any

from backend.domain.private import Private
from backend.domain.search import is_withheld
from backend.domain.storable import clean
from backend.ports import Cipher

__all__ = ["CASES", "RowSeal", "number_key", "number_keys"]


CASES = "claims"
"""What cells of the table of cases are bound to: its first name. What is sealed does not open under another."""


class RowSeal:
    """Seals and opens the personal cells of one row. A cell that is copied to another row or column does not open.

    Cells that were written before there was a key are read as they are.

    Args:
        cipher: what seals.
        table: the row's table.
        row: what names the row in it; for rows that are numbered when they are written, what they belong to.
    """

    def __init__(self, cipher: Cipher, table: str, row: str) -> None:
        self._cipher = cipher
        self._table = table
        self._row = row

    def text(self, column: str, value: str) -> str:
        """A text as it is stored; nothing stays nothing."""
        return self._cipher.seal(clean(value).encode(), self._place(column)).decode() if value else value

    def text_of(self, column: str, stored: str) -> str:
        """A text as it was.

        Raises:
            SealBroken: it is of another key or another cell.
        """
        return self._cipher.open(stored.encode(), self._place(column)).decode() if stored else stored

    def json(self, column: str, value: Any) -> Any:
        """A JSON value as it is stored: sealed it is one JSON string."""
        if not self._cipher.key_id:
            return value
        written = json.dumps(clean(value), ensure_ascii=False, separators=(",", ":"))
        return self._cipher.seal(written.encode(), self._place(column)).decode()

    def json_of(self, column: str, stored: Any) -> Any:
        """A JSON value as it was. Only sealed ones are stored as a string.

        Raises:
            SealBroken: it is of another key or another cell.
        """
        if not isinstance(stored, str):
            return stored
        return json.loads(self._cipher.open(stored.encode(), self._place(column)))

    def _place(self, column: str) -> str:
        return f"{self._table}.{column}/{self._row}"


def number_keys(cipher: Cipher, number: str) -> tuple[str, ...]:
    """What a caller's number is found by, under each key; a number that was withheld has none to be found by."""
    return ("",) if is_withheld(Private(number)) else cipher.hashes(number, "number")


def number_key(cipher: Cipher, number: str) -> str | None:
    """What is stored beside a sealed number; nothing where numbers are not sealed."""
    return number_keys(cipher, number)[0] if cipher.key_id else None
