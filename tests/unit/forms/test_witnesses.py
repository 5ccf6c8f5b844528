"""Two witnesses: what a model passes on, and the caller's own words. Where they disagree it is asked."""

from typing import Any

import pytest
from reporting import Reporting


async def asked_for(field: str) -> Reporting:
    """A call in which this field was asked for last."""
    call = Reporting()
    fields = ["injuries", "incident_description", "loss_date", "loss_time", "loss_location", "vehicle", "driver_name"]
    answers: dict[str, Any] = {
        "injuries": False, "incident_description": "a truck hit me from behind", "loss_date": "2026-11-20",
        "loss_time": "12:00", "loss_location": {"street": "Oak Street", "city": "Dallas"}, "vehicle": "honda civic",
        "driver_name": "me", "vehicles_involved": 2, "vehicle_drivable": True,
    }  # fmt: skip
    for name in [*fields, "vehicles_involved", "vehicle_drivable"]:
        if name == field:
            break
        outcome = await call.says("well", **{name: answers[name]})
    assert outcome.expects == field
    return call


@pytest.mark.parametrize(
    ("field", "words", "model"),
    [
        ("vehicles_involved", "three cars", 2),
        ("vehicle_drivable", "no it had to be towed", True),
        ("loss_date", "on thursday", "2026-11-20"),
        ("loss_time", "nine in the morning", "21:00"),
        ("loss_location", "main street in chicago", {"street": "Oak Street", "city": "Dallas"}),
    ],
)
async def test_a_value_that_the_caller_did_not_say_is_asked_for_again(field: str, words: str, model: Any) -> None:
    call = await asked_for(field)
    outcome = await call.says(words, **{field: model})
    assert (outcome.ok, outcome.expects) == (False, field)
    assert field not in await call.fields()


@pytest.mark.parametrize(
    ("field", "words", "model"),
    [
        ("vehicles_involved", "three cars", 3),
        ("vehicle_drivable", "no it had to be towed", False),
        ("loss_date", "on thursday", "2026-11-19"),
        ("loss_time", "nine in the morning", "09:00"),
        ("loss_time", "around nine", "21:00"),
        ("loss_location", "main street in chicago", {"street": "Main St", "city": "Chicago"}),
        ("vehicles_involved", "as i told you before", 2),
    ],
)
async def test_a_value_that_goes_with_the_words_is_taken(field: str, words: str, model: Any) -> None:
    call = await asked_for(field)
    await call.says(words, **{field: model})
    assert field in await call.fields()
