"""Where a server under test notes what it did, and the routes by which the load reads it."""

import resource
import time
from collections.abc import Awaitable, Callable
from typing import Any

import psutil
from fastapi import FastAPI

from bench.wire import script

__all__ = ["CallProbe", "Record", "install", "now", "record", "tap"]

now = time.perf_counter_ns  # CLOCK_MONOTONIC: comparable across the processes of one machine


class Record:
    """Everything that was measured in this process since the last reset."""

    def __init__(self) -> None:
        self.samples: dict[str, list[float]] = {}
        self.frames_in = self.frames_out = self.stops = self.calls = 0

    def clear(self) -> None:
        """Forget everything."""
        self.samples = {}
        self.frames_in = self.frames_out = self.stops = self.calls = 0

    def add(self, name: str, started_ns: int) -> None:
        """The time since ``started_ns``, in milliseconds, is a sample."""
        self.samples.setdefault(name, []).append((now() - started_ns) / 1e6)


record = Record()


class CallProbe:
    """Marks one call's events and turns pairs of them into samples."""

    __slots__ = ("_accepted", "_barge", "_final", "_tts", "tokens")

    def __init__(self) -> None:
        self._final = self._tts = self._barge = 0
        self._accepted = now()
        self.tokens = 0
        record.calls += 1

    def heard(self) -> None:
        """A frame of the caller reached the recognizer."""
        record.frames_in += 1
        if self._accepted:
            record.add("accept_to_listening_ms", self._accepted)
            self._accepted = 0

    def final_transcript(self) -> None:
        """The recognizer is about to give its final."""
        self._final = self._tts = now()
        self.tokens = 0

    def token(self) -> None:
        """The model wrote a token."""
        self.tokens += 1

    def tts_requested(self) -> None:
        """The voice was given something to say."""
        if self._tts:
            record.add("final_to_tts_request_ms", self._tts)
            record.samples.setdefault("tokens_before_tts", []).append(self.tokens)
            self._tts = 0

    def user_started(self) -> None:
        """The caller is about to be noticed over the agent's voice."""
        self._barge = now()

    def sent(self, message: str) -> None:
        """The socket has taken a message."""
        self.left(int(message.startswith('{"kind":"A')), int(message.startswith('{"kind":"S')))

    def left(self, frames: int, stops: int) -> None:
        """The socket has taken so many audio frames and StopAudio messages."""
        record.frames_out += frames
        record.stops += stops
        if frames and self._final:
            record.add("final_to_first_audio_ms", self._final)
            self._final = 0
        if stops and self._barge:
            record.add("barge_to_stop_ms", self._barge)
            self._barge = 0


def tap(websocket: Any, probe: CallProbe) -> None:
    """Note each text message of a Starlette socket as it leaves, after the socket has taken it."""
    send_text: Callable[[str], Awaitable[None]] = websocket.send_text

    async def timed(data: str) -> None:
        await send_text(data)
        probe.sent(data)

    websocket.send_text = timed


def install(app: FastAPI, ring: Callable[[], Awaitable[str]] | None = None) -> None:
    """Add the routes that the load uses. ``ring`` prepares a call and gives the path of its media socket."""

    @app.get("/bench/stats")
    def stats() -> dict[str, Any]:
        return _stats()

    @app.post("/bench/reset")
    def reset(values: dict[str, Any]) -> None:
        record.clear()
        script.apply(values)

    @app.post("/bench/ring")
    async def ringing() -> dict[str, str]:
        return {"path": await ring() if ring else "/acs"}

    _ = (stats, reset, ringing)


def _stats() -> dict[str, Any]:
    process = psutil.Process()
    memory = process.memory_full_info()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "rss_mb": memory.rss / 2**20,
        "uss_mb": memory.uss / 2**20,
        "threads": process.num_threads(),
        "frames_in": record.frames_in,
        "frames_out": record.frames_out,
        "stops": record.stops,
        "calls": record.calls,
        "samples": record.samples,
    }
