"""The local Azure's speech services on a thread of their own, and a caller who speaks to them."""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Literal

import numpy as np
import uvicorn
from starlette.applications import Starlette

from backend.adapters.speech.service import SpeechLimits, SpeechService
from backend.boot.speech import Speech, azure_speech, speech_limits
from backend.domain.audio import PCM_16K, AudioFormat
from backend.errors import ProviderError, ProviderRejected, RateLimited, Unavailable
from backend.ports import Recognition
from config.voice import VoiceSettings
from local_azure.faults import Fault, Faults
from local_azure.latency import latency
from local_azure.soundbook import SpokenWord
from local_azure.speech.routes import routes
from local_azure.state import EmulatorState

__all__ = [
    "PATIENT",
    "LocalSpeech",
    "RealStage",
    "eventually",
    "local_speech",
    "real_stage",
    "thread_count",
    "voice_settings",
]

PATIENT = {"stt_start_timeout_ms": 15_000, "stt_silence_timeout_ms": 20_000, "tts_first_audio_ms": 15_000}
"""Limits where they are no subject: how soon a connection is there says something of the machine."""
WORD_MS = 240
_GAP_MS = 40
_SILENCE_MS = 700
_SPEED = 4.0
"""Callers speak so many times faster than people; the service goes by the audio, not by the clock."""


class LocalSpeech:
    """The services and their address."""

    def __init__(self) -> None:
        self.state = EmulatorState(engine_stt="scripted", engine_tts="tone", latency=latency("none"))
        self.port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: uvicorn.Server | None = None

    async def serve(self, listening: socket.socket) -> None:
        """Listen until told to stop; on the thread's own loop."""
        self._loop = asyncio.get_running_loop()
        self.port = listening.getsockname()[1]
        app = Starlette(routes=routes(self.state))
        self._server = uvicorn.Server(
            uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
        )
        await self._server.serve([listening])

    @property
    def up(self) -> bool:
        """Does it listen?"""
        return self._server is not None and self._server.started

    def stop(self) -> None:
        """Listen no more."""
        assert self._server
        self._server.should_exit = True

    def cut(self) -> None:
        """Break every connection that is open."""
        assert self._server and self._loop
        for connection in list(self._server.server_state.connections):
            self._loop.call_soon_threadsafe(connection.transport.abort)

    @property
    def faults(self) -> Faults:
        """What shall go wrong."""
        return self.state.faults

    def settings(self, key: str = "local") -> SpeechService:
        """Where it is, for an adapter."""
        return SpeechService(endpoint=f"ws://127.0.0.1:{self.port}", key=key)

    def utterance(self, text: str, audio: AudioFormat = PCM_16K) -> bytes:
        """Sound that the scripted recognizer understands as ``text``: each word its own noise."""
        words: list[SpokenWord] = []
        pieces: list[bytes] = []
        at = 0.0
        for word in text.split():
            pieces += [_word(f"{text}/{word}/{len(words)}", audio), bytes(_GAP_MS * audio.bytes_per_ms)]
            words.append(SpokenWord(word, at, at + WORD_MS))
            at += WORD_MS + _GAP_MS
        pcm = b"".join(pieces)
        self.state.sounds.learn(pcm, text, words, "caller", audio.sample_rate)
        return pcm

    def fail(self, service: Literal["stt", "tts"], kind: str, **details: float) -> None:
        """Queue a fault."""
        self.faults.add(service, Fault(kind, **details))  # type: ignore[arg-type]


def _word(name: str, audio: AudioFormat) -> bytes:
    chance = np.random.default_rng(list(name.encode()))
    samples = chance.normal(0, 3000, WORD_MS * audio.sample_rate // 1000)
    return samples.clip(-20_000, 20_000).astype("<i2").tobytes()


@contextlib.contextmanager
def local_speech() -> Iterator[LocalSpeech]:
    """Run the services until the block ends."""
    local = LocalSpeech()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=lambda: asyncio.run(local.serve(listening)), name="local-azure", daemon=True)
        thread.start()
        _wait(lambda: local.up)
        yield local
        local.stop()
        thread.join(5)


def _wait(condition: Callable[[], bool], limit_s: float = 30.0) -> None:
    until = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < until, "not in time"
        time.sleep(0.005)


async def eventually(condition: Callable[[], bool], limit_s: float = 30.0) -> None:
    """Wait until ``condition()`` holds."""
    until = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < until, "not in time"
        await asyncio.sleep(0.01)


def voice_settings(**changes: int | bool) -> SpeechLimits:
    """Limits that suit a test."""
    settings = VoiceSettings(
        **{
            "stt_pool_size": 2,
            "tts_pool_size": 2,
            "stt_start_timeout_ms": 1500,
            "stt_silence_timeout_ms": 2000,
            "tts_first_audio_ms": 1000,
            "pool_wait_ms": 300,
            **changes,
        }
    )
    return speech_limits(settings)


class RealStage:
    """The adapter before the local Azure; see ``SpeechStage``."""

    def __init__(self, local: LocalSpeech, speech: Speech) -> None:
        self.local = local
        self.speech = speech
        self.stt = speech.stt
        self.tts = speech.tts

    async def says(self, recognition: Recognition, text: str, *, silence_ms: int = _SILENCE_MS) -> None:
        """Speak, frame by frame, and be silent."""
        await self.plays(recognition, self.local.utterance(text) + bytes(silence_ms * PCM_16K.bytes_per_ms))

    @contextlib.asynccontextmanager
    async def quiet_line(self, recognition: Recognition) -> AsyncIterator[None]:
        """A line carries silence when nobody speaks; the SDK sends nothing again before it gets more audio."""

        async def hum() -> None:
            while True:
                await self.plays(recognition, bytes(PCM_16K.frame_bytes * 10), speed=1.0)

        humming = asyncio.create_task(hum())
        try:
            yield
        finally:
            humming.cancel()
            await asyncio.gather(humming, return_exceptions=True)

    async def plays(self, recognition: Recognition, pcm: bytes, *, speed: float = _SPEED) -> None:
        """Write ``pcm`` at the pace of a caller."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        for index in range(0, len(pcm), PCM_16K.frame_bytes):
            recognition.write(pcm[index : index + PCM_16K.frame_bytes])
            due = began + PCM_16K.duration_ms(index) / 1000 / speed
            await asyncio.sleep(max(0.0, due - loop.time()))
        await asyncio.sleep(max(0.0, began + PCM_16K.duration_ms(len(pcm)) / 1000 / speed - loop.time()))

    def refuse_next(self, part: Literal["stt", "tts"], error: type[ProviderError]) -> None:
        """Let the upgrade fail as often as SDK and adapter try (captured from 1.53.0)."""
        status, times = {
            ("stt", ProviderRejected): (401, 1),
            ("stt", RateLimited): (429, 1),
            ("tts", ProviderRejected): (401, 1),
            ("tts", Unavailable): (503, 4),
        }[part, error]
        self.local.fail(part, "status", status=status, times=times)


@contextlib.asynccontextmanager
async def real_stage(local: LocalSpeech, **changes: int | bool) -> AsyncIterator[RealStage]:
    """An adapter that is started, and closed at the end."""
    speech = azure_speech(local.settings(), voice_settings(**changes))
    await speech.start()
    try:
        yield RealStage(local, speech)
    finally:
        await speech.close()


def thread_count() -> int:
    """Threads of this process, the SDK's native ones included."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.exists() else threading.active_count()
