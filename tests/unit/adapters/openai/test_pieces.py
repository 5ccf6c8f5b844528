"""Pieces of an answer, read as the SDK reads them, and where they are unusual by the SDK itself."""

import json
import random
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import openai
import pytest
from openai._streaming import SSEDecoder
from openai.types.chat import ChatCompletionChunk

from backend.adapters.openai.pieces import Events, Piece, Pieces, read_piece


class Answered:
    """A response whose body comes in these parts; it breaks off with an error where one is given."""

    request = None

    def __init__(self, *parts: bytes, error: Exception | None = None) -> None:
        self._parts = parts
        self._error = error
        self.taken = 0

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            self.taken += 1
            yield part
        if self._error is not None:
            raise self._error


def cut(body: bytes, chance: random.Random) -> list[bytes]:
    places = sorted(chance.randrange(len(body) + 1) for _ in range(chance.randrange(8)))
    return [body[start:end] for start, end in zip([0, *places], [*places, len(body)], strict=True)]


LINES = ("data: {}", "data: one", "data:two", "data", "data:  spaced", ": nothing", "event: x", "id: 3", "retry: 9", "")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_events_are_those_of_the_sdk_wherever_they_are_cut(end: str) -> None:
    chance = random.Random(7)
    for _ in range(400):
        body = end.join(chance.choice(LINES) for _ in range(12)) + end + end
        parts = cut(body.encode() + b"\n", chance)
        theirs = [event.data.encode() for event in SSEDecoder().iter_bytes(iter(parts))]
        events = Events()
        assert [event for part in parts for event in events.feed(part)] == [data for data in theirs if data]


def test_an_event_without_an_end_is_not_kept_for_ever() -> None:
    events = Events()
    with pytest.raises(ValueError, match="too large"):
        for _ in range(100):
            events.feed(b"data: " + b"x" * 50_000)


CALL = {"index": 1, "id": "c1", "type": "function", "function": {"name": "record", "arguments": '{"a"'}}
BODIES: list[dict[str, Any]] = [
    {"choices": []},
    {"id": "x", "model": "m", "choices": [], "prompt_filter_results": [{"prompt_index": 0}]},
    {"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]},
    {"choices": [{"index": 0, "delta": {"content": "Grüß Gott \u2028 \\"}, "finish_reason": None, "logprobs": None}]},
    {"choices": [{"index": 0, "delta": {"tool_calls": [CALL]}, "content_filter_results": {}}]},
    {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": None},
    {"choices": [{"index": 0, "delta": None, "finish_reason": "content_filter"}]},
    {"choices": [], "usage": {"prompt_tokens": 11, "completion_tokens": 5, "prompt_tokens_details": {"audio": 0}}},
]
ODD: list[dict[str, Any]] = [
    {"choices": [{"delta": {"tool_calls": [{**CALL, "index": 1.0}]}}]},
    {"choices": [{"delta": {"content": "a"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": "11"}},
    {"choices": [{"delta": {"content": "a"}}], "error": {}},
]


def used(piece: Any) -> list[Any]:
    """All that is read of a piece, by whoever read it."""
    found: list[Any] = []
    for choice in piece.choices:
        delta = choice.delta
        found.append((getattr(choice, "finish_reason", None) or None, getattr(delta, "content", None) or None))
        for call in getattr(delta, "tool_calls", None) or ():
            function = call.function
            found.append((call.index, call.id, function and (function.name, function.arguments)))
    usage = getattr(piece, "usage", None)
    return [*found, usage and (usage.prompt_tokens, usage.completion_tokens)]


@pytest.mark.parametrize("body", [*BODIES, *ODD])
def test_a_piece_says_what_the_sdk_reads_in_it(body: dict[str, Any]) -> None:
    piece = read_piece(json.dumps(body).encode())
    assert used(piece) == used(ChatCompletionChunk.construct(**body))


@pytest.mark.parametrize("body", BODIES)
def test_the_usual_pieces_go_the_short_way(body: dict[str, Any]) -> None:
    assert isinstance(read_piece(json.dumps(body).encode()), Piece)


@pytest.mark.parametrize("error", [{"message": "overloaded"}, {"code": 3}, "broken", ["x"]])
def test_an_error_in_the_stream_is_raised(error: Any) -> None:
    with pytest.raises(openai.APIError):
        read_piece(json.dumps({"choices": [], "error": error}).encode())


@pytest.mark.parametrize("data", [b"{", b"[]", b'"x"', b"\xff", b"{}", b'{"choices": 3}', b"[" * 5000])
def test_what_is_no_piece_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        read_piece(data)


async def test_pieces_end_at_the_end_and_the_rest_is_taken() -> None:
    body = json.dumps(BODIES[3]).encode()
    answered = Answered(b"data: " + body[:9], body[9:] + b"\n\ndata: [DONE]\n\n", b"", b"\n")
    pieces = Pieces(answered)
    assert (await pieces.next()).choices[0].delta.content == "Grüß Gott \u2028 \\"
    assert await pieces.next() is None
    assert answered.taken == 2
    await pieces.drain()
    assert answered.taken == 4


@pytest.mark.parametrize("error", [OSError("gone"), httpx2.ReadError("gone"), httpx2.StreamClosed()])
async def test_a_whole_answer_is_not_spoiled_by_what_follows_it(error: Exception) -> None:
    pieces = Pieces(Answered(b"data: [DONE]\n\n", error=error))
    assert await pieces.next() is None
    await pieces.drain()


async def test_an_answer_that_breaks_off_says_so() -> None:
    pieces = Pieces(Answered(b"data: {", error=OSError("gone")))
    with pytest.raises(OSError, match="gone"):
        await pieces.next()
