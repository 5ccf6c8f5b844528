"""What was learned of how answers end: by signs of a language, never by sentences."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from backend.domain.session import CallSession
from backend.engine.listening.endpointing import LIKELY, SURE, expected_now, odds_of_end
from backend.language.named import language_named
from backend.language.turn_ends import TurnEnds, read_turn_ends, signs
from backend.testing.pauses import PausedUtterance, note_asked, paused_utterances

PAUSES = Path(__file__).parents[2] / "pauses"
JUDGED = [one for path in sorted(PAUSES.glob("*.yaml")) for one in paused_utterances(path)]
"""Nothing of these was learned from."""


def odds(utterance: PausedUtterance, pieces: int) -> float | None:
    session = CallSession(call_id="c1", line="front", active_agent="desk")
    note_asked(session, utterance.asked)
    return odds_of_end(" ".join(utterance.pieces[:pieces]), expected_now(session), "en-US")


def test_half_of_those_who_have_said_all_are_surely_told_from_those_who_pause() -> None:
    ends = [found for one in JUDGED if (found := odds(one, len(one.pieces))) is not None]
    pauses = [found for one in JUDGED for at in range(1, len(one.pieces)) if (found := odds(one, at)) is not None]
    assert sum(found >= SURE for found in ends) >= len(ends) / 2
    assert sum(found >= SURE for found in pauses) <= len(pauses) * 0.05
    assert sum(found >= LIKELY for found in ends) >= len(ends) * 0.8
    assert sum(found >= LIKELY for found in pauses) <= len(pauses) * 0.25


@pytest.mark.parametrize(
    ("asked", "rising"),
    [
        ("story", ["i was driving home", "i was driving home and", "i was driving home and a dog ran in front of me"]),
        ("choice", ["no", "no i don't", "no i don't think so"]),
        ("when", ["it was", "it was on", "it was on sunday evening"]),
    ],
)
def test_words_that_hang_are_told_from_words_that_end(asked: str, rising: list[str]) -> None:
    known = language_named("en-US").turns
    assert known.ends is not None
    last = [known.ends.odds(text, asked, known) for text in rising]
    assert all(before < last[-1] for before in last[:-1])


def test_a_number_is_judged_by_its_length_and_a_language_that_was_not_learned_by_its_rules() -> None:
    five = PausedUtterance.read("digits:5", "six oh six oh one")
    assert odds(five, 1) is None
    assert language_named("fr-FR").turns.ends is None


def test_no_sign_says_nothing_and_the_others_are_added() -> None:
    known = language_named("en-US").turns
    assert TurnEnds({}).odds("good morning", "story", known) == 0
    assert TurnEnds({"": 0.5, "last morning": 1.0, "last evening": 9.0}).odds("good morning", "story", known) == 1.5


def test_each_sign_is_given_once_and_nothing_of_silence_but_that_it_is_one() -> None:
    known = language_named("en-US").turns
    found = [*signs("and then he said and then i said and i went", "story", known)]
    assert len(found) == len(set(found))
    assert [*signs("", "story", known)] == ["", "asked story", "words 0", "words 0 story"]


def test_the_weights_are_kept_in_the_order_in_which_a_difference_is_read() -> None:
    kept = json.loads((Path(__file__).parents[3] / "backend/language/en/turn_ends.json").read_text("utf-8"))
    assert all(before < after for before, after in pairwise(kept))
    assert read_turn_ends("en").weights == kept
