"""Reports that broke off or were left, and those of callers who could not be verified."""

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

import pytest
from reporting import COMPLETE, NOON, STORY, Reporting

from backend.domain.hiding import KnownSecret, note_secret
from backend.domain.tool import EndCall, TransferToPerson
from backend.testing.books import MemoryCases


def _much_later(_: tzinfo) -> datetime:
    return NOON + timedelta(days=3650)


async def dropped(verified: str | None = "POL-A10001", **facts: Any) -> MemoryCases:
    call = Reporting(verified, facts=facts)
    await call.says("yesterday at noon", loss_date="yesterday at noon", incident_description=STORY)
    return call.cases


async def test_who_was_cut_off_goes_on_where_the_draft_stopped() -> None:
    cases = await dropped()
    call = Reporting(cases=cases, call_id="c2")
    outcome = await call.says("i was cut off")
    assert (outcome.say or "").startswith("I still have your report of Friday, November 20. Let's go on with it.")
    assert outcome.expects not in {"incident_description", "loss_date", "loss_time", "confirmation"}
    draft = await cases.draft("c2", "fnol")
    assert draft is not None
    assert draft.earlier_calls == ("c1",)


async def test_who_objects_to_the_old_report_gets_a_new_one_and_the_old_one_stays() -> None:
    cases = await dropped()
    call = Reporting(cases=cases, call_id="c2")
    await call.says("hello")
    words = "no this is another accident"
    assert (await call.says(words, loss_location=words)).expects == "confirmation"
    outcome = await call.says("no", confirmation="no")
    assert outcome.expects in {"injuries", "incident_description"}
    assert "loss_date" not in await call.fields()
    assert (await cases.draft("c1", "fnol")) is not None


async def test_who_wants_a_new_report_gets_one_with_what_was_said() -> None:
    cases = await dropped()
    call = Reporting(cases=cases, call_id="c2")
    offer = await call.says("i hit a tree today", incident_description="i hit a tree today")
    assert offer.expects == "confirmation"
    await call.says("no", confirmation="no")
    fields = await call.fields()
    assert fields["incident_description"] == "i hit a tree today"
    assert fields["loss_date"] == "2026-11-21"
    old = await cases.draft("c1", "fnol")
    assert old is not None


async def test_a_draft_of_an_unverified_caller_and_one_of_long_ago_are_offered_to_nobody() -> None:
    cases = await dropped(None, unverified=True)
    assert "I still have" not in ((await Reporting(cases=cases, call_id="c2").says("hello")).say or "")
    cases = await dropped()
    call = Reporting(cases=cases, call_id="c2")
    call.services = replace(call.services, clock=_much_later)
    assert "I still have" not in ((await call.says("hello")).say or "")


# -- questions in the middle, and leaving -----------------------------------------------------


async def test_after_a_question_about_the_policy_the_report_goes_on() -> None:
    call = Reporting()
    await call.says("yesterday at noon", loss_date="yesterday at noon", incident_description=STORY, injuries=False)
    outcome = await call.says("what is my deductible", "policy_question", question="what is my deductible")
    assert (outcome.say or "").startswith("Your deductible is 500 dollars. Now back to your report.")
    assert (outcome.expects, outcome.tool) == ("loss_location", "record_fnol")
    await call.tells_everything()
    outcome = await call.says("and what does it cover", "policy_question", question="what does it cover")
    assert outcome.expects == "confirmation"


@pytest.mark.parametrize(
    ("question", "own"),
    [
        ("what is my deductible", True), ("what's the deductible", True), ("what's covered", True),
        ("what is the deductible of karen miller", False), ("what is my wife's deductible", False),
        ("does her policy cover it", False), ("what is the deductible for collision", True),
        ("what is john smith's deductible", True), ("which of my cars is insured", True),
    ],
)  # fmt: skip
async def test_somebody_elses_policy_is_no_ones_to_tell(question: str, own: bool) -> None:
    outcome = await Reporting().says(question, "policy_question", question=question)
    assert ("your own policy only" not in (outcome.say or "")) is own


async def test_who_leaves_in_the_middle_is_asked_once_and_may_go_on_or_not() -> None:
    call = Reporting()
    assert (await call.says("bye", "end_call")).directive is not None
    await call.says("yesterday at noon", loss_date="yesterday at noon", incident_description=STORY, injuries=False)
    asked = await call.says("goodbye", "end_call")
    assert (asked.directive, asked.expects, asked.tool) == (None, "confirmation", "end_call")
    assert (await call.calls("goodbye", "end_call")).directive is None
    goes_on = await call.says("no let's go on", "end_call", confirmation="no let's go on")
    assert (goes_on.expects, goes_on.tool) == ("loss_location", "record_fnol")
    assert isinstance((await call.says("goodbye", "end_call")).directive, EndCall)


