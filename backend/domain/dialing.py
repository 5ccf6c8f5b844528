"""Which numbers a line may call: by default those of its own country, and none that cost extra."""

from collections.abc import Collection

__all__ = ["country_of", "outline", "why_not"]

_TWO_DIGITS = frozenset(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 "
    "81 82 84 86 90 91 92 93 94 95 98".split()
)
"""Country codes of two digits (ITU-T E.164); 1 and 7 are single, all others have three."""

_ISLANDS = frozenset("242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876".split())
"""Area codes behind +1 that are neither the United States nor Canada, and are charged as calls abroad."""

_EXTRA = ("+1900", "+1976", "+449", "+4487", "+4484", "+4470", "+49900", "+49137", "+338", "+3490", "+39899", "+61190")
"""Beginnings of numbers that are charged to whoever calls them. Not all there are in the world: a line that calls
elsewhere names its destinations."""


def country_of(number: str) -> str:
    """The country that a number such as +13125550142 is of, as its code; islands behind +1 with their area code."""
    digits = number.removeprefix("+")
    if digits.startswith("1"):
        return f"+{digits[:4]}" if digits[1:4] in _ISLANDS else "+1"
    if digits.startswith("7"):
        return "+7"
    return f"+{digits[:2]}" if digits[:2] in _TWO_DIGITS else f"+{digits[:3]}"


def outline(number: str) -> str:
    """What may be written down of a number: its country, and the last two digits."""
    return f"{country_of(number)}...{number[-2:]}"


def why_not(number: str, own: Collection[str], destinations: Collection[str]) -> str:
    """Why a line may not call a number; empty where it may.

    Args:
        number: such as +13125550142.
        own: the line's own numbers.
        destinations: beginnings of numbers that the line names; where it names some, nothing else counts.
    """
    if destinations:
        return "" if number.startswith(tuple(destinations)) else "it is not among the line's destinations"
    if number.startswith(_EXTRA):
        return "calls to it cost extra; a line that needs it names it among its destinations"
    countries = {country_of(one) for one in own if one.startswith("+")}
    if country_of(number) in countries:
        return ""
    return "it is in another country than the line; a line that calls abroad names its destinations"
