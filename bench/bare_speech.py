"""The Speech SDK by itself: recognizers that are fed and voices that speak, and nothing else in the process.

What the SDK's threads cost in a server is compared with this (``make threads``): the same SDK and settings, fed
with the same audio in the same pieces, saying the same sentences, and the local Azure in another process.
``python -m bench.bare_speech`` measures it with audio of its own.
"""

import argparse
import asyncio
import itertools
import json
import os
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import Any

import psutil
from azure.cognitiveservices.speech import (
    Connection,
    SpeechRecognitionEventArgs,
    SpeechRecognizer,
    SpeechSynthesisEventArgs,
    SpeechSynthesisWordBoundaryEventArgs,
    SpeechSynthesizer,
)
from azure.cognitiveservices.speech.audio import AudioConfig

from backend.adapters.speech.access import SpeechAccess
from backend.adapters.speech.audio_source import AudioSource
from backend.adapters.speech.pipe_stream import PipeStream
from backend.adapters.speech.service import SpeechService
from backend.adapters.speech.ssml import script
from backend.domain.audio import FRAME_MS, PCM_16K
from backend.domain.speech import Voice
from bench.bare_work import BareWork, Said, pieces
from bench.thread_owners import ThreadOwners
from local_azure.server import EmulatorServer, emulator

__all__ = ["main", "measure_bare"]

_VOICES = 8
_SAYS_EVERY_S = 11.0
_SAYS = "Thank you. For a deductible I need your policy number first."
_HEARS = "what is my deductible"
_CYCLE_S = 6.0
_SETTLE_S = 2.0

_partials = itertools.count()
_sounds = itertools.count()
"""Counted only so that it can be seen that the work was done."""


async def measure_bare(azure: EmulatorServer, work: BareWork) -> dict[str, float]:
    """Processor seconds for a minute of a call: of the SDK's threads, and of the thread that feeds them."""
    settings = azure.environment("http://127.0.0.1:1")
    with tempfile.TemporaryDirectory() as folder:
        await asyncio.to_thread(work.write, Path(folder))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.bare_speech", "--work", folder,
            "--endpoint", settings["AZURE_SPEECH_ENDPOINT"], "--key", settings["AZURE_SPEECH_KEY"],
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        told, _ = await process.communicate()
    return json.loads(told)


class _Bare:
    """All of the SDK's objects."""

    def __init__(self, access: SpeechAccess, work: BareWork) -> None:
        self._kept: list[Any] = []
        self._access = access
        for _ in range(work.idle):
            self._recognizer(listens=False)
        self.voices = [self._voice() for _ in range(work.voices)]
        time.sleep(_SETTLE_S)
        self._before_mb = _own_mb()
        self.sources = [self._recognizer(listens=True) for _ in work.callers]
        time.sleep(_SETTLE_S)

    def call_mb(self) -> float:
        """Memory of a recognizer that listens, by now: what all share was there before."""
        return (_own_mb() - self._before_mb) / len(self.sources)

    def _recognizer(self, *, listens: bool) -> AudioSource:
        source = AudioSource(PCM_16K)
        stream = PipeStream(source.open(), PCM_16K)
        recognizer = SpeechRecognizer(self._access.recognition(), AudioConfig(stream=stream), language="en-US")
        recognizer.recognizing.connect(_take_words)
        recognizer.recognized.connect(_take_words)
        connection = Connection.from_recognizer(recognizer)
        connection.open(True)
        if listens:
            recognizer.start_continuous_recognition_async().get()
        self._kept += [source, stream, recognizer, connection]
        return source

    def _voice(self) -> SpeechSynthesizer:
        voice = SpeechSynthesizer(self._access.synthesis(PCM_16K), None)
        voice.synthesizing.connect(_take_audio)
        voice.synthesis_word_boundary.connect(_take_word)
        connection = Connection.from_speech_synthesizer(voice)
        connection.open(True)
        self._kept += [voice, connection]
        return voice