@pytest.mark.parametrize("words", ["goodbye", "okay thank you bye", "no that's all goodbye"])
async def test_a_goodbye_that_a_model_takes_for_an_answer_is_none(words: str) -> None:
    call = Reporting()
    await call.says("yesterday at noon", loss_date="yesterday at noon", incident_description=STORY, injuries=False)
    assert (await call.says(words, loss_location=words)).tool == "end_call"


async def test_who_leaves_all_the_same_is_let_go_and_the_draft_stays() -> None:
    call = Reporting()
    await call.says("yesterday at noon", loss_date="yesterday at noon", incident_description=STORY, injuries=False)
    await call.says("goodbye", "end_call")
    assert isinstance((await call.says("yes", "end_call", confirmation="yes")).directive, EndCall)
    assert await call.fields()


@pytest.mark.parametrize("words", ["forget it i don't want to file that", "never mind", "please cancel the report"])
async def test_who_withdraws_is_asked_once_and_let_go_the_second_time(words: str) -> None:
    call = Reporting()
    await call.says("yesterday at noon", loss_date="yesterday at noon", incident_description=STORY, injuries=False)
    asked = await call.says(words, loss_location=words)
    assert (asked.expects, asked.tool, asked.directive) == ("confirmation", "end_call", None)
    assert "not filed yet" in (asked.ask or "")
    assert (await call.says("no go on", "end_call", confirmation="no go on")).expects == "loss_location"
    assert isinstance((await call.says(words, loss_location=words)).directive, EndCall)
    assert "loss_location" not in await call.fields()


@pytest.mark.parametrize("field", ["loss_time", "loss_date", "vehicles_involved"])
async def test_what_a_model_makes_of_the_digits_of_a_phone_number_is_not_taken(field: str) -> None:
    call = Reporting(None, facts={"unverified": True})
    await call.says("mary baker", full_name="mary baker")
    number = "three one two five five five oh one nine nine"
    made_up: dict[str, Any] = {"loss_time": "5:01", "loss_date": "2026-11-05", "vehicles_involved": 3}
    for _ in range(3):
        await call.says(number, callback_number=number, **{field: made_up[field]})
    fields = await call.fields()
    assert fields["callback_number"] == "3125550199"
    assert field not in fields


async def test_the_numbers_that_showed_who_is_calling_hide_no_day() -> None:
    call = Reporting()
    note_secret(call.session.facts, KnownSecret(1, "zip", "60601", lasting=False))
    note_secret(call.session.facts, KnownSecret(1, "pin", "4821"))
    words = "zip 60601 last four 4821 yesterday at four in the afternoon a truck hit my civic from behind"
    await call.says(words)
    fields = await call.fields()
    assert (fields["loss_date"], fields["loss_time"]) == ("2026-11-20", "16:00")


async def test_somebody_of_whom_a_story_only_speaks_was_not_in_the_car() -> None:
    call = Reporting()
    await call.says("my husband always tells me not to park there, and i had the cake with me, somebody hit my car")
    assert not (await call.fields()).get("passengers")
    other = Reporting()
    await other.says("my wife and my son were with me when somebody hit my car")
    assert [one["relationship"] for one in (await other.fields())["passengers"]] == ["spouse", "child"]


# -- callers who could not be verified --------------------------------------------------------


async def test_an_unverified_caller_leaves_a_report_with_name_and_number_and_hears_nothing_of_a_policy() -> None:
    call = Reporting(None, facts={"unverified": True})
    assert (await call.says("i want to report something")).expects == "full_name"
    assert (await call.says("mary baker", full_name="mary baker")).expects == "callback_number"
    outcome = await call.says("312 555 0142", callback_number="312 555 0142")
    assert (outcome.say, outcome.expects) == ("I have 3 1 2, 5 5 5, 0 1 4 2.", "callback_number")
    assert (await call.says("yes", callback_number="yes")).expects == "injuries"
    outcome = await call.says("x", **{k: v for k, v in COMPLETE.items() if k != "vehicle"})
    assert "Civic" not in (outcome.ask or "")
    await call.says("a 2012 ford focus", vehicle="a 2012 ford focus")
    await call.says("my own", driver_relationship="i am the policyholder")
    filed = await call.agrees()
    assert "colleague will check" in (filed.say or "")
    (claim,) = call.cases.filed
    assert (claim.verified, claim.subject) == (False, "")
    assert (claim.fields["full_name"], claim.fields["callback_number"]) == ("Mary Baker", "3125550142")
    assert claim.fields["driver_name"] == "Mary Baker"


async def test_without_name_and_number_an_unverified_report_is_not_filed_whatever_a_model_calls() -> None:
    call = Reporting(None, facts={"unverified": True})
    await call.says("x", **COMPLETE, driver_relationship="i am the policyholder")
    for _ in range(3):
        assert (await call.says("yes", "file_claim")).data == {}
    assert call.cases.filed == []


async def test_a_report_of_which_nothing_was_told_leaves_no_draft() -> None:
    call = Reporting()
    assert (await call.says("hello")).expects == "injuries"
    assert await call.cases.draft("c1", "fnol") is None


