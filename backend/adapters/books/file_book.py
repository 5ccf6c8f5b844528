"""``Book`` on a file. It is read again when the file has changed."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from backend.adapters.files.record_file import RecordFile, hashed_value, read_record_file
from backend.domain.book_spec import BookRecord
from backend.errors import ConfigError, Unavailable

__all__ = ["FileBook"]


class FileBook:
    """``Book`` on a file.

    Args:
        name: the book's.
        identifier: the field that says which record it is.
        path: where it is.
        setting: what names the file, for messages.
        key: the server's key, under which secrets were hashed.

    Raises:
        ConfigError: the file is missing or holds something else.
    """

    def __init__(self, name: str, identifier: str, path: Path, setting: str, key: str) -> None:
        self._name = name
        self._id = identifier
        self._setting = setting
        self._path = path
        self._key = key
        self._stamp = self._now()
        self._file = self._read()

    async def find(self, exact: Mapping[str, str]) -> Sequence[BookRecord]:
        """All of them: comparing every record takes the same time whatever was said."""
        return (await self._fresh()).records

    async def get(self, record: str) -> BookRecord | None:
        """One record."""
        records = (await self._fresh()).records
        return next((found for found in records if str(found[self._id]) == record), None)

    async def hashed(self, value: str) -> str:
        """The hash takes a while, and is made beside the calls."""
        salt = (await self._fresh()).salt
        return await asyncio.to_thread(hashed_value, value, salt, self._key) if salt and value else ""

    async def takes_veiled(self) -> bool:
        """Only plain values can be put under the same veil."""
        return not (await self._fresh()).salt

    async def _fresh(self) -> RecordFile:
        stamp = self._now()
        if stamp != self._stamp:
            try:
                self._file, self._stamp = await asyncio.to_thread(self._read), stamp
            except ConfigError as error:
                raise Unavailable(f"the book {self._name}", "its file cannot be read") from error
        return self._file

    def _read(self) -> RecordFile:
        return read_record_file(self._path, self._setting, self._id)

    def _now(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return (0, 0)
        return found.st_mtime_ns, found.st_size
