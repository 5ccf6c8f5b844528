"""People come first: who reports a loss is asked who is hurt, before who is calling."""

import pytest
from front_desk import FrontDesk

from backend.domain.tool import TransferToPerson

REPORT = "hello i need to report a car accident"


@pytest.mark.parametrize("tool", ["check_safety", "verify_caller"])
async def test_whichever_tool_a_model_calls_safety_is_asked_first(tool: str) -> None:
    call = FrontDesk()
    outcome = await call.says(REPORT, tool=tool, **({"full_name": ""} if tool == "verify_caller" else {"injuries": ""}))
    assert (outcome.expects, outcome.tool) == ("injuries", "check_safety")
    assert "sorry" in (outcome.say or "")
    outcome = await call.says("nobody was hurt")
    assert (outcome.expects, outcome.tool) == ("full_name", "verify_caller")
    assert call.session.facts["safety"] == {"injured": False, "details": "", "safe": None}
    await call.all("john smith", "60601", "4821")
    assert call.policy == "POL-A10001"


async def test_who_reports_nothing_is_not_asked() -> None:
    call = FrontDesk()
    assert (await call.says("what is my deductible")).expects == "full_name"


async def test_what_was_told_unasked_is_not_asked() -> None:
    call = FrontDesk()
    assert (await call.says("i had an accident but nobody is hurt")).expects == "full_name"
    assert call.session.facts["safety"]["injured"] is False


@pytest.mark.parametrize("tool", ["check_safety", "verify_caller"])
async def test_parts_that_came_with_the_report_or_with_the_answer_are_kept(tool: str) -> None:
    call = FrontDesk()
    given = {"full_name": ""} if tool == "verify_caller" else {"injuries": ""}
    await call.says("this is John Smith and someone hit my car", tool=tool, **given)
    assert call.outcome.expects == "injuries"
    assert (await call.says("we're all fine")).expects == "zip_code"


@pytest.mark.parametrize("words", ["yes", "no", "yes we're safe", "i'm on the motorway"])
async def test_an_answer_that_may_mean_either_half_is_asked_about(words: str) -> None:
    call = FrontDesk()
    await call.all(REPORT)
    first = call.outcome.ask
    outcome = await call.says(words)
    assert outcome.expects == "injuries"
    assert outcome.ask != first
    assert "safety" not in call.session.facts
    assert (await call.says("no")).expects == "full_name"
    assert call.session.facts["safety"]["injured"] is False


async def test_who_was_in_none_of_the_cars_is_not_asked_until_they_give_up() -> None:
    call = FrontDesk()
    await call.all(REPORT)
    assert (await call.says("no, we were inside the house")).expects == "full_name"
    call = FrontDesk()
    await call.all(REPORT)
    assert (await call.says("we were inside the house")).expects == "injuries"
    assert (await call.says("we were inside the house")).expects == "full_name"
    assert call.session.facts["safety"]["injured"] is False


@pytest.mark.parametrize(("failures", "answer"), [(1, "no"), (2, "2"), (2, "two")])
async def test_a_bare_answer_to_the_question_by_itself_is_one(failures: int, answer: str) -> None:
    call = FrontDesk()
    await call.all(REPORT, *["the weather over the telephone"] * failures)
    assert (await call.says(answer)).expects == "full_name"
    assert call.session.facts["safety"]["injured"] is False


@pytest.mark.parametrize(("words", "hurt"), [("no gracias a dios nobody", False), ("sí mi esposa", True)])
async def test_an_answer_in_both_languages_is_one(words: str, hurt: bool) -> None:
    call = FrontDesk()
    await call.all(REPORT, words)
    assert call.outcome.expects == ("injuries" if hurt else "full_name")
    assert call.session.facts.get("safety", {}).get("injured", True) is hurt


@pytest.mark.parametrize(
    "words", ["yes my wife is bleeding", "i'm trapped", "my son isn't breathing", "please send an ambulance"]
)
async def test_an_emergency_goes_to_a_person_at_once(words: str) -> None:
    call = FrontDesk()
    await call.says(REPORT)
    outcome = await call.says(words)
    assert isinstance(outcome.directive, TransferToPerson)
    assert outcome.directive.emergency


async def test_who_is_hurt_is_asked_about_help_and_who_is_cared_for_is_not() -> None:
    call = FrontDesk()
    await call.says(REPORT)
    outcome = await call.says("yes my son broke his arm")
    assert "ambulance" in (outcome.ask or "")
    assert "sorry" in (outcome.say or "")
    outcome = await call.says("no")
    assert outcome.expects == "full_name"
    assert call.session.facts["safety"]["injured"] is True
    assert "broke his arm" in call.session.facts["safety"]["details"]
    other = FrontDesk()
    await other.says(REPORT)
    outcome = await other.says("yes, but the paramedics are with her")
    assert outcome.expects == "full_name"
    assert "sorry" in (outcome.say or "")


