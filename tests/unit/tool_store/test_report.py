"""Taking a report: what is asked and what is not, the read-back, the number, what was reported before."""

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

import pytest
from reporting import COMPLETE, NOON, STORY, Reporting

from backend.domain.hiding import KnownSecret, note_secret
from backend.domain.session import CallerSaid
from backend.domain.tool import EndCall, TransferToPerson
from backend.testing.books import MemoryCases


async def test_fields_are_saved_one_by_one_and_what_was_not_understood_is_asked_again() -> None:
    call = Reporting()
    await call.says(
        "yesterday at half past five in the afternoon", loss_date="yesterday at five thirty in the afternoon"
    )
    outcome = await call.says("mumble", vehicle_drivable="mumble")
    assert [p.field for p in outcome.problems] == ["vehicle_drivable"]
    assert await call.fields() == {"loss_date": "2026-11-20", "loss_time": "17:30"}


@pytest.mark.parametrize(
    ("said", "place"),
    [
        (("on main street", "chicago"), ("Main Street", "Chicago")),
        (("on main street", "springfield"), ("Main Street", "Springfield")),
        (("in chicago", "at the corner of main and oak"), ("Corner of Main and Oak", "Chicago")),
        (("on main street", "what", "on oak street in dallas"), ("Oak Street", "Dallas")),
        (("someone hit me and left", "um", "interstate ninety five"), ("Interstate 95", "")),
    ],
)
async def test_a_place_may_come_in_halves_and_the_third_answer_counts_as_it_is(
    said: tuple[str, ...], place: tuple[str, str]
) -> None:
    call = Reporting()
    await call.says("x", incident_description=STORY, injuries=False, loss_date="yesterday", loss_time="noon")
    for answer in said[:-1]:
        assert (await call.says(answer, loss_location=answer)).expects == "loss_location"
    await call.says(said[-1], loss_location=said[-1])
    found = (await call.fields())["loss_location"]
    assert (found["street"], found["city"]) == place


async def test_the_half_of_the_day_is_asked_for_and_may_come_alone() -> None:
    call = Reporting()
    assert (await call.says("around five thirty", loss_time="around five thirty")).expects == "loss_time"
    await call.says("in the afternoon", loss_time="in the afternoon")
    assert (await call.fields())["loss_time"] == "17:30"


async def test_what_the_caller_cannot_say_is_left_open_and_said_so() -> None:
    call = Reporting()
    await call.says("yesterday", loss_date="yesterday")
    outcome = await call.says("i don't know", loss_time="i don't know")
    assert "leave that open" in (outcome.say or "")
    assert outcome.expects != "loss_time"
    assert (await call.fields())["loss_time"] == "unknown"


# -- what is not asked ------------------------------------------------------------------------


async def asked(call: Reporting, words: str, **given: Any) -> list[str]:
    """Everything that is asked until the read-back, with answers that tell no more than they must."""
    answers: dict[str, Any] = {
        "injuries": "nobody was hurt", "incident_description": STORY, "loss_date": "yesterday", "loss_time": "at noon",
        "loss_location": "oak street in dallas texas", "vehicle": "a two thousand twelve ford focus",
        "driver_name": "tom baker", "driver_relationship": "a friend", "vehicles_involved": "two",
        "vehicle_drivable": "yes", "trip_purpose": "shopping", "passengers": "none",
    }  # fmt: skip
    outcome, found = await call.says(words, **given), list[str]()
    while outcome.expects and outcome.expects != "confirmation":
        found.append(outcome.expects)
        outcome = await call.says(answers[outcome.expects], **{outcome.expects: answers[outcome.expects]})
    return found


async def test_injuries_that_were_asked_first_are_not_asked_again() -> None:
    call = Reporting(facts={"safety": {"injured": True, "details": "my neck is sore", "safe": True}})
    assert "injuries" not in await asked(call, "hello")
    assert (await call.fields())["injuries"] == {"injured": True, "details": "my neck is sore"}


async def test_a_policyholder_who_drove_is_asked_for_no_relationship() -> None:
    found = await asked(Reporting(), "i was driving", driver_name="i was driving")
    assert "driver_name" not in found
    assert "driver_relationship" not in found


async def test_a_parked_car_has_no_driver_no_trip_and_no_passengers() -> None:
    call = Reporting()
    found = await asked(call, "hi", incident_description="somebody scratched my car while it was parked outside")
    assert not {"driver_name", "driver_relationship", "trip_purpose", "passengers"} & set(found)
    await call.agrees()
    (claim,) = call.cases.filed
    assert claim.fields["driver_name"].startswith("nobody")
    assert (claim.fields["driver_relationship"], claim.fields["passengers"]) == ("none", [])


