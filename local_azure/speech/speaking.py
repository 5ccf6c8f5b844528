"""Sends one synthesis: audio in pieces of 100 ms, word boundaries ahead of the audio that holds them."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Iterator

from local_azure.soundbook import SpokenWord
from local_azure.speech.context import SynthesisRequest
from local_azure.speech.engine import Rendering, Segment
from local_azure.speech.speech_socket import SpeechSocket
from local_azure.speech.usp import ticks
from local_azure.state import EmulatorState

__all__ = ["Speaking"]

_PIECE_MS = 100
_PUNCTUATION = ".,;:!?¿¡\"'()[]…"
_TIMES_REAL_TIME = 8.0
"""How fast audio comes once it comes, where the latency profile asks for any delay."""
_AT_LEAST_S = 0.03
"""Nobody waits for less: a few pieces that are due within so short a time come together, as they do by a network."""


class Speaking:
    """One turn on the wire, from ``turn.start`` to ``turn.end``."""

    def __init__(self, socket: SpeechSocket, request_id: str, request: SynthesisRequest, state: EmulatorState) -> None:
        self._socket = socket
        self._id = request_id
        self._request = request
        self._sounds = state.sounds
        self._wait_ms = state.latency.tts_first_audio
        self._asked = time.monotonic()
        self._first: float | None = None
        self._stream_id = uuid.uuid4().hex
        self._bytes = 0
        self.sent = 0

    @property
    def _per_ms(self) -> float:
        return self._request.sample_rate * 2 / 1000

    def begin(self, service_tag: str) -> None:
        """Open the turn."""
        self._socket.post("turn.start", self._id, {"context": {"serviceTag": service_tag}})
        audio = {"type": "inline", "streamId": self._stream_id}
        self._socket.post("response", self._id, {"context": {"serviceTag": service_tag}, "audio": audio})

    def pieces(self, segment: Segment, rendering: Rendering) -> Iterator[Awaitable[None]]:
        """Send ``rendering``, one awaitable for each 100 ms."""
        rate = self._request.sample_rate
        if segment.text:
            self._sounds.learn(rendering.pcm, segment.text, rendering.words, "agent", rate)
        words = list(rendering.words)
        origin_ms = self._bytes / self._per_ms
        piece_bytes = rate * _PIECE_MS // 1000 * 2
        for start in range(0, len(rendering.pcm), piece_bytes):
            piece = rendering.pcm[start : start + piece_bytes]
            until_ms = (start + len(piece)) / self._per_ms
            ready = [word for word in words if word.start_ms < until_ms]
            del words[: len(ready)]
            yield self._send(piece, [_moved(word, origin_ms) for word in ready])

    async def end(self) -> None:
        """Close the turn."""
        if self._request.session_end:
            data = {"Offset": ticks(self._bytes / self._per_ms)}
            self._metadata([{"Type": "SessionEnd", "Data": data}])
        self._socket.post_audio(self._id, b"", self._stream_id)
        self._socket.post("turn.end", self._id, {})
        await self._socket.drained()

    async def _send(self, piece: bytes, words: list[SpokenWord]) -> None:
        await self._pace()
        if words and self._request.word_boundaries:
            self._metadata([item for word in words for item in _boundaries(word, self._request.punctuation)])
        if self.sent == 0 and self._request.riff:
            piece = _riff_header(self._request.sample_rate) + piece
        self._socket.post_audio(self._id, piece, self._stream_id, first=self.sent == 0)
        self._bytes += len(piece)
        self.sent += 1
        await asyncio.sleep(0)

    async def _pace(self) -> None:
        if self._wait_ms <= 0:
            return
        now = time.monotonic()
        if self._first is None:
            due = self._asked + self._wait_ms / 1000
            self._first = max(now, due)
        else:
            due = self._first + self._bytes / self._per_ms / 1000 / _TIMES_REAL_TIME
        if due > now + (_AT_LEAST_S if self._bytes else 0.0):
            await asyncio.sleep(due - now)

    def _metadata(self, items: list[dict[str, object]]) -> None:
        self._socket.post("audio.metadata", self._id, {"Metadata": items})


def _moved(word: SpokenWord, by_ms: float) -> SpokenWord:
    return SpokenWord(word.text, word.start_ms + by_ms, word.end_ms + by_ms)


def _boundaries(word: SpokenWord, punctuation: bool) -> list[dict[str, object]]:
    """A word and, where asked for, the punctuation after it: the service reports them apart."""
    bare = word.text.strip(_PUNCTUATION) or word.text
    items = [_boundary("WordBoundary", bare, word.start_ms, word.end_ms)]
    _, _, rest = word.text.partition(bare)
    if rest and punctuation:
        items.append(_boundary("PunctuationBoundary", rest, word.end_ms, word.end_ms))
    return items


def _boundary(kind: str, spelling: str, start_ms: float, end_ms: float) -> dict[str, object]:
    text = {"Text": spelling, "Length": len(spelling), "BoundaryType": kind}
    place = {"Offset": ticks(start_ms), "Duration": ticks(end_ms - start_ms)}
    return {"Type": "WordBoundary", "Data": {**place, "text": text}}


def _riff_header(sample_rate: int) -> bytes:
    """A WAVE header without lengths, as the service streams it."""
    head = b"RIFF" + bytes(4) + b"WAVEfmt " + (16).to_bytes(4, "little") + b"\1\0\1\0"
    head += sample_rate.to_bytes(4, "little") + (sample_rate * 2).to_bytes(4, "little")
    return head + b"\2\0\x10\0data" + bytes(4)
