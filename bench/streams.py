"""Text streaming (v2) beside one synthesis a clause: the real SDK and our speaking, the same answers in turn.

The local Azure runs in this process, at its typical pace. It speaks streamed text by the sentence; when the real
service begins is not known here, so only the way that does not depend on it is used (docs/decisions/0008).
"""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from backend.adapters.speech.access import SpeechAccess
from backend.adapters.speech.service import SpeechService
from backend.adapters.speech.text_to_speech import AzureTextToSpeech
from backend.boot.speech import speech_limits
from backend.domain.audio import FRAME_MS, PCM_16K, AudioFormat
from backend.domain.speech import SpeechAudio, SpeechEvent, Voice
from backend.engine.speaking.clauses import ClauseSplitter
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.speaking.playout import Playout
from backend.engine.speaking.speaking import Answer, SpeechOutput
from backend.engine.turn.turn import SpokenSegment
from backend.language.named import language_named
from backend.ports import TextToSpeech
from backend.testing.link import FakeLink
from bench.figures import summary
from config.voice import VoiceSettings
from local_azure.server import emulator

__all__ = ["longest_pause_ms", "measure_streams"]

_ROUNDS = 4
_TOKEN_S = 1 / 60
_WORD = re.compile(r"\S+\s*")
_LOUD = 120.0
_ANSWERS = (
    "Your policy covers collision and comprehensive, and rental cars are not part of it. Your deductible is 1000 "
    "dollars, and it is due when the repair begins. Is there anything else I can help you with?",
    "I have written down that your car was hit from behind while you were waiting at a red light on Main Street. "
    "Nobody was hurt. Did the police come to the scene, and do you have the number of their report?",
    "Thanks. That is all I need. Your claim is filed, and an adjuster will call you within one business day. Please "
    "keep the receipts for towing and storage, because they may be paid back.",
)


class _ByClause(TextToSpeech):
    """The same voice, as if its endpoint were a v1."""

    def __init__(self, tts: TextToSpeech) -> None:
        self._tts = tts

    def speak(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        """See ``TextToSpeech``."""
        return self._tts.speak(text, voice, audio)


@dataclass(slots=True)
class _Seen:
    """Milliseconds, by answer."""

    first: list[float] = field(default_factory=list[float])
    ran_dry: list[float] = field(default_factory=list[float])
    pause: list[float] = field(default_factory=list[float])
    whole: list[float] = field(default_factory=list[float])
    syntheses: int = 0


async def measure_streams(rounds: int = _ROUNDS) -> dict[str, Any]:
    """Say each answer in both ways, one after the other; by moment, and ratios of the medians."""
    clauses, streams, alone = _Seen(), _Seen(), list[float]()
    async with _voice() as tts:
        await _say(tts, _ANSWERS[0], _Seen())  # the first of all pays for the SDK's beginnings
        for text in _ANSWERS * rounds:
            await _say(_ByClause(tts), text, clauses, tts)
            await _say(tts, text, streams, tts)
            alone.append(await _streamed_alone(tts, text))
    return {
        "moments": {
            "first clause written to first frame, by clause": summary(clauses.first),
            "the same, what follows it streamed": summary(streams.first),
            "to first audio, if all of it were streamed word by word": summary(alone),
            "the voice ran dry at the seams of an answer, by clause": summary(clauses.ran_dry),
            "the voice ran dry, streamed": summary(streams.ran_dry),
            "longest pause inside an answer, by clause": summary(clauses.pause),
            "longest pause, streamed": summary(streams.pause),
            "first frame to last, by clause": summary(clauses.whole),
            "first frame to last, streamed": summary(streams.whole),
        },
        "syntheses": [clauses.syntheses, streams.syntheses],
        "ratios": {
            "first frame": _ratio(streams.first, clauses.first),
            "longest pause": _ratio(streams.pause, clauses.pause),
            "length": _ratio(streams.whole, clauses.whole),
        },
    }


def longest_pause_ms(frames: list[tuple[float, bytes]]) -> float:
    """The longest silence between two sounds; frames with the time in seconds at which each began to be heard."""
    loud = [at for at, pcm in frames if _loudness(pcm) > _LOUD]
    return max((_gap_ms(before, after) for before, after in pairwise(loud)), default=0.0)


def _gap_ms(before: float, after: float) -> float:
    return max(0.0, (after - before) * 1000 - FRAME_MS)


def _loudness(pcm: bytes) -> float:
    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    return float(np.sqrt((samples**2).mean()))


def _ratio(one: list[float], other: list[float]) -> float:
    return round(float(np.median(one) / max(float(np.median(other)), 1.0)), 2)


async def _say(tts: TextToSpeech, text: str, seen: _Seen, pool: AzureTextToSpeech | None = None) -> None:
    """One answer, as a model writes it, heard to its end."""
    link = FakeLink()
    playout = Playout(link, VoiceSettings().playout_lead_ms)
    playout.start()
    before = pool.stats()["acquired"] if pool else 0
    answer = Answer(SpeechOutput(tts, PhraseCache(tts), playout, link.audio), Voice())
    answer.open()
    answer.begin(SpokenSegment("bench"))
    async for word in _written(text):
        answer.write(word)
    answer.end()
    await answer.wait_heard()
    await playout.close()
    seen.syntheses += (pool.stats()["acquired"] if pool else 0) - before
    _note(answer, link, seen)


def _note(answer: Answer, link: FakeLink, seen: _Seen) -> None:
    link.heard_frames()
    clause, frame = answer.moments.first_clause, answer.moments.first_frame
    assert clause is not None and frame is not None
    begins = [at for at, _ in link.played]
    seen.first.append((frame - clause) * 1000)
    seen.ran_dry.append(sum(_gap_ms(before, after) for before, after in pairwise(begins)))
    seen.pause.append(longest_pause_ms(link.played))
    seen.whole.append((begins[-1] - begins[0]) * 1000 + FRAME_MS)


async def _streamed_alone(tts: AzureTextToSpeech, text: str) -> float:
    """From the moment when the first clause is written to the first audio, if even that clause were streamed."""
    loop, splitter = asyncio.get_running_loop(), ClauseSplitter(language_named("en-US").clauses)
    written_at: list[float] = []

    async def words() -> AsyncIterator[str]:
        async for word in _written(text):
            if splitter.feed(word) and not written_at:
                written_at.append(loop.time())
            yield word

    async with aclosing(tts.speak_stream(words(), Voice(), PCM_16K)) as speech:
        async for event in speech:
            if isinstance(event, SpeechAudio):
                return (loop.time() - written_at[0]) * 1000
    raise AssertionError("a stream without audio")


async def _written(text: str) -> AsyncIterator[str]:
    for match in _WORD.finditer(text):
        await asyncio.sleep(_TOKEN_S)
        yield match.group()


@asynccontextmanager
async def _voice() -> AsyncGenerator[AzureTextToSpeech]:
    """The real SDK before the local Azure, with warm connections of both kinds."""
    async with emulator(tts="espeak", latency="typical") as azure:
        limits = speech_limits(VoiceSettings(tts_text_streaming=True, stt_pool_size=0))
        voice = AzureTextToSpeech(SpeechAccess(SpeechService(endpoint=azure.ws_url, key="local")), limits)
        await voice.start()
        try:
            yield voice
        finally:
            await voice.close()
