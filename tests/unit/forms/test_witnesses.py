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
        ("loss_time", "in the evening", "18:00"),
        ("loss_time", "sometime after work", "17:30"),
        ("loss_date", "a few days ago", "2026-11-18"),
        ("vehicles_involved", "a few", 3),
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


ASKS = object()
MAIN_STREET = {"street": "Main Street", "city": "Dallas", "state": "TX"}
HALVES: list[tuple[str, str, Any, str, Any, Any]] = [
    # field, what they said first, what the model passed on, what they say now, what the model makes of it, what is kept
    ("loss_time", "in the evening", "in the evening", "seven thirty", "07:30", "19:30"),
    ("loss_time", "in the evening", "in the evening", "seven thirty", "19:30", "19:30"),
    ("loss_time", "in the evening", "in the evening", "seven thirty", "08:15", ASKS),
    ("loss_time", "in the evening", "in the evening", "no seven thirty in the morning", "07:30", "07:30"),
    ("loss_time", "in the evening", "in the evening", "at 07:30", "07:30", "19:30"),
    ("loss_time", "in the evening", "in the evening", "just as i told you", "07:30", ASKS),
    ("loss_time", "in the evening", "in the evening", "just as i told you", "19:30", "19:30"),
    ("loss_time", "six thirty", "six thirty", "in the evening", "06:30", "18:30"),
    ("loss_time", "six thirty", "six thirty", "in the evening", "19:30", ASKS),
    ("loss_time", "seven or eight in the evening", "seven or eight in the evening", "the one i said", "09:00", ASKS),
    ("loss_date", "last month", "last month", "the twelfth", "2026-11-12", "2026-10-12"),
    ("loss_date", "last month", "last month", "the twelfth", "2026-10-12", "2026-10-12"),
    ("loss_date", "last month", "last month", "the twelfth", "the twelfth", "2026-10-12"),
    ("loss_date", "last month", "last month", "the twelfth", "2026-10-14", ASKS),
    ("loss_date", "last month i think", "last month i think", "the twelfth", "2026-11-12", ASKS),
    ("loss_date", "last month i think", "last month i think", "the twelfth", "the twelfth", ASKS),
    ("loss_date", "last month", "last month", "november twelfth", "2026-11-12", "2026-11-12"),
    ("loss_date", "a few days ago", "a few days ago", "on monday", "2026-11-16", "2026-11-16"),
    ("loss_date", "tuesday or wednesday", "tuesday or wednesday", "the later one", "2026-11-12", ASKS),
    ("loss_date", "tuesday or wednesday", "tuesday or wednesday", "the later one", "2026-11-18", "2026-11-18"),
    ("loss_location", "on main street", "on main street", "in dallas", MAIN_STREET | {"street": "Oak Street"}, ASKS),
    ("loss_location", "on main street", "on main street", "in dallas", MAIN_STREET | {"street": "Main St"}, "Main St"),
    ("loss_location", "on main street", {"street": "Main Street"}, "in dallas", {"city": "Dallas"}, "Main Street"),
    ("loss_location", "on main street", "on main street", "in dallas", "Oak Street, Dallas", ASKS),
    (
        "loss_location", "on main street", "on main street", "no oak street in dallas",
        MAIN_STREET | {"street": "Oak Street"}, "Oak Street",
    ),
    ("vehicles_involved", "two or three", "two or three", "the bigger number", 4, ASKS),
    ("vehicles_involved", "two or three", "two or three", "the bigger number", 3, 3),
    ("vehicles_involved", "two or three", "two or three", "four of them", 4, 4),
]  # fmt: skip


@pytest.mark.parametrize(("field", "before", "passed", "now", "model", "kept"), HALVES)
async def test_what_was_said_one_answer_before_is_a_witness_too(
    field: str, before: str, passed: Any, now: str, model: Any, kept: Any
) -> None:
    call = await asked_for(field)
    first = await call.says(before, **{field: passed})
    assert (first.ok, first.expects) == (False, field)
    await call.says(now, **{field: model})
    found = (await call.fields()).get(field, ASKS)
    assert (found["street"] if isinstance(found, dict) else found) == kept


async def test_a_half_stays_a_witness_through_an_answer_that_was_doubted() -> None:
    call = await asked_for("loss_time")
    await call.says("in the evening", loss_time="in the evening")
    await call.says("seven thirty", loss_time="08:15")
    await call.says("seven thirty", loss_time="07:30")
    assert (await call.fields())["loss_time"] == "19:30"


async def test_what_a_model_made_up_leaves_the_callers_own_half() -> None:
    call = await asked_for("loss_time")
    await call.says("in the evening", loss_time="18:00")
    await call.says("seven thirty", loss_time="07:30")
    assert (await call.fields())["loss_time"] == "19:30"


async def test_a_half_is_forgotten_with_the_answer_that_took_it() -> None:
    call = await asked_for("loss_time")
    await call.says("in the evening", loss_time="in the evening")
    await call.says("seven thirty", loss_time="19:30")
    await call.says("no it was seven thirty in the morning", loss_time="07:30")
    assert (await call.fields())["loss_time"] == "07:30"
