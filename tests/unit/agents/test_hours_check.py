"""Hours and overflow that cannot be meant are told, with their place."""

from datetime import date
from typing import Any

import pytest

from backend.agents.hours_check import past_days, senseless_hours
from backend.domain.line import LineSpec

OWN, OTHER = "+18005550100", "+18005550177"


def line(hours: dict[str, Any] | None = None, **more: Any) -> LineSpec:
    base: dict[str, Any] = {
        "name": "main",
        "numbers": [OWN],
        "entry": "one",
        "agents": ["one"],
        "person": {"number": "+18005550199"},
    }
    if hours is not None:
        base["hours"] = {"timezone": "UTC", **hours}
    return LineSpec.model_validate(base | more)


@pytest.mark.parametrize(
    ("hours", "place", "told"),
    [
        ({"week": {"mon": ["08:00-12:00", "11:00-17:00"]}}, "week.mon", "08:00-12:00 and 11:00-17:00 overlap"),
        ({"week": {"mon": ["08:00-12:00", "12:00-12:00"]}}, "week.mon.1", "begins when it ends"),
        (
            {"week": {"mon": ["22:00-09:00"], "tue": ["08:00-12:00"]}},
            "week.tue",
            "hours of mon go on into those of tue",
        ),
        (
            {"week": {"sun": ["22:00-09:00"], "mon": ["08:00-12:00"]}},
            "week.mon",
            "hours of sun go on into those of mon",
        ),
        ({"week": {}}, "week", "no day on which it opens"),
        ({"week": {"mon": ["08:00-12:00"]}, "open": "09:00"}, "open", "take open away"),
        ({"open": "09:00", "close": "09:00"}, "close", "so never"),
        ({"open": "24:00", "close": "08:00"}, "open", "write 00:00"),
        ({"open": "24:00"}, "open", "write 00:00"),
        ({"holidays": ["2030-12-25"], "special": [{"date": "2030-12-25"}]}, "holidays.0", "not both"),
        ({"special": [{"date": "2030-12-24", "open": ["08:00-10:00", "09:00-11:00"]}]}, "special.0.open", "overlap"),
        ({"yearly": ["02-30"]}, "yearly.0", "there is no 02-30"),
        ({"yearly": ["12-25", "12-25"]}, "yearly.1", "there twice"),
        ({"closed": " "}, "closed", "expected a sentence"),
        ({"action": "redirect"}, "action", "needs a number"),
        ({"action": "redirect", "number": OWN}, "number", "come back to it"),
        ({"number": OTHER}, "number", "say 'action: redirect'"),
        ({"emergency_number": OWN}, "emergency_number", "come back to it"),
        ({"emergency_number": OTHER, "emergencies": False}, "emergency_number", "say 'emergencies: true'"),
    ],
)
def test_hours_that_cannot_be_meant(hours: dict[str, Any], place: str, told: str) -> None:
    (found,) = senseless_hours(line(hours))
    assert ".".join(map(str, found[0])) == f"hours.{place}" and told in found[1]


@pytest.mark.parametrize(
    ("overflow", "place", "told"),
    [
        ({"action": "call_back"}, "action", "give it max_calls"),
        ({"action": "redirect"}, "action", "needs a number"),
        ({"number": OTHER}, "number", "say 'action: redirect'"),
    ],
)
def test_overflow_that_cannot_be_meant(overflow: dict[str, Any], place: str, told: str) -> None:
    (found,) = senseless_hours(line(overflow=overflow))
    assert found[0] == ("overflow", place) and told in found[1]


def test_what_makes_sense_is_let_pass() -> None:
    week = {
        "mon": ["00:00-24:00"],
        "tue": ["00:00-12:00", "12:00-24:00"],
        "wed": ["20:00-04:00"],
        "thu": ["04:00-05:00"],
    }
    way = {"action": "redirect", "number": OTHER, "emergency_number": OTHER}
    assert not list(senseless_hours(line({"week": week, "yearly": ["02-29"], **way})))
    assert not list(senseless_hours(line(overflow={"action": "call_back", "number": OTHER}, max_calls=3)))


def test_days_that_are_over_are_told_and_others_are_not() -> None:
    hours = {"holidays": ["2026-12-25", "2026-12-24"], "special": [{"date": "2026-01-01"}]}
    found = list(past_days(line(hours), date(2026, 12, 25)))
    assert [place for place, _ in found] == [("hours", "holidays", 1), ("hours", "special", 0, "date")]
    assert 'write "12-24" under yearly' in found[0][1]
