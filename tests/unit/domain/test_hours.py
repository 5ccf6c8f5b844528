"""When a line is open: weekdays, breaks at noon, nights, holidays, days with hours of their own, clocks put forward."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backend.domain.hours import HoursSpec, WeekSpec

WEEK = HoursSpec.model_validate_json(
    """{
    "timezone": "America/Denver",
    "week": {"mon": ["08:00-12:00", "13:00-17:00"], "fri": ["22:00-02:00"]},
    "holidays": ["2026-11-30"], "yearly": ["12-25"],
    "special": [{"date": "2026-12-25", "open": ["09:00-10:00"]}, {"date": "2026-11-29", "open": ["23:00-01:00"]}]
    }""",
    strict=True,
)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T08:00", True),  # a Monday
        ("2026-11-23T07:59", False),
        ("2026-11-23T11:59", True),
        ("2026-11-23T12:30", False),
        ("2026-11-23T13:00", True),
        ("2026-11-24T09:00", False),  # a Tuesday, which is not written
        ("2026-11-27T23:00", True),  # a Friday
        ("2026-11-28T01:59", True),  # its night
        ("2026-11-28T02:00", False),
        ("2026-11-30T09:00", False),  # a Monday that is a holiday
        ("2026-11-30T00:30", True),  # the night of the Sunday before, which has hours of its own
        ("2026-12-25T09:30", True),  # a Friday and a holiday of every year, with hours of its own
        ("2026-12-25T23:00", False),
        ("2027-12-25T09:30", False),
    ],
)
def test_a_week(moment: str, is_open: bool) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("America/Denver"))
    assert WEEK.is_open(at.astimezone(UTC)) is is_open


def test_when_it_opens_next() -> None:
    denver = ZoneInfo("America/Denver")

    def after(moment: str) -> str:
        opens = WEEK.next_opening(datetime.fromisoformat(moment).replace(tzinfo=denver).astimezone(UTC))
        return f"{opens:%Y-%m-%dT%H:%M}" if opens else ""

    assert after("2026-11-23T07:00") == "2026-11-23T08:00"
    assert after("2026-11-23T12:30") == "2026-11-23T13:00"
    assert after("2026-11-24T12:30") == "2026-11-27T22:00"
    assert after("2026-11-28T02:00") == "2026-11-29T23:00", "a day with hours of its own"
    assert after("2026-11-30T02:00") == "2026-12-04T22:00", "the Monday is a holiday"
    at_midnight = HoursSpec(timezone="UTC", open="24:00", close="08:00")  # the check refuses it; no call may end of it
    assert at_midnight.next_opening(datetime(2026, 1, 1, 9, tzinfo=UTC)) == datetime(2026, 1, 2, tzinfo=UTC)
    never = HoursSpec(timezone="UTC", week=WeekSpec())
    assert never.next_opening(datetime(2026, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(("moment", "is_open"), [("2026-03-08T13:59", False), ("2026-03-08T14:00", True)])
def test_the_clock_on_the_wall_counts_when_clocks_are_put_forward(moment: str, is_open: bool) -> None:
    hours = HoursSpec(timezone="America/Denver", open="08:00", close="17:00")
    assert hours.is_open(datetime.fromisoformat(moment).replace(tzinfo=UTC)) is is_open
