"""Numbers of cases: what a form's pattern makes of a moment and of chance."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from backend.errors import ConfigError

__all__ = ["NumberPattern", "is_later_form", "number_given_ahead"]

_LETTERS = "ACDEFHJKMNPRTUVWXY34679"
"""Characters that nobody confuses when a number is read out."""
_PLACE = re.compile(r"\{(year|month|day|random:[1-9][0-9]?)\}")
_FIXED = re.compile(r"[A-Z0-9-]*")
_LONGEST = 31
"""Characters: one more is room for what a caller is told ahead."""
_LEAST_RANDOM = 4
_WIDTH = {"year": 4, "month": 2, "day": 2}


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """How the numbers of a form's cases look, such as ``ABC-{year}-{random:6}``.

    Args:
        pattern: capitals, digits and hyphens as they stand; ``{year}``, ``{month}`` and ``{day}`` of the filing; and
            ``{random:COUNT}`` once, with so many characters that nobody confuses.

    Raises:
        ConfigError: it is none.
    """

    pattern: str

    def __post_init__(self) -> None:
        places, fixed = _PLACE.findall(self.pattern), _PLACE.sub("", self.pattern)
        chance = [_count(place) for place in places if place not in _WIDTH]
        if not _FIXED.fullmatch(fixed):
            raise ConfigError(
                f"{self.pattern!r} is no pattern of a number: expected capitals, digits, hyphens, {{year}}, {{month}}, "
                "{day} and {random:COUNT}, such as ABC-{year}-{random:6}"
            )
        if len(chance) != 1 or chance[0] < _LEAST_RANDOM:
            raise ConfigError(f"{self.pattern!r} needs one {{random:COUNT}}, with a count of {_LEAST_RANDOM} or more")
        if len(fixed) + chance[0] + sum(_WIDTH.get(place, 0) for place in places) > _LONGEST:
            raise ConfigError(f"{self.pattern!r} makes numbers of more than {_LONGEST} characters")

    def new(self, now: datetime, some: Callable[[int], str] | None = None) -> str:
        """A number for a case that is being filed. Who keeps it finds out whether it is free.

        Args:
            now: when it is filed.
            some: makes so many characters, in place of chance.
        """
        some = some or _some
        moment = {"year": f"{now.year:04d}", "month": f"{now.month:02d}", "day": f"{now.day:02d}"}
        return _PLACE.sub(lambda found: moment.get(found[1]) or some(_count(found[1])), self.pattern)

    def fits(self, number: str) -> bool:
        """May this number, or one that was given ahead of it, have been made by this pattern?"""
        parts = _PLACE.split(self.pattern)
        shape = "".join(re.escape(part) if at % 2 == 0 else _shape(part) for at, part in enumerate(parts))
        return re.fullmatch(f"{shape}[A-Z0-9]?", number) is not None


def number_given_ahead(number: str) -> str:
    """What a caller is told while nobody can be asked whether ``number`` is free: longer, so that it is."""
    return number + _some(1)


def is_later_form(number: str, of: str) -> bool:
    """Was ``number`` made of this one because nobody knew whether the case had been filed under it?"""
    return number[:-1] == of


def _count(place: str) -> int:
    return int(place.removeprefix("random:"))


def _shape(place: str) -> str:
    return f"[0-9]{{{_WIDTH[place]}}}" if place in _WIDTH else f"[A-Z0-9]{{{_count(place)}}}"


def _some(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))
