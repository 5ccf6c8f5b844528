"""The benchmark's tables and the moments it reads from a recording."""

from typing import Any

import numpy as np
import pytest

from bench.capacity import holds
from bench.moments import last_sound_ms, silenced_ms
from bench.report import Report
from bench.rooms import holds as rooms_hold
from bench.streams import longest_pause_ms
from bench.table import capacity_table, comparison, load_table, moments_table, rooms_table, talk_table, ways_table

MACHINE = {"processor": "Test", "cores": 2, "memory_gb": 4, "python": "3.11"}
LATENCY = {"n": 3, "mean": 1.0, "p50": 0.5, "p95": 0.75, "p99": 0.8, "max": 0.9}
LOAD = {
    "calls": 20, "cpu_seconds_per_call_minute": 0.2, "core_percent": 7.0, "caller_eos_to_first_audio_ms": LATENCY,
    "frames_lost_in": 0, "frames_lost_out": 1, "gap_between_frames_ms": LATENCY, "gaps_over_60_ms": 2,
    "answers_with_holes": 0, "frame_handling_ms": LATENCY, "client_core_percent": 5.0, "client_lateness_ms": LATENCY,
    "contention": {"others_mean_percent": 3.0},
}  # fmt: skip


def test_rows_that_nobody_has_measured_are_left_out() -> None:
    table = comparison(
        [
            ("ours", {"reply": {"final_to_first_audio_ms": LATENCY}}),
            ("theirs", {"barge": {"caller_sos_to_stop_ms": LATENCY}}),
            ("somebody's", {}),
        ]
    )
    assert table.splitlines()[0] == "| figure | at most | ours | theirs |"
    assert "| 0.50 / 0.75 | – |" in table
    assert len(table.splitlines()) == 4


def test_a_load_tells_what_was_lost() -> None:
    (row,) = load_table({"calls_20": LOAD, "calls_40": {"error": "broke"}}).splitlines()[2:]
    assert row.startswith("| 20 | 0.200 | 7 % |")
    assert "| 0 / 1 |" in row


def test_two_workers_have_a_row_of_their_own() -> None:
    table = load_table({"calls_20": LOAD}, {"calls_200": LOAD | {"calls": 200}})
    assert table.splitlines()[-1].startswith("| 200, two workers | 0.200 |")


def test_who_was_talked_over_is_a_share_of_the_turns() -> None:
    talk = {
        "turns": 200, "caller_stops_to_answer_ms": LATENCY, "caller_stops_to_filler_ms": None, "talked_over": 10,
        "talked_over_300_ms": 3, "talked_over_dictating": 0, "begun_early": 12, "unanswered": 1,
        "contention": {"others_mean_percent": 3.0},
    }  # fmt: skip
    (row,) = talk_table([("ours", talk)]).splitlines()[2:]
    assert row == "| ours | 200 | 0 / 1 | – | 1.5 % | 5.0 % | 0 | 6.0 % | 1 | 3 % |"


STEP = {
    "calls": 30, "answers": 80, "dropped": 0, "gaps": 13, "longest_gap_ms": 60, "failed_calls": 0,
    "loop_core_percent": 35.4, "sdk_core_percent": 48.6, "azure_core_percent": 54.2, "azure_late_ms": LATENCY,
}  # fmt: skip


def test_the_sdks_threads_and_our_loop_are_told_apart() -> None:
    assert capacity_table([STEP]).endswith("| 30 | 80 | 60 | 13 | 0, 0 | 35 % | 49 % | 54 % | 1 |")


@pytest.mark.parametrize("broken", [{"longest_gap_ms": 80}, {"dropped": 1}, {"failed_calls": 1}])
def test_a_step_holds_without_loss_and_without_a_long_gap(broken: dict[str, int]) -> None:
    assert holds(STEP)
    assert not holds(STEP | broken)


def test_a_failed_call_is_reported_beside_the_moments() -> None:
    table = moments_table({"answer to greeting": LATENCY, "barge-in": None, "failures": ["TimeoutError: no answer"]})
    assert "answer to greeting" in table
    assert table.endswith("A call failed: TimeoutError: no answer")


