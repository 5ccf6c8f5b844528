"""Words that the recognizer puts right after they were answered: the field is read again before the next answer."""

from typing import Any

import pytest
from reporting import COMPLETE, STORY, Reporting

from backend.domain.session import CallerSaid
from backend.domain.tool import ToolOutcome

ROWS: list[tuple[str, str, str, Any]] = [
    ("loss_location", "on pooch tree street in atlanta", "on peachtree street in atlanta", "Peachtree Street"),
    ("loss_location", "on oak street in dallas texas", "on oak grove street in dallas texas", "Oak Grove Street"),
    ("vehicles_involved", "two", "three", 3),
    ("incident_description", "a truck ran into my fence", "a truck ran into my fender", "a truck ran into my fender"),
]  # fmt: skip
KEPT: list[tuple[str, str, str, Any]] = [
    ("loss_location", "on oak street in dallas texas", "on oak street in dallas texas", "Oak Street"),
    ("loss_location", "on oak street in dallas texas", "what were never in dallas", "Oak Street"),
    ("vehicles_involved", "two", "two no three or four", 2),
    ("vehicles_involved", "two", "[hidden]", 2),
    ("vehicles_involved", "two", "", 2),
]
ANSWERS: dict[str, Any] = {
    "incident_description": STORY, "injuries": False, "loss_date": "yesterday", "loss_time": "noon",
    "loss_location": "main street in chicago illinois", "vehicle": "honda civic", "driver_name": "me",
    "vehicles_involved": "two", "vehicle_drivable": True,
}  # fmt: skip


async def answered(name: str, words: str) -> Reporting:
    """A call in which the last answer was this one."""
    call, told = Reporting(), ANSWERS.copy()
    before = {key: value for key, value in list(told.items())[: list(told).index(name)] if key != name}
    before |= {"injuries": False, "loss_date": "yesterday"} if name == "incident_description" else {}
    outcome = await call.says("well", **before)
    assert outcome.expects == name
    await call.says(words, **{name: words})
    return call


def put_right(call: Reporting, text: str) -> None:
    """What the engine does when a final comes late: the turn enters the history in its words."""
    history = call.session.history
    at = next(i for i, item in enumerate(history) if isinstance(item, CallerSaid) and item.turn == call.session.turn)
    history[at] = CallerSaid(text, call.session.turn)


async def next_answer(call: Reporting) -> ToolOutcome:
    return await call.says("hold on", trip_purpose="hold on")


def of(fields: dict[str, Any], name: str) -> Any:
    value = fields[name]
    return value["street"] if name == "loss_location" else value


@pytest.mark.parametrize(("name", "heard", "final", "kept"), [*ROWS, *KEPT])
async def test_the_field_is_what_was_said_where_that_is_sure(name: str, heard: str, final: str, kept: Any) -> None:
    call = await answered(name, heard)
    put_right(call, final)
    await next_answer(call)
    assert of(await call.fields(), name) == kept


async def test_what_was_put_right_by_the_caller_since_stands() -> None:
    call = await answered("vehicles_involved", "two")
    turn = call.session.turn
    await call.calls("two", "record_fnol", vehicles_involved="four")
    call.session.history[-2:] = [CallerSaid("three", turn)]
    await next_answer(call)
    assert (await call.fields())["vehicles_involved"] == 4


async def test_a_value_that_a_model_has_made_of_the_same_words_is_put_right_too() -> None:
    call = await answered("loss_location", "well")
    place = {"street": "Oak St", "city": "Dallas", "state": "TX"}
    await call.says("on oak street in dallas texas", loss_location=place)
    put_right(call, "on oak grove street in dallas texas")
    await next_answer(call)
    assert of(await call.fields(), "loss_location") == "Oak Grove Street"


async def test_a_value_that_the_words_do_not_say_is_not_read_by_others() -> None:
    call = await answered("vehicles_involved", "two")
    call.session.facts["_last_answer:fnol"]["words"] = "a few of them"
    put_right(call, "three")
    await next_answer(call)
    assert (await call.fields())["vehicles_involved"] == 2


async def test_a_yes_to_what_was_read_from_the_wrong_words_files_nothing_else() -> None:
    call = Reporting()
    outcome = await call.says(
        "here is all", **{name: value for name, value in COMPLETE.items() if name != "vehicle_drivable"}
    )
    assert outcome.expects == "vehicle_drivable"
    assert (await call.says("yes it is", vehicle_drivable="yes it is")).expects == "confirmation"
    put_right(call, "no it is not")
    outcome = await call.says("yes that is correct", confirmation="yes that is correct")
    while "drivable" not in f"{outcome.say} {outcome.ask}":
        assert outcome.expects == "confirmation"
        outcome = await call.says("yes that is correct", confirmation="yes that is correct")
    assert "not drivable" in f"{outcome.say} {outcome.ask}"
    assert (await call.fields())["vehicle_drivable"] is False


async def test_it_is_asked_of_the_last_answer_only() -> None:
    call = await answered("vehicles_involved", "two")
    first = call.session.turn
    await call.says("yes it drives", vehicle_drivable=True)
    history = call.session.history
    at = next(i for i, item in enumerate(history) if isinstance(item, CallerSaid) and item.turn == first)
    history[at] = CallerSaid("three", first)
    await next_answer(call)
    assert (await call.fields())["vehicles_involved"] == 2


async def test_words_with_a_card_number_are_not_kept() -> None:
    card = "four one one one one one one one one one one one one one one one"
    call = await answered("incident_description", f"a truck ran into my fence and my card is {card}")
    assert "one one one" not in str(call.session.facts)
