"""Which utterance answers what the agent said."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from local_azure.phone.guess import is_guess, names_something_else, option_named
from local_azure.phone.keypad import keys_for
from local_azure.phone.persona import Persona, Utterance
from local_azure.phone.sentences import Heard, digit_groups, hear
from local_azure.phone.truth import objections, wrong_figures

__all__ = ["Chooser", "Reply"]

_MOST_TIMES = 4
"""An utterance is said again when it is asked for again, but not for ever."""
_MOST_YES_NO = 20
_LAST, _EARLIER, _ASIDE = 10.0, 3.0, 1.0
_TAIL_BONUS = 200.0
_DIGITS_BONUS = 50.0
_MOST_OBJECTIONS = 3
_SHY = 0.1

_TAIL = re.compile(r"[,;:\u2013\u2014]\s+|\s-\s")
_VALUE_WANTED = re.compile(
    r"\b(?:what|what's|which|who|who's|whose|where|where's|when|how|tell|give|repeat|say|spell|provide|describe"
    r"|(?:confirm|verify) (?:your|the|my))\b"
)
_AGAIN = re.compile(
    r"\b(?:again|repeat|didn't catch|did not catch|didn't get|didn't hear|didn't understand|pardon|come again"
    r"|still there|are you there|hear me|once more|on the line)\b"
)
_PLAINLY = re.compile(r"\byes or no\b|\bpress (?:1|one)\b")
"""Asks for a yes or a no in so many words: the one before was not understood."""
_CHANGE = re.compile(r"\b(?:chang|not right|wrong|correct(?:ed)?\b.*\bwhat)")
"""Asks what is to be put right; what was objected about goes before any word of the question."""
_CLOSES = re.compile(r"\b(?:all|it|thanks?|everything|nothing|good ?bye|bye)\b")
"""A no that ends a call is none to what was read back."""
_OBJECTION = Utterance(id="objection", text="no that's not right", again=("no that is wrong", "no"))
_FAREWELL = re.compile(r"\b(?:goodbye|good bye|bye)\b")
_FURTHER: dict[str, tuple[str, ...]] = {
    "no": ("else", "a person", "representative", "a human", "somebody", "someone", "transfer"),
    "driver": ("driving", "behind the wheel"),
    "drivable": ("driven", "roadworthy"),
    "yes": ("is that", "is this", "did i", "have i", "do i have", "shall i", "should i", "shall a", "should a",
            "shall we", "should we", "may i", "can i", "okay", "ok?", "all right", "ready", "would you like me",
            "do you want me", "is it", "does it", "does that", "sound good", "are you safe", "safe place",
            "do you have something", "can you write"),
}  # fmt: skip
"""What is understood besides a persona's own keywords, by the usual ids; only when no keyword is there."""

_COUNTS: tuple[str, ...] = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DIGITS_WANTED = re.compile(rf"\b({'|'.join(_COUNTS)}) digits?\b")

