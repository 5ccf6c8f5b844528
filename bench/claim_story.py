"""What callers say who report a whole claim in their own words, question by question, with pauses inside."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["ClaimStory", "Reply"]

_PAUSES_MS = range(300, 901, 50)

_ANSWERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("how can I help", ("hello i need to report a car accident", "hi | i want to file a claim please")),
    ("name", ("my name is | john smith", "it is john | smith")),
    ("zip", ("six zero six | zero one", "my zip code is six zero | six zero one", "six zero six zero one")),
    ("last four", ("four eight | two one", "four eight two one")),
    ("happened", (
        "i stopped at a red light | and another car hit me from behind",
        "a truck changed lanes | and hit the side of my car",
        "i slid on the ice and hit a tree",
    )),
    ("When", ("it happened yesterday | at five thirty in the afternoon", "yesterday morning | at nine")),
    ("About what time", (
        "at | five thirty in the afternoon", "around nine in the morning",
    )),
    ("Where", (
        "at the corner of main street | and fifth avenue in chicago illinois",
        "on oak street | near the school in houston texas",
    )),
    ("vehicle", ("a two thousand nineteen honda civic", "it is a two thousand nineteen | honda civic")),
    ("driving", ("i was driving", "i was driving | myself")),
    ("relationship", ("i am the policy holder",)),
    ("How many", ("two cars were involved", "just one other car")),
    ("drivable", ("yes | the car is drivable", "no it had to be towed")),
    ("hurt", ("nobody was hurt", "no | no one was injured")),
    ("purpose", ("i was driving home from work", "i was going | to the store")),
    ("passengers", ("there were no passengers", "no passengers")),
    ("correct", ("yes that is correct",)),
    ("is that right", ("yes that is correct",)),
    ("same accident", ("no | it is another accident", "no that was another one")),
)  # fmt: skip
_LAST = "anything else"
_WAITS = ("what else", "take your time", "still here")
"""What the agent says when the caller has asked for a moment at the end."""
_UNHURRIED = ("let me | think for a moment", "just a second | while i look", "hmm one moment | please")
"""Said when all is done, before the goodbye: these call for words and for no tool."""
_GOODBYE = "no thank you goodbye"
_DICTATED = frozenset({"zip", "last four", "Where"})
_LATEST = 90
"""The question is at the end of what was heard; before that the agent may have recited the claim."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One utterance: ``pieces`` with ``pauses_ms`` between them, in answer to the question ``asked``."""

    asked: str
    pieces: tuple[str, ...]
    pauses_ms: tuple[int, ...]
    last: bool = False
    """The caller has nothing to say after it."""

    @property
    def text(self) -> str:
        """All of the words."""
        return " ".join(self.pieces)

    @property
    def dictated(self) -> bool:
        """Is it a number or an address, in which nobody may be interrupted?"""
        return self.asked in _DICTATED


class ClaimStory:
    """One caller's claim. ``chance`` chooses his words and the length of his pauses."""

    def __init__(self, chance: random.Random) -> None:
        self._answers = {asked: _paused(chance, asked, chance.choice(variants)) for asked, variants in _ANSWERS}
        unhurried = chance.sample(_UNHURRIED, len(_UNHURRIED))
        self._endings = [_paused(chance, _LAST, says) for says in unhurried]

    def reply_to(self, heard: str) -> Reply | None:
        """What to say to the agent's words; ``None`` where they ask nothing that this caller knows."""
        asked = self._asked(heard)
        if asked != _LAST and asked not in _WAITS:
            return self._answers.get(asked)
        return self._endings.pop(0) if self._endings else Reply(_LAST, (_GOODBYE,), (), last=True)

    def knows(self, heard: str) -> bool:
        """Do the agent's words ask something that this caller can answer?"""
        return bool(self._asked(heard))

    def _asked(self, heard: str) -> str:
        waits = _WAITS if len(self._endings) < len(_UNHURRIED) else ()
        return _latest(heard[-_LATEST:].lower(), (*self._answers, _LAST, *waits))


def _paused(chance: random.Random, asked: str, says: str) -> Reply:
    pieces = tuple(piece.strip() for piece in says.split("|"))
    return Reply(asked, pieces, tuple(chance.choice(_PAUSES_MS) for _ in pieces[1:]))


def _latest(heard: str, questions: Iterable[str]) -> str:
    """The question that was asked last; empty when none of them was."""
    place, asked = max((heard.rfind(asked.lower()), asked) for asked in questions)
    return asked if place >= 0 else ""
