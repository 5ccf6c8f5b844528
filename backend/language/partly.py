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
    """

    plain: Callable[[str], str] = field(repr=False)
    doubts: Mapping[bool, re.Pattern[str]] = field(repr=False)

    def weigh(self, text: str, asked: Asked, reading: Reading) -> Reading:
        """The reading, or a doubt with its value. Only where one clause is enough for an answer."""
        if reading.outcome != "value" or asked.prevails is None or asked.told or asked.confirms:
            return reading
        pattern = self.doubts.get(reading.value == asked.prevails)
        found = pattern.search(self.plain(text)) if pattern is not None else None
        return reading if found is None else doubtful("it says only a part", reading.value, against=(found[0],))
