"""SIP headers: those that we send, and those that a phone came with."""

from collections.abc import Mapping

__all__ = ["headers_of", "sip_headers"]

_PREFIX = "X-Ringmaster-"
_OURS = "x-"
_FROM_PHONE = "sip.h."
_MOST, _LONGEST = 10, 256


def sip_headers(named: Mapping[str, str]) -> dict[str, str]:
    """Headers by the names they are sent by: those that begin with ``X-`` as they are, others as ours.

    What is no plain letter is left out of values: a line break would begin another header.
    """
    found = {_name(name): _printable(value) for name, value in named.items() if value}
    return dict(list(found.items())[:_MOST])


def headers_of(attributes: Mapping[str, str]) -> dict[str, str]:
    """The headers that a phone came with: its attributes ``sip.h.NAME`` (a trunk with ``include_headers``)."""
    return {name.removeprefix(_FROM_PHONE): value for name, value in attributes.items() if name.startswith(_FROM_PHONE)}


def _name(name: str) -> str:
    plain = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter == "-"))
    return plain if plain.lower().startswith(_OURS) else _PREFIX + plain


def _printable(value: str) -> str:
    return "".join(letter for letter in value if 32 <= ord(letter) < 127)[:_LONGEST]
