"""What a caller puts right behind the filing is kept with what stands there, and they hear who corrects it."""

import pytest
from reporting import Reporting


async def filed() -> Reporting:
    call = Reporting()
    await call.tells_everything(loss_time="ten in the morning")
    await call.agrees()
    return call


async def notes(call: Reporting) -> list[str]:
    draft = await call.cases.draft("c1", "fnol")
    assert draft is not None and draft.number
    case = next(one for one in await call.cases.list(limit=10) if one.number == draft.number)
    return [note.text for note in case.notes]


@pytest.mark.parametrize(
    ("said", "given", "noted"),
    [
        ("wait actually it happened at eleven not ten", {"correction": "eleven"}, "loss_time: 10 AM -> 11 AM"),
        ("I said ten but it was nine", {"correction": "nine"}, "loss_time: 10 AM -> 9 AM"),
        ("I said Friday but it was Thursday", {"correction": "thursday"}, "November 20 -> Thursday, November 19"),
        ("no wait it was on oak street in chicago", {"loss_location": "oak street"}, "Main Street, Chicago"),
        ("actually my wife was driving", {"driver_name": "my wife"}, "driver_relationship: self -> spouse"),
    ],
)
async def test_it_is_noted_with_what_stands_there_and_nothing_that_is_filed_changes(
    said: str, given: dict[str, str], noted: str
) -> None:
    call = await filed()
    before = await call.fields()
    outcome = await call.says(said, **given)
    assert "colleague will correct it" in (outcome.say or "") and "same accident" not in (outcome.ask or "")
    (note,) = await notes(call)
    assert note.startswith(said) and noted in note
    assert await call.fields() == before


async def test_nobody_is_let_go_with_it_whatever_a_model_takes_it_for() -> None:
    call = await filed()
    outcome = await call.says("no wait i made a mistake it was on oak street in chicago", "end_call")
    assert outcome.directive is None and "colleague will correct it" in (outcome.say or "")
    assert (await call.says("no thanks", "end_call")).directive is not None


async def test_a_second_story_and_a_question_put_nothing_right() -> None:
    call = await filed()
    outcome = await call.says(
        "actually a deer hit me as well last week", incident_description="a deer hit me as well last week"
    )
    assert "same accident" in (outcome.ask or "")
    call = await filed()
    assert "correct it" not in (
        (await call.says("did you say yesterday", correction="did you say yesterday")).say or ""
    )


async def test_what_is_only_added_is_added() -> None:
    call = await filed()
    await call.says("oh and the other car was blue", incident_description="the other car was blue")
    outcome = await call.says("yes", confirmation="yes")
    assert "added" in (outcome.say or "") and "correct it" not in (outcome.say or "")


async def test_what_puts_something_right_in_the_case_that_is_added_to_is_told_so_too() -> None:
    call = await filed()
    await call.says("oh and the other car was blue", incident_description="the other car was blue")
    await call.says("yes", confirmation="yes")
    outcome = await call.says("actually it was at eleven not ten", loss_time="eleven")
    assert "colleague will correct it" in (outcome.say or "")


async def test_an_hour_across_noon_is_not_put_into_the_night() -> None:
    call = Reporting()
    await call.tells_everything(loss_time="noon")
    await call.agrees()
    await call.says("wait actually it happened at eleven not twelve", correction="eleven")
    assert not any("11 PM" in note for note in await notes(call))
