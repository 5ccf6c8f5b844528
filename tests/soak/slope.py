"""Does a figure stay flat? A line is laid through what was measured, and its climb is held against the noise."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Slope", "slope_of"]


@dataclass(frozen=True, slots=True)
class Slope:
    """How a figure moved."""

    figure: str
    first: float
    last: float
    per_hour: float
    """Climb of the line, in units of the figure."""
    climb: float
    """What the line climbed over the time measured."""
    allowed: float
    """What it may have climbed."""

    @property
    def flat(self) -> bool:
        """Did it stay?"""
        return self.climb <= self.allowed


def slope_of(
    figure: str, seconds: Sequence[float], values: Sequence[float], *, part: float, least: float, warm_up: float = 0.2
) -> Slope:
    """Judge one figure.

    Args:
        figure: its name.
        seconds: when it was measured.
        values: what was measured.
        part: it may climb by so much of its middle value over the whole time.
        least: or by so much, if that is more: what a figure of whole numbers jumps by anyway.
        warm_up: this part of the time is left out: pools fill and caches grow.
    """
    start = int(len(values) * warm_up)
    times, kept = list(seconds[start:]), list(values[start:])
    if len(kept) < 3:
        raise ValueError("three measurements are needed at least")
    middle_time, middle = sum(times) / len(times), sum(kept) / len(kept)
    spread = sum((time - middle_time) ** 2 for time in times)
    rise = sum((time - middle_time) * (value - middle) for time, value in zip(times, kept, strict=True)) / spread
    third = max(1, len(kept) // 3)
    first, last = sorted(kept[:third])[third // 2], sorted(kept[-third:])[third // 2]
    # Both must say so: a single jump bends the line, and noise at the ends moves the medians.
    climb = min(rise * (times[-1] - times[0]), last - first)
    return Slope(figure, first, last, rise * 3600, climb, max(part * abs(sorted(kept)[len(kept) // 2]), least))
