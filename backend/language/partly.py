"""Answers to "was anybody ...?" that say it of one only, of another time, or only how bad it was: asked again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backend.language.asked import Asked
from backend.language.reading import Reading, doubtful

__all__ = ["Partly"]


@dataclass(frozen=True, slots=True)
class Partly:
    """The rule for one language.

    Args:
        plain: an answer in the language's plain spelling.
        doubts: the turns of phrase that leave a yes (``True``) or a no (``False``) open.
        now: the beginning of a question about what is so at the moment: "are", "is".
        over: what says that something was so and is no more, which leaves the yes to such a question open.
    """

    plain: Callable[[str], str] = field(repr=False)
    doubts: Mapping[bool, re.Pattern[str]] = field(repr=False)
    now: re.Pattern[str] = field(repr=False)
    over: re.Pattern[str] = field(repr=False)

    def weigh(self, text: str, asked: Asked, reading: Reading) -> Reading:
        """The reading, or a doubt with its value. Only where one clause is enough for an answer."""
        if reading.outcome != "value" or asked.prevails is None or asked.told or asked.confirms:
            return reading
        prevails = reading.value == asked.prevails
        pattern, plain = self.doubts.get(prevails), self.plain(text)
        found = pattern.search(plain) if pattern is not None else None
        if found is None and prevails and self.now.match(self.plain(asked.question)):
            found = self.over.search(plain)
        return reading if found is None else doubtful("it says only a part", reading.value, against=(found[0],))
