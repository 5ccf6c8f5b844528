"""Words of a question that are said again before its answer: "hurt? nah", "drivable yes, pretty no"."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from backend.language.reading import Reading, doubtful, sure
from backend.language.store_words import Found

__all__ = ["Echo", "Echoed"]

_LONGEST = 7
"""Words of a question that is said again."""
_GROUP = 5
"""Words before one of several answers in a row."""
_STEM = 5
"""Letters that a word of the answer has in common with one of the question, at least."""
_PAUSE = re.compile(r"[,;.!…]+(?:\s|$)|\.{2,}")

Finding = Callable[[str], Found | None]
"""The sign of the store that stands in these words; ``None`` for none, or for several that do not agree."""


@dataclass(frozen=True, slots=True)
class Echoed:
    """What was said again, and the answer behind it."""

    question: str = field(repr=False)
    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Echo:
    """The rule for one language.

    Args:
        yes: the words that are a yes by themselves.
        no: those that are a no.
        denials: words that deny what is said again, so that it is said for the first time.
        joints: what may stand before the next of several: "but".
        small: words of any question: "is", "it".
    """

    yes: frozenset[str] = field(repr=False)
    no: frozenset[str] = field(repr=False)
    denials: frozenset[str] = field(repr=False)
    joints: frozenset[str] = field(repr=False)
    small: frozenset[str] = field(repr=False)

    def asked_again(self, words: str, finding: Finding) -> Echoed | None:
        """ "Hurt? no, nobody": the question that the caller says again, with its answer behind a question mark."""
        echo, mark, answer = words.strip(" ¿").partition("?")
        said = echo.lower().split()
        if not mark or not 0 < len(said) <= _LONGEST or not self.denials.isdisjoint(said):
            return None
        first = answer.lower().replace(",", " ").replace(".", " ").split()
        if not first or first[0] not in self.yes | self.no | self.denials:
            return None
        return Echoed(echo, answer.strip()) if finding(" ".join(self._plain(said))) is not None else None

    def in_turn(self, words: str, question: str, finding: Finding, *, means: bool) -> Reading | None:
        """ "Drivable yes, pretty no": the answer that stands behind a word of the question; ``None`` where none does.

        It is in doubt where another one, of something that nobody knows, is the other way: "it starts yes, moves no".

        Args:
            words: of the answer.
            question: of what was asked.
            finding: looks for a sign of the store.
            means: what a bare yes means.
        """
        groups = self._groups(_PAUSE.sub(" ", words.lower()).split())
        if not groups:
            return None
        asked = self.small | {*self._plain(re.findall(r"\w+", question.lower()))}
        answers: list[bool] = []
        asked_for: list[bool] = []
        for group, answer in groups:
            sign = finding(" ".join(group))
            if sign is None or sign.weak or sign.value is not means:
                continue
            if len(groups) == 1 and not set(group) <= asked | set(sign.words.split()):
                continue
            answers.append(means is answer)
            asked_for.append(any(_is_alike(word, other) for word in group for other in asked - self.small))
        if len(set(answers)) != 1:
            return None
        contrary = any(answer is not groups[0][1] for _, answer in groups)
        if contrary and not all(asked_for):
            return doubtful("a yes and a no", answers[0])
        return sure(answers[0], (words,))

    def _groups(self, said: list[str]) -> list[tuple[list[str], bool]]:
        """Each few words with the yes or no behind them; none where something is left over."""
        groups: list[tuple[list[str], bool]] = []
        group: list[str] = []
        for word in self._plain(said):
            if word in self.yes | self.no and group:
                groups.append((group, word in self.yes))
                group = []
            elif word in self.denials | self.yes | self.no or len(group) > _GROUP:
                return []
            elif group or word not in self.joints:
                group.append(word)
        return [] if group else groups

    def _plain(self, said: list[str]) -> list[str]:
        return [word.strip("¿?") for word in said if word.strip("¿?")]


def _is_alike(word: str, other: str) -> bool:
    return word == other or (len(word) >= _STEM and word[:_STEM] == other[:_STEM])
