"""Says digits, codes, telephone numbers and addresses of mail in Spanish, one character after the other."""

import re
from typing import Any

from backend.language.asked import Asked
from backend.language.es.numbers import UNITS

__all__ = ["say_characters", "say_email", "say_phone"]

_NAMES = {str(value): name for name, value in UNITS.items() if value < len("0123456789")}
_MARKS = {".": "punto", "@": "arroba", "_": "guion bajo", "-": "guion", "+": "más"}
_GROUPS = {"1": re.compile(r"(\d{3})(\d{3})(\d{4})"), "52": re.compile(r"(\d{2})(\d{4})(\d{4})")}
_HOME = {"US": "1", "MX": "52"}


def say_characters(value: Any, asked: Asked) -> str:
    """``"cuatro ocho dos uno"``, ``"P O L, A uno cero cero cero uno"``: a dash or a space is a pause."""
    groups = re.split(r"[\s-]+", str(value).strip())
    return ", ".join(_one_by_one(group) for group in groups if group)


def say_phone(value: Any, asked: Asked) -> str:
    """In the groups of its country; with the country's code only where it is not the caller's own."""
    digits = re.sub(r"\D", "", str(value))
    for code, grouped in _GROUPS.items():
        match = grouped.fullmatch(digits.removeprefix(code)) if digits.startswith(code) else None
        if match:
            abroad = [] if code == _HOME.get(asked.region, "1") else [f"más {_one_by_one(code)}"]
            return ", ".join([*abroad, *map(_one_by_one, match.groups())])
    return say_characters(digits, asked)


def say_email(value: Any, asked: Asked) -> str:
    """``"juan punto pérez arroba gmail punto com"``."""
    parts = re.split(r"([.@_+-])", str(value))
    spelled = (_MARKS.get(part, re.sub(r"(\d)", r" \1 ", part)) for part in parts)
    return " ".join(" ".join(spelled).split())


def _one_by_one(characters: str) -> str:
    return " ".join(_NAMES.get(char, char.upper()) for char in characters)
