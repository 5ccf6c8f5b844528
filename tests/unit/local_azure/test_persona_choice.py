"""What recorded callers answer to the questions that agents ask."""

from datetime import date
from pathlib import Path

import pytest

from local_azure.phone.choice import Chooser
from local_azure.phone.persona import Persona, load_persona
from local_azure.phone.sentences import digit_groups, hear

PERSONAS = Path(__file__).parents[2] / "personas"
TODAY = date(2026, 11, 21)


@pytest.fixture(params=["rear_end", "parking_lot"])
def persona(request: pytest.FixtureRequest) -> Persona:
    return load_persona(PERSONAS / request.param)


@pytest.fixture
def rear_end() -> Persona:
    return load_persona(PERSONAS / "rear_end")


def chooser(persona: Persona) -> Chooser:
    return Chooser(persona, today=lambda: TODAY)


QUESTIONS = [
    ("Thank you for calling Meridian Mutual. How can I help you today?", "greeting"),
    ("Thanks for calling. What are you calling about?", "greeting"),
    ("What is your full name?", "full_name"),
    ("Can you confirm your full name?", "full_name"),
    ("I'm sorry, I didn't catch that. Please say your full name once more.", "full_name"),
    ("Thank you, John. What is your zip code?", "zip_code"),
    ("What is the correct zip code?", "zip_code"),
    ("I'm sorry, I didn't get that zip code. Please say its five digits one by one, or press them.", "zip_code"),
    ("What are the last four digits of your social security number?", "last4"),
    ("I'm sorry, I didn't get those last four digits. Please say them one by one, or press them.", "last4"),
    ("Your zip code is there. And the last 4 of your social?", "last4"),
    ("Please give me the last four digits of your social security number.", "last4"),
    ("Thanks John. I'm sorry to hear about that. Tell me, what happened?", "what"),
    ("I'm sorry, I didn't catch that. Please describe what happened.", "what"),
    ("When did it happen?", "when"),
    ("I didn't catch the date. When was it, for example today, yesterday, or last Monday?", "when"),
    ("About what time of day was that?", "when"),
    ("Where was that? Please tell me the street and the city.", "where"),
    ("I didn't catch the location. Which street and which city was it?", "where"),
    ("Which vehicle was it? Please say the year, the make and the model.", "vehicle"),
    ("Who was driving?", "driver"),
    ("I didn't catch the driver. Who was driving the car?", "driver"),
    ("Were you driving?", "driver"),
    ("What is the relationship of that person to the policyholder?", "relationship"),
    ("What is your relationship to the driver?", "relationship"),
    ("How many cars were involved in total?", "count"),
    ("I need a number here. How many cars were involved, yours included?", "count"),
    ("Is it still drivable?", "drivable"),
    ("Please say: yes, it is drivable, or no, it is not drivable.", "drivable"),
    ("Can you still drive it?", "drivable"),
    ("Was anyone injured or hurt?", "injuries"),
    ("I want to be sure. Was anybody hurt? Please say yes or no.", "injuries"),
    ("What was the purpose of the trip?", "purpose"),
    ("Where were you going? What was the reason for the trip?", "purpose"),
    ("Were there any passengers?", "passengers"),
    ("Is that all correct?", "yes"),
    ("Sorry, is everything correct? Please say yes or no.", "yes"),
    ("Your zip code, please, and your name. Is that right?", "yes"),
    ("So the street was Oak Street, right?", "yes"),
    ("Shall I file the claim now?", "yes"),
    ("Is there anything else I can help you with?", "no"),
    ("What else can I do for you?", "no"),
    ("Would you like to speak with a person?", "no"),
    ("Thank you for calling. Goodbye!", "bye"),
]


@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_question_gets_the_utterance_that_answers_it(persona: Persona, question: str, answer: str) -> None:
    reply = chooser(persona).choose(question)
    assert reply.want == "say"
    assert reply.utterance is not None
    assert reply.utterance.id == answer


@pytest.mark.parametrize(
    "statement",
    [
        "One moment, please.",
        "Let me look that up for you.",
        "Thank you.",
        "In danger, call 911 right now.",
    ],
)
def test_statement_is_listened_to(persona: Persona, statement: str) -> None:
    assert chooser(persona).choose(statement).want == "wait"


def test_statement_that_something_fits_may_be_answered_after_a_while(rear_end: Persona) -> None:
    reply = chooser(rear_end).choose("And the zip code.")
    assert (reply.want, reply.utterance and reply.utterance.id) == ("perhaps", "zip_code")


