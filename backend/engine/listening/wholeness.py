"""Wholeness: are these words surely all of an answer, or do people often go on from them?

An answer is thought of in either case. This decides how long the caller must have been silent before it is heard.
"""

import re
from typing import Literal

from backend.domain.agent import TurnsSpec
from backend.engine.listening.endpointing import EVEN, LIKELY, SURE, Expectation, odds_of_end
from backend.language.named import language_named
from backend.language.turn_words import TurnWords

__all__ = ["Wholeness", "heard_silence_ms", "wholeness"]

Wholeness = Literal["sure", "likely", "short", "doubtful"]
"""``sure``: what was asked for is all there. ``short``: likely, but only a few words: "my husband", the yes to a
read-back. ``doubtful``: many people who have said so much say more."""

_WORD = re.compile(r"[\w'’]+")
_BARE_WORDS = 3
_WHOLE_PLACE_WORDS = 5
"""A street, and where it is: "in springfield illinois" may be followed by the street."""
_WHOLE_ANSWER_WORDS = 5
"""Of a yes with what belongs to it: "yes the house is dry"."""
_BEGUN_WORDS = 6
"""One short sentence is how a story begins: "somebody hit my bike"."""


def heard_silence_ms(text: str, turns: TurnsSpec, expected: Expectation, language: str) -> int:
    """Silence before which an answer is thought of, but not heard: it costs nothing while the answer is not ready."""
    begun = expected.digits and language_named(language).turns.digits(text)
    if begun or turns.endpointing != "smart":
        return 0  # a number waits until it is whole, and no longer
    longest = max(turns.heard_silence_ms, turns.story_silence_ms)
    match wholeness(text, expected, language):
        case "sure":
            return min(turns.sure_silence_ms, turns.heard_silence_ms)
        case "likely":
            return turns.heard_silence_ms
        case "short":
            return turns.heard_silence_ms + (longest - turns.heard_silence_ms) * 7 // 8
        case "doubtful":
            return longest


def wholeness(text: str, expected: Expectation, language: str) -> Wholeness:
    """Judge words by what was asked, in the language of the call ("es-MX").

    A complete thought is assumed: what visibly goes on is waited for longer than this, anyway.
    """
    known = language_named(language).turns
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return "doubtful"
    bare = len(words) <= _BARE_WORDS and any(word in known.short_answers for word in words)
    if bare and words[-1] in known.farewells:
        return "sure"
    odds = odds_of_end(text, expected, language)
    if bare and (odds is None or len(words) == 1):
        return "short" if expected.decision else "doubtful"
    if known.hanging.search(text) or known.only_leads.search(text):
        return "doubtful"
    if expected.story:
        return _of_story(text, words, known, odds)
    return _of_answer(text, words, expected, known, odds)


def _of_story(text: str, words: list[str], known: TurnWords, odds: float | None) -> Wholeness:
    """What happened, or why somebody calls: a question or a wish ends it, a scene or a number begun does not."""
    if known.dictating.search(text) or known.ends_in_digits.search(text):
        return "doubtful"
    asks = _asks(text, words, known)
    if known.introducing.search(text) and not asks:
        return "doubtful"
    if asks:
        return "short" if len(words) <= _BARE_WORDS else "sure"
    if odds is not None and (odds >= SURE or not known.scene.search(text)):
        return _by_odds(odds, else_="doubtful")
    begun = len(words) <= _BEGUN_WORDS and not known.joined.search(text)
    return "doubtful" if begun or known.scene.search(text) else "likely"


def _of_answer(text: str, words: list[str], expected: Expectation, known: TurnWords, odds: float | None) -> Wholeness:
    """What was asked for in particular."""
    if expected.year and not known.year.search(text):
        return "doubtful"
    if expected.address:
        whole = known.ends_in_place(text) and len(words) >= _WHOLE_PLACE_WORDS
    elif expected.when:
        whole = known.tells_time.search(text) is not None
    elif expected.keys and not expected.decision:
        whole = known.answers_first.search(text) is not None and len(words) >= _WHOLE_ANSWER_WORDS
    else:
        whole = expected.name or (expected.decision and len(words) > _BARE_WORDS)
    if odds is not None and not (expected.address and whole):
        few = len(words) <= _BARE_WORDS and not any(word in known.short_answers for word in words)
        found = _by_odds(odds, else_="short" if few or expected.decision else "doubtful")
        if not whole or odds < EVEN:
            return "likely" if expected.name and found != "sure" else found
        return "sure"
    if expected.year:
        return "likely"
    if len(words) <= _BARE_WORDS and not expected.name:
        return "short"
    return "sure" if whole else "likely"


def _by_odds(odds: float, *, else_: Wholeness) -> Wholeness:
    """By what was learned of how answers end."""
    return "sure" if odds >= SURE else "likely" if odds >= LIKELY else else_


def _asks(text: str, words: list[str], known: TurnWords) -> bool:
    """Does it end in a question or a wish, so that the agent is next?"""
    if text.rstrip().endswith("?") or words[-1] in known.polite:
        return True
    return words[0] in known.asking or known.wish.search(text) is not None
