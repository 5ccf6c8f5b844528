"""The key of a server that ``ringmaster dev`` runs, in a file that only its owner reads; one-time codes of browsers.

A page of another site, another user of this machine and a program that was not meant to can reach a port on
loopback; none of them can read this file. ``call``, ``chat`` and the other commands find it by themselves.
"""

import hashlib
import hmac
import os
import re
import secrets
import time
from pathlib import Path
from urllib.parse import urlsplit

from backend.errors import ConfigError
from config.address import http_address

__all__ = ["LOCAL_KEY", "LocalKey", "key_for"]

LOCAL_KEY = Path("var/local.key")
"""Where the key lies, beside the data that it guards."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_LONGEST = 4096
_KEY = re.compile(r"[!-~]+")
SESSION_S = 7 * 24 * 3600
"""Life of a browser's session."""


class LocalKey:
    """One key file.

    Args:
        path: where it is, or is to be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._code = path.with_suffix(".code")

    def make(self) -> str:
        """The key; a new one unless there is one already that nobody else can read.

        Raises:
            OSError: it cannot be written.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        key = self.read()
        if not key:
            key = secrets.token_urlsafe(32)
            _write(self._path, key)
        return key

    def read(self) -> str:
        """The key; empty where there is none that can be trusted."""
        try:
            with self._path.open("rb") as opened:
                about = os.fstat(opened.fileno())
                if about.st_mode & 0o077 or about.st_uid != os.geteuid():
                    return ""
                return opened.read(_LONGEST).decode("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def new_code(self) -> str:
        """A code that a browser exchanges for a session, once. An earlier one ends.

        Raises:
            OSError: it cannot be written.
        """
        code = secrets.token_urlsafe(24)
        _write(self._code, _hash(code))
        return code

    def spend(self, code: str) -> bool:
        """Was this the code? It is none any more: of two that show it at once, one gets the session."""
        try:
            kept = self._code.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return False
        if not hmac.compare_digest(_hash(code), kept):
            return False
        spent = self._code.with_name(f"{self._code.name}.{secrets.token_hex(4)}")
        try:
            self._code.rename(spent)
            spent.unlink()
        except OSError:
            return False
        return True

    def new_session(self) -> str:
        """What a browser keeps instead of the key."""
        session = f"{int(time.time()) + SESSION_S}.{secrets.token_urlsafe(12)}"
        return f"{session}.{self._seal(session)}"

    def knows(self, session: str) -> bool:
        """Is this a session of ours that has not ended?"""
        ends = session.partition(".")[0]
        return self.made(session) and ends.isdigit() and int(ends) > time.time()

    def made(self, session: str) -> bool:
        """Is this a session of ours, be it over or not?"""
        plain, _, seal = session.rpartition(".")
        return bool(self.read()) and session.isascii() and hmac.compare_digest(seal, self._seal(plain))

    def fits(self, key: str) -> bool:
        """Is this the key?"""
        ours = self.read()
        return bool(ours) and hmac.compare_digest(key.encode("utf-8", "replace"), ours.encode())

    def _seal(self, session: str) -> str:
        return hmac.new(self.read().encode(), f"session {session}".encode(), hashlib.sha256).hexdigest()


def key_for(server: str, given: str = "") -> str:
    """The key that a command shows to a server.

    Args:
        server: its address.
        given: the key that the operator named; it goes first.

    Returns:
        That key, or the one of this folder's local server where ``server`` is on this machine; else nothing.

    Raises:
        ConfigError: that is no address, or no key.
    """
    try:
        http_address(server or "none")
    except ValueError as error:
        raise ConfigError(f"the server's address: {error}, got {server!r}") from None
    if given and not _KEY.fullmatch(given):
        raise ConfigError("the API key: expected letters, digits and signs, without spaces and line ends")
    if given or urlsplit(server).hostname not in _LOOPBACK:
        return given
    return LocalKey(LOCAL_KEY).read()


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()


def _write(path: Path, text: str) -> None:
    """Put a file into place whole, readable by nobody else at any moment."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text + "\n")
    new.replace(path)