async def test_what_the_first_words_told_is_not_asked_again() -> None:
    call = Reporting()
    words = "hello a bus ran into me yesterday at five pm on oak street in dallas texas and my car was towed"
    found = await asked(call, words)
    assert not {"incident_description", "loss_date", "loss_time", "loss_location", "vehicle_drivable"} & set(found)
    fields = await call.fields()
    assert (fields["loss_date"], fields["loss_time"], fields["vehicle_drivable"]) == ("2026-11-20", "17:00", False)


async def test_words_that_only_announce_a_report_are_no_account_of_it() -> None:
    assert "incident_description" in await asked(Reporting(), "hello i need to report a car accident please")


async def test_the_one_insured_car_is_offered_and_a_yes_takes_it() -> None:
    call = Reporting()
    await call.says("at oak street", loss_location="oak street in dallas texas")
    fields = {k: v for k, v in COMPLETE.items() if k not in {"vehicle"}}
    outcome = await call.says("and so on", **fields)
    assert (outcome.expects, outcome.ask) == ("vehicle", "Was the vehicle your 2019 Honda Civic?")
    await call.says("yes it was", vehicle="yes it was")
    assert (await call.fields())["vehicle"] == {"year": 2019, "make": "Honda", "model": "Civic"}


@pytest.mark.parametrize("words", ["no", "no it wasn't", "yes no wait", "not that one"])
async def test_a_no_to_the_offered_car_takes_none(words: str) -> None:
    call = Reporting()
    await call.says("x", **{k: v for k, v in COMPLETE.items() if k != "vehicle"})
    outcome = await call.says(words, vehicle=words)
    assert outcome.expects == "vehicle"
    assert "vehicle" not in await call.fields()
    await call.says("a 2012 ford focus", vehicle="a 2012 ford focus")
    assert (await call.fields())["vehicle"]["model"] == "Focus"


@pytest.mark.parametrize("words", ["the ford", "the twenty twenty one escape", "the ford escape"])
async def test_of_two_insured_cars_one_is_chosen(words: str) -> None:
    call = Reporting("POL-L80526")
    outcome = await call.says("x", **{k: v for k, v in COMPLETE.items() if k != "vehicle"})
    assert outcome.ask == "Which vehicle was it: the 2019 Mazda Three or the 2021 Ford Escape?"
    await call.says(words, vehicle=words)
    assert (await call.fields())["vehicle"] == {"year": 2021, "make": "Ford", "model": "Escape"}


async def test_a_child_who_drove_is_a_child_without_another_question() -> None:
    call = Reporting()
    found = await asked(
        call, "my son tom was driving, i was at home", driver_name="my son tom was driving, i was at home"
    )
    assert "driver_relationship" not in found
    fields = await call.fields()
    assert (fields["driver_name"], fields["driver_relationship"]) == ("Tom", "child")


async def test_hurt_in_the_story_is_not_lost_behind_a_no() -> None:
    call = Reporting(facts={"safety": {"injured": False, "details": "", "safe": True}})
    await call.says("x", incident_description="a van hit me from the side and now my shoulder is sore")
    assert (await call.fields())["injuries"]["injured"] is True


async def test_somebody_who_needs_help_now_ends_the_questions() -> None:
    outcome = await Reporting().says("yes my wife is bleeding badly", injuries="yes my wife is bleeding badly")
    assert isinstance(outcome.directive, TransferToPerson)
    assert outcome.directive.emergency


# -- the read-back ----------------------------------------------------------------------------


async def test_a_claim_is_filed_only_when_both_parts_were_heard_and_confirmed_and_only_once() -> None:
    call = Reporting()
    assert not (await call.says("yes", "file_claim")).ok
    assert (await call.tells_everything()).expects == "confirmation"
    for tool in ("record_fnol", "file_claim"):
        assert not (await call.calls("here is all of it", tool)).data.get("claim_id")
    first_yes = await call.says("yes", "file_claim")
    assert (first_yes.ok, first_yes.expects) == (False, "confirmation")
    assert (await call.calls("yes", "file_claim")).data == {}
    filed = await call.says("yes that's right", "file_claim")
    again = await call.calls("yes that's right", "file_claim")
    assert filed.data["claim_id"] == again.data["claim_id"]
    assert len(call.cases.filed) == 1


@pytest.mark.parametrize("words", ["absolutely not", "no", "yes but", "hm", "", "the weather is nice", "yes on friday"])
async def test_nothing_but_a_plain_yes_files(words: str) -> None:
    call = Reporting()
    await call.tells_everything()
    await call.says(words, confirmation="yes")
    await call.calls(words, "file_claim")
    await call.says(words, "file_claim")
    assert call.cases.filed == []


