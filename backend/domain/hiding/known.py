"""The secrets of one call: what was taken as one. They stay in memory while the call goes on and are never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["SECRETS", "KnownSecret", "known_secrets", "lasting_secrets", "note_secret"]

SECRETS = "_secrets"
"""Fact: what was taken as a secret in this call."""
_MOST = 50


@dataclass(frozen=True, slots=True)
class KnownSecret:
    """One secret.

    Args:
        turn: the turn in which it was said.
        name: which part of an identity it is.
        value: as digits, or as it was given.
        lasting: hide it wherever it is said again; what may well be said for other reasons is hidden in its turn only.
    """

    turn: int
    name: str
    value: str = field(repr=False)
    lasting: bool = True


def note_secret(facts: dict[str, Any], secret: KnownSecret) -> None:
    """Remember that a secret was said, so that it is not kept. Noted twice is noted once."""
    noted: list[list[Any]] = facts.setdefault(SECRETS, [])
    entry = [secret.turn, secret.name, secret.value, secret.lasting]
    if entry not in noted:
        noted.append(entry)
        del noted[:-_MOST]


def known_secrets(facts: Mapping[str, Any]) -> list[KnownSecret]:
    """All that were noted."""
    noted = facts.get(SECRETS, ())
    return [KnownSecret(int(turn), str(name), str(value), bool(lasting)) for turn, name, value, lasting in noted]


def lasting_secrets(facts: Mapping[str, Any]) -> frozenset[str]:
    """Values that are hidden wherever they are said."""
    return frozenset(secret.value for secret in known_secrets(facts) if secret.lasting)
