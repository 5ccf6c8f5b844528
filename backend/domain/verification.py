"""Who is calling? Compares what a caller said with the book of business, as forgiving as is safe.

A match needs all three of name, zip code and last four digits. Numbers must be right; the
name may be misheard. Where two of the three are certain and the third sounds nearly right,
the caller is asked for that one again instead of being turned away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backend.domain.records import Policyholder
from backend.domain.spoken.digits import digit_words, read_digits
from backend.domain.spoken.names import read_name, sounds_like

__all__ = ["Identity", "Verdict", "verify"]

Part = Literal["full_name", "zip_code", "last4"]

_NAME_SURE = 0.8
_NAME_LIKELY = 0.55
_NUMBER_LIKELY = 0.8
_NUMBER_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Identity:
    """What a caller says of himself, in his own words."""

    full_name: str
    zip_code: str
    last4: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The caller's policy; or the one part worth asking again; or neither."""

    policy: Policyholder | None = None
    repeat: Part | None = None


def verify(said: Identity, book: Sequence[Policyholder]) -> Verdict:
    """Compare an identity with every policy of the book."""
    best: tuple[float, Verdict] = (0.0, Verdict())
    for policy in book:
        name = sounds_like(read_name(said.full_name), policy.full_name)
        zip_code, last4 = _number(said.zip_code, policy.zip_code), _number(said.last4, policy.last4)
        verdict = _judge(policy, name, zip_code, last4)
        total = name + zip_code + last4
        if (verdict.policy or verdict.repeat) and total > best[0]:
            best = (total, verdict)
    return best[1]


def _judge(policy: Policyholder, name: float, zip_code: float, last4: float) -> Verdict:
    exact = (zip_code == 1.0) + (last4 == 1.0)
    if exact == 2 and name >= _NAME_LIKELY:
        return Verdict(policy=policy)
    if exact == 1 and name >= _NAME_SURE and min(zip_code, last4) >= _NUMBER_LIKELY:
        return Verdict(policy=policy)
    if exact == 2 and name >= 0.35:
        return Verdict(repeat="full_name")
    if exact == 1 and name >= _NAME_LIKELY and min(zip_code, last4) >= _NUMBER_NEAR:
        return Verdict(repeat="zip_code" if zip_code < 1.0 else "last4")
    return Verdict()


def _number(said: str, right: str) -> float:
    """1.0 for the right digits; else how much the words sound like them (one misheard digit of five: 0.8)."""
    digits = read_digits(said)
    if digits == right:
        return 1.0
    by_digit = (
        sum(a == b for a, b in zip(digits, right, strict=False)) / len(right) if len(digits) == len(right) else 0.0
    )
    tail = " ".join(said.lower().split()[-len(right) - 1 :])
    by_sound = sounds_like(tail, digit_words(right)) if len(digits) != len(right) else 0.0
    return min(0.79 if by_digit >= by_sound else 0.99, max(by_digit, by_sound))