async def test_a_read_back_that_was_cut_off_is_read_again() -> None:
    call = Reporting()
    await call.says("here is all of it", heard=5, **COMPLETE)
    outcome = await call.says("yes yes fine", confirmation="yes yes fine")
    assert "truck hit you" in (outcome.say or "")
    assert call.cases.filed == []


async def test_only_what_was_put_right_is_read_again() -> None:
    call = Reporting()
    await call.tells_everything()
    outcome = await call.says("no it was on wednesday at eight in the morning", confirmation="no")
    assert outcome.say == ("Then it happened on Wednesday, November 18, around 8 AM, and the rest as I read it.")
    second = await call.says("yes", confirmation="yes")
    assert "Wednesday" not in (second.say or "")
    assert "Honda Civic" in (second.say or "")
    await call.agrees()
    (claim,) = call.cases.filed
    assert (claim.fields["loss_date"], claim.fields["loss_time"]) == ("2026-11-18", "08:00")


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        ("it wasn't yesterday it was thursday", "loss_date", "2026-11-19"),
        ("it was thursday not friday", "loss_date", "2026-11-19"),
        ("yes but make it three cars", "vehicles_involved", 3),
        ("no it can't be driven any more", "vehicle_drivable", False),
        ("no it was on oak street in dallas texas", "loss_location.city", "Dallas"),
        ("no it was oak street", "loss_location.street", "Oak Street"),
        ("oak avenue you got the", "loss_location.street", "Oak Avenue"),
        ("no my wife anna was driving", "driver_name", "Anna"),
        ("wait my leg is hurt", "injuries.injured", True),
        ("no i was on my way to work, i mean it was a delivery", "trip_purpose", "commuting"),
        ("no it was a 2012 ford focus", "vehicle.model", "Focus"),
    ],
)
async def test_a_correction_of_any_field_is_placed_by_its_words(words: str, name: str, value: object) -> None:
    call = Reporting()
    await call.tells_everything(trip_purpose="personal" if name == "trip_purpose" else "commuting")
    await call.says(words, confirmation=words)
    found: object = await call.fields()
    for key in name.split("."):
        assert isinstance(found, dict)
        found = found[key]
    assert found == value
    assert call.cases.filed == []


async def test_a_correction_said_to_another_question_is_taken_and_the_question_comes_again() -> None:
    call = Reporting()
    await call.says("yesterday at noon", loss_date="yesterday at noon")
    words = "sorry no it was on thursday"
    outcome = await call.says(words, vehicle=words)
    assert (await call.fields())["loss_date"] == "2026-11-19"
    assert outcome.problems == ()


async def test_a_correction_in_which_nothing_is_found_climbs_the_ladder_to_a_person() -> None:
    call = Reporting()
    await call.tells_everything()
    asked = [(await call.says("no", confirmation="no")).ask]
    for _ in range(2):
        asked.append((await call.says("the thing", correction="the thing")).ask)
    assert len(set(asked)) == 3
    assert isinstance((await call.says("the thing", correction="the thing")).directive, TransferToPerson)


async def test_a_change_after_the_first_yes_is_confirmed_by_itself() -> None:
    call = Reporting()
    await call.tells_everything()
    await call.says("yes", confirmation="yes")
    outcome = await call.says("oh wait it was thursday", loss_date="thursday")
    assert outcome.say == "Then it happened on Thursday, November 19, and the rest as I read it."
    await call.agrees()
    assert call.cases.filed[0].fields["loss_date"] == "2026-11-19"


# -- afterwards -------------------------------------------------------------------------------


async def test_the_number_is_said_slowly_twice_with_what_happens_next() -> None:
    call = Reporting()
    call.line = call.line.model_copy(
        update={
            "next_steps": call.line.next_steps.model_copy(
                update={"filed": "We call you tomorrow.", "cannot_be_driven": "We send a tow truck."}
            )
        }
    )
    await call.tells_everything(vehicle_drivable=False)
    said = (await call.agrees()).say or ""
    number = "C L A, 2 0 2 6, 0 0 0, 0 0 1"
    assert said.count(number) == 2
    assert "something to write with" in said
    assert said.index("something to write") < said.index(number) < said.index("We call you tomorrow.")
    assert "We send a tow truck." in said


