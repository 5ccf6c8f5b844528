"""Verifying who calls: one sentence whatever was wrong, nothing invented taken, nobody kept from help."""

import asyncio

import pytest
from front_desk import FrontDesk

from backend.domain.tool import TransferToPerson
from backend.domain.tries import MemoryTries, VerificationLimits

WISH = "what is my deductible"
NUMBER = "+13125550142"
WRONG = ("john smith", "60601", "1111")


async def test_parts_are_asked_one_by_one_each_once() -> None:
    call = FrontDesk()
    outcome = await call.all(WISH, "john smith", "six zero six zero one", "for eight to one")
    assert outcome.ok
    assert call.policy == "POL-A10001"
    assert call.asked == ["full_name", "zip_code", "last4"]


@pytest.mark.parametrize(
    "words",
    [
        "john smith, 60601, 4821",
        "my name is john smith, zip six oh six oh one, last four four eight two one",
        "60601 is my zip, 4821 my social, and my name is john smith",
    ],
)
@pytest.mark.parametrize("argument", ["full_name", "zip_code", "last4", ""])
async def test_all_parts_in_one_breath_whichever_argument_the_model_puts_them_in(words: str, argument: str) -> None:
    call = FrontDesk()
    await call.says(WISH)
    await call.says(words, **({argument: words} if argument else {"full_name": ""}))
    assert call.policy == "POL-A10001"


async def test_wrong_splits_of_a_model_change_nothing() -> None:
    call = FrontDesk()
    await call.says(WISH)
    await call.says("john smith, 60601, 4821", full_name="john", zip_code="4821", last4="6060")
    assert call.policy == "POL-A10001"


async def test_digits_that_the_caller_did_not_say_are_not_taken() -> None:
    call = FrontDesk()
    await call.all(WISH, "john smith", "60601")
    assert (await call.says("i think four eight two", last4="4821")).expects == "last4"
    assert (await call.says("four eight two one five", last4="4821")).expects == "last4"
    assert (call.policy, call.session.verification_attempts) == (None, 0)
    invented = FrontDesk()
    await invented.says("hello there", full_name="john smith", zip_code="60601", last4="4821")
    assert invented.policy is None


@pytest.mark.parametrize(
    "noise", ["uh", "um hello", "do you speak spanish", "is this a real person", "hm", "what are your opening hours"]
)
async def test_noise_is_no_name_and_no_zip_code_and_costs_no_try(noise: str) -> None:
    call = FrontDesk()
    await call.says(WISH)
    first = await call.says(noise)
    assert first.expects == "full_name"
    assert first.ask != "What is your full name?"
    await call.says("john smith")
    assert (await call.says(noise)).expects == "zip_code"
    await call.all("60601", "4821")
    assert (call.policy, call.session.verification_attempts) == ("POL-A10001", 0)


async def test_the_ladder_ends_at_a_person() -> None:
    call = FrontDesk()
    await call.all(WISH, "john smith")
    asks = [(await call.says("er")).ask for _ in range(2)]
    assert len({"What is your zip code?", *asks}) == 3
    assert "key in" in (asks[1] or "")
    assert isinstance((await call.says("er")).directive, TransferToPerson)


@pytest.mark.parametrize("words", ["well the zip is 60601", "you know it's six oh six oh one"])
async def test_an_answer_that_told_something_else_is_not_kept_beside_the_name(words: str) -> None:
    call = FrontDesk()
    await call.all(WISH, words)
    assert not call.session.facts["_identity"].get("unread")
    await call.says("hm what do you mean")
    await call.says(words)
    assert not any("60601" in one or "six" in one for one in call.session.facts["_identity"].get("unread", ()))


async def test_a_name_that_was_read_at_last_takes_the_place_of_what_was_not() -> None:
    call = FrontDesk()
    await call.all(WISH, "um hello")
    assert call.session.facts["_identity"]["unread"] == ["um hello"]
    await call.says("john smith")
    assert "unread" not in call.session.facts["_identity"]


