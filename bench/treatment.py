"""How one utterance of a caller was treated, read from the two sides of a recording."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bench.moments import Track

__all__ = ["Treatment", "treatment"]

_FRAME_MS = 20.0
_APART_FRAMES = 5
"""Silence of the agent, in frames, after which sound is a new beginning and no rest of what went before."""
_TAIL_FRAMES = 3
"""The phone's clock and its recording differ by so much at most."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the caller heard while he spoke and after; milliseconds."""

    wait_ms: float | None
    """From his last sound to the agent's first that began after it; ``None`` when nothing was heard any more."""
    over_ms: float
    """How long both were heard at once."""
    begun_early: bool
    """The agent was heard before he had finished."""
    pauses_ms: tuple[float, ...]
    """Silence between his pieces, as it came out."""


def treatment(caller: Track, agent: Track, speech: Sequence[tuple[float, float]]) -> Treatment:
    """Judge one utterance. ``speech`` are the beginnings and ends of its pieces, in milliseconds of the recording."""
    pieces = [sound for begin, end in speech if (sound := _sound(caller, begin, end))]
    if not pieces:
        return Treatment(None, 0.0, begun_early=False, pauses_ms=())
    first, stopped = pieces[0][0], pieces[-1][1]
    both = sum(int(np.count_nonzero(caller[a:b] & agent[a:b])) for a, b in pieces)
    answered = next((begin for begin in _beginnings(agent) if begin >= stopped), None)
    return Treatment(
        wait_ms=None if answered is None else (answered - stopped) * _FRAME_MS,
        over_ms=both * _FRAME_MS,
        begun_early=any(first <= begin < stopped for begin in _beginnings(agent)),
        pauses_ms=tuple((b[0] - a[1]) * _FRAME_MS for a, b in pairwise(pieces)),
    )


def _sound(track: Track, begin_ms: float, end_ms: float) -> tuple[int, int] | None:
    """First frame with a sound, and the one after the last."""
    first = int(begin_ms // _FRAME_MS)
    heard = np.flatnonzero(track[first : int(end_ms // _FRAME_MS) + _TAIL_FRAMES])
    return (first + int(heard[0]), first + int(heard[-1]) + 1) if heard.size else None


def _beginnings(track: Track) -> list[int]:
    """Frames at which the agent began to be heard after a silence."""
    heard = np.flatnonzero(track)
    silence_before = np.diff(heard, prepend=-_APART_FRAMES - 1) - 1
    return heard[silence_before >= _APART_FRAMES].tolist()
