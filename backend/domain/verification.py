"""Who is calling? Compares what a caller said with the book of business.

A caller is let in by a name, a zip code and last four digits that belong together. Both numbers have to be read as
exactly those of the book, no digit more and none less; only a name may be misheard, and only where the numbers point
to one person. Every record is compared in full, whatever was said, so that the time tells nothing.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from backend.domain.records import Policyholder
from backend.domain.spoken.digits import exact_digits
from backend.domain.spoken.names import read_name, same_person
from backend.domain.veil import Veil

__all__ = ["LAST4_DIGITS", "ZIP_DIGITS", "Identity", "Verdict", "verify"]

ZIP_DIGITS = 5
LAST4_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """What callers say of themselves, in their own words; numbers may be veiled, as they are in a stored call."""

    full_name: str = field(repr=False)
    zip_code: str = field(repr=False)
    last4: str = field(repr=False)
    call_id: str = ""
    veil: Veil = field(default_factory=Veil, repr=False)
    """Under which a veiled number is compared."""

    def fits(self, part: Literal["zip_code", "last4"], right: str) -> bool:
        """Is this number of theirs the right one, digit for digit?"""
        said = self.zip_code if part == "zip_code" else self.last4
        if self.veil.covers(said):
            return _equal(said, self.veil.over(self.call_id, part, right))
        digits = ZIP_DIGITS if part == "zip_code" else LAST4_DIGITS
        return _equal(exact_digits(said, digits, plus_four=part == "zip_code"), right)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The caller's policy, if there is one; and every record that the exact numbers point to (ids)."""

    policy: Policyholder | None = field(default=None, repr=False)
    pointed_at: tuple[str, ...] = field(default=(), repr=False)


def verify(said: Identity, book: Sequence[Policyholder]) -> Verdict:
    """Compare an identity with every record of the book.

    A record is pointed at when both numbers are its own, or one of them together with a name like its holder's, or one
    of them that no other record has: whoever guesses the rest is guessing at that record.
    """
    name = read_name(said.full_name)
    rows = [
        (
            policy,
            said.fits("zip_code", policy.zip_code),
            said.fits("last4", policy.last4),
            same_person(name, policy.full_name),
        )
        for policy in book
    ]
    alone = sum(row[1] for row in rows), sum(row[2] for row in rows)
    pointed = tuple(
        policy.policy_id
        for policy, zip_fits, last4_fits, named in rows
        if (zip_fits and last4_fits)
        or (named and (zip_fits or last4_fits))
        or (zip_fits and alone[0] == 1)
        or (last4_fits and alone[1] == 1)
    )
    exact = [(policy, named) for policy, zip_fits, last4_fits, named in rows if zip_fits and last4_fits]
    return Verdict(_only(name, exact), pointed)


def _only(name: str, exact: Sequence[tuple[Policyholder, bool]]) -> Policyholder | None:
    """The one person that both numbers belong to. Of two people with the same numbers only the exact name tells."""
    people = {policy.full_name for policy, _ in exact}
    fitting = [
        policy
        for policy, named in exact
        if (named if len(people) == 1 else policy.full_name.casefold() == name.casefold())
    ]
    return fitting[0] if fitting else None


def _equal(said: str, right: str) -> bool:
    return hmac.compare_digest(said.encode(), right.encode()) and bool(said)
