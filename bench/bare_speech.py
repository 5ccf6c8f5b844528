"""The Speech SDK by itself: recognizers that are fed and voices that speak, and nothing else in the process.

What the SDK's threads cost in the server (``bench capacity``) is compared with this: the same SDK with the same
settings, as much audio, and the local Azure in another process. ``python -m bench.bare_speech`` prints the figures.
"""

import argparse
import asyncio
import itertools
import json
import os
import sys
import time
from typing import Any

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
from backend.domain.audio import PCM_16K
from bench.thread_table import ThreadTable
from local_azure.server import emulator
from local_azure.speech.engine import Segment
from local_azure.speech.espeak import EspeakVoice

__all__ = ["main", "measure_bare"]

_PIECE_MS = 100
"""What the SDK sends at once at most."""
_VOICES = 8
"""As many as the server keeps connected for twenty calls."""
_SAYS_EVERY_S = 11.0
"""A call of ``bench capacity`` has so many syntheses; the rest of what its agent says is kept audio."""
_SAYS = "Thank you. For a deductible I need your policy number first."
_HEARS = "what is my deductible"
_CYCLE_S = 6.0
_SETTLE_S = 2.0


async def measure_bare(calls: int, seconds: int) -> dict[str, float]:
    """Processor seconds for a minute of a call: of the SDK's threads, and of the thread that feeds them."""
    async with emulator(stt="scripted", tts="espeak", latency="typical") as azure:
        settings = azure.environment("http://127.0.0.1:1")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.bare_speech", "--calls", str(calls), "--seconds", str(seconds),
            "--endpoint", settings["AZURE_SPEECH_ENDPOINT"], "--key", settings["AZURE_SPEECH_KEY"],
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        told, _ = await process.communicate()
    return json.loads(told)


class _Bare:
    """All of the SDK's objects."""

    def __init__(self, access: SpeechAccess, calls: int) -> None:
        self.sources = [AudioSource(PCM_16K) for _ in range(calls)]
        self._kept: list[Any] = []
        for source in self.sources:
            stream = PipeStream(source.open(), PCM_16K)
            recognizer = SpeechRecognizer(access.recognition(), AudioConfig(stream=stream), language="en-US")
            recognizer.recognizing.connect(_take_words)
            recognizer.recognized.connect(_take_words)
            recognizer.start_continuous_recognition_async().get()
            self._kept += [stream, recognizer]
        self.voices = [self._voice(access) for _ in range(_VOICES)]

    def _voice(self, access: SpeechAccess) -> SpeechSynthesizer:
        voice = SpeechSynthesizer(access.synthesis(PCM_16K), None)
        voice.synthesizing.connect(_take_audio)
        voice.synthesis_word_boundary.connect(_take_word)
        connection = Connection.from_speech_synthesizer(voice)
        connection.open(True)
        self._kept += [voice, connection]
        return voice


def _take_words(event: SpeechRecognitionEventArgs) -> None:
    _ = event.result.text


def _take_audio(event: SpeechSynthesisEventArgs) -> None:
    _ = event.result.audio_data


def _take_word(event: SpeechSynthesisWordBoundaryEventArgs) -> None:
    _ = event.text


def _run(bare: _Bare, seconds: int) -> None:
    """Feed every recognizer in real time, and have voices speak in turn."""
    audio = _audio()
    size = _PIECE_MS * PCM_16K.bytes_per_ms
    pieces = itertools.cycle([audio[at : at + size] for at in range(0, len(audio) - size + 1, size)])
    voices, began, pause = itertools.cycle(bare.voices), time.perf_counter(), _SAYS_EVERY_S / len(bare.sources)
    said = 0
    for count in range(1, seconds * 1000 // _PIECE_MS + 1):
        piece = next(pieces)
        for source in bare.sources:
            source.write(piece, within_ms=0)
        if count * _PIECE_MS / 1000 > said * pause:
            said += 1
            next(voices).start_speaking_text_async(_SAYS)
        time.sleep(max(0.0, began + count * _PIECE_MS / 1000 - time.perf_counter()))


def _audio() -> bytes:
    spoken = asyncio.run(EspeakVoice().render(Segment(_HEARS), PCM_16K.sample_rate)).pcm
    return spoken + bytes(max(0, round(_CYCLE_S * 1000) * PCM_16K.bytes_per_ms - len(spoken)))


def main() -> None:
    """Measure, or be what is measured."""
    wanted = argparse.ArgumentParser(prog="python -m bench.bare_speech")
    wanted.add_argument("--calls", type=int, default=20)
    wanted.add_argument("--seconds", type=int, default=15)
    wanted.add_argument("--endpoint", default="")
    wanted.add_argument("--key", default="")
    given = wanted.parse_args()
    if not given.endpoint:
        sys.stdout.write(json.dumps(asyncio.run(measure_bare(given.calls, given.seconds))) + "\n")
        return
    bare = _Bare(SpeechAccess(SpeechService(endpoint=given.endpoint, key=given.key)), given.calls)
    time.sleep(_SETTLE_S)
    threads, minutes = ThreadTable(os.getpid()), given.calls * given.seconds / 60
    _run(bare, given.seconds)
    kinds = threads.since()
    feeding = kinds.pop("event loop").seconds
    figures = {"sdk_s": sum(kind.seconds for kind in kinds.values()) / minutes, "feeding_s": feeding / minutes}
    sys.stdout.write(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    sys.stdout.flush()
    os._exit(0)  # threads of the SDK may abort a process that ends by itself


if __name__ == "__main__":
    main()
