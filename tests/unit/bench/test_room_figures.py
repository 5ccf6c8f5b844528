"""What the figures of LiveKit rooms are made of."""

from typing import Any

import pytest

from bench.room_greeting import parts_of
from bench.room_silence import silence_of


def test_the_way_is_told_from_what_comes_on_top_of_it() -> None:
    rounds = [
        {"began": 10.0, "decided": 11.0, "handed": 10.99, "emptied": 11.001},
        {"began": 12.0, "decided": 13.0, "handed": 13.01, "emptied": 13.002},
    ]
    first = [(9.0, 900.0), (10.02, 3.0), (10.06, 900.0), (11.04, 900.0), (11.08, 700.0), (11.1, 2.0)]
    second = [(12.07, 900.0), (13.05, 900.0)]
    found = silence_of(rounds, first + second)

    def of(moment: str) -> list[float]:
        return [round(found[moment][name]) for name in ("p50", "max")]

    assert of("the way, handed over to heard") == [60, 70]
    assert of("decision to the last frame handed over") == [-10, 10]
    assert of("decision to an empty queue") == [1, 2]
    assert of("decision to silence at the far ear") == [50, 80]
    assert of("the same, without the way") == [-20, 20]


def test_an_answer_that_nobody_heard_is_no_figure() -> None:
    lost = {"began": 10.0, "decided": 11.0, "handed": 10.99, "emptied": 11.001}
    assert silence_of([lost], [(10.5, 0.0)])["the way, handed over to heard"] is None


def test_the_parts_add_up_to_the_whole() -> None:
    told: dict[str, Any] = {
        "time": "2026-11-27T00:00:01.000+00:00",
        "enter_ms": 150, "caller_ms": 0, "take_ms": 30, "publish_ms": 90, "up_ms": 40,
    }  # fmt: skip
    up = 1_795_737_601.0
    found = parts_of(up - 0.5, up + 0.1, told)
    assert found["given"] == pytest.approx(190)
    assert found["whole"] == pytest.approx(600)
    assert found["given"] + found["spoken"] + sum(told[name] for name in told if name != "time") == pytest.approx(600)
