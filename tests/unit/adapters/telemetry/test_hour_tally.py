"""Waits, refusals and faults are counted by the hour; what could not be kept is taken again."""

import logging

from backend.adapters.telemetry.hour_tally import HourTally
from backend.adapters.telemetry.turn_telemetry import OtelTurnTelemetry
from backend.domain.call import CallRecord, Latencies, TurnRecord
from tests.unit.domain.test_history import moment

NOON = moment("2026-11-26T12:00")
HOUR = int(NOON.timestamp()) // 3600


class Clock:
    seconds = NOON.timestamp()

    def __call__(self) -> float:
        return self.seconds


def fault(level: int = logging.ERROR, **fields: object) -> logging.LogRecord:
    return logging.makeLogRecord(
        {"name": "backend.x", "levelno": level, "levelname": logging.getLevelName(level), "msg": "it broke", **fields}
    )


def test_each_hour_has_its_counts() -> None:
    tally = HourTally(clock := Clock())
    tally.waited("main", 712)
    tally.waited("main", 749)
    tally.refused("", "blocked")
    clock.seconds += 3600
    tally.waited("main", 712)
    counts, faults = tally.take()
    assert counts == {
        (HOUR, "main", "wait", "750"): 2, (HOUR, "", "refused", "blocked"): 1, (HOUR + 1, "main", "wait", "750"): 1,
    }  # fmt: skip
    assert faults == [] and tally.take() == ({}, [])


def test_a_fault_is_kept_and_counted_with_its_repeats() -> None:
    tally = HourTally(Clock())
    told = {"event": "model.lost", "code": "provider.timed_out", "line": "main", "call_id": "c1", "worker": "w1"}
    for record in (fault(**told), fault(**told, repeated=41), fault(logging.INFO, event="model.back"), fault()):
        tally.handle(record)
    counts, faults = tally.take()
    assert counts == {
        (HOUR, "main", "fault", "model.lost provider.timed_out"): 43, (HOUR, "", "fault", "other"): 1,
    }  # fmt: skip
    assert [(one.event, one.code, one.line, one.call_id, one.worker, one.level, one.message) for one in faults] == [
        *[("model.lost", "provider.timed_out", "main", "c1", "w1", "error", "it broke")] * 2,
        ("", "", "", "", "", "error", "it broke"),
    ]


def test_what_could_not_be_kept_is_taken_with_what_comes() -> None:
    tally = HourTally(Clock())
    tally.handle(fault(event="model.lost"))
    before = tally.take()
    tally.handle(fault(event="model.lost", msg="again"))
    tally.give_back(*before)
    counts, faults = tally.take()
    assert counts == {(HOUR, "", "fault", "model.lost"): 2}
    assert [one.message for one in faults] == ["it broke", "again"]


def test_waits_of_tests_and_of_greetings_are_not_counted() -> None:
    tally = HourTally(Clock())
    telemetry = OtelTurnTelemetry(hours=tally)
    for test, words in ((False, "hello"), (True, "hello"), (False, "")):
        call = CallRecord(call_id="c", line="main", direction="inbound", started_at=NOON, test=test)
        turn = TurnRecord(
            index=1, agent="a", caller_text=words, started_at=NOON, latencies=Latencies(first_frame_ms=500)
        )
        telemetry.turn(call, turn)
    telemetry.refused("main", "full")
    assert tally.take()[0] == {(HOUR, "main", "wait", "500"): 1, (HOUR, "main", "refused", "full"): 1}
