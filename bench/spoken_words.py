"""What callers say in the answer-time experiment: spoken once by espeak, with the pauses of the script."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.testing.pauses import PausedUtterance
from bench import wire
from bench.heard_words import HeardUtterance, WordTime, recognized
from local_azure.speech.engine import Segment
from local_azure.speech.espeak import EspeakVoice

__all__ = ["SpokenUtterance", "speak_all"]

_LEAD_MS = 300
"""Silence between the frame that announces an utterance and its first sound."""
_LOUD = 300
"""What is louder than this (of 32,767) is speech; espeak's silence is 0."""
_NOISE = 8
"""Loudness of a good line on which nobody speaks."""
_VOICES = ("en-US-GuyNeural", "en-US-JennyNeural", "en-US-DavisNeural", "en-US-AriaNeural")
_PACE = 1.15
"""Times 172 words a minute: a brisk caller."""
_SAMPLES_A_MS = wire.SAMPLE_RATE // 1000

Samples = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class SpokenUtterance:
    """Frames to send, and where in them the caller speaks."""

    said: PausedUtterance
    frames: tuple[bytes, ...]
    """The first announces the utterance."""
    speech: tuple[tuple[int, int], ...]
    """First and last frame of each piece."""
    heard: HeardUtterance


async def speak_all(utterances: list[PausedUtterance]) -> list[SpokenUtterance]:
    """Speak them, by several voices."""
    voice = EspeakVoice()
    return [await _speak(voice, _VOICES[number % len(_VOICES)], number, said) for number, said in enumerate(utterances)]


async def _speak(voice: EspeakVoice, name: str, number: int, said: PausedUtterance) -> SpokenUtterance:
    parts: list[Samples] = [np.zeros(_LEAD_MS * _SAMPLES_A_MS, np.int16)]
    words, speech, at = list[WordTime](), list[tuple[int, int]](), _LEAD_MS * _SAMPLES_A_MS
    for piece, pause_ms in zip(said.pieces, (*said.pauses_ms, 0), strict=True):
        rendering = await voice.render(Segment(text=piece, voice=name, rate=_PACE), wire.SAMPLE_RATE)
        samples, first = _without_silence(np.frombuffer(rendering.pcm, np.int16))
        ends_ms = len(samples) / _SAMPLES_A_MS
        for word in rendering.words:
            start, end = (
                min(max(0.0, ms - first), ends_ms) + at / _SAMPLES_A_MS for ms in (word.start_ms, word.end_ms)
            )
            words.append(WordTime(word.text, start, end))
        speech.append((1 + at * 2 // wire.FRAME_BYTES, 1 + (at + len(samples) - 1) * 2 // wire.FRAME_BYTES))
        parts += [samples, np.zeros(pause_ms * _SAMPLES_A_MS, np.int16)]
        at += len(samples) + pause_ms * _SAMPLES_A_MS
    frames = (wire.utterance_frame(number), *_frames(np.concatenate(parts), number))
    return SpokenUtterance(said, frames, tuple(speech), recognized(said.asked, words))


def _without_silence(samples: Samples) -> tuple[Samples, float]:
    """From the first loud sample to the last, and how many milliseconds were left out before."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _LOUD)
    first, last = int(loud[0]), int(loud[-1])
    return samples[first : last + 1], first / _SAMPLES_A_MS


def _frames(samples: Samples, seed: int) -> list[bytes]:
    noise = np.random.default_rng(seed).integers(
        -_NOISE, _NOISE + 1, -len(samples) % (wire.FRAME_BYTES // 2) + len(samples)
    )
    padded = np.concatenate([samples, np.zeros(len(noise) - len(samples), np.int16)])
    pcm = np.clip(padded.astype(np.int32) + noise, -32768, 32767).astype("<i2").tobytes()
    return [pcm[at : at + wire.FRAME_BYTES] for at in range(0, len(pcm), wire.FRAME_BYTES)]
