"""The pieces of a streamed answer, read from the SDK's own response.

Authorization, the request, its errors and its connection are the SDK's. What it makes of each piece, a model with all
that a piece may hold, cost six times as much as reading the few fields that are used. Whatever these do not fit is read
as the SDK reads it.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Protocol, cast

import httpx2
import msgspec
import openai
from openai.types.chat import ChatCompletionChunk

__all__ = ["Answer", "Call", "Choice", "Delta", "Events", "Function", "Piece", "Pieces", "Usage", "read_piece"]

_DONE = b"[DONE]"
_DRAIN_S = 0.5
"""Some bytes of HTTP follow the last piece, and are on their way; without them the connection cannot be used again."""

_LARGEST = 2**20
"""Bytes of one event. The arguments of a tool, whole, are a few thousand."""


class Answer(Protocol):
    """A response of the HTTP library, whose body is still coming."""

    @property
    def request(self) -> Any:
        """What it answers."""
        ...

    def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The body, as it comes."""
        ...


class Function(msgspec.Struct):
    """Some of a tool's name and arguments."""

    name: str | None = None
    arguments: str | None = None


class Call(msgspec.Struct):
    """Some of a tool call."""

    index: int | None = None
    id: str | None = None
    function: Function | None = None


class Delta(msgspec.Struct):
    """What is new."""

    content: str | None = None
    tool_calls: list[Call] | None = None


class Choice(msgspec.Struct):
    """One answer of as many as were asked for, which is one."""

    delta: Delta | None = None
    finish_reason: str | None = None


class Details(msgspec.Struct):
    """Of the tokens read."""

    cached_tokens: int | None = None


class Usage(msgspec.Struct):
    """Tokens."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: Details | None = None


class Piece(msgspec.Struct):
    """One event of the stream. The names are those of the wire."""

    choices: list[Choice]
    usage: Usage | None = None
    error: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)


_piece = msgspec.json.Decoder(Piece)


def read_piece(data: bytes, request: Any = None) -> Any:
    """One event: a ``Piece``, or the SDK's model of one that is not as usual; both have the same names.

    Raises:
        ValueError: it is no JSON object.
        openai.APIError: it tells of an error.
    """
    try:
        piece = _piece.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return _read_as_sdk(data, request)
    return _read_as_sdk(data, request) if bytes(piece.error) not in (b"", b"null") else piece


def _read_as_sdk(data: bytes, request: Any) -> Any:
    body = json.loads(data)
    if not isinstance(body, dict):
        raise ValueError("an event of the model is no JSON object")
    fields = cast(dict[str, Any], body)
    if error := fields.get("error"):
        told = cast(Mapping[str, Any], error).get("message") if isinstance(error, Mapping) else None
        message = told if isinstance(told, str) and told else "an error occurred during streaming"
        raise openai.APIError(message, request, body=error)
    piece = ChatCompletionChunk.construct(**fields)
    if not isinstance(getattr(piece, "choices", None), Sequence):
        raise ValueError("an event of the model has no choices")
    return piece


class Events:
    """Server-sent events from bytes that are cut anywhere; of each event its data.

    https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
    """

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []

    def feed(self, data: bytes) -> list[bytes]:
        """The data of the events that these bytes complete.

        Raises:
            ValueError: an event does not end.
        """
        data = self._rest + data
        # A line ends with CR, LF or both: what may be the first half of both waits for the other.
        end = max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1
        self._rest = data[end:]
        if len(self._rest) + sum(map(len, self._data)) > _LARGEST:
            raise ValueError("an event of the model is too large")
        return [event for line in data[:end].splitlines() if (event := self._line(line)) is not None]

    def _line(self, line: bytes) -> bytes | None:
        if not line:
            event, self._data = b"\n".join(self._data), []
            return event or None
        name, _, value = line.partition(b":")
        if name == b"data":
            self._data.append(value.removeprefix(b" "))
        return None


class Pieces:
    """Reads one answer, piece by piece."""

    def __init__(self, answer: Answer) -> None:
        self._request = answer.request
        self._bytes = answer.aiter_bytes()
        self._events = Events()
        self._ready: deque[bytes] = deque()

    @property
    def ready(self) -> bool:
        """Has the next piece come already?"""
        return bool(self._ready)

    async def next(self) -> Any:
        """The next piece, ``None`` at the end.

        Raises:
            ValueError, openai.APIError: it cannot be read, or tells of an error; whatever the HTTP library raises.
        """
        while not self._ready:
            more = await anext(self._bytes, None)
            if more is None:
                return None
            self._ready.extend(self._events.feed(more))
        data = self._ready.popleft()
        return None if data.startswith(_DONE) else read_piece(data, self._request)

    async def drain(self) -> None:
        """Take what follows the end, so that the connection can be used again. Never fails: the answer is whole."""
        try:
            async with asyncio.timeout(_DRAIN_S):
                while await anext(self._bytes, None) is not None:
                    pass
        except (OSError, httpx2.HTTPError, httpx2.StreamError):
            return  # the connection is not used again, and that is all
