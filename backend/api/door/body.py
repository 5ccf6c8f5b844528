"""A request's body: whole, in time, no larger than its route takes, and text that can be kept."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.api.door.refusal import Refusal
from backend.protocol.web import is_json, is_yaml, media_type

__all__ = ["Bodies", "BodyLimits"]

Receive = Callable[[], Awaitable[Any]]

_TEXTS = frozenset({"text/markdown", "text/x-jinja2"})
_PLENTY = 64 * 1024
"""Beyond it JSON is weighed before it is parsed; below it a parse takes a millisecond at most."""


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """Sizes in bytes, times in seconds."""

    usual: int = 1024 * 1024
    chat: int = 64 * 1024
    session: int = 1024
    """Of those who are not known yet."""
    whole_s: float = 30.0
    """From the head to the last byte."""
    pause_s: float = 10.0
    """Without a byte."""
    values: int = 50_000
    """Commas, colons and brackets in large JSON. Parsing holds the interpreter, in whichever thread it is done, so
    what would take long is refused by count."""


class Bodies:
    """Reads bodies before anything behind the door sees them."""

    def __init__(self, limits: BodyLimits | None = None) -> None:
        self._limits = limits or BodyLimits()

    def check_head(self, path: str, headers: Mapping[str, str], *, provider: bool) -> None:
        """May a body that is announced so be sent at all?

        Raises:
            Refusal: no; it is not read.
        """
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self._most(path):
            raise self._too_large(path)
        if not length.strip("0") and "transfer-encoding" not in headers:
            return
        kind = media_type(headers.get("content-type"))
        program = "origin" not in headers and "sec-fetch-site" not in headers
        if not (is_json(kind) or (not kind and program) or (not provider and (is_yaml(kind) or kind in _TEXTS))):
            raise Refusal(
                415,
                "request.content_type",
                "expected a body of Content-Type application/json or application/yaml "
                "(or text/markdown for prompts and knowledge)",
            )

    async def read(self, path: str, headers: Mapping[str, str], receive: Receive, *, provider: bool) -> Receive:
        """Read the whole body; gives what the application receives it from.

        Raises:
            Refusal: it is too large, too slow, or no text that can be kept.
        """
        parts: list[bytes] = []
        size, most, limits = 0, self._most(path), self._limits
        try:
            async with asyncio.timeout(limits.whole_s):
                while True:
                    async with asyncio.timeout(limits.pause_s):
                        message = await receive()
                    if message["type"] != "http.request":
                        return _again(message, receive)  # the client went before it had come whole
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > most:
                        raise self._too_large(path)
                    if not message.get("more_body", False):
                        break
        except TimeoutError:
            raise Refusal(408, "request.slow", "the body was not received in time") from None
        body = b"".join(parts)
        if body and not provider and is_json(media_type(headers.get("content-type"))):
            self._check_json(body)
        return _again({"type": "http.request", "body": body, "more_body": False}, receive)

    def _most(self, path: str) -> int:
        limits = self._limits
        return {"/api/v1/chat": limits.chat, "/api/v1/session": limits.session}.get(path, limits.usual)

    def _too_large(self, path: str) -> Refusal:
        return Refusal(413, "request.too_large", f"expected a body of at most {self._most(path)} bytes")

    def _check_json(self, body: bytes) -> None:
        if len(body) > _PLENTY and sum(map(body.count, (b",", b":", b"[", b"{"))) > self._limits.values:
            raise Refusal(400, "request.invalid", "the body contains too many values")
        try:
            plain = body.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Refusal(400, "request.invalid", "expected JSON in UTF-8 (RFC 8259)") from None
        if b"\0" in body:  # Python's reader takes such a body for UTF-16 or UTF-32
            raise Refusal(422, "request.invalid", "the body contains the NUL character")
        _check_values(plain)


def _check_values(plain: str) -> None:
    """A key that comes twice is two different requests to two readers. Half of a character, or the character zero, can
    be written into JSON and into no file and no database."""
    try:
        told = json.loads(plain, object_pairs_hook=_once)
        if "\\u" not in plain:
            return
        text = json.dumps(told, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:
        raise Refusal(422, "request.invalid", "the body contains half of a character (a lone surrogate)") from None
    except json.JSONDecodeError:
        return  # no JSON at all; whoever reads it says so
    except ValueError:
        raise Refusal(422, "request.invalid", "the body contains a number with too many digits") from None
    except RecursionError:
        raise Refusal(400, "request.invalid", "the body is nested too deeply") from None
    if "\\u0000" in text.replace("\\\\", ""):
        raise Refusal(422, "request.invalid", "the body contains the NUL character")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Refusal(422, "request.invalid", "the body names a key twice in one object; give each key once")
    return found


def _again(first: Any, receive: Receive) -> Receive:
    """Receive ``first``, and then whatever comes."""
    waiting = [first]

    async def again() -> Any:
        return waiting.pop() if waiting else await receive()

    return again