def test_question_without_an_answer_is_not_known(rear_end: Persona) -> None:
    assert chooser(rear_end).choose("What color is your hat?").want == "unknown"


def test_last_question_counts_most(rear_end: Persona) -> None:
    reply = chooser(rear_end).choose("Was anyone hurt? Sorry, first: what is your zip code?")
    assert reply.utterance is not None
    assert reply.utterance.id == "zip_code"


def test_same_question_is_answered_four_times_at_most(rear_end: Persona) -> None:
    chosen = chooser(rear_end)
    for _ in range(4):
        reply = chosen.choose("What is your zip code?")
        assert reply.utterance is not None
        chosen.said(reply.utterance)
    assert chosen.choose("What is your zip code?").want == "unknown"


def test_among_equals_what_was_not_said_yet_comes_first() -> None:
    persona = Persona.model_validate(
        {"utterances": [{"id": name, "text": name, "when_asked": ["color"]} for name in ("red", "blue")]}
    )
    chosen = chooser(persona)
    first = chosen.choose("Which color?").utterance
    assert first is not None
    chosen.said(first)
    second = chosen.choose("Which color?").utterance
    assert second is not None
    assert {first.id, second.id} == {"red", "blue"}


@pytest.mark.parametrize("again", ["Sorry, could you say that again?", "Are you still there?", "Pardon?"])
def test_asked_again_the_caller_repeats_himself(rear_end: Persona, again: str) -> None:
    chosen = chooser(rear_end)
    when = rear_end.find("when")
    assert when is not None
    chosen.said(when)
    assert chosen.choose(again).utterance == when


@pytest.mark.parametrize("read", ["4822", "4 8 2 2", "4-8-2-2", "four eight two two"])
def test_wrong_figures_are_put_right_instead_of_confirmed(rear_end: Persona, read: str) -> None:
    reply = chooser(rear_end).choose(f"I have {read}. Is that right?")
    assert reply.utterance is not None
    assert reply.utterance.id == "last4"


@pytest.mark.parametrize("read", ["4821", "4 8 2 1", "four eight two one"])
def test_right_figures_are_confirmed(rear_end: Persona, read: str) -> None:
    reply = chooser(rear_end).choose(f"I have {read}. Is that right?")
    assert reply.utterance is not None
    assert reply.utterance.id == "yes"


TRUE = (
    "Let me read that back. You told me: i stopped at a red light, it happened on Friday, November 20, "
    "around 5:30 PM, at Main Street and Fifth Avenue, Chicago, Illinois, with your 2019 Honda Civic, "
    "John Smith at the wheel, 2 vehicles involved, the car can still be used, nobody was injured, "
    "no passengers. Is that all correct?"
)


@pytest.mark.parametrize(
    ("true", "false", "answer"),
    [
        ("the car can still be used", "the car can not be used any more", "drivable"),
        ("nobody was injured", "somebody was injured", "injuries"),
        ("November 20", "November 19", "when"),
        ("5:30 PM", "5:30 AM", "when"),
        ("Main Street and Fifth Avenue, Chicago", "Maine and Fist, Cargo", "where"),
    ],
)
def test_untrue_read_back_is_denied_and_then_put_right(rear_end: Persona, true: str, false: str, answer: str) -> None:
    chosen = chooser(rear_end)
    denied = chosen.choose(TRUE.replace(true, false)).utterance
    assert denied is not None
    assert denied.id == "objection"  # their own no says that they need nothing more
    put_right = chosen.choose("What should I change?").utterance
    assert put_right is not None
    assert put_right.id == answer


def test_true_read_back_is_confirmed(rear_end: Persona) -> None:
    reply = chooser(rear_end).choose(TRUE)
    assert reply.utterance is not None
    assert reply.utterance.id == "yes"


def test_agent_that_never_learns_is_confirmed_in_the_end(rear_end: Persona) -> None:
    chosen = chooser(rear_end)
    wrong = TRUE.replace("nobody was injured", "somebody was injured")
    answers = []
    for _ in range(4):
        utterance = chosen.choose(wrong).utterance
        assert utterance is not None
        answers.append(utterance.id)
    assert answers == [*["objection"] * 3, "yes"]


def test_words_of_a_recognizer_have_no_punctuation() -> None:
    assert hear("what is your zip code").questions == ("what is your zip code",)


@pytest.mark.parametrize(
    ("text", "groups"),
    [("it is 6 0 6 0 1 ok", ["60601"]), ("four eight two one", ["4821"]), ("6-0-6, 2019", ["6062019"]), ("none", [])],
)
def test_figures_are_found_however_written(text: str, groups: list[str]) -> None:
    assert digit_groups(text) == groups
