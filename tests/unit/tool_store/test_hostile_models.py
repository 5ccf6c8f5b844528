"""A model that is wrong, hasty or lies: it makes nothing up, agrees to nothing, and hurries nobody past a question."""

from typing import Any

import pytest
from front_desk import FrontDesk
from reporting import STORY, Reporting

from backend.domain.tool import ToolOutcome
from backend.domain.tries import MemoryTries
from backend.testing.books import MemoryCases

OWN = "+13125550142"
UNVERIFIED = {"unverified": True, "unverified_name": "Laura Green"}


@pytest.mark.parametrize("name", ["John Smith", "smith john", "Jon Smyth"])
async def test_a_name_that_nobody_said_opens_nothing(name: str) -> None:
    call = FrontDesk()
    await call.all("what is my deductible", "peter nobody", "60601")
    await call.says("4821", full_name=name)
    assert (call.policy, call.session.verification_attempts) == (None, 1)
    nameless = FrontDesk()
    outcome = await nameless.says("60601 is my zip and 4821 the last four", full_name=name, zip_code="60601")
    assert (nameless.policy, outcome.expects) == (None, "full_name")


@pytest.mark.parametrize(
    ("said", "passed"),
    [
        ("you have me down as jon smyth", "John Smith"),
        ("the account is with smith first name john", "John Smith"),
        ("on the policy you'll read j o h n s m i t h", "John Smith"),
    ],
)
async def test_a_name_that_a_model_only_spells_better_is_taken(said: str, passed: str) -> None:
    call = FrontDesk()
    await call.says("hello there")
    await call.says(said, full_name=passed)
    await call.all("60601", "4821")
    assert call.policy == "POL-A10001"


async def test_who_only_repeats_what_is_known_goes_down_the_ladder() -> None:
    call = FrontDesk()
    await call.all("what is my deductible", "john smith")
    said = [await call.says("my name is john smith", full_name="john smith") for _ in range(3)]
    assert said[-1].directive is not None, "the same two questions for ever lead nowhere"
    assert len({outcome.ask for outcome in said}) == 3


@pytest.mark.parametrize("withheld", ["", "anonymous", "Restricted"])
async def test_those_who_withhold_their_number_do_not_lock_each_other_out(withheld: str) -> None:
    tries = MemoryTries()
    for _ in range(6):
        await FrontDesk(tries, withheld).all("what is my deductible", "peter nobody", "11111", "1111")
    innocent = FrontDesk(tries, withheld)
    await innocent.all("what is my deductible", "john smith", "60601", "4821")
    assert innocent.policy == "POL-A10001"


async def test_an_offer_is_answered_by_what_is_said_after_it() -> None:
    call = FrontDesk()
    offer = await call.all("someone hit my car, nobody is hurt", "okay well i'm his wife")
    again = await call.again("okay well i'm his wife")
    assert again.ask == offer.ask, "nothing was misunderstood"
    assert "unverified" not in call.session.facts


@pytest.mark.parametrize("tool", ["file_claim", "record_fnol"])
async def test_a_yes_to_leaving_the_report_confirms_nothing(tool: str) -> None:
    call = Reporting()
    await call.tells_everything()
    assert "unfinished" in ((await call.says("goodbye", "end_call")).ask or "")
    given: dict[str, Any] = {"confirmation": "yes"} if tool == "record_fnol" else {}
    outcome = await call.says("yes", tool, **given)
    assert STORY.split()[1] in (outcome.say or ""), "the first part is read out again"
    assert not call.session.facts["_confirming"]["yes"]


async def test_a_no_to_leaving_the_report_refuses_nothing() -> None:
    call = Reporting()
    await call.tells_everything()
    await call.says("goodbye", "end_call")
    outcome = await call.says("no", "end_call", confirmation="no")
    assert outcome.expects == "confirmation"
    assert outcome.say


async def told_of_loss(number: str) -> tuple[Reporting, ToolOutcome]:
    call = Reporting(None, facts=UNVERIFIED, caller_number=number)
    return call, await call.says(STORY, incident_description=STORY)


