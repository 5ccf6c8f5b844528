"""The agent's own voice, come back from a caller's loudspeaker: those words are nobody's turn."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from rapidfuzz.distance import Indel
from rapidfuzz.process import extract_iter

from backend.engine.speaking.playout import Playout
from backend.engine.speaking.speaking import Answer
from backend.language.tokens import words

__all__ = ["Heard", "OwnVoice"]

_DELAY_S = 1.3
"""The longest way of an echo, the network there and back and the room, and how wrong the reckoned beginning may be."""

_TAIL_S = 1.0
"""Where an echo is known, the end of it may be an utterance of its own that begins behind the agent's last word."""

_WORD_S, _RECOGNIZED_S = 0.3, 0.25
"""How long a word lasts, and how far a partial is behind it."""

_ANSWERS = 2
"""So many of the latest may come back."""

_GONE_S = 1.5
"""Silence after which no echo of what was said before it is still on its way, or still to be recognized."""

_SHORTEST = 3
"""Words. Fewer may be a caller who repeats the last word of a question as their answer ("Chicago?")."""

_ALIKE = 0.65
"""Share of the words that must be the agent's, in the agent's order; a recognizer mishears an echo as well."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What of an utterance is the caller's own.

    ``undecided``: so far it is only the beginning of what the agent just said, and may become either.
    """

    own: str
    undecided: bool = False


_TELLING, _SOUNDS_LIKE = 4, 0.7
"""Letters of a word that is compared by likeness, and how alike two such words must be."""


@dataclass(slots=True)
class _Spoken:
    """The agent's words between two positions, which may come back."""

    between_ms: tuple[float, float]
    words: list[str]
    begins: dict[str, bool] = field(default_factory=dict[str, bool])
    """Words that utterances began with: may each be one of the agent's?"""

    def may_begin(self, word: str) -> bool:
        """May an echo of it begin with this word? It is asked for each partial of an utterance, and for its final."""
        if word not in self.begins:
            different = list(dict.fromkeys(self.words))
            self.begins[word] = _likeliest(word, different) in different
        return self.begins[word]


class OwnVoice:
    """Compares what is recognized with what the caller has just heard.

    An echo begins while the agent speaks, with what was said a moment before, and keeps the order of the words. Whoever
    repeats a question as their answer lets it end, or says fewer words.
    """

    def __init__(self, playout: Playout) -> None:
        self._playout = playout
        self._loop = asyncio.get_running_loop()
        self._answers: deque[Answer] = deque(maxlen=_ANSWERS)
        self._heard: dict[str, list[str]] = {}
        self._spoken: _Spoken | None = None
        self._began: float | None = None
        self._began_ms = 0.0
        self.comes_back = False
        """Has an echo been found in this call? Then a sound alone does not silence the agent any more."""

    def says(self, answer: Answer) -> None:
        """This is said next. What was said before a long silence does not come back behind it."""
        if self._loop.time() - self._playout.quiet_since > _GONE_S:
            self._answers.clear()
        self._answers.append(answer)
        self._spoken = None

    def utterance_over(self) -> None:
        """The next words are a new utterance."""
        self._began = None

    def tell_apart(self, text: str, *, final: bool) -> Heard:
        """What of a partial or final the caller has said themselves."""
        said = words(text)
        if not said:
            return Heard(text)
        now = self._loop.time()
        if self._began is None:
            self._began = now - (0.0 if final else _RECOGNIZED_S) - len(said) * _WORD_S
            self._began_ms = self._position(self._began)
        if self._began > self._playout.quiet_since + (_TAIL_S if self.comes_back else 0.0):
            return Heard(text)
        spoken = self._spoken_since(self._began_ms - _DELAY_S * 1000)
        if not spoken.words or not spoken.may_begin(said[0]):
            return Heard(text)
        return self._compare(text, said, spoken.words, final=final)

    def _compare(self, text: str, said: list[str], spoken: list[str], *, final: bool) -> Heard:
        echoed = _echoed(said, spoken)
        if echoed < _SHORTEST:
            # A word or two that are only like the agent's are an echo where one is known. Else they are the caller's:
            # "wait" is like "what".
            starts = not final and echoed == len(said) and (self.comes_back or set(said) <= set(spoken))
            return Heard(text, undecided=starts)
        self.comes_back = True
        # The end of a partial may be a word of the echo that was misheard; the next one will tell.
        return Heard(_from_word(text, echoed), undecided=not final and len(said) - echoed < _SHORTEST)

    @property
    def heard_ms(self) -> float:
        """How far the caller had heard the agent when the utterance under way began (playout position)."""
        return self._playout.heard_ms if self._began is None else self._began_ms

    def _position(self, at: float) -> float:
        """Reckoned back from now; a voice that is held back was so from the caller's first sound on."""
        if self._playout.held:
            return self._playout.heard_ms
        played_s = max(0.0, min(self._loop.time(), self._playout.quiet_since) - at)
        return max(0.0, self._playout.heard_ms - played_s * 1000)

    def _spoken_since(self, since_ms: float) -> _Spoken:
        """The agent's words that the caller has heard from a position on."""
        between = since_ms, self._playout.heard_ms
        if self._spoken is not None and self._spoken.between_ms == between:
            return self._spoken
        words = [word for answer in self._answers for word in self._read(answer.utterance.between(*between))]
        spoken = _Spoken(between, words)
        # While the voice is still at it, more may turn out to have been heard at the same position.
        self._spoken = spoken if all(answer.all_said for answer in self._answers) else None
        return spoken

    def _read(self, heard: str) -> list[str]:
        """The words of what was heard of an answer: the same for each partial of an utterance, and for its final."""
        if heard not in self._heard:
            while len(self._heard) >= _ANSWERS:
                self._heard.pop(next(iter(self._heard)))
            self._heard[heard] = words(heard)
        return self._heard[heard]


def _echoed(said: Sequence[str], spoken: Sequence[str]) -> int:
    """So many words, from the first on, are an echo of what was spoken."""
    different = list(dict.fromkeys(spoken))
    first = _likeliest(said[0], different)
    if first not in different:
        return 0  # it begins with a word of the caller's own, and may well share others with the agent
    matched = [False] * len(said)
    likened = [first, *(_likeliest(word, different) for word in said[1:])]
    for block in SequenceMatcher(None, spoken, likened, autojunk=False).get_matching_blocks():
        matched[block.b : block.b + block.size] = [True] * block.size
    if not matched[0]:
        return 0  # its first word is the agent's, but not where the others are
    count = echoed = run = 0
    for index, same in enumerate(matched, 1):
        count += same
        run = run + 1 if same else 0
        gap = index - run - echoed
        # One word in common after several others is chance; two in a row are the echo, going on.
        if same and count >= index * _ALIKE and (gap <= 1 or run > 1):
            echoed = index
    return echoed


def _likeliest(word: str, spoken: Sequence[str]) -> str:
    """The agent's word that this may be, misheard; short words are like too many others."""
    if word in spoken or len(word) < _TELLING:
        return word
    # Letters in common, in their order, are at least as many as those that are alike by the measure; it takes a
    # hundred times as long, and is asked for the few that may be.
    near = extract_iter(word, spoken, scorer=Indel.normalized_similarity, score_cutoff=_SOUNDS_LIKE - 0.01)
    alike = (other for other, _, _ in near if SequenceMatcher(None, word, other).ratio() >= _SOUNDS_LIKE)
    return next(alike, word)


def _from_word(text: str, count: int) -> str:
    """What follows the first ``count`` words."""
    parts = text.split()
    while parts and count > 0:
        count -= len(words(parts.pop(0)))
    return " ".join(parts)
