"""Whole numbers in words, by tables that a language gives."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["NumberWords", "cardinal_at"]

_NO_LIMIT = 10**12
_WHOLE_GROUP = 1000
"""A group that nothing stands in yet has room for three figures."""


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of a language.

    Args:
        values: below a hundred, and round hundreds where they are one word ("doscientos").
        hundreds: words that multiply what stands before by a hundred.
        scales: words that multiply what stands before: thousand, million.
        joiners: words within a number: "and", "y".
        joined: what may follow a joiner is below one of these: 100 behind hundreds, 10 behind tens.
        articles: words for one before a hundred or a thousand.
        bare: scales that need nothing before them ("mil").
    """

    values: Mapping[str, int]
    hundreds: Collection[str] = ()
    scales: Mapping[str, int] = field(default_factory=dict[str, int])
    joiners: Collection[str] = ()
    joined: Collection[int] = (100,)
    articles: Collection[str] = ()
    bare: Collection[str] = ()


def cardinal_at(words: Sequence[str], at: int, table: NumberWords) -> tuple[int, int] | None:
    """The number that begins at this place, and where it ends; ``None`` for none. Figures may begin it."""
    if not _begins(words[at], table):
        return None
    number = _Number()
    place = end = scaled = at
    while place < len(words):
        if _joins(words, place, table, number) and place > at:
            place += 1
            continue
        if not number.take(words, place, table):
            break
        place += 1
        end = place
        scaled = end if not number.group else scaled
    if number.total and number.group and words[place : place + 1] and words[place] in table.hundreds:
        return number.total, scaled  # "two thousand, twelve hundred" is two numbers
    return (number.total + number.group, end) if end > at else None


class _Number:
    """A number while it is being read."""

    def __init__(self) -> None:
        self.total = 0
        self.group = 0
        self.room = _WHOLE_GROUP
        self._scale_room = _NO_LIMIT
        self.begun = False

    def take(self, words: Sequence[str], place: int, table: NumberWords) -> bool:
        """Does the next word go on with it?"""
        word = words[place]
        value = _value(words, place, table, begins=self.room == _WHOLE_GROUP)
        scale = table.scales.get(word, 0)
        if value is not None and (not self.begun or 0 < value < self.room):
            self.group, self.room = self.group + value, _room_behind(value)
        elif word in table.hundreds and 0 < self.group < (10 if self.total else 100) and self.room < 100:
            self.group, self.room = self.group * 100, 100
        elif 0 < scale < self._scale_room and (self.group or (word in table.bare and not self.begun)):
            self.total += max(self.group, 1) * scale
            self.group, self.room, self._scale_room = 0, _WHOLE_GROUP, scale
        else:
            return False
        self.begun = True
        return True


def _begins(word: str, table: NumberWords) -> bool:
    return word in table.values or word.isdecimal() or word in table.articles or word in table.bare


def _value(words: Sequence[str], place: int, table: NumberWords, *, begins: bool) -> int | None:
    word = words[place]
    if word.isdecimal():
        return int(word) if begins and len(word) < 10 else None
    if word in table.articles:
        after = words[place + 1] if place + 1 < len(words) else ""
        return 1 if after in table.hundreds or after in table.scales else None
    return table.values.get(word)


def _room_behind(value: int) -> int:
    """What follows a part of a number is smaller: 10 behind twenty, 100 behind two hundred, nothing behind seven."""
    if value >= 100 and value % 100 == 0:
        return 100
    return 10 if 20 <= value < 100 and value % 10 == 0 else 1


def _joins(words: Sequence[str], place: int, table: NumberWords, number: _Number) -> bool:
    if words[place] not in table.joiners or place + 1 >= len(words):
        return False
    following = _value(words, place + 1, table, begins=False)
    limit = min(number.room, 100)
    return following is not None and 0 < following < limit and limit in table.joined
