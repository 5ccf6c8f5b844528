"""Takes out of what was said what is never kept. Where in doubt, more is taken out than need be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

from backend.domain.hiding.cards import card_length, is_card, written_cards
from backend.domain.hiding.digits import may_hold_digits
from backend.domain.hiding.labels import is_labelled, names_a_card
from backend.domain.hiding.said import Piece, Said, read_said
from backend.domain.hiding.social import written_social
from backend.language.digit_pieces import sounds_like_digit

__all__ = ["HIDDEN", "Utterance", "hide", "hide_alone", "hide_in"]

HIDDEN = "[hidden]"
"""What stands in the place of it. It holds no word that is read as a digit."""

_GAP = 4
"""So many words may stand between two parts of one card number."""
_BARE = 3
"""Beside so few words one digit alone is an answer."""

_ANYTHING = re.compile(r".")
_Span = tuple[int, int]


@dataclass(frozen=True)
class Utterance:
    """Something that was said.

    Args:
        text: the words.
        secret: they answer a question for a secret, so no number of them is kept.
        values: secrets that are known, as digits.
    """

    text: str = field(repr=False)
    secret: bool = False
    values: frozenset[str] = field(default=frozenset(), repr=False)

    @cached_property
    def said(self) -> Said:
        """The words, taken apart; of those that cannot say a number, only how many they are matters."""
        return read_said(self.text)

    @cached_property
    def may_hold_any(self) -> bool:
        """Can there be a number in it? Most of what is said has none, and this is quick."""
        numbers = _ANYTHING.search(self.text) is not None if self.secret else may_hold_digits(self.text)
        return numbers or bool(self.words)

    def knowing(self, values: frozenset[str]) -> "Utterance":
        """The same where these secrets are known. What was read of it is not read once more: that takes longest."""
        if values == self.values:
            return self
        other = replace(self, values=values)
        if "said" in self.__dict__:
            other.__dict__["said"] = self.said
        return other

    @property
    def words(self) -> list[str]:
        """Secrets that are words."""
        return [value for value in self.values if not value.isdecimal()]


def hide(utterances: Sequence[Utterance]) -> list[str]:
    """The texts of one speaker's utterances, the oldest first, as they may be kept.

    Several are looked at together because a card number may be said in parts.
    """
    if not any(one.may_hold_any for one in utterances):
        return [one.text for one in utterances]
    spans = [_secrets(one, one.said) if one.may_hold_any else [] for one in utterances]
    for found, more in zip(spans, _cards([one.said for one in utterances]), strict=True):
        found += more
    return [_without(one.text, found) for one, found in zip(utterances, spans, strict=True)]


def hide_alone(text: str, values: frozenset[str] = frozenset()) -> str:
    """One text by itself."""
    return hide([Utterance(text, values=values)])[0] if text else text


def hide_in(value: Any, values: frozenset[str] = frozenset()) -> Any:
    """Every text in a JSON value. Names of fields stay."""
    if isinstance(value, str):
        return hide_alone(value, values)
    if isinstance(value, Mapping):
        return {key: hide_in(one, values) for key, one in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [hide_in(one, values) for one in cast("Sequence[Any]", value)]
    if isinstance(value, int) and not isinstance(value, bool) and (is_card(str(value)) or str(value) in values):
        return HIDDEN
    return value


def _secrets(one: Utterance, said: Said) -> list[_Span]:
    """Where secrets stand that can be told from this utterance alone."""
    found = [*written_cards(one.text), *written_social(one.text)]
    for word in one.words:
        alone = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", one.text, re.IGNORECASE)
        found += [match.span() for match in alone]
    if one.secret:
        found += _answers(said)
    for run in said.runs():
        if is_labelled(said, run) or (names_a_card(said) and card_length(_digits(run))):
            found.append((run[0].start, run[-1].end))
        elif one.values:
            found += _known(run, one.values)
    return found


def _answers(said: Said) -> list[_Span]:
    """In the answer to a question for a secret: numbers, and words that a recognizer writes for digits."""
    like = [sounds_like_digit(token) for token in said.tokens]
    others = sum(not one for one in like) - sum(token in ",.;:/-–—" for token in said.tokens)
    found = [(run[0].start, run[-1].end) for run in said.runs() if len(_digits(run)) > 1 or others <= _BARE]
    return found + [
        (said.spans[first][0], said.spans[last][1])
        for first, last in _stretches(like)
        if last > first or others <= _BARE
    ]


def _stretches(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last places of what is marked without a gap."""
    found: list[tuple[int, int]] = []
    for place, marked in enumerate(marks):
        if marked and found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        elif marked:
            found.append((place, place))
    return found


def _known(run: Sequence[Piece], values: frozenset[str]) -> list[_Span]:
    """Where pieces of a run say one of these values, and nothing before or behind belongs to the same figure."""
    found: list[_Span] = []
    for first in range(len(run)):
        digits = ""
        for last in range(first, len(run)):
            digits += run[last].digits
            if digits in values:
                found.append((run[first].start, run[last].end))
    return found


def _cards(read: Sequence[Said]) -> list[list[_Span]]:
    """Card numbers, in one utterance or in parts over several."""
    pieces = [(place, piece) for place, said in enumerate(read) for piece in said.pieces]
    found: list[list[_Span]] = [[] for _ in read]
    first = 0
    while first < len(pieces):
        last = _card_from(read, pieces, first)
        if last is None:
            first += 1
            continue
        for place, piece in pieces[first : last + 1]:
            found[place].append((piece.start, piece.end))
        first = last + 1
    return found


def _card_from(read: Sequence[Said], pieces: Sequence[tuple[int, Piece]], first: int) -> int | None:
    """The last piece of the longest card number that begins with this one."""
    digits, longest = "", None
    for last in range(first, len(pieces)):
        if last > first and _gap(read, pieces[last - 1], pieces[last]) > _GAP:
            break
        digits += pieces[last][1].digits
        if len(digits) > 19:
            break
        if is_card(digits):
            longest = last
    return longest


def _gap(read: Sequence[Said], before: tuple[int, Piece], after: tuple[int, Piece]) -> int:
    """How many words stand between two pieces, over the ends of utterances."""
    (one, left), (other, right) = before, after
    if one == other:
        return read[one].words_between(left.last + 1, right.first)
    words = read[one].words_between(left.last + 1, len(read[one].tokens)) + read[other].words_between(0, right.first)
    return words + sum(said.words_between(0, len(said.tokens)) for said in read[one + 1 : other])


def _digits(run: Sequence[Piece]) -> str:
    return "".join(piece.digits for piece in run)


def _without(text: str, spans: Sequence[_Span]) -> str:
    """A text with something else in the place of these spans; spans with nothing but marks between them become one."""
    if not spans:
        return text
    joined: list[_Span] = []
    for start, end in sorted(spans):
        if joined and not any(character.isalnum() for character in text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    kept, at = "", 0
    for start, end in joined:
        kept += text[at:start] + HIDDEN
        at = end
    return kept + text[at:]
