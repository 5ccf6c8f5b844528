"""The likeliest words for a sound where some words are expected: a beam search that prefers those of a phrase list."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

__all__ = ["BEGIN", "END", "PhraseBias", "Search", "Story"]

BEGIN, END = 1, 2
"""Tokens before the first word and behind the last."""
_STORIES = 4
"""So many are followed side by side, which takes a third longer than one."""
_KNOWN_WORD, _KNOWN_PAIR, _KNOWN_LAST = 0.3, 0.8, 0.4
"""What a word of the list is worth, what a word behind the one that it follows there, and what ends a phrase of it:
logarithms of probabilities. With twice as much, words of the list are heard where others were said."""
_SURELY_NOTHING = math.log(0.9)
"""Of noise it says that it is nothing, with a probability of 0.93 or more; where it is less sure, words were said."""
_WORD_BEGINS = "\u2581".encode()
_LETTERS = re.compile(r"[\w']+")
_FIRST, _LAST = "<s>", "</s>"


@dataclass(frozen=True, slots=True)
class Story:
    """One idea of what was said, so far."""

    tokens: tuple[int, ...] = field(default=(BEGIN,), repr=False)
    chance: float = 0.0
    """Logarithm of its probability."""
    bonus: float = 0.0
    """What the phrase list adds for whole words."""
    before: str = field(default=_FIRST, repr=False)
    word: bytes = field(default=b"", repr=False)
    """The word under way, which follows ``before``."""

    @property
    def score(self) -> float:
        """By which stories are compared."""
        return self.chance + self.bonus

    @property
    def confidence(self) -> float:
        """Geometric mean of the probabilities of its tokens."""
        return math.exp(self.chance / max(1, len(self.tokens) - 1))


class PhraseBias:
    """What the words of a phrase list, and pairs of them, are worth."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()
        for phrase in phrases:
            words: list[str] = _LETTERS.findall(phrase.lower())
            self._words.update(words)
            self._pairs.update(zip([_FIRST, *words], [*words, _LAST], strict=True))

    @staticmethod
    @lru_cache(maxsize=32)
    def of(phrases: tuple[str, ...]) -> "PhraseBias":
        """That of a list, which is made once."""
        return PhraseBias(phrases)

    def worth(self, before: str, word: str) -> float:
        """Of ``word`` behind ``before``."""
        known = _KNOWN_WORD if word in self._words else 0.0
        return known + (_KNOWN_PAIR if (before, word) in self._pairs else 0.0)

    def worth_at_the_end(self, word: str) -> float:
        """Of ``word`` as the last one."""
        return _KNOWN_LAST if (word, _LAST) in self._pairs else 0.0


class Search:
    """Follows the best stories, token by token.

    Args:
        tokens: what each token stands for.
        bias: the phrase list.
    """

    def __init__(self, tokens: Sequence[bytes], bias: PhraseBias) -> None:
        self._tokens = tokens
        self._bias = bias
        self.stories = [Story()]
        self.ended: Story | None = None
        """The best one that is complete."""

    @property
    def best(self) -> Story:
        """A complete one, if there is any."""
        return self.ended or self.stories[0]

    def advance(self, scores: Any) -> list[int]:
        """Go on by one token.

        Args:
            scores: of all tokens, a row for each story.

        Returns:
            Which story each of the new ones goes on from; none where the best one is complete.
        """
        chances = scores - scores.max(1, keepdims=True)
        chances -= np.log(np.exp(chances).sum(1, keepdims=True))
        if len(self.stories[0].tokens) == 1 and chances[0, END] < _SURELY_NOTHING:
            chances[0, END] = -np.inf
        likely = np.argpartition(-chances, _STORIES, axis=1)[:, : _STORIES + 1]
        told = [
            (self._gone_on(story, int(token), float(chances[row, token])), row)
            for row, story in enumerate(self.stories)
            for token in likely[row]
        ]
        told.sort(key=lambda one: -one[0].score)
        for story, _ in told:
            if story.tokens[-1] == END and (self.ended is None or story.score > self.ended.score):
                self.ended = story
        open_ones = [one for one in told if one[0].tokens[-1] != END][:_STORIES]
        self.stories = [story for story, _ in open_ones]
        over = self.ended is not None and self.ended.score > self.stories[0].score
        return [] if over else [row for _, row in open_ones]

    def _gone_on(self, story: Story, token: int, chance: float) -> Story:
        """``story`` and one more token; what a word is worth counts when it is complete."""
        piece, begins = self._tokens[token], self._tokens[token].startswith(_WORD_BEGINS)
        tokens, chance = (*story.tokens, token), story.chance + chance
        if token != END and not begins:
            return Story(tokens, chance, story.bonus, story.before, story.word + piece)
        word = "".join(_LETTERS.findall(story.word.decode("utf-8", "ignore").lower()))
        before = word or story.before
        bonus = story.bonus + (self._bias.worth(story.before, word) if word else 0.0)
        if token == END:
            return Story(tokens, chance, bonus + self._bias.worth_at_the_end(before), before)
        return Story(tokens, chance, bonus, before, piece.removeprefix(_WORD_BEGINS))