@pytest.mark.parametrize("number", [OWN, ""])
async def test_a_number_that_a_model_made_up_is_not_called(number: str) -> None:
    call, _ = await told_of_loss(number)
    for _ in range(2):
        await call.calls("yes", "record_fnol", callback_number="9005556666")
    await call.says("yes", callback_number="9005556666")
    await call.calls("yes", "record_fnol", callback_number="9005556666")
    assert (await call.fields()).get("callback_number") in (None, OWN)


async def test_a_number_counts_once_it_was_heard_and_agreed_to_in_a_later_turn() -> None:
    call, _ = await told_of_loss(OWN)
    words = "yes no call 3 1 2 5 5 5 0 1 9 9"
    read = await call.says(words, heard=3, callback_number=words)
    assert "0 1 9 9" in (read.say or "")
    await call.calls("yes", "record_fnol", callback_number="yes")
    assert "callback_number" not in await call.fields()
    again = await call.says("yes", callback_number="yes")
    assert "0 1 9 9" in (again.say or ""), "it was cut off before its end"
    await call.says("yes", callback_number="yes")
    assert (await call.fields())["callback_number"] == "3125550199"


@pytest.mark.parametrize("withheld", ["anonymous", "8:acs:user"])
async def test_what_cannot_be_dialed_is_not_offered_for_a_call_back(withheld: str) -> None:
    call, asked = await told_of_loss(withheld)
    assert "Which number" in (asked.ask or "")
    await call.says("no idea", callback_number="no idea")
    third = await call.says("no idea", callback_number="no idea")
    assert third.ask
    assert third.ask != "Which number can we call you back on?"


async def twice_in_a_turn(call: Reporting, words: str, first: dict[str, Any], second: dict[str, Any]) -> ToolOutcome:
    asked = await call.says(words, **first)
    assert asked.expects == "confirmation"
    outcome = await call.calls(words, "record_fnol", **second)
    assert not outcome.ok
    return asked


async def test_a_yes_to_something_else_makes_no_note_of_a_second_loss() -> None:
    cases = MemoryCases()
    first = Reporting(cases=cases)
    await first.tells_everything()
    await first.agrees()
    call = Reporting(cases=cases, call_id="c2")
    await call.says("a deer ran into me", incident_description="a deer ran into me")
    await twice_in_a_turn(call, "yes", {"loss_date": "yesterday"}, {"vehicle": "honda civic"})
    assert not cases.filed[0].notes
    await call.says("no", confirmation="no")
    assert (await call.fields())["loss_date"] == "2026-11-20"


async def test_a_yes_to_something_else_takes_up_no_old_report() -> None:
    cases = MemoryCases()
    await Reporting(cases=cases).says(STORY, incident_description=STORY, loss_date="yesterday")
    call = Reporting(cases=cases, call_id="c2")
    await twice_in_a_turn(call, "yes", {"incident_description": "a deer ran into me"}, {"loss_time": "noon"})
    assert {claim.call_id for claim in cases.all} == {"c1"}


async def test_the_same_answer_passed_on_twice_is_no_second_failure() -> None:
    call = FrontDesk()
    await call.all("what is my deductible", "peter nobody")
    first = await call.says("my name is john smith")
    again = await call.again("my name is john smith")
    assert first.ok
    assert again.ok
    assert call.session.facts.get("_failed", {}) == {}


async def test_a_number_that_is_said_once_more_is_asked_about_in_other_words() -> None:
    call, _ = await told_of_loss("")
    words = "3 1 2 5 5 5 0 1 9 9"
    read = await call.says(words, callback_number=words)
    again = await call.says(words, callback_number=words)
    assert again.ask != read.ask
    assert "callback_number" not in await call.fields()
    await call.says("yes", callback_number="yes")
    assert (await call.fields())["callback_number"] == "3125550199"


async def test_the_name_of_an_unverified_caller_is_one_that_they_have_said() -> None:
    call = Reporting(None, facts={"unverified": True})
    await call.says(STORY, incident_description=STORY)
    outcome = await call.says("well", full_name="John Smith")
    assert outcome.expects == "full_name"
    assert "full_name" not in await call.fields()
    await call.says("mary bakker", full_name="Mary Baker")
    assert (await call.fields())["full_name"] == "Mary Baker"
    await call.says("yes", full_name="John Smith", callback_number="yes")
    assert (await call.fields())["full_name"] == "Mary Baker"