async def test_the_number_that_somebody_calls_from_is_only_to_be_confirmed() -> None:
    call = Reporting(None, facts={"unverified": True}, caller_number="+13125550142")
    outcome = await call.says("mary baker", full_name="mary baker")
    assert "on this phone" in (outcome.ask or "")
    await call.says("no", callback_number="no")
    await call.says(
        "seven seven three five five five oh one nine nine",
        callback_number="seven seven three five five five oh one nine nine",
    )
    await call.says("no", callback_number="no")
    assert "callback_number" not in await call.fields()


async def test_without_verification_and_without_leave_to_report_nothing_is_recorded() -> None:
    call = Reporting(None)
    assert (await call.says("x", incident_description=STORY)).code == "tool.denied"


async def test_who_is_verified_in_the_middle_goes_on_with_their_own_report() -> None:
    call = Reporting(None, facts={"unverified": True, "unverified_name": "John Smith"})
    await call.says(STORY, incident_description=STORY)
    call.session.subject = call.services.books.subject("POL-A10001")
    outcome = await call.says("yesterday", loss_date="yesterday")
    assert outcome.expects == "injuries", "and is asked for no number to call back at"
    await call.tells_everything()
    await call.agrees()
    (claim,) = call.cases.filed
    assert (claim.verified, claim.subject) == (True, "POL-A10001")


@pytest.mark.parametrize("injured", [True, False])
async def test_harm_that_is_told_in_the_second_call_is_in_the_report_of_the_first(injured: bool) -> None:
    cases = MemoryCases()
    await Reporting(cases=cases).says(STORY, incident_description=STORY, injuries=not injured)
    safety = {"injured": injured, "details": "my neck hurts" if injured else "", "safe": True}
    call = Reporting(cases=cases, call_id="c2", facts={"safety": safety})
    await call.says("i was cut off")
    harm = (await call.fields())["injuries"]
    assert harm["injured"], "a no takes nobody's injury away"
    assert harm["details"] == ("my neck hurts" if injured else "")
    await call.says("nobody was hurt", injuries=False)
    assert not (await call.fields())["injuries"]["injured"], "what is put right stays so"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("vehicle_drivable", "is it still drivable"), ("vehicle_drivable", "what do you mean drivable"),
        ("injuries", "was anyone hurt"), ("vehicle", "was it the civic"), ("driver_name", "who was driving"),
        ("driver_name", "why is that important"),
        ("trip_purpose", "what was the purpose of the trip"),
    ],
)  # fmt: skip
async def test_a_question_is_taken_for_no_answer(field: str, words: str) -> None:
    call = Reporting()
    await call.says(STORY, incident_description=STORY)
    outcome = await call.says(words, **{field: words})
    assert field not in await call.fields()
    assert outcome.expects == field


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("driver_name", "i don't want to say"), ("trip_purpose", "that's none of your business"),
        ("passengers", "i'd prefer not to answer that"),
    ],
)  # fmt: skip
async def test_what_a_caller_will_not_tell_is_left_open_at_once(field: str, words: str) -> None:
    call = Reporting()
    await call.says(STORY, incident_description=STORY)
    outcome = await call.says(words, **{field: words})
    assert (await call.fields())[field] is None
    assert "That's fine, we leave that open." in (outcome.say or "")


@pytest.mark.parametrize("words", ["i'd rather not say", "none of your business"])
async def test_a_refusal_is_no_story(words: str) -> None:
    call = Reporting()
    outcome = await call.says(words, incident_description=words)
    assert (await call.fields(), outcome.expects) == ({}, "incident_description")


async def adding(cases: MemoryCases) -> Reporting:
    """A verified caller whose words are added to the claim that there is."""
    first = Reporting(cases=cases)
    await first.tells_everything()
    await first.agrees()
    second = Reporting(cases=cases, call_id="c2")
    await second.says("it was yesterday", loss_date="yesterday", incident_description="my mirror is broken too")
    await second.says("yes it is", confirmation="yes it is")
    return second


@pytest.mark.parametrize("words", ["no", "no thank you", "yes"])
async def test_a_bare_yes_or_no_is_no_note(words: str) -> None:
    cases = MemoryCases()
    call = await adding(cases)
    outcome = await call.says(words, confirmation=words)
    assert "added" not in (outcome.say or "")
    assert len(cases.filed[0].notes) == 1


async def test_another_loss_is_no_note_to_the_claim_of_this_one() -> None:
    cases = MemoryCases()
    call = await adding(cases)
    words = "and i have to report a second accident of last week"
    outcome = await call.says(words, incident_description=words)
    assert isinstance(outcome.directive, TransferToPerson)
    assert len(cases.filed[0].notes) == 1
    await call.says("and something else, the lamp is gone", incident_description="the lamp is gone")
    assert len(cases.filed[0].notes) == 2
