"""What the figures of LiveKit rooms are made of."""

from typing import Any

import pytest

from bench.room_greeting import parts_of
from bench.room_sides import Heard
from bench.room_silence import silence_of
from bench.rooms import holds, median_of


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


def a_run(gap: float, *, others: float = 0.0, heard: int = 100) -> dict[str, Any]:
    return {
        "kind": "ours", "rooms": 10, "gap_p99_ms": gap, "frames_heard_percent": heard, "others_percent": others,
        "late_p99_ms": {"agents": gap / 10, "callers": gap / 2},
    }  # fmt: skip


def test_one_run_that_others_disturbed_is_not_the_figure() -> None:
    step = median_of([a_run(24.0, others=60.0), a_run(217.0, others=150.0), a_run(31.0, others=70.0)])
    assert (step["gap_p99_ms"], step["others_percent"], step["kind"], step["rooms"]) == (31.0, 70.0, "ours", 10)
    assert step["gap_p99_ms_each"] == [24.0, 217.0, 31.0] and step["late_p99_ms"]["agents"] == 3.1
    assert holds(step)
    assert not holds(median_of([a_run(61.0), a_run(75.0), a_run(20.0)]))
    assert not holds(median_of([a_run(20.0, heard=98)]))


def test_a_step_broke_where_most_of_its_runs_did() -> None:
    broke = {"kind": "ours", "rooms": 25, "gap_p99_ms": 9999.0, "broke": "too slow"}
    assert median_of([broke, a_run(20.0), broke])["broke"] == "too slow"
    assert median_of([broke, a_run(20.0), a_run(40.0)])["gap_p99_ms_each"] == [9999.0, 20.0, 40.0]


def test_what_callers_hear_is_counted_room_by_room() -> None:
    heard = Heard(since=10.0, before=(1000, 50))
    heard.times = [[(10.0, True), (10.02, True), (10.08, False)], [(10.01, True), (10.03, True)]]
    told = heard.figures(10.06, (3000, 150))
    assert told == {
        "gap_p50_ms": 20.0, "gap_p99_ms": 60.0, "frames_heard_percent": 67, "made_up_percent": 5.0,
    }  # fmt: skip
    assert Heard().figures(1.0, (0, 0))["gap_p99_ms"] == 9999.0
