"""Every error of a database has a clause that an operator understands, or at least its name."""

import errno
import os
import sqlite3

import pytest

from backend.adapters.sql.reason import reason


class Postgres(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__("hush")
        self.sqlstate = sqlstate


class Wrapped(Exception):
    def __init__(self, orig: BaseException) -> None:
        super().__init__("hush")
        self.orig = orig


def sqlite(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("hush")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (sqlite(sqlite3.SQLITE_READONLY_DIRECTORY), "the file or its folder is read-only"),
        (sqlite(sqlite3.SQLITE_FULL), "the disk is full"),
        (Wrapped(sqlite(sqlite3.SQLITE_IOERR_WRITE)), "the disk could not be read or written; is it full or failing?"),
        (Wrapped(sqlite(sqlite3.SQLITE_CANTOPEN_ISDIR)), "the file cannot be opened; may its folder be written?"),
        (Wrapped(Postgres("53100")), "the database server's disk is full"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "no space left on device"),
        (Wrapped(ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")), "connection refused"),
        (Wrapped(Postgres("99999")), "Postgres"),
        (ValueError("hush"), "ValueError"),
    ],
)
def test_it_says_what_is_wrong(error: Exception, told: str) -> None:
    assert reason(error) == told
