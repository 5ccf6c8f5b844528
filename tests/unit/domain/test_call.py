"""A call: how long it took, whatever was done to the clock meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.domain.call import CallRecord

BEGAN = datetime(2026, 11, 28, 12, tzinfo=UTC)


def _call(ended_s: float | None) -> CallRecord:
    ended = None if ended_s is None else BEGAN + timedelta(seconds=ended_s)
    return CallRecord(call_id="c", line="main", direction="inbound", started_at=BEGAN, ended_at=ended)


@pytest.mark.parametrize(
    ("ended", "until", "took"), [(90.5, None, 90.5), (-3600, None, 0), (None, None, 0), (7, 99, 7)]
)
def test_how_long_it_took(ended: float | None, until: float | None, took: float) -> None:
    moment = None if until is None else BEGAN + timedelta(seconds=until)
    assert _call(ended).seconds(moment) == took


@pytest.mark.parametrize(("until", "took"), [(30, 30), (-30, 0)])
def test_how_long_it_has_taken_so_far(until: float, took: float) -> None:
    assert _call(None).seconds(BEGAN + timedelta(seconds=until)) == took
