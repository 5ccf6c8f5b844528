"""What recorded callers do when an agent asks again, offers keys, or guesses."""

from datetime import date

import pytest

from local_azure.phone.choice import Chooser, Reply
from local_azure.phone.keypad import keys_offered
from local_azure.phone.persona import Persona

TODAY = date(2026, 11, 21)
ANN = {
    "facts": {"full_name": "Ann Lee", "zip_code": "44101", "last4": "5533", "vehicle": "2018 Volvo Wagon"},
    "utterances": [
        {"id": "zip_code", "text": "why do you ask", "again": ["four four one oh one"], "when_asked": ["zip"]},
        {"id": "last4", "text": "five five three three", "when_asked": ["last four"]},
        {"id": "vehicle", "text": "my volvo from twenty eighteen", "when_asked": ["vehicle", "which car", "make"]},
        {"id": "driver", "text": "my brother tom drove", "when_asked": ["driver", "who was driving"]},
        {"id": "count", "text": "only mine", "when_asked": ["how many"]},
        {"id": "drivable", "text": "no it was towed", "when_asked": ["drivable"]},
        {"id": "when", "text": "on friday at five in the morning", "when_asked": ["when"]},
        {"id": "later", "text": "no it was six in the morning", "mends": "when", "when_asked": ["change"]},
        {"id": "yes", "text": "yes", "when_asked": ["correct", "right"]},
        {"id": "no", "text": "no", "when_asked": ["anything else"]},
    ],
}


def ann(**more: object) -> Chooser:
    return Chooser(Persona.model_validate({**ANN, **more}), today=lambda: TODAY)


def asked(chooser: Chooser, *questions: str) -> list[str]:
    """What is said or pressed to each question in turn."""
    return [_said(chooser, chooser.choose(question)) for question in questions]


def _said(chooser: Chooser, reply: Reply) -> str:
    if reply.utterance is None:
        return reply.want
    text, _ = reply.utterance.form(chooser.times(reply.utterance))
    chooser.said(reply.utterance)
    return f"keys {reply.keys}" if reply.keys else text


def test_what_is_asked_again_is_answered_in_other_words() -> None:
    said = asked(ann(), *["What is your zip code?"] * 3)
    assert said == ["why do you ask", "four four one oh one", "four four one oh one"]


def test_without_other_words_the_same_are_said_again() -> None:
    assert asked(ann(), *["The last four digits?"] * 2) == ["five five three three"] * 2


def test_one_form_may_stand_alone_and_be_a_truth_value_for_yaml() -> None:
    persona = Persona.model_validate({"utterances": [{"id": "a", "text": "b", "again": True}]})
    assert persona.utterances[0].forms == ("b", "yes")


@pytest.mark.parametrize(
    ("question", "times_before", "answer"),
    [
        ("Please key in the four digits: the last four, please.", 0, "keys 5533"),
        ("What are the last four digits? Say them one by one, or press them.", 0, "five five three three"),
        ("What are the last four digits? Say them one by one, or press them.", 1, "keys 5533"),
        ("Please enter the last four on your phone's keypad.", 0, "keys 5533"),
        ("Is it drivable? Please say yes or no, or press 1 for yes, 2 for no.", 0, "no it was towed"),
        ("Is it drivable? Please say yes or no, or press 1 for yes, 2 for no.", 1, "keys 2"),
        ("Which vehicle? Press one for a truck, two for a Volvo.", 0, "keys 2"),
        ("Which vehicle? Press one for a Kia, two for a Ford.", 0, "my volvo from twenty eighteen"),
    ],
)
def test_keys_are_pressed_where_they_are_offered_and_words_did_not_help(
    question: str, times_before: int, answer: str
) -> None:
    chooser = ann()
    asked(chooser, *[question.split("?")[0] + "?"] * times_before)
    assert asked(chooser, question) == [answer]


def test_who_likes_keys_presses_at_the_first_offer() -> None:
    assert asked(ann(keys="first"), "What is your zip code? Say it, or press it.") == ["keys 44101"]


@pytest.mark.parametrize("text", ["please press them", "use your keypad", "key them in", "type it on your phone"])
def test_offers_of_keys_are_understood(text: str) -> None:
    assert keys_offered(text)


@pytest.mark.parametrize("text", ["what is the key reason", "where were your car keys", "did you enter the street"])
def test_other_keys_are_no_offer(text: str) -> None:
    assert not keys_offered(text)


