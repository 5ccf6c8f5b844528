"""SIP headers that we send."""

from collections.abc import Mapping

__all__ = ["sip_headers"]

_PREFIX = "X-Ringmaster-"
_OURS = "x-"
_MOST, _LONGEST = 10, 256


def sip_headers(named: Mapping[str, str]) -> dict[str, str]:
    """Headers by the names they are sent by: those that begin with ``X-`` as they are, others as ours.

    What is no plain letter is left out of values: a line break would begin another header.
    """
    found = {_name(name): _printable(value) for name, value in named.items() if value}
    return dict(list(found.items())[:_MOST])


def _name(name: str) -> str:
    plain = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter == "-"))
    return plain if plain.lower().startswith(_OURS) else _PREFIX + plain


def _printable(value: str) -> str:
    return "".join(letter for letter in value if 32 <= ord(letter) < 127)[:_LONGEST]
