"""Taking a report: what is asked and what is not, the read-back, the number, what was reported before."""

from typing import Any

import pytest
from reporting import COMPLETE, STORY, Reporting

from backend.domain.session import CallerSaid
from backend.domain.tool import TransferToPerson


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


async def test_the_half_of_the_day_that_was_told_with_the_day_is_kept_although_a_model_passed_on_the_day_alone() -> (
    None
):
    call = Reporting()
    assert (await call.says(STORY, incident_description=STORY, injuries=False)).expects == "loss_date"
    assert (await call.says("this morning", loss_date="2026-11-21")).expects == "loss_time"
    await call.says("eight", loss_time="eight")
    assert (await call.fields())["loss_time"] == "08:00"


@pytest.mark.parametrize("state", ["Illinois", "IL", ""])
async def test_a_state_that_a_model_writes_out_is_the_one_that_was_said(state: str) -> None:
    call = Reporting()
    place = {"street": "Oak Street", "city": "Chicago", "state": state}
    await call.says("on oak street in chicago illinois", loss_location=place)
    assert (await call.fields())["loss_location"]["state"] == "IL"


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
