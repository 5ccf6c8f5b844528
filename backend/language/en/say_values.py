"""Says money, yes and no, people, addresses and groups in English."""

import re
from collections.abc import Mapping
from typing import Any, cast

from backend.language.asked import Asked

__all__ = ["say_address", "say_group", "say_money", "say_person", "say_yes_no"]

_UNITS = {
    "USD": ("dollar", "dollars", "cents"), "GBP": ("pound", "pounds", "pence"), "EUR": ("euro", "euros", "cents"),
    "MXN": ("peso", "pesos", "centavos"),
}  # fmt: skip
_ADDRESS = ("street", "city", "state", "zipcode")
_LEAD = re.compile(r"^(?:at|on) (the )?(?=\w)", re.IGNORECASE)
"""Forms say "at" before a place; this one was told with a word of its own."""


def say_money(value: Any, asked: Asked) -> str:
    """``"1,500 dollars"``, ``"5 dollars and 50 cents"``."""
    if not isinstance(value, dict):
        return str(value)
    money = cast("Mapping[str, Any]", value)
    total = round(float(money.get("amount") or 0) * 100)
    whole, small = divmod(total, 100)
    currency = str(money.get("currency") or "USD")
    one, many, cents = _UNITS.get(currency, (currency, currency, "cents"))
    units = f"{whole:,} {one if whole == 1 else many}"
    if not small:
        return units
    return f"{units} and {small} {cents}" if whole else f"{small} {cents}"


def say_yes_no(value: Any, asked: Asked) -> str:
    """``"yes"`` or ``"no"``."""
    return "yes" if value else "no"


def say_person(value: Any, asked: Asked) -> str:
    """``"you"``, ``"nobody"``, ``"Luis, your child"``."""
    if not isinstance(value, dict):
        return str(value)
    person = cast("Mapping[str, Any]", value)
    if person.get("who") in ("caller", "nobody"):
        return "you" if person["who"] == "caller" else "nobody"
    relationship = str(person.get("relationship") or "")
    named = [str(person["name"])] if person.get("name") else []
    known = [f"your {relationship}"] if relationship and relationship != "other" else []
    return ", ".join(named + known) or "somebody else"


def say_address(value: Any, asked: Asked) -> str:
    """Street, city, state and zip code, as far as they are known; the zip code digit by digit."""
    if not isinstance(value, dict):
        return str(value)
    parts = cast("Mapping[str, Any]", value)
    said = [_LEAD.sub(lambda lead: "the " if lead[1] else "", str(parts[key])) for key in _ADDRESS if parts.get(key)]
    if parts.get("zipcode"):
        said[-1] = " ".join(str(parts["zipcode"]))
    return ", ".join(said)


def say_group(value: Any, asked: Asked) -> str:
    """Its parts, one after the other: "2019 Honda Civic"."""
    if not isinstance(value, dict):
        return str(value)
    parts = cast("Mapping[str, Any]", value)
    return " ".join(str(part) for part in parts.values() if part is not None)