async def test_who_would_rather_press_keys_may() -> None:
    call = FrontDesk()
    await call.all(WISH, "john smith")
    outcome = await call.says("can i type that in")
    assert "key in" in (outcome.ask or "")
    await call.all("60601", "4821")
    assert call.policy == "POL-A10001"


async def test_half_a_name_is_asked_about_and_joined() -> None:
    call = FrontDesk()
    await call.says(WISH)
    assert (await call.says("john")).expects == "full_name"
    await call.all("smith", "60601", "4821")
    assert call.policy == "POL-A10001"


async def test_a_part_that_is_put_right_counts_as_it_was_put() -> None:
    call = FrontDesk()
    await call.all(WISH, "john smith", "60602")
    await call.says("sorry my zip is 60601, and the last four are 4821")
    assert call.policy == "POL-A10001"


async def test_a_correction_within_an_answer_is_asked_again_before_it_counts() -> None:
    call = FrontDesk()
    await call.all(WISH, "john smith", "60601")
    assert (await call.says("four eight two two, no wait, four eight two one")).expects == "last4"
    await call.says("four eight two one")
    assert (call.policy, call.session.verification_attempts) == ("POL-A10001", 0)


@pytest.mark.parametrize(
    "parts",
    [
        ("john smith", "60601", "1111"),
        ("john smith", "60601", "4822"),
        ("john smith", "11111", "4821"),
        ("karen miller", "60601", "4821"),
        ("peter nobody", "11111", "1111"),
    ],
)
async def test_one_sentence_and_the_same_questions_whatever_was_wrong(parts: tuple[str, str, str]) -> None:
    call, other = FrontDesk(), FrontDesk()
    outcome = await call.all(WISH, *parts)
    usual = await other.all(WISH, "harry x ample", "99999", "0000")
    assert outcome == usual
    assert "couldn't find you" in (outcome.say or "")
    outcome, usual = await call.all(*parts[1:]), await other.all("99999", "0000")
    assert outcome == usual
    assert call.asked == other.asked
    assert call.policy is None


async def test_after_a_failed_try_each_number_is_asked_once_and_the_name_not() -> None:
    call = FrontDesk()
    await call.all(WISH, *WRONG)
    call.asked.clear()
    await call.says("60601")
    await call.says("4821")
    assert call.policy == "POL-A10001"
    assert call.asked == ["last4"]


async def test_after_a_failed_try_the_numbers_are_asked_by_keys() -> None:
    call = FrontDesk()
    outcome = await call.all(WISH, *WRONG)
    assert outcome.ask == "Please key in your zip code on your telephone, all five numbers of it."
    assert "key in the last four digits" in ((await call.says("60601")).ask or "")


async def test_one_turn_is_one_try() -> None:
    call = FrontDesk()
    await call.all(WISH, *WRONG)
    for _ in range(5):
        await call.again("1111", last4="1111", zip_code="60601")
    assert call.session.verification_attempts == 1


async def test_three_failures_and_a_person_takes_over_whatever_the_model_says() -> None:
    call = FrontDesk()
    await call.all(WISH, *WRONG)
    await call.all("60601", "2222")
    outcome = await call.all("john smith", "60601", "3333")
    assert isinstance(outcome.directive, TransferToPerson)
    assert outcome.say == "I'm sorry, I can't verify you here."
    assert isinstance((await call.says("john smith, 60601, 4821")).directive, TransferToPerson)
    assert call.policy is None


async def fail(tries: MemoryTries, number: str, name: str = "john smith", zip_code: str = "60601") -> FrontDesk:
    call = FrontDesk(tries, number)
    await call.all(WISH, name, zip_code, "1111")
    return call


async def test_failures_count_against_the_number_over_calls() -> None:
    tries = MemoryTries()
    for _ in range(4):
        assert (await fail(tries, NUMBER, "peter nobody", "11111")).outcome.directive is None
    assert isinstance((await fail(tries, NUMBER, "peter nobody", "11111")).outcome.directive, TransferToPerson)
    locked = FrontDesk(tries, NUMBER)
    assert isinstance((await locked.says(WISH)).directive, TransferToPerson), "and is asked nothing"
    assert (await FrontDesk(tries, "+13125550143").says(WISH)).expects == "full_name"


