"""The read-back of a report, each yes to it, the number, and what is reported a second time."""

import pytest
from reporting import COMPLETE, STORY, Reporting

from backend.domain.tool import TransferToPerson
from backend.testing.books import MemoryCases


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


@pytest.mark.parametrize(
    "words",
    [
        "it was my son driving", "my son was the driver", "no, my son drove", "no i wasn't driving, my daughter was",
        "i wasn't driving my daughter was", "yes but my daughter was driving", "the driver is wrong, it was my son",
    ],
)  # fmt: skip
async def test_who_drove_is_asked_anew_where_somebody_else_is_said_to_have(words: str) -> None:
    call = Reporting()
    await call.tells_everything()
    assert (await call.says(words, confirmation=words)).ask == "Who was driving?"
    fields = await call.fields()
    assert (fields["incident_description"], fields["driver_relationship"]) == (STORY, "child")
    again = await call.says("emma smith", driver_name="emma smith")
    assert again.expects == "confirmation"
    assert (await call.fields())["driver_name"] == "Emma Smith"


async def test_a_story_told_anew_with_somebody_else_at_the_wheel_is_taken() -> None:
    call = Reporting()
    await call.tells_everything()
    words = "no my son was driving and a bus ran a red light"
    assert (await call.says(words, confirmation=words)).ask == "Who was driving?"
    assert (await call.fields())["incident_description"] == words


async def test_what_is_said_beside_who_drove_is_taken_too() -> None:
    call = Reporting()
    await call.tells_everything()
    words = "no my son was driving and it can't be driven any more"
    assert (await call.says(words, confirmation=words)).ask == "Who was driving?"
    assert (await call.fields())["vehicle_drivable"] is False


@pytest.mark.parametrize(
    "words",
    [
        "was it my son driving?", "my son was with me", "no i was driving, my son was along",
        "no my son was in the other car",
    ],
)  # fmt: skip
async def test_who_drove_stands_where_nobody_else_is_said_to_have(words: str) -> None:
    call = Reporting()
    await call.tells_everything()
    assert (await call.says(words, confirmation=words)).ask != "Who was driving?"


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


async def test_what_was_asked_for_anew_in_vain_is_left_open_and_not_asked_for_again() -> None:
    call = Reporting()
    await call.tells_everything()
    outcome = await call.says("change the time please", confirmation="change the time please")
    assert outcome.expects == "loss_time"
    for _ in range(3):
        outcome = await call.says("it was eleven", loss_time="it was eleven")
    assert outcome.expects == "confirmation"
    assert "unknown time" in (outcome.say or "")