async def test_a_yes_to_help_is_an_emergency() -> None:
    call = FrontDesk()
    await call.all(REPORT, "yes my son broke his arm")
    outcome = await call.says("yes")
    assert isinstance(outcome.directive, TransferToPerson)
    assert outcome.directive.emergency


async def test_a_little_pain_is_noted_with_a_kind_word_and_the_call_goes_on() -> None:
    call = FrontDesk()
    await call.says(REPORT)
    outcome = await call.says("nobody was hurt but my neck is sore")
    assert outcome.expects == "full_name"
    assert "sorry" in (outcome.say or "")
    assert call.session.facts["safety"] == {
        "injured": True,
        "details": "nobody was hurt but my neck is sore",
        "safe": None,
    }


async def test_who_is_not_safe_is_told_so_before_anything_else_is_asked() -> None:
    call = FrontDesk()
    await call.all(REPORT)
    outcome = await call.says("no but the car's in the middle lane and we're standing next to it")
    assert "away from the traffic" in (outcome.say or "")
    assert outcome.expects == "injuries"
    outcome = await call.says("okay we're behind the rail now, nobody's hurt")
    assert "away from the traffic" not in (outcome.say or "")
    assert call.session.facts["safety"] == {"injured": False, "details": "", "safe": True}


async def test_who_is_not_safe_is_told_once_to_get_away_from_the_traffic() -> None:
    call = FrontDesk()
    await call.says(REPORT)
    outcome = await call.says("no one is hurt but we're still in the middle of the road")
    assert "away from the traffic" in (outcome.say or "")
    assert outcome.expects == "full_name"
    assert call.session.facts["safety"]["safe"] is False
    assert not (await call.says("john smith")).say


async def test_what_is_never_understood_is_left_open_and_the_call_goes_on() -> None:
    call = FrontDesk()
    await call.says(REPORT)
    asks = [(await call.says("la la la")).ask for _ in range(3)]
    assert call.outcome.expects == "full_name"
    assert len(set(asks)) == 3
    assert "safety" not in call.session.facts, "the form asks it again later"


async def test_an_answer_that_a_model_gives_to_the_wrong_tool_counts() -> None:
    call = FrontDesk()
    await call.says(REPORT)
    outcome = await call.says("nobody was hurt", tool="verify_caller", full_name="nobody was hurt")
    assert outcome.expects == "full_name"
    assert call.session.facts["safety"]["injured"] is False


async def test_who_thinks_that_nobody_is_hurt_is_asked_once_more_and_then_believed() -> None:
    call = FrontDesk()
    await call.says(REPORT)
    assert (await call.says("i don't think so")).expects == "injuries"
    assert (await call.says("no i don't think so")).expects == "full_name"
    assert call.session.facts["safety"]["injured"] is False


@pytest.mark.parametrize(
    ("answers", "emergency"),
    [
        (("yeah my neck really hurts", "yeah it does"), True), (("i'm not sure", "yes please"), True),
        (("yeah my neck really hurts", "no"), False), (("no i'll see my doctor",), False),
        (("i don't think so",), False),
        (("hard to say", "hard to say"), True), (("the weather", "the weather"), False),
    ],
)  # fmt: skip
async def test_half_a_yes_to_an_ambulance_is_asked_once_more_and_then_counts(
    answers: tuple[str, ...], emergency: bool
) -> None:
    call = FrontDesk()
    await call.all(REPORT, "my neck really hurts")
    asks = [call.outcome.ask]
    for answer in answers:
        asks.append((await call.says(answer)).ask)
    assert len(set(asks)) == len(asks)
    assert isinstance(call.outcome.directive, TransferToPerson) is emergency
    if not emergency:
        assert call.session.facts["safety"]["injured"] is True
        assert call.outcome.expects == "full_name"


async def test_who_drives_while_they_speak_is_told_to_pull_over_and_nothing_else() -> None:
    call = FrontDesk()
    outcome = await call.says("hi i'm driving right now and somebody hit me")
    assert (outcome.say or "").endswith("Please pull over now, where it is safe, before we go on."), (
        "before anything else"
    )
    assert not (await call.says("no i'm fine")).say, "once"
    later = FrontDesk()
    await later.says("somebody hit me")
    assert "pull over" in ((await later.says("no i'm fine i'm still driving")).say or "")
    stopped = FrontDesk()
    await stopped.says("hi i'm driving right now and somebody hit me")
    assert not (await stopped.says("no i'm fine and i pulled over")).say


@pytest.mark.parametrize("words", ["is anyone hurt", "well was anybody hurt", "do you mean if somebody is hurt"])
async def test_our_own_question_come_back_hurts_nobody(words: str) -> None:
    call = FrontDesk()
    await call.says("i had an accident", tool="check_safety")
    outcome = await call.says(words)
    assert "ambulance" not in (outcome.ask or "")
    assert outcome.expects == "injuries"
    assert "safety" not in call.session.facts
