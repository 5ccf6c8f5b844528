"""The benchmark's tables and the moments it reads from a recording."""

import numpy as np

from backend.bench.moments import last_sound_ms, silenced_ms
from backend.bench.report import Report
from backend.bench.table import comparison, load_table, moments_table

MACHINE = {"processor": "Test", "cores": 2, "memory_gb": 4, "python": "3.11"}
LATENCY = {"n": 3, "mean": 1.0, "p50": 0.5, "p95": 0.75, "p99": 0.8, "max": 0.9}
LOAD = {
    "calls": 20, "cpu_seconds_per_call_minute": 0.2, "core_percent": 7.0, "caller_eos_to_first_audio_ms": LATENCY,
    "frames_lost_in": 0, "frames_lost_out": 1, "gap_between_frames_ms": LATENCY, "gaps_over_60_ms": 2,
    "frame_handling_ms": LATENCY, "client_core_percent": 5.0, "client_lateness_ms": LATENCY,
    "contention": {"others_mean_percent": 3.0},
}  # fmt: skip


def test_rows_that_nobody_has_measured_are_left_out() -> None:
    table = comparison([("ours", {"reply": {"final_to_first_audio_ms": LATENCY}}), ("theirs", {})])
    assert table.splitlines()[0] == "| figure | at most | ours | theirs |"
    assert "| 0.50 / 0.75 | – |" in table
    assert len(table.splitlines()) == 3


def test_a_load_tells_what_was_lost() -> None:
    (row,) = load_table({"calls_20": LOAD, "calls_40": {"error": "broke"}}).splitlines()[2:]
    assert row.startswith("| 20 | 0.200 | 7 % |")
    assert "| 0 / 1 |" in row


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
