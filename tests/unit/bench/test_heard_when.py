"""What a listener is told of a recording is what is in it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bench.heard_when import caller_and_agent, stretches, told

RATE = 16_000


def sound(*parts: tuple[float, bool]) -> np.ndarray:
    return np.concatenate([np.full(int(seconds * RATE), 4000 if loud else 0, "<i2") for seconds, loud in parts])


def rounded(found: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(round(begin, 2), round(end, 2)) for begin, end in found]


def test_silence_has_no_stretches() -> None:
    assert stretches(sound((2, False)), RATE, 0.6) == []


def test_a_short_pause_belongs_to_the_voice() -> None:
    samples = sound((1, False), (0.5, True), (0.3, False), (0.5, True), (1, False), (0.2, True))
    assert rounded(stretches(samples, RATE, 0.6)) == [(1.0, 2.3), (3.3, 3.5)]


@given(st.lists(st.tuples(st.integers(40, 100), st.integers(10, 100)), min_size=1, max_size=8))
def test_every_stretch_is_found_where_it_is(parts: list[tuple[int, int]]) -> None:
    at, expected, pieces = 0.0, [], []
    for pause, loud in parts:
        pieces += [(pause / 50, False), (loud / 50, True)]
        expected.append((round(at + pause / 50, 2), round(at + (pause + loud) / 50, 2)))
        at = expected[-1][1]
    assert rounded(stretches(sound(*pieces), RATE, 0.6)) == expected


def test_a_cough_and_its_silence_are_told() -> None:
    caller = sound((1, False), (0.2, True), (3.8, False))
    agent = sound((1.1, True), (0.5, False), (2, True), (1.4, False))
    wav = b"\0" * 44 + np.stack([caller, agent], axis=1).astype("<i2").tobytes()
    assert told(*caller_and_agent(wav), ["coughs"]) == [
        "   1.0 s  the caller coughs",
        "   1.1 s  the agent is silent, 100 ms later",
        "   1.6 s  the agent is heard again",
    ]
