"""Learns what signs tell of something: a logistic regression, shrunk, of a few thousand examples in a few seconds."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

__all__ = ["odds_of"]

_SHRINK, _ROUNDS, _RATE = 1.0, 250, 0.05
_LEAST_SEEN = 3
"""A sign that fewer have tells more of them than of the language."""
_KEPT = (0.9, 0.99)
"""How much of the last mean and spread of the slope stays in the next (Adam)."""


def odds_of(
    found: Sequence[tuple[frozenset[str] | set[str], bool, float]], leave_out: Callable[[str], bool] = lambda _: False
) -> dict[str, float]:
    """Log odds of each sign, in the order of the alphabet.

    Args:
        found: of each example its signs, whether it is one of those that are looked for, and what it weighs.
        leave_out: signs from which nothing is to be learned.
    """
    of = Counter(sign for signs, _, _ in found for sign in signs)
    often = (sign for sign, times in of.items() if times >= _LEAST_SEEN)
    number = {sign: at for at, sign in enumerate(sorted(one for one in often if not leave_out(one)))}
    known = [[number[sign] for sign in signs if sign in number] for signs, _, _ in found]
    of_example = np.repeat(np.arange(len(found)), [len(each) for each in known])
    of_sign = np.array([at for each in known for at in each], np.int64)
    wanted = np.array([one for _, one, _ in found], np.float64)
    weight = np.array([one for _, _, one in found], np.float64)
    odds, mean, spread = np.zeros(len(number)), np.zeros(len(number)), np.zeros(len(number))
    for _ in range(_ROUNDS):
        error = weight * (1 / (1 + np.exp(-np.bincount(of_example, odds[of_sign], len(found)))) - wanted)
        slope = np.bincount(of_sign, error[of_example], len(number)) + _SHRINK * odds
        mean = _KEPT[0] * mean + (1 - _KEPT[0]) * slope
        spread = _KEPT[1] * spread + (1 - _KEPT[1]) * slope**2
        odds -= _RATE * mean / (np.sqrt(spread) + 1e-6)
    return {sign: float(odds[at]) for sign, at in number.items()}