Want = Literal["say", "unknown", "wait", "perhaps"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What to do. ``perhaps``: nothing was asked, but if nothing more comes, ``utterance`` would fit."""

    want: Want
    utterance: Utterance | None = field(default=None, repr=False)
    farewell: bool = False
    keys: str = field(default="", repr=False)
    """Pressed instead of said."""


class Chooser:
    """Chooses for one call and remembers what was said."""

    def __init__(self, persona: Persona, today: Callable[[], date] | None = None) -> None:
        self._persona = persona
        self.used: Counter[str] = Counter()
        zone = ZoneInfo(persona.timezone)
        self._today = today or (lambda: datetime.now(zone).date())
        self._latest: Utterance | None = None
        self._correction: Utterance | None = None
        """What the caller has objected about and is going to put right, as long as that is asked for."""
        self._objected: Counter[str] = Counter()
        self._in_vain: Counter[str] = Counter()
        """How often a yes or a no was plainly not understood."""

    def said(self, utterance: Utterance) -> None:
        """``utterance`` was spoken."""
        self.used[utterance.id] += 1
        self._latest = utterance

    def times(self, utterance: Utterance) -> int:
        """How often it was said in vain; other words are better then.

        Yes and no answer many questions: another question is none that comes again.
        """
        return (self._in_vain if utterance.id in ("yes", "no") else self.used)[utterance.id]

    def opening(self) -> Utterance:
        """What to say when the agent has asked nothing at all: the utterance for 'help', or the first one."""
        helping = [one for one in self._persona.utterances if "help" in one.when_asked]
        return (helping or list(self._persona.utterances))[0]

    def choose(self, text: str) -> Reply:
        """The answer to what the agent said since the caller spoke last."""
        heard = hear(text)
        latest = self._latest.id if self._latest else ""
        if latest in ("yes", "no") and any(mark.search(heard.text) for mark in (_AGAIN, _PLAINLY, _CHANGE)):
            self._in_vain[latest] += 1
        if not heard.questions:
            return self._to_statement(heard)
        correction = self._correction
        best = self._best(self._scored(heard))
        if correction is not None and _CHANGE.search(heard.last_question):
            return Reply("say", correction)
        self._correction = None
        if best is not None and _is_yes(best):
            best = self._doubted(best, heard)
        if best is None:
            best = correction or self._to_guess(heard) or self._by_custom(heard)
        if best is None:
            return Reply("unknown")
        before = self.used[best.id] if best.id not in ("yes", "no") else int(self._latest is best)
        return Reply("say", best, _is_farewell(best), keys_for(self._persona, best, heard.text, before=before))

    def _to_guess(self, heard: Heard) -> Utterance | None:
        """What is true, when the agent guesses: "was it your 2019 Honda?", "in the morning or in the evening?"."""
        last = heard.last_question
        if names_something_else(last):
            return self._persona.find("no")
        named = option_named(self._persona, last)
        if named is None and is_guess(last):
            false = next(objections(self._persona, heard.text, self._today()), None)
            named = false or self._persona.find("yes")
        return named if named is not None and self.used[named.id] < _most_times(named) else None

    def _to_statement(self, heard: Heard) -> Reply:
        if _FAREWELL.search(heard.last_sentence):
            for utterance in self._persona.utterances:
                if _is_farewell(utterance) and not self.used[utterance.id]:
                    return Reply("say", utterance, farewell=True)
            return Reply("wait", farewell=True)
        fitting = {
            one.id: _match(one.when_asked, heard.text)
            for one in self._persona.utterances
            if not self.used[one.id] and one.id not in ("yes", "no") and not _is_farewell(one)
        }
        best = self._best(fitting)
        return Reply("perhaps", best) if best is not None else Reply("wait")

    def _scored(self, heard: Heard) -> dict[str, float]:
        last, earlier = heard.last_question, " ".join(heard.questions[:-1])
        scores: dict[str, float] = {}
        digits = _wanted_digits(heard.text)
        for one in self._persona.utterances:
            scores[one.id] = (
                _LAST * _match(one.when_asked, last)
                + _EARLIER * _match(one.when_asked, earlier)
                + _ASIDE * _match(one.when_asked, heard.statements)
            )
            if digits and (own := _most_digits(one)) > 2:
                scores[one.id] = scores[one.id] + _DIGITS_BONUS if own == digits else scores[one.id] * _SHY
            if _is_yes(one):
                scores[one.id] = _weighed_yes(one, last)
            elif one.id == "no":
                scores[one.id] = _LAST * _match(one.when_asked, last)
        return scores

    def _best(self, scores: dict[str, float]) -> Utterance | None:
        open_ones = [
            one
            for one in self._persona.utterances
            if scores.get(one.id, 0.0) > 0 and self.used[one.id] < _most_times(one)
        ]
        return max(open_ones, key=lambda one: (round(scores[one.id], 1), not self.used[one.id]), default=None)

    def _doubted(self, yes: Utterance, heard: Heard) -> Utterance:
        """What to say instead of yes when the agent has just read back something untrue."""
        figures = wrong_figures(self._persona, heard.text)
        if figures is not None and self.used[figures.id] < _MOST_TIMES:
            return figures
        for true in objections(self._persona, heard.text, self._today()):
            if self._objected[true.id] < _MOST_OBJECTIONS:
                self._objected[true.id] += 1
                if true.mends:
                    return true
                self._correction = true
                return self._objection()
        return yes

    def _objection(self) -> Utterance:
        own = self._persona.find("no")
        return own if own is not None and not _CLOSES.search(own.text.lower()) else _OBJECTION

    def _by_custom(self, heard: Heard) -> Utterance | None:
        last = heard.last_question
        if _AGAIN.search(last) and self._latest is not None and self.used[self._latest.id] < _MOST_TIMES:
            return self._latest
        for name, keywords in _FURTHER.items():
            utterance = self._persona.find(name)
            if utterance is None or self.used[name] >= _most_times(utterance) or not _match(keywords, last):
                continue
            if name != "yes" or not _VALUE_WANTED.search(_TAIL.split(last)[-1]):
                return utterance
        return None


def _match(keywords: Iterable[str], text: str) -> float:
    """How well keywords fit: the length of the longest that is there, and a little for each other one.

    A keyword may be the beginning of a word ("injur"), never its middle ("date" is not in "update").
    """
    lengths = sorted((len(word) for word in keywords if re.search(rf"(?<!\w){re.escape(word)}", text)), reverse=True)
    return lengths[0] + 0.25 * sum(lengths[1:]) if lengths else 0.0


def _weighed_yes(utterance: Utterance, question: str) -> float:
    """'..., is that right?' is answered with yes; 'what is the right number?' and 'confirm your name' are not."""
    tail = _TAIL.split(question)[-1]
    fit = _LAST * _match(utterance.when_asked, question)
    if _VALUE_WANTED.search(tail):
        return fit * _SHY
    return fit + _TAIL_BONUS if _match(utterance.when_asked, tail) else fit


def _wanted_digits(text: str) -> int:
    """How many digits are asked for, when that is said: "its five digits"."""
    match = _DIGITS_WANTED.search(text)
    return _COUNTS.index(match.group(1)) if match else 0


def _most_times(utterance: Utterance) -> int:
    return _MOST_YES_NO if utterance.id in ("yes", "no") else _MOST_TIMES + len(utterance.again)


def _most_digits(utterance: Utterance) -> int:
    """The length of the longest number that the utterance says."""
    return max((len(group) for form in utterance.forms for group in digit_groups(form)), default=0)


def _is_yes(utterance: Utterance) -> bool:
    return utterance.id == "yes" or "correct" in utterance.when_asked


def _is_farewell(utterance: Utterance) -> bool:
    return utterance.id == "bye" or "goodbye" in utterance.when_asked
