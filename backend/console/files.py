"""The files of the console, and the one page that loads them. They are read once; nothing is made at run time."""

import hashlib
import mimetypes
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import Path

__all__ = ["ConsoleFile", "ConsoleFiles", "Shell", "console_files"]

_BUILT = Path(__file__).resolve().parent / "built"
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="build" content="{build}">
<meta name="entra" content="{entra}">
<title>Ringmaster</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/console/console.css?{build}" nonce="{nonce}">
<script type="module" src="/console/console.js?{build}" nonce="{nonce}"></script>
</head>
<body><div id="console"></div><noscript>The console needs JavaScript, all of it from this server.</noscript></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class ConsoleFile:
    """One file as it is served."""

    body: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class Shell:
    """The page, made for one answer."""

    page: str
    policy: str
    """Its ``Content-Security-Policy``."""


@dataclass(frozen=True, slots=True)
class ConsoleFiles:
    """All of them.

    Args:
        files: by name, as it stands in ``/console/NAME``.
        build: a hash of them all: another one means that a page that is open is older than its server.
    """

    files: Mapping[str, ConsoleFile]
    build: str

    def shell(self, entra: str = "") -> Shell:
        """The page with a nonce of its own, which is the only way to get a style of its own into it.

        Args:
            entra: where signing in with Entra ID begins; empty where nobody signs in so.
        """
        nonce = secrets.token_urlsafe(16)
        page = _PAGE.format(build=escape(self.build), entra=escape(entra), nonce=nonce)
        return Shell(page, _POLICY.format(nonce=nonce))


@lru_cache(maxsize=1)
def console_files() -> ConsoleFiles:
    """What was bundled, read from disk the first time: before there are calls."""
    files: dict[str, ConsoleFile] = {}
    whole = hashlib.sha256()
    for path in sorted(_BUILT.iterdir()):
        body = path.read_bytes()
        whole.update(path.name.encode() + b"\0" + body)
        files[path.name] = ConsoleFile(body, mimetypes.guess_type(path.name)[0] or "application/octet-stream")
    return ConsoleFiles(files, whole.hexdigest()[:16])