def _own_mb() -> float:
    return psutil.Process().memory_full_info().uss / 2**20


def _take_words(event: SpeechRecognitionEventArgs) -> None:
    if event.result.text:
        next(_partials)


def _take_audio(event: SpeechSynthesisEventArgs) -> None:
    if event.result.audio_data:
        next(_sounds)


def _take_word(event: SpeechSynthesisWordBoundaryEventArgs) -> None:
    _ = event.text


def _run(bare: _Bare, work: BareWork, frames: list[tuple[bytes, ...]]) -> None:
    """Feed every recognizer in real time, and have voices speak in turn."""
    voices, due = itertools.cycle(bare.voices), deque(sorted(work.said, key=lambda said: said.at_s))
    began = time.perf_counter()
    for count, frame in enumerate(frames, 1):
        for source, piece in zip(bare.sources, frame, strict=True):
            if piece:
                source.write(piece, within_ms=0)
        until_s = count * FRAME_MS / 1000
        while due and due[0].at_s <= until_s:
            next(voices).start_speaking_ssml_async(script(due.popleft().text, Voice()).ssml)
        time.sleep(max(0.0, began + until_s - time.perf_counter()))


async def _own_work(azure: EmulatorServer, calls: int, seconds: int) -> BareWork:
    """Callers who ask the same question every six seconds, each a little later than the one before."""
    spoken = await azure.azure.voices.speak(_HEARS, "caller", PCM_16K.sample_rate)
    cycle = spoken + bytes(max(0, round(_CYCLE_S * 1000) * PCM_16K.bytes_per_ms - len(spoken)))
    whole = cycle * (int(seconds / _CYCLE_S) + 2)
    size, callers = seconds * 1000 * PCM_16K.bytes_per_ms, list[bytes]()
    for number in range(calls):
        begin = round(_CYCLE_S * 1000 * number / calls) // FRAME_MS * PCM_16K.frame_bytes
        callers.append(whole[begin : begin + size])
    pause = _SAYS_EVERY_S / calls
    said = [Said(number * pause, _SAYS) for number in range(int(seconds / pause))]
    return BareWork(callers, said, _VOICES, 0)


async def _by_itself(calls: int, seconds: int) -> dict[str, float]:
    async with emulator(stt="scripted", tts="espeak", latency="typical") as azure:
        return await measure_bare(azure, await _own_work(azure, calls, seconds))


def main() -> None:
    """Measure, or be what is measured."""
    wanted = argparse.ArgumentParser(prog="python -m bench.bare_speech")
    wanted.add_argument("--calls", type=int, default=20)
    wanted.add_argument("--seconds", type=int, default=15)
    wanted.add_argument("--work", type=Path)
    wanted.add_argument("--endpoint", default="")
    wanted.add_argument("--key", default="")
    given = wanted.parse_args()
    if not given.endpoint:
        sys.stdout.write(json.dumps(asyncio.run(_by_itself(given.calls, given.seconds))) + "\n")
        return
    work = BareWork.read(given.work)
    frames = list(zip(*(pieces(caller) for caller in work.callers), strict=True))
    bare = _Bare(SpeechAccess(SpeechService(endpoint=given.endpoint, key=given.key)), work)
    owners, minutes = ThreadOwners(os.getpid()), len(work.callers) * work.seconds / 60
    _run(bare, work, frames)
    spent = owners.since().shares(frozenset())
    figures = {
        "sdk_s": (spent.native + spent.ended) / minutes,
        "ended_s": spent.ended / minutes,
        "feeding_s": spent.loop / minutes,
        "words": next(_partials) / minutes,
        "sounds": next(_sounds) / minutes,
        "call_mb": bare.call_mb(),
        "threads": sum(1 for _ in Path("/proc/self/task").iterdir()),
    }
    sys.stdout.write(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    sys.stdout.flush()
    os._exit(0)  # threads of the SDK may abort a process that ends by itself


if __name__ == "__main__":
    main()