async def test_failures_count_against_the_record_over_numbers_and_calls() -> None:
    tries = MemoryTries()
    calls = [await fail(tries, f"+1312555014{n}") for n in range(5)]
    assert isinstance(calls[-1].outcome.directive, TransferToPerson)
    owner = FrontDesk(tries, "+13125550177")
    outcome = await owner.all(WISH, "john smith", "60601", "4821")
    assert owner.policy is None
    assert isinstance(outcome.directive, TransferToPerson)
    assert outcome.say == "I'm sorry, I can't verify you here.", "the sentence tells nobody what is locked"
    karen = FrontDesk(tries, "+13125550178")
    await karen.all(WISH, "karen miller", "77002", "9037")
    assert karen.policy == "POL-B20417"


async def test_a_withheld_number_counts_for_its_call_only() -> None:
    tries = MemoryTries()
    for _ in range(7):
        assert (await fail(tries, "", "peter nobody", "11111")).outcome.expects == "zip_code"


async def test_who_is_verified_costs_nobody_a_try() -> None:
    tries = MemoryTries()
    for _ in range(9):
        call = FrontDesk(tries, NUMBER)
        await call.all(WISH, "john smith", "60601", "4821")
        assert call.policy == "POL-A10001"


async def test_calls_at_once_have_no_more_tries_than_one_after_the_other() -> None:
    tries, limits = MemoryTries(), VerificationLimits(per_record=3)
    calls = [FrontDesk(tries, f"+131255501{n:02}", limits) for n in range(10)]
    await asyncio.gather(*(call.all(WISH, "john smith", "60601") for call in calls))
    await asyncio.gather(*(call.says(f"{n:04}") for n, call in enumerate(calls)))
    right = FrontDesk(tries, "+13125550188", limits)
    await right.all(WISH, "john smith", "60601", "4821")
    assert right.policy is None
    assert sum(isinstance(call.outcome.directive, TransferToPerson) for call in calls) >= 7


async def test_who_is_locked_can_still_leave_a_report_and_is_then_connected() -> None:
    tries = MemoryTries()
    for n in range(5):
        await fail(tries, f"+1312555014{n}")
    victim = FrontDesk(tries, "+13125550177")
    await victim.says("i had a car accident", tool="check_safety", injuries="")
    assert victim.outcome.expects == "injuries"
    outcome = await victim.all("nobody was hurt", "john smith", "60601", "4821")
    assert (outcome.expects, outcome.directive) == ("consent", None)
    assert "can't verify you" in (outcome.say or "")
    outcome = await victim.says("yes please")
    assert outcome.ok
    assert victim.session.facts["unverified"] is True
    assert victim.session.facts["person_after_report"] is True
    assert victim.policy is None


async def test_a_locked_number_is_asked_about_safety_and_nothing_else() -> None:
    tries = MemoryTries()
    for _ in range(5):
        await fail(tries, NUMBER, "peter nobody", "11111")
    call = FrontDesk(tries, NUMBER)
    outcome = await call.says("someone hit my car", tool="check_safety", injuries="")
    assert outcome.expects == "injuries"
    outcome = await call.says("nobody is hurt")
    assert (outcome.expects, outcome.tool) == ("consent", "verify_caller")
    assert isinstance((await call.says("no")).directive, TransferToPerson)


@pytest.mark.parametrize("understood", [("john smith",), ("john smith", "60601"), ("er", "um", "uh", "60601")])
async def test_who_is_not_understood_leaves_a_report_before_a_person_takes_over(understood: tuple[str, ...]) -> None:
    call = FrontDesk()
    await call.all("someone hit my car, nobody is hurt", *understood, "er", "um", "uh")
    assert (call.outcome.expects, call.outcome.directive) == ("consent", None)
    assert "take your report" in (call.outcome.ask or "")
    assert (await call.says("yes please")).data["unverified"] is True
    assert call.session.facts["name_not_understood"] is (understood[0] == "er"), "nobody asks for it again"
    assert (call.policy, call.session.verification_attempts) == (None, 0)


