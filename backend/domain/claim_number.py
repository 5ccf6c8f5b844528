"""Claim numbers."""

import secrets
from datetime import datetime

__all__ = ["is_later_form", "new_number", "number_given_ahead"]

_LETTERS = "ACDEFHJKMNPRTUVWXY34679"
"""Characters that nobody confuses when a claim number is read out."""


def new_number(now: datetime) -> str:
    """A number for a claim that is being filed. Who keeps it finds out whether it is free."""
    return f"CLA-{now.year}-{_some(6)}"


def number_given_ahead(number: str) -> str:
    """What a caller is told while nobody can be asked whether ``number`` is free: longer, so that it is."""
    return number + _some(1)


def is_later_form(number: str, of: str) -> bool:
    """Was ``number`` made of this one because nobody knew whether the claim had been filed under it?"""
    return number[:-1] == of


def _some(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))