@pytest.mark.parametrize(
    ("guess", "answer"),
    [
        ("Was it your 2018 Volvo?", "yes"),
        ("Was it your 2019 Honda Civic?", "my volvo from twenty eighteen"),
        ("So it was your 2011 Volvo?", "my volvo from twenty eighteen"),
        ("Was it the Volvo or the Ford?", "my volvo from twenty eighteen"),
        ("Was that in the morning or in the evening?", "on friday at five in the morning"),
        ("Is this about the same accident?", "no"),
        ("You have a claim of Friday. Shall I add this to it?", "no"),
        ("Shall a colleague call you back at the number you are calling from?", "yes"),
        ("Are you in a safe place?", "yes"),
    ],
)
def test_a_guess_is_agreed_to_when_it_is_true(guess: str, answer: str) -> None:
    assert asked(ann(), guess) == [answer]


READ_BACK = "Your Volvo is not drivable, 1 vehicle was involved and Tom was driving. Is that right?"


@pytest.mark.parametrize(
    ("true", "false", "about"),
    [
        ("Volvo", "Honda Civic", "vehicle"),
        ("1 vehicle", "2 vehicles", "count"),
        ("Tom was driving", "you were driving", "driver"),
        ("is not drivable", "is drivable", "drivable"),
    ],
)
def test_what_is_read_back_wrong_is_denied_and_put_right(true: str, false: str, about: str) -> None:
    chooser = ann()
    assert asked(chooser, READ_BACK.replace(true, false)) == ["no"]
    put_right = chooser.choose("Which part is wrong?").utterance
    assert put_right is not None
    assert put_right.id == about


def test_what_is_read_back_right_is_agreed_to() -> None:
    assert asked(ann(), READ_BACK) == ["yes"]


def test_who_was_wrong_says_so_when_it_is_read_back_and_then_holds_to_it() -> None:
    chooser = ann()
    said = asked(
        chooser,
        "When was it?",
        "It happened at 5 a.m. Is that right?",
        "It happened at 6 a.m. Is that right?",
    )
    assert said == ["on friday at five in the morning", "no it was six in the morning", "yes"]


def test_a_long_sentence_that_names_no_place_is_not_denied_for_it() -> None:
    where = {"id": "where", "text": "on oak street in houston texas", "when_asked": ["where"]}
    chooser = ann(utterances=[*ANN["utterances"], where])
    long = (
        "Thank you for telling me. I can take your report now, and a colleague of mine will look at the rest with you."
    )
    assert asked(chooser, f"{long} Is that all right with you?") == ["yes"]
    assert asked(chooser, "It was on Elm Lane in Dallas, Oregon. Is that right?") == ["no"]


def test_the_year_of_a_car_is_no_secret_misheard_and_a_state_may_be_shortened() -> None:
    more = [{"id": "where", "text": "on oak street in austin texas", "when_asked": ["where"]}]
    chooser = ann(facts=ANN["facts"] | {"last4": "0418"}, utterances=[*ANN["utterances"], *more])
    assert asked(chooser, "It was your 2018 Volvo, on Oak Street in Austin, TX. Is that right?") == ["yes"]


def test_a_name_that_is_read_back_as_two_words_is_the_same_place() -> None:
    more = [{"id": "where", "text": "on camelback road in phoenix arizona", "when_asked": ["where"]}]
    chooser = ann(utterances=[*ANN["utterances"], *more])
    assert asked(chooser, "It happened at Camel Back Road, Phoenix, AZ. Is that right?") == ["yes"]


def test_nobody_hurt_in_a_car_that_can_not_be_driven_says_nothing_about_the_driver() -> None:
    assert asked(ann(), "Nobody was hurt, one vehicle was involved, your car can not be driven. Is that right?") == [
        "yes"
    ]


def test_who_first_asked_back_knows_the_truth_of_what_they_said_then() -> None:
    persona = {
        "utterances": [
            {"id": "when", "text": "sorry could you say that again", "again": "on thursday", "when_asked": ["when"]},
            {"id": "yes", "text": "yes", "when_asked": ["correct", "right"]},
            {"id": "no", "text": "no that's all", "when_asked": ["anything else"]},
        ]
    }
    chooser = Chooser(Persona.model_validate(persona), today=lambda: TODAY)
    said = asked(chooser, "It happened on Friday, November 20. Is that all correct?", "What should I change?")
    assert said[0] == "no that's not right"
    assert "Which" not in said[1]
    assert asked(chooser, "Which part is not right? For example, say: the date was the fourth of March.") == [
        "on thursday"
    ]


def test_a_yes_is_said_in_other_words_only_once_it_was_not_understood() -> None:
    answers = [{"id": "yes", "text": "yes it is", "again": "yes that is right", "when_asked": ["correct", "right"]}]
    chooser = Chooser(Persona.model_validate({"utterances": answers}), today=lambda: TODAY)
    said = asked(chooser, "Is that all correct?", "And is that right?", "Sorry, is that correct? Please say yes or no.")
    assert said == ["yes it is", "yes it is", "yes that is right"]