async def test_a_second_report_of_one_loss_becomes_a_note() -> None:
    cases = MemoryCases()
    first = Reporting(cases=cases)
    await first.tells_everything()
    await first.agrees()
    second = Reporting(cases=cases, call_id="c2")
    outcome = await second.says(
        "it was yesterday", loss_date="yesterday", incident_description="my mirror is broken too"
    )
    assert "C L A, 2 0 2 6" in (outcome.say or "")
    added = await second.says("yes it is", confirmation="yes it is")
    assert added.data["claim_id"] == cases.filed[0].number == second.session.case_number
    assert len(cases.filed) == 1
    assert "mirror" in cases.filed[0].notes[0].text
    assert await cases.draft("c2", "fnol") is None
    await second.says("and the door", incident_description="and the door")
    assert cases.filed[0].notes[1].text == "and the door"


async def test_another_loss_of_the_same_day_is_another_claim() -> None:
    cases = MemoryCases()
    first = Reporting(cases=cases)
    await first.tells_everything()
    await first.agrees()
    second = Reporting(cases=cases, call_id="c2")
    assert (await second.tells_everything()).expects == "confirmation"
    assert "to that claim" not in ((await second.says("no another one", confirmation="no")).say or "")
    await second.agrees()
    assert len(cases.filed) == 2


async def test_a_second_loss_in_the_same_call_goes_to_a_person_and_the_same_one_is_a_note() -> None:
    call = Reporting()
    await call.tells_everything()
    await call.agrees()
    assert (
        await call.says("also my mirror broke", incident_description="also my mirror broke")
    ).expects == "confirmation"
    other = await call.says("no", confirmation="no")
    assert isinstance(other.directive, TransferToPerson)
    call = Reporting()
    await call.tells_everything()
    await call.agrees()
    await call.says("also my mirror broke", incident_description="also my mirror broke")
    await call.says("yes", confirmation="yes")
    assert "mirror" in call.cases.filed[0].notes[0].text


# -- calls that broke off ---------------------------------------------------------------------


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
        ("driver_name", "i don't want to say"), ("driver_name", "why is that important"),
        ("trip_purpose", "what was the purpose of the trip"), ("trip_purpose", "that's none of your business"),
    ],
)  # fmt: skip
async def test_a_question_or_a_refusal_is_taken_for_no_answer(field: str, words: str) -> None:
    call = Reporting()
    await call.says(STORY, incident_description=STORY)
    outcome = await call.says(words, **{field: words})
    assert field not in await call.fields()
    assert outcome.expects == field


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


async def test_what_was_said_before_the_report_is_used_and_what_contradicts_itself_is_asked() -> None:
    call = Reporting("POL-L80526")
    first = "i had an accident with my escape yesterday at five pm, my son ben was with me in the car"
    call.session.history.append(CallerSaid(first, 0))
    outcome = await call.says("two seven nine oh")
    fields = await call.fields()
    assert (fields["vehicle"]["make"], fields["loss_date"], fields["loss_time"]) == ("Ford", "2026-11-20", "17:00")
    assert fields["passengers"] == [{"name": "Ben", "relationship": "child"}]
    assert outcome.expects == "injuries"
    doubtful = Reporting(call_id="c2")
    for said in ("it was yesterday", "no it was on thursday"):
        doubtful.session.history.append(CallerSaid(said, 0))
    await doubtful.says("somebody hit my car")
    assert "loss_date" not in await doubtful.fields()


async def test_who_rode_along_is_kept_and_two_drivers_are_asked_about() -> None:
    call = Reporting()
    await call.tells_everything(driver_name="me with my wife laura and my son ben in the car", passengers=None)
    fields = await call.fields()
    assert fields["driver_name"] == "John Smith"
    assert [one["name"] for one in fields["passengers"]] == ["Laura", "Ben"]
    other = Reporting(call_id="c2")
    outcome = await other.says("me and my wife", driver_name="me and my wife")
    assert (outcome.ok, outcome.expects) == (False, "driver_name")


@pytest.mark.parametrize(
    ("said", "again", "purpose"), [("work", None, "commuting"), ("to work", None, "commuting"), ("hm", "work", "work")]
)
async def test_work_by_itself_is_the_way_to_work_until_both_were_offered(
    said: str, again: str | None, purpose: str
) -> None:
    call = Reporting()
    await call.tells_everything(trip_purpose=None)
    for words in [one for one in (said, again) if one]:
        await call.says(words, trip_purpose=words)
    assert (await call.fields())["trip_purpose"] == purpose


async def test_words_in_which_nobody_is_named_become_no_passenger_however_often_they_are_said() -> None:
    call = Reporting()
    await call.says(
        "all but the passengers", **{name: value for name, value in COMPLETE.items() if name != "passengers"}
    )
    for words in ("oh don't you do", "oh you do or", "oh don't you dare"):
        outcome = await call.says(words, passengers=words)
    assert "dare" not in str(await call.fields())
    assert "leave" in (outcome.say or "") and "dare" not in (outcome.say or "")
