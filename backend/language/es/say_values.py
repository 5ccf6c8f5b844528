"""Says money, yes and no, people, addresses and groups in Spanish."""

from collections.abc import Mapping
from typing import Any, cast

from backend.language.asked import Asked
from backend.language.es.say_characters import say_characters

__all__ = ["say_address", "say_group", "say_money", "say_person", "say_yes_no"]

_UNITS = {
    "USD": ("dólar", "dólares"), "MXN": ("peso", "pesos"), "EUR": ("euro", "euros"), "GBP": ("libra", "libras"),
}  # fmt: skip
_RELATIONSHIPS = {
    "spouse": "su cónyuge", "child": "su hijo o hija", "parent": "su padre o madre", "sibling": "su hermano o hermana",
    "friend": "un amigo o una amiga de usted", "employee": "alguien que trabaja con usted",
}  # fmt: skip
_MILLION = 1_000_000


def say_money(value: Any, asked: Asked) -> str:
    """``"1,500 pesos"``, ``"5 dólares con 50 centavos"``."""
    if not isinstance(value, dict):
        return str(value)
    money = cast("Mapping[str, Any]", value)
    whole, cents = divmod(round(float(money.get("amount") or 0) * 100), 100)
    currency = str(money.get("currency") or "USD")
    one, many = _UNITS.get(currency, (currency, currency))
    of = "de " if whole and whole % _MILLION == 0 else ""
    units = f"{whole:,} {of}{one if whole == 1 else many}"
    if not cents:
        return units
    return f"{units} con {cents} centavos" if whole else f"{cents} centavos"


def say_yes_no(value: Any, asked: Asked) -> str:
    """``"sí"`` or ``"no"``."""
    return "sí" if value else "no"


def say_person(value: Any, asked: Asked) -> str:
    """``"usted"``, ``"nadie"``, ``"Luis, su hijo o hija"``."""
    if not isinstance(value, dict):
        return str(value)
    person = cast("Mapping[str, Any]", value)
    if person.get("who") in ("caller", "nobody"):
        return "usted" if person["who"] == "caller" else "nadie"
    named = [str(person["name"])] if person.get("name") else []
    known = _RELATIONSHIPS.get(str(person.get("relationship") or ""))
    return ", ".join([*named, *([known] if known else [])]) or "otra persona"


def say_address(value: Any, asked: Asked) -> str:
    """Street, city, state and postal code, as far as they are known; the postal code digit by digit."""
    if not isinstance(value, dict):
        return str(value)
    place = cast("Mapping[str, Any]", value)
    parts = [str(place[name]) for name in ("street", "city", "state") if place.get(name)]
    code = say_characters(place["zipcode"], asked) if place.get("zipcode") else ""
    return ", ".join([*parts, *([f"código postal {code}"] if code else [])])


def say_group(value: Any, asked: Asked) -> str:
    """The parts one after the other; a year behind the names: ``"Honda Civic 2019"``."""
    if not isinstance(value, dict):
        return str(value)
    parts = [part for part in cast("Mapping[str, Any]", value).values() if part is not None]
    return " ".join(str(part) for part in sorted(parts, key=lambda part: isinstance(part, int)))
