"""What was learned of how people talk who are in danger: by signs of a language, never by sentences."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from backend.language.distress import Distress, read_distress, signs
from backend.language.named import language_named

LEARNED = Path(__file__).parents[2] / "distress" / "learned"


def test_a_word_stands_for_those_that_begin_so_and_for_its_neighbors() -> None:
    assert signs("He's bleeding, badly") == {
        "", "hes", "bleeding", "badly", "blee-", "badl-", "hes bleeding", "bleeding badly", "hes .. badly",
    }  # fmt: skip


def test_accents_capitals_and_signs_make_no_difference_and_silence_says_nothing_of_its_own() -> None:
    assert signs("¡No RESPIRA! mi mamá") == signs("no respira mi mama")
    assert signs(" ... ") == {""}


def test_who_talks_on_and_on_is_listened_to_for_a_hundred_and_twenty_words() -> None:
    assert signs("word " * 120 + "fire") == signs("word " * 120)


def test_no_sign_says_nothing_and_the_others_are_added() -> None:
    assert Distress({}).odds("the house is on fire") == 0
    assert Distress({"": -1.0, "fire": 2.0, "on fire": 1.5, "drill": -4.0}).odds("on fire") == 2.5


@pytest.mark.parametrize("code", ["en", "es"])
def test_the_weights_are_kept_in_the_order_in_which_a_difference_is_read(code: str) -> None:
    path = Path(__file__).parents[3] / "backend/language" / code / "distress.json"
    kept = json.loads(path.read_text("utf-8"))
    assert all(before < after for before, after in pairwise(kept))
    assert read_distress(code).weights == kept


@pytest.mark.parametrize("code", ["en", "es"])
def test_nothing_by_which_it_is_judged_was_learned_from(code: str) -> None:
    held = [line for path in LEARNED.parent.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    judged = {json.loads(line)["words"].strip() for line in held}
    learned = {line[2:].strip() for line in (LEARNED / f"{code}.txt").read_text("utf-8").splitlines()}
    assert len(learned) > 1000 and not judged & learned


def test_a_language_that_was_not_learned_says_nothing() -> None:
    assert language_named("fr-FR").talk.distress("au secours la maison brûle") == 0
