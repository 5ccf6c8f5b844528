"""Are these words surely all? It decides how soon an answer is heard, and never whether it is thought of."""

from typing import Any

import pytest

from backend.domain.agent import TurnsSpec
from backend.engine.listening.endpointing import expectation
from backend.engine.listening.wholeness import Wholeness, heard_silence_ms, wholeness

TURNS = TurnsSpec()
STORY = (None,)

ENGLISH: dict[Wholeness, list[tuple[str, tuple[Any, ...]]]] = {
    "sure": [
        ("can you tell me what my deductible is", STORY),
        ("i want to report an accident", STORY),
        ("could you help me", STORY),
        ("somebody told me to call you please", STORY),
        ("no thanks", STORY),
        ("okay goodbye", STORY),
        ("on oak street near the mill in houston texas", ("place",)),
        ("on monday at five in the afternoon", ("date",)),
        ("yesterday at around noon", ("time",)),
        ("i'm calling because a tree fell on my roof", STORY),
        ("my name is john smith", ("name",)),
        ("yes the house is dry", ("yes_no",)),
        ("yes that is correct", ("decision",)),
    ],
    "likely": [
        ("a deer jumped in front of my car", ("story",)),
        ("i was backing out and i hit the mailbox", ("story",)),
        ("it was around noon", ("time",)),
        ("carlos rodriguez", ("name",)),
        ("no thank god", ("yes_no",)),
        ("it was last night", ("date",)),
        ("no one was there", ("yes_no",)),
        ("my twenty seventeen ford focus", ("group", 4)),
        ("it was my brother peter", ("person",)),
    ],
    "short": [
        ("in springfield illinois", ("place",)),
        ("yesterday evening", ("date",)),
        ("my husband", ("text",)),
        ("about two", ("time",)),
        ("can somebody", STORY),
        ("yes", ("decision",)),
    ],
    "doubtful": [
        ("", STORY),
        ("hello", STORY),
        ("somebody hit my bike", ("story",)),
        ("i wanted to ask", STORY),
        ("i'm calling about my bill", STORY),
        ("i'd like to talk to somebody", STORY),
        ("well good morning", ("story",)),
        ("hello this is anna kovacs", STORY),
        ("i have a question", STORY),
        ("can you tell me", STORY),
        ("do you know how long", STORY),
        ("my bike was parked and when i came back", ("story",)),
        ("i was backing out of my driveway", ("story",)),
        ("my bike was parked", ("story",)),
        ("my email is john dot smith", STORY),
        ("the plate is seven k l", STORY),
        ("his number is five five five", STORY),
        ("no", ("yes_no",)),
        ("yes", ("yes_no",)),
        ("my ford focus", ("group", 4)),
    ],
}  # fmt: skip
SPANISH: dict[Wholeness, list[tuple[str, tuple[Any, ...]]]] = {
    "sure": [
        ("quiero saber cuánto cuesta", STORY),
        ("el lunes a las cinco de la tarde", ("date",)),
        ("sí la casa está seca", ("yes_no",)),
    ],
    "likely": [("un árbol cayó sobre mi casa durante la tormenta", ("story",)), ("fue el lunes pasado", ("date",))],
    "doubtful": [
        ("buenas tardes", STORY),
        ("quería preguntar", STORY),
        ("me robaron el coche", ("story",)),
        ("me puede decir", STORY),
        ("tengo una pregunta", STORY),
        ("estaba saliendo de mi casa", ("story",)),
        ("mi correo es juan", STORY),
        ("sí", ("yes_no",)),
    ],
}


def rows(table: dict[Wholeness, list[tuple[str, tuple[Any, ...]]]]) -> list[tuple[str, tuple[Any, ...], Wholeness]]:
    return [(text, asked, found) for found, cases in table.items() for text, asked in cases]


@pytest.mark.parametrize(("text", "asked", "found"), rows(ENGLISH))
def test_english(text: str, asked: tuple[Any, ...], found: Wholeness) -> None:
    assert wholeness(text, expectation(*asked), "en-US") == found


@pytest.mark.parametrize(("text", "asked", "found"), rows(SPANISH))
def test_spanish(text: str, asked: tuple[Any, ...], found: Wholeness) -> None:
    assert wholeness(text, expectation(*asked), "es-MX") == found


def test_a_language_without_such_words_is_sure_of_little() -> None:
    assert wholeness("je voudrais signaler un accident", expectation(None), "fr-FR") == "likely"


def test_the_surer_the_sooner_it_is_heard() -> None:
    silences = [
        heard_silence_ms(text, TURNS, expectation(None), "en-US")
        for text in ("i want to report an accident", "i was backing out and i hit the mailbox", "hello")
    ]
    silences.insert(2, heard_silence_ms("my husband", TURNS, expectation("text"), "en-US"))
    assert silences == [TURNS.sure_silence_ms, TURNS.heard_silence_ms, 938, TURNS.story_silence_ms]
    assert silences == sorted(set(silences))


def test_a_number_of_known_length_waits_for_nothing_more() -> None:
    assert heard_silence_ms("six oh six oh one", TURNS, expectation("digits", 5), "en-US") == 0


def test_who_wants_answers_to_be_heard_at_once_has_them_so_where_the_words_are_sure_too() -> None:
    at_once = TurnsSpec(heard_silence_ms=0, story_silence_ms=0)
    assert heard_silence_ms("i want to report an accident", at_once, expectation(None), "en-US") == 0


def test_other_ways_of_endpointing_know_no_such_silence() -> None:
    assert heard_silence_ms("a deer", TurnsSpec(endpointing="local"), expectation(None), "en-US") == 0
