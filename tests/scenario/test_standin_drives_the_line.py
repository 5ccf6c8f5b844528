"""The stand-in model drives the shipped agents through whole calls, in text, with the real tools."""

import pytest
import yaml
from text_call import ROOT, TextCall

from backend.domain.tool import EndCall, TransferToPerson


def choose(persona: dict, said: str, used: set[str]) -> str:
    question = said.rsplit(". ", 1)[-1].lower()
    best, score = None, 0
    for place in (question, said.lower()):
        for utterance in persona["utterances"]:
            found = max((len(k) for k in utterance["when_asked"] if k in place), default=0)
            if found > score:
                best, score = utterance, found
        if best:
            return best["id"]
    raise AssertionError(f"no answer to: {said}")


def persona(name: str) -> dict:
    return yaml.safe_load((ROOT / f"tests/personas/{name}/persona.yaml").read_text())


async def converse(name: str, misheard: dict[str, str] | None = None) -> tuple[TextCall, list[str]]:
    call, who = TextCall(), persona(name)
    words = {u["id"]: u["text"] for u in who["utterances"]} | (misheard or {})
    asked: list[str] = []
    for _ in range(40):
        if call.over:
            break
        answer = choose(who, call.said[-1], set(asked))
        asked.append(answer)
        await call.say(words[answer])
    return call, asked


RIGHT = {
    "rear_end": ("POL-A10001", True, "2026-11-20", "17:30", "Chicago", 2, "commuting"),
    "parking_lot": ("POL-B20417", False, "2026-11-21", "09:00", "Houston", 2, "parked"),
}


def check(call: TextCall, name: str) -> None:
    policy, drivable, day, time, city, cars, purpose = RIGHT[name]
    (claim,) = call.cases.filed
    assert claim.subject == policy
    assert claim.fields["vehicle_drivable"] is drivable
    assert claim.fields["injuries"]["injured"] is False
    assert (claim.fields["loss_date"], claim.fields["loss_time"]) == (day, time)
    assert claim.fields["loss_location"]["city"] == city
    assert claim.fields["vehicles_involved"] == cars
    assert claim.fields["trip_purpose"] == purpose
    assert isinstance(call.over, EndCall)
    assert call.agents == ["auth", "fnol_intake"]


@pytest.mark.parametrize("name", ["rear_end", "parking_lot"])
async def test_a_caller_who_is_understood_files_a_claim(name: str) -> None:
    call, asked = await converse(name)
    check(call, name)
    forms = [answer for answer in asked if answer != "yes"]
    assert len(asked) - len(forms) == 2, "each part of the read-back is confirmed"
    assert len(forms) == len(set(forms)), "nothing else is asked twice"


@pytest.mark.parametrize(
    ("name", "misheard"),
    [
        ("rear_end", {"last4": "for eight to one", "full_name": "my name is jon smyth"}),
        ("rear_end", {"drivable": "yes the cars drive the ball", "zip_code": "sicks zero six zero won"}),
        ("rear_end", {"drivable": "yes the car is right little"}),
        ("parking_lot", {"full_name": "caring miller", "last4": "nine zero three seven in"}),
        ("parking_lot", {"vehicle": "it is a twenty twenty one to yoda camry"}),
        ("rear_end", {"vehicle": "a two thousand nineteen hundred civic"}),
    ],
)
async def test_a_misheard_caller_files_the_right_claim_all_the_same(name: str, misheard: dict[str, str]) -> None:
    call, _ = await converse(name, misheard)
    check(call, name)


async def test_a_word_that_only_sounds_like_a_digit_is_asked_again_and_costs_nothing() -> None:
    call, who = TextCall(), persona("rear_end")
    words = {u["id"]: u["text"] for u in who["utterances"]}
    while "zip" not in call.said[-1]:
        await call.say(words[choose(who, call.said[-1], set())])
    again = await call.say("six zero sex zero one")
    assert "zip code" in again
    assert again != "What is your zip code?"
    await call.say(words["zip_code"])
    await call.say(words["last4"])
    assert (call.session.subject is not None, call.session.verification_attempts) == (True, 0)


async def test_what_is_put_right_at_the_read_back_is_known_by_its_shape() -> None:
    call, who = TextCall(), persona("parking_lot")
    words = {u["id"]: u["text"] for u in who["utterances"]} | {
        "where": "at the shopping center on alex reid in dallas texas"
    }
    while "Is that all correct?" not in call.said[-1]:
        await call.say(words[choose(who, call.said[-1], set())])
    assert (await call.say("no that is all")).endswith("What should I change?")
    assert "Oak Street, Houston" in await call.say("at the shopping center on oak street in houston texas")
    await call.say("no")
    scratched = await call.say("somebody scratched the whole left side of my parked car and left")
    assert "somebody scratched the whole left side of your parked car" in scratched
    assert "Toyota Camry" in await call.say("yes that is right")
    await call.say("yes that is right")
    (claim,) = call.cases.filed
    assert claim.fields["loss_location"]["city"] == "Houston"
    assert claim.fields["incident_description"].startswith("somebody scratched")


async def test_the_claim_number_is_texted_to_a_caller_who_wants_it() -> None:
    call, who = TextCall(), persona("rear_end")
    words = {u["id"]: u["text"] for u in who["utterances"]}
    while not call.cases.filed:
        await call.say(words[choose(who, call.said[-1], set())])
    assert "as a text message if you like" in call.said[-2]
    assert "Shall I send" in await call.say("yes please send it as a text message")
    assert call.texted == []
    assert "I have sent it" in await call.say("yes")
    ((number, text),) = call.texted
    assert number == call.session.caller_number
    assert call.cases.filed[0].number in text
    await call.say("no thank you")
    assert isinstance(call.over, EndCall)


async def test_a_coverage_question_is_answered_from_the_callers_own_policy() -> None:
    call = TextCall()
    await call.say("what is my deductible")
    await call.say("karen miller")
    await call.say("seven seven zero zero two")
    answer = await call.say("nine zero three seven")
    assert "1000 dollars" in answer
    assert call.agents == ["auth", "general_info"]
    await call.say("no thank you")
    assert isinstance(call.over, EndCall)


async def test_injured_people_come_before_names() -> None:
    call = TextCall()
    await call.say("there has been a crash and people are injured")
    assert isinstance(call.over, TransferToPerson)
    assert call.over.emergency


async def test_a_person_at_once() -> None:
    call = TextCall()
    await call.say("i want to talk to a human right now")
    assert isinstance(call.over, TransferToPerson)
