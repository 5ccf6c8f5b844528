"""Who is heard when in a recording of a call, for people who are to listen to it."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

__all__ = ["Stretch", "caller_and_agent", "stretches", "told"]

Stretch = tuple[float, float]
"""Begin and end of sound, in seconds."""

_HEADER = 44
_FRAME_S = 0.02
_LOUD = 120


def caller_and_agent(wav: bytes, rate: int = 16_000) -> tuple[list[Stretch], list[Stretch]]:
    """When the left channel, the caller, and the right one, the agent, are heard in a stereo WAV file."""
    samples = np.frombuffer(wav[_HEADER:], "<i2").reshape(-1, 2)
    return stretches(samples[:, 0], rate, 0.6), stretches(samples[:, 1], rate, 0.24)


def stretches(samples: "np.ndarray", rate: int, pause_s: float) -> list[Stretch]:
    """Stretches of sound; shorter pauses are the voice's own."""
    size = int(rate * _FRAME_S)
    frames = samples[: len(samples) // size * size].astype(float).reshape(-1, size)
    loud = np.flatnonzero(np.sqrt((frames**2).mean(axis=1)) > _LOUD)
    if not len(loud):
        return []
    edges = [0, *(at + 1 for at, (one, other) in enumerate(pairwise(loud)) if (other - one) * _FRAME_S > pause_s)]
    ends = [*(edge - 1 for edge in edges[1:]), len(loud) - 1]
    return [
        (float(loud[begin]) * _FRAME_S, float(loud[end] + 1) * _FRAME_S) for begin, end in zip(edges, ends, strict=True)
    ]


def told(caller: Sequence[Stretch], agent: Sequence[Stretch], what: Sequence[str]) -> list[str]:
    """A line for each thing that the caller does, with what the agent does thereupon."""
    lines: list[str] = []
    for (begin, _), does in zip(caller, what, strict=False):
        lines.append(f"{begin:6.1f} s  the caller {does}")
        speaking = [end for start, end in agent if start < begin < end]
        if not speaking:
            continue
        lines.append(f"{speaking[0]:6.1f} s  the agent is silent, {(speaking[0] - begin) * 1000:.0f} ms later")
        again = [start for start, _ in agent if start >= speaking[0]]
        if again:
            lines.append(f"{again[0]:6.1f} s  the agent is heard again")
    return lines