def test_a_report_names_its_command_and_what_failed() -> None:
    report = Report("ringmaster bench", MACHINE)
    report.note("ringmaster", "calls_20", LOAD)
    report.note("floor", "calls_20", {"error": "Traceback\nConnectionError: gone", **{"contention": {}}})
    text = report.markdown()
    assert "`ringmaster bench`" in text
    assert "no framework, calls_20: ConnectionError: gone" in text


def test_silence_is_where_the_agent_pauses_for_longer_than_between_words() -> None:
    caller = np.zeros(100, bool)
    caller[20:40] = True
    agent = np.zeros(100, bool)
    agent[:22] = agent[25:27] = agent[60:80] = True
    assert silenced_ms(caller, agent) == 7 * 20
    assert last_sound_ms(agent, at_ms=1000) == 27 * 20


def test_a_report_says_what_streaming_costs_and_saves() -> None:
    report = Report("ringmaster bench streams", MACHINE)
    report.streams = {"moments": {"seams": LATENCY}, "ratios": {"first frame": 1.0}, "syntheses": [12, 6]}
    text = report.markdown()
    assert "| seams | 3 |" in text
    assert text.endswith("streamed to by clause: first frame 1.00. Syntheses: 6 instead of 12.")


def test_the_longest_pause_counts_silent_frames_and_missing_ones() -> None:
    loud, silent = (np.full(320, level, "<i2").tobytes() for level in (3000, 10))
    frames = [(0.0, silent), (0.02, loud), (0.04, silent), (0.06, loud), (0.08, silent), (0.14, loud), (0.16, silent)]
    assert longest_pause_ms(frames) == pytest.approx(60)
    assert longest_pause_ms([(0.0, loud)]) == 0


def test_two_ways_stand_side_by_side_and_what_one_has_not_is_left_open() -> None:
    def way(beside: float | None, *failures: str) -> dict[str, Any]:
        moments = {"barge-in to silence": {"p50": 60.0, "p95": 80.0}, "the same, with a tool": None}
        costs = {"cpu_s_per_call_minute": 0.4, "beside_cpu_s_per_call_minute": beside, "idle_mb": 150, "most_mb": 160}
        busy = {"others_mean_percent": 12.0}
        return {"moments": moments, "failures": list(failures), "minutes": 3, "contention": busy, **costs}

    lines = ways_table({"acs": way(None), "livekit": way(1.2, "TimeoutError")}).splitlines()
    assert lines[0] == "| | ACS | LiveKit |"
    assert "| barge-in to silence, ms p50 / p95 | 60 / 80 | 60 / 80 |" in lines
    assert "| processor beside it (LiveKit server), s a call-minute | – | 1.2 |" in lines
    assert lines[-1] == "A call by livekit failed: TimeoutError"


def test_rooms_that_broke_stand_beside_those_that_held() -> None:
    spent = {"agents": 2.8, "server": 0.4, "callers": 2.5}
    held = {
        "cpu_s_per_room_minute": spent,
        "agents_mb": 140,
        "gap_p50_ms": 20,
        "gap_p99_ms": 41,
        "gap_p99_ms_each": [38.2, 41, 77],
        "frames_heard_percent": 100,
        "made_up_percent": 0.4,
        "late_p99_ms": {"agents": 3.1, "callers": 12.4},
        "others_percent": 8.0,
    }
    steps = [
        {"kind": "ours", "rooms": 10, **held},
        {"kind": "ours", "rooms": 15, "gap_p99_ms": 9999.0, "broke": "too slow"},
    ]
    *_, first, last = rooms_table(steps).splitlines()
    assert first == "| 10, ours | 2.8 | 0.4 | 2.5 | 140 | 20 / 41 | 38, 41, 77 | 100 %, 0.4 % | 3 / 12 | 8 % |"
    assert last.startswith("| 15, ours | too slow |") and last.count("|") == first.count("|")
    assert [rooms_hold(step) for step in steps] == [True, False]
