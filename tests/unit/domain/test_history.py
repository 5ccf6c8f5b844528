"""Periods are cut as clocks are, and waits are told from buckets as near as those are narrow."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.domain.call_use import CallUse, ModelUse
from backend.domain.history import FaultCount, History, HistoryQuery, wait_bound, wait_within
from backend.domain.hour_counts import counts_of_call

CHICAGO = "America/Chicago"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def period(since: str, until: str, zone: str = CHICAGO, by: str = "day") -> HistoryQuery:
    return HistoryQuery(since=moment(since), until=moment(until), zone=zone, by=by)


def test_a_period_without_a_change_of_clocks_is_one_span() -> None:
    (span,) = period("2026-11-10T06:00", "2026-11-20T17:20").spans()
    assert (span.since, span.until, span.offset_s) == (
        moment("2026-11-10T06:00"), moment("2026-11-20T17:20"), -6 * 3600,
    )  # fmt: skip


def test_it_is_cut_where_clocks_are_changed() -> None:
    spans = list(period("2026-10-31T05:30", "2026-11-03T06:00").spans())
    assert [(span.since, span.offset_s // 3600) for span in spans] == [
        (moment("2026-10-31T05:30"), -5), (moment("2026-11-01T07:00"), -6),
    ]  # fmt: skip
    assert spans[0].until == spans[1].since and spans[1].until == moment("2026-11-03T06:00")


@pytest.mark.parametrize("zone", [CHICAGO, "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"])
@pytest.mark.parametrize("days", [1, 2, 90, 400])
def test_it_is_cut_as_by_looking_at_every_hour(zone: str, days: int) -> None:
    since = moment("2026-03-07T17:20")
    query = HistoryQuery(since=since, until=since + timedelta(days=days), zone=zone)
    hours = [since, *(since.replace(minute=0) + timedelta(hours=hour) for hour in range(1, 24 * days + 1))]
    offsets = [hour.astimezone(ZoneInfo(zone)).utcoffset() for hour in hours]
    cuts = [hour for hour, before, offset in zip(hours[1:], offsets, offsets[1:], strict=False) if before != offset]
    spans = list(query.spans())
    assert [span.since for span in spans] == [since, *cuts]
    assert [span.until for span in spans] == [*cuts, query.until]


def test_hours_are_those_of_utc() -> None:
    query = period("2026-10-31T05:00", "2026-11-03T06:00", by="hour")
    assert [span.offset_s for span in query.spans()] == [0]
    assert query.begins(3) == moment("1970-01-01T03:00")


@pytest.mark.parametrize(("day", "begins"), [("2026-11-01", "2026-11-01T05:00"), ("2026-11-02", "2026-11-02T06:00")])
def test_a_day_begins_by_the_clock_of_its_zone(day: str, begins: str) -> None:
    slot = (moment(f"{day}T12:00") - moment("1970-01-01T00:00")).days
    assert period("2026-11-01T00:00", "2026-11-03T00:00").begins(slot) == moment(begins)


@pytest.mark.parametrize(
    ("ms", "bound"),
    [(0, 50), (1, 50), (50, 50), (51, 100), (2000, 2000), (2001, 2250), (5000, 5000), (5001, 6000), (1e9, 30_000)],
)
def test_a_wait_is_counted_under_the_next_bound(ms: float, bound: int) -> None:
    assert wait_bound(ms) == bound


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_what_a_share_waited_is_told_within_the_width_of_a_bucket(share: float) -> None:
    chance = random.Random(3)
    waits = sorted(chance.lognormvariate(6.4, 0.4) for _ in range(4000))
    told = wait_within(Counter(wait_bound(ms) for ms in waits), share)
    assert told == pytest.approx(waits[int(share * len(waits)) - 1], abs=25)


def test_nobody_waited() -> None:
    assert wait_within({}, 0.5) is None


def test_a_line_is_the_sum_of_its_slots() -> None:
    history = History()
    use = CallUse(phone_s=60.25, spoken=5, models={"big": ModelUse(1, 0, 9, 0, 2)})
    one = counts_of_call("completed", 2, use) + Counter({("wait", "50"): 1, ("fault", "model.lost x"): 3})
    for slot, line in ((1, "a"), (1, "a"), (2, "a"), (1, "b")):
        history.add(slot, line, one)
    history.add(2, "a", counts_of_call("failed", None, None))
    found = history.lines()
    assert list(found) == ["a", "b"]
    assert (found["a"].calls, found["a"].outcomes, found["a"].unknown) == (4, {"completed": 3, "failed": 1}, 1)
    assert found["a"].named("repairs") == {"calls": 3, "counted": 3, "times": 6}
    assert found["a"].use == CallUse(phone_s=180.75, spoken=15, models={"big": ModelUse(3, 0, 27, 0, 6)})
    assert found["a"].waits == {50: 3} and history.slots[1, "a"].waits == {50: 2}
    assert history.faults() == [FaultCount("model.lost", "x", 12)]
