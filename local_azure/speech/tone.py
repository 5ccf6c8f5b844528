"""A voice that costs next to nothing: bursts of noise, one for each word, different for every text.

For load and for tests. The noise of a text is the sum of two stretches of fixed noise, chosen by the text, so
that no two texts share 16 samples in a row and the sound book can tell them apart.
"""

import hashlib
import itertools
from functools import cache

import numpy as np
from numpy.typing import NDArray

from local_azure.soundbook import SpokenWord
from local_azure.speech.engine import Rendering, Segment

__all__ = ["ToneVoice"]

_MS_PER_CHARACTER = 60.0
_GAP_MS = 40.0
_TABLE = 1 << 20
_LEVEL = 1500.0


class ToneVoice:
    """Speaks at 60 ms a character."""

    async def render(self, segment: Segment, sample_rate: int) -> Rendering:
        """Speak ``segment``. Takes well under a millisecond for a sentence."""
        words = _words(segment)
        total = round((words[-1].end_ms if words else 0.0) * sample_rate / 1000)
        sound = _noise(f"{segment.voice}|{segment.text}", total)
        for before, after in itertools.pairwise(words):
            gap = slice(round(before.end_ms * sample_rate / 1000), round(after.start_ms * sample_rate / 1000))
            sound[gap] >>= 5
        pause = bytes(segment.pause_ms * sample_rate // 1000 * 2)
        return Rendering(sound.astype("<i2").tobytes() + pause, words)

    async def close(self) -> None:
        """Nothing to end."""


def _words(segment: Segment) -> tuple[SpokenWord, ...]:
    words: list[SpokenWord] = []
    at = 0.0
    for text in segment.text.split():
        length = max(120.0, len(text) * _MS_PER_CHARACTER) / segment.rate
        words.append(SpokenWord(text, at, at + length))
        at += length + _GAP_MS / segment.rate
    return tuple(words)


def _noise(text: str, count: int) -> NDArray[np.int16]:
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    first, second = int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")
    one, two = _tables()
    return _stretch(one, first, count) + _stretch(two, second, count)


def _stretch(table: NDArray[np.int16], start: int, count: int) -> NDArray[np.int16]:
    start %= _TABLE
    if start + count <= _TABLE:
        return table[start : start + count]
    return np.resize(np.roll(table, -start), count)


@cache
def _tables() -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    random = np.random.default_rng(1)
    smooth = np.ones(4) / 4
    tables = [np.convolve(random.normal(0.0, _LEVEL, _TABLE), smooth, "same") for _ in range(2)]
    return tables[0].astype(np.int16), tables[1].astype(np.int16)
