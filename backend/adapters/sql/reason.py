"""Why a database did not do what it was asked, in words with which an operator can put it right."""

import sqlite3
from collections.abc import Mapping

__all__ = ["is_locked", "reason"]

_SQLITE: Mapping[int, str] = {
    sqlite3.SQLITE_READONLY: "the file or its folder is read-only",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened; may its folder be written?",
    sqlite3.SQLITE_IOERR: "the disk could not be read or written; is it full or failing?",
    sqlite3.SQLITE_BUSY: "another process keeps it locked",
    sqlite3.SQLITE_LOCKED: "another process keeps it locked",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is not a database",
    sqlite3.SQLITE_PERM: "the file may not be used by this user",
}
_POSTGRES: Mapping[str, str] = {
    "53100": "the database server's disk is full",
    "25006": "the database is read-only",
    "53300": "the database server takes no more connections",
    "28P01": "the password is wrong",
    "3D000": "there is no such database",
    "42501": "this user may not do that",
}


def is_locked(error: BaseException) -> bool:
    """Does another process keep the file of SQLite locked?"""
    codes = (getattr(one, "sqlite_errorcode", None) for one in _chain(error))
    return any(isinstance(code, int) and code & 0xFF == sqlite3.SQLITE_BUSY for code in codes)


def reason(error: BaseException) -> str:
    """A short clause. What was written, and the statement, stay out of it: they hold what callers say."""
    for one in _chain(error):
        code = getattr(one, "sqlite_errorcode", None)
        if isinstance(code, int) and code & 0xFF in _SQLITE:  # the upper bits say more than anybody needs to know
            return _SQLITE[code & 0xFF]
        state = getattr(one, "sqlstate", None)
        if isinstance(state, str) and state in _POSTGRES:
            return _POSTGRES[state]
        if isinstance(one, OSError) and one.strerror:
            return one.strerror.lower()
    return type(getattr(error, "orig", None) or error).__name__


def _chain(error: BaseException) -> list[BaseException]:
    """The error, and what it was raised from."""
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        following = getattr(following, "orig", None) or following.__cause__
    return found