@pytest.mark.parametrize(
    "words",
    ["i'm his wife", "i'm the broker", "i don't know my social", "i forgot those", "i'd rather not say", "no idea"],
)
async def test_who_cannot_be_verified_may_leave_a_report(words: str) -> None:
    call = FrontDesk()
    await call.says("there was a crash and nobody was hurt")
    await call.all("john smith", "60601")
    outcome = await call.says(words)
    assert outcome.expects == "consent"
    assert "Is that all right?" in (outcome.ask or "")
    outcome = await call.says("yes that is all right")
    assert outcome.ok
    assert outcome.ask is None
    assert call.session.facts["unverified"] is True
    assert (call.policy, call.session.verification_attempts) == (None, 0)
    assert (await call.says("thanks", full_name="")).ok, "and is not asked again"


async def test_who_calls_for_somebody_else_is_not_asked_who_they_are() -> None:
    call = FrontDesk()
    await call.says("i'm calling for my mother, somebody hit her car, nobody is hurt")
    assert call.outcome.expects == "consent"


async def test_what_was_said_before_the_question_about_safety_is_remembered() -> None:
    call = FrontDesk()
    await call.says("i'm the broker of a customer who had an accident")
    assert call.outcome.expects == "injuries"
    assert (await call.says("nobody was hurt")).expects == "consent"


async def test_no_details_open_the_policy_to_somebody_else() -> None:
    call = FrontDesk()
    await call.all("someone hit my car, nobody is hurt", "i'm his wife")
    await call.says("his name is john smith, 60601, 4821", full_name="john smith")
    await call.says("john smith, 60601, 4821", full_name="john smith", zip_code="60601", last4="4821")
    assert call.policy is None


async def test_an_offer_that_is_refused_or_not_understood() -> None:
    call = FrontDesk()
    await call.all("someone hit my car, nobody is hurt", "i'm his wife")
    first = call.outcome.ask
    assert (await call.says("the weather is nice")).ask != first
    assert isinstance((await call.says("no")).directive, TransferToPerson)
    assert "unverified" not in call.session.facts


async def test_who_remembers_after_all_is_verified() -> None:
    call = FrontDesk()
    await call.all("someone hit my car, nobody is hurt", "john smith", "60601", "i don't know that")
    assert call.outcome.expects == "consent"
    await call.says("oh wait it's four eight two one", last4="four eight two one")
    assert call.policy == "POL-A10001"


async def test_without_a_loss_a_person_is_offered_and_nothing_is_told() -> None:
    call = FrontDesk()
    outcome = await call.all(WISH, "i do not want to tell you my name")
    assert outcome.expects == "consent"
    assert "colleague" in (outcome.ask or "")
    assert isinstance((await call.says("yes")).directive, TransferToPerson)
    other = FrontDesk()
    await other.all(WISH, "none of your business")
    outcome = await other.says("no")
    assert (outcome.directive, outcome.ask) == (None, "Is there anything else I can help you with?")


async def test_who_declines_a_person_again_and_again_is_not_asked_for_ever() -> None:
    call = FrontDesk()
    for _ in range(2):
        assert (await call.all(WISH, "none of your business")).expects == "consent"
        assert (await call.says("no")).directive is None
    assert (await call.all(WISH, "none of your business")).expects == "consent"
    assert isinstance((await call.says("no")).directive, TransferToPerson)


async def test_who_answers_in_the_third_person_is_verified_by_no_digits() -> None:
    call = FrontDesk()
    await call.all("someone hit my car, nobody is hurt", "his name is john smith", "yes", "60601", "4821")
    assert call.policy is None
    assert call.session.verification_attempts == 0


async def test_what_the_caller_is_here_for_goes_with_the_verdict() -> None:
    call = FrontDesk()
    await call.all("someone hit my car, nobody is hurt", "john smith", "60601", "4821")
    assert call.outcome.data["wish"] == "to report an accident or damage"
    other = FrontDesk()
    await other.all(WISH, "john smith", "60601", "4821")
    assert "wish" not in other.outcome.data
