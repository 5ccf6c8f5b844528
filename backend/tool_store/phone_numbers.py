"""Phone numbers to call somebody back at: the caller's own, and those that they say."""

import re

from backend.domain.session import CallSession
from backend.language.named import language_named

__all__ = ["own_phone", "phone_in", "spelled_phone"]

_PHONE = re.compile(r"^\+[1-9]\d{6,14}$")
_FEWEST, _MOST = 7, 15


def own_phone(session: CallSession) -> str:
    """The number of the caller's phone; empty when it is withheld or none that can be dialed."""
    return session.caller_number if _PHONE.match(session.caller_number) else ""


def phone_in(text: str, language: str) -> str:
    """A phone number in the caller's own words, in the language of the call; empty where there is none."""
    digits = language_named(language).turns.digits(text)
    return digits if _FEWEST <= len(digits) <= _MOST else ""


def spelled_phone(number: str) -> str:
    """In groups that people can follow: ``3 1 2, 5 5 5, 0 1 4 2``."""
    head, tail = number[:-4], number[-4:]
    groups = [head[max(0, end - 3) : end] for end in range(len(head), 0, -3)][::-1]
    return ", ".join(" ".join(group) for group in [*groups, tail])
