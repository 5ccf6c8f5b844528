"""How often who is in danger is asked or comes to a person, and how often who is not is asked for nothing."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from backend.engine.thinking.likely_danger import is_doubtful, may_be_in_danger, sounds_in_danger
from backend.engine.thinking.need import need_in

TESTS = Path(__file__).parents[3]


LISTS = ("held.jsonl", "held_2.jsonl", "held_3.jsonl")


def judged(language: str, expect: str, names: Sequence[str] = LISTS) -> list[str]:
    """First words by somebody who had seen no reader, nothing of which was learned from."""
    lists = (TESTS / "distress" / name for name in names)
    rows = [json.loads(line) for path in lists for line in path.read_text("utf-8").splitlines()]
    return [row["words"] for row in rows if row["language"].startswith(language) and row["expect"] == expect]


def answers(language: str) -> Iterator[str]:
    """Answers to questions of other kinds, which nothing was learned from either."""
    path = TESTS / "understanding/unseen/set_16_tune.jsonl"
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        if row["language"].startswith(language) and row["kind"] not in ("intent", "injuries"):
            yield row["words"]


def heeded(words: str, language: str) -> bool:
    """Are they asked, or put through?"""
    sounds = sounds_in_danger(words, language, is_answer=False)
    return bool(need_in(words, language, None)) or may_be_in_danger(words, language) or sounds


@pytest.mark.parametrize("language", ["en-US", "es-MX"])
def test_nine_of_ten_who_are_in_danger_are_heeded_whatever_their_words(language: str) -> None:
    found = [heeded(words, language) for words in judged(language[:2], "now")]
    assert len(found) > 90 and sum(found) >= 0.9 * len(found)


@pytest.mark.parametrize("language", ["en-US", "es-MX"])
def test_one_of_seven_at_most_is_asked_for_nothing_though_many_of_the_words_are_those_of_peril(language: str) -> None:
    found = [heeded(words, language) for words in judged(language[:2], "calm")]
    assert len(found) > 90 and sum(found) <= 0.15 * len(found)


@pytest.mark.parametrize("language", ["en-US", "es-MX"])
def test_the_third_list_stays_as_it_was_seen_first(language: str) -> None:
    """The floors are those of its first run: 71 of 74 heeded, 11 of 75 bothered and 4 of those put through unasked."""
    now, calm = (judged(language[:2], expect, LISTS[-1:]) for expect in ("now", "calm"))
    through = [words for words in calm if need_in(words, language, None) and not is_doubtful(words, language)]
    assert sum(heeded(words, language) for words in now) >= 0.93 * len(now)
    assert sum(heeded(words, language) for words in calm) <= 0.16 * len(calm)
    assert len(through) <= 2


@pytest.mark.parametrize("language", ["en-US", "es-MX"])
def test_hardly_anybody_is_asked_who_answers_a_question(language: str) -> None:
    found = [
        sounds_in_danger(words, language, is_answer=True) or may_be_in_danger(words, language)
        for words in answers(language[:2])
    ]
    assert len(found) > 100 and sum(found) <= 0.01 * len(found)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-US", "i'm pregnant and i was in a crash"),
        ("en-US", "there's a bit of smoke from the hood"),
        ("es-MX", "el agua ya llega al tablero"),
        ("es-MX", "mi esposa tiene contracciones"),
    ],
)
def test_a_word_of_peril_among_words_that_were_never_learned_is_asked_about(language: str, words: str) -> None:
    assert may_be_in_danger(words, language)


@pytest.mark.parametrize(
    ("language", "words", "doubtful"),
    [
        ("en-US", "she stopped breathing", False),
        ("en-US", "send an ambulance to oak street please", False),
        ("en-US", "yes hello i've had a crash and my brother needs an ambulance", False),
        ("en-US", "a gas leak in our basement", False),
        ("es-MX", "urge una ambulancia en la calle hidalgo", False),
        ("en-US", "my mother passed away and i need to remove her from the policy", False),
        ("en-US", "mi carro se está quemando y no puedo salir", False),
        ("es-MX", "esto es una emergencia", False),
        ("es-MX", "socorro medina tengo una cita con el ajustador", True),
        ("es-MX", "habla socorro medina tengo una cita con el ajustador", False),
        ("es-MX", "mi esposo no respira", False),
        ("fr-FR", "au secours", False),
    ],
)
def test_who_seems_to_be_in_danger_by_a_word_only_is_doubted(language: str, words: str, doubtful: bool) -> None:
    assert is_doubtful(words, language) is doubtful


@pytest.mark.parametrize(
    ("language", "words", "sounds"),
    [
        ("en-US", "i lost my husband in june and the bills are still coming in his name", False),
        ("en-US", "my sister passed away from cancer and her payment is still coming out", False),
        ("es-MX", "mi mamá falleció y su carro está a mi nombre ahora", False),
        ("en-US", "my husband died and i'm bleeding and i can't stop it", True),
    ],
)
def test_who_mourns_is_asked_only_for_other_words_of_peril(language: str, words: str, sounds: bool) -> None:
    assert sounds_in_danger(words, language, is_answer=False) is sounds
