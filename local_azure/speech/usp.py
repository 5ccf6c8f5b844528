"""USP, the WebSocket protocol between the Speech SDK and Azure Speech: messages <-> bytes, without I/O.

Nobody publishes a specification. The framing here was captured from azure-cognitiveservices-speech 1.53.0 and
agrees with Microsoft's JavaScript SDK (``src/common.speech/WebsocketMessageFormatter.ts``):

* text message: ``Header:Value`` lines ended by CRLF, an empty line, the body;
* binary message: two bytes with the length of the headers (big endian), the headers, the payload.

Header names are matched whatever their case. ``X-RequestId`` is 32 hex digits, one value a turn.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from backend.errors import ProtocolError

__all__ = [
    "JSON_TYPE",
    "BinaryMessage",
    "TextMessage",
    "decode_binary",
    "decode_text",
    "encode_binary",
    "encode_json",
    "encode_text",
    "ms",
    "ticks",
]

JSON_TYPE = "application/json; charset=utf-8"
_BREAK = "\r\n"
_MAX_HEADERS = 64
_TICKS_PER_MS = 10_000


@dataclass(frozen=True, slots=True)
class TextMessage:
    """One text message. ``headers`` has lower-case names."""

    path: str
    body: str = field(repr=False)
    request_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def json(self) -> dict[str, Any]:
        """The body as a JSON object.

        Raises:
            ProtocolError: it is none.
        """
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise ProtocolError(f"{self.path}: body is not JSON") from error
        if not isinstance(value, dict):
            raise ProtocolError(f"{self.path}: body is not a JSON object")
        return cast(dict[str, Any], value)


@dataclass(frozen=True, slots=True)
class BinaryMessage:
    """One binary message; an ``audio`` message without payload ends the audio."""

    path: str
    payload: bytes = field(repr=False)
    request_id: str = ""
    stream_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


def ticks(milliseconds: float) -> int:
    """Milliseconds as the protocol's ticks of 100 ns."""
    return round(milliseconds * _TICKS_PER_MS)


def ms(tick_count: int) -> float:
    """Ticks of 100 ns as milliseconds."""
    return tick_count / _TICKS_PER_MS


def decode_text(message: str) -> TextMessage:
    """Read a text message.

    Raises:
        ProtocolError: the headers do not end, one has no colon, or ``Path`` is missing.
    """
    head, found, body = message.partition(_BREAK * 2)
    if not found:
        raise ProtocolError("text message: no empty line after the headers")
    headers = _read_headers(head)
    return TextMessage(_path(headers), body, headers.get("x-requestid", ""), headers)


def decode_binary(message: bytes) -> BinaryMessage:
    """Read a binary message.

    Raises:
        ProtocolError: shorter than its own header length, headers that are no ASCII lines, or no ``Path``.
    """
    if len(message) < 2:
        raise ProtocolError("binary message: no header length")
    (length,) = struct.unpack_from(">H", message)
    if len(message) < 2 + length:
        raise ProtocolError("binary message: shorter than its headers")
    try:
        head = message[2 : 2 + length].decode("ascii")
    except UnicodeDecodeError as error:
        raise ProtocolError("binary message: headers are not ASCII") from error
    headers = _read_headers(head)
    payload = message[2 + length :]
    request_id, stream_id = headers.get("x-requestid", ""), headers.get("x-streamid", "")
    return BinaryMessage(_path(headers), payload, request_id, stream_id, headers)


def encode_text(path: str, request_id: str, body: str, content_type: str = JSON_TYPE) -> str:
    """Write a text message as the service does."""
    headers = {"X-RequestId": request_id, "Path": path, "Content-Type": content_type}
    return _write_headers(headers) + _BREAK + body


def encode_json(path: str, request_id: str, body: Mapping[str, Any]) -> str:
    """Write a text message with a JSON body."""
    return encode_text(path, request_id, json.dumps(body, separators=(",", ":"), ensure_ascii=False))


def encode_binary(path: str, request_id: str, payload: bytes, *, stream_id: str = "", content_type: str = "") -> bytes:
    """Write a binary message; ``content_type`` goes with the first one of a stream only."""
    headers = {"X-RequestId": request_id, "Path": path}
    if stream_id:
        headers["X-StreamId"] = stream_id
    if content_type:
        headers["Content-Type"] = content_type
    head = _write_headers(headers).encode("ascii")
    return struct.pack(">H", len(head)) + head + payload


def _write_headers(headers: Mapping[str, str]) -> str:
    return "".join(f"{name}:{value}{_BREAK}" for name, value in headers.items())


def _read_headers(head: str) -> dict[str, str]:
    lines = [line for line in head.split(_BREAK) if line]
    if len(lines) > _MAX_HEADERS:
        raise ProtocolError("too many headers")
    headers: dict[str, str] = {}
    for line in lines:
        name, found, value = line.partition(":")
        if not found or not name.strip():
            raise ProtocolError("a header line has no name or no colon")
        headers[name.strip().lower()] = value.strip()
    return headers


def _path(headers: Mapping[str, str]) -> str:
    path = headers.get("path", "")
    if not path:
        raise ProtocolError("no Path header")
    return path.lower()
