"""Says digits, codes, telephone numbers and e-mail addresses in English, one character after the other."""

import re
from typing import Any

from backend.language.asked import Asked
from backend.language.en.number_words import DIGITS

__all__ = ["say_characters", "say_email", "say_phone"]

_NAMES = {str(value): name for name, value in DIGITS.items()}
_MARKS = {".": "dot", "@": "at", "_": "underscore", "-": "dash", "+": "plus"}
_GROUPS = {
    "1": re.compile(r"(\d{3})(\d{3})(\d{4})"),
    "44": re.compile(r"(7\d{3}|[12389]\d{2})(\d{3})(\d{3,4})"),
    "52": re.compile(r"(\d{2})(\d{4})(\d{4})"),
}
_HOME = {"US": "1", "GB": "44", "MX": "52"}


def say_characters(value: Any, asked: Asked) -> str:
    """``"four eight two one"``, ``"P O L, A one zero zero zero one"``: a dash or a space is a pause."""
    groups = re.split(r"[\s-]+", str(value).strip())
    return ", ".join(" ".join(_NAMES.get(char, char.upper()) for char in group) for group in groups if group)


def say_phone(value: Any, asked: Asked) -> str:
    """In the groups of its country; with the country's code only where it is not the caller's own."""
    digits = re.sub(r"\D", "", str(value))
    home = _HOME.get(asked.region, "1")
    for code, grouped in _GROUPS.items():
        match = grouped.fullmatch(digits.removeprefix(code)) if digits.startswith(code) else None
        if match is None:
            continue
        first = ("0" if code == "44" else "") + match[1] if code == home else match[1]
        groups = [first, *match.groups()[1:]] if code == home else [f"plus {code}", *match.groups()]
        return ", ".join(_grouped(group) for group in groups)
    return say_characters(digits, asked)


def _grouped(group: str) -> str:
    plus, _, digits = group.rpartition(" ")
    return " ".join(([plus] if plus else []) + [_NAMES[digit] for digit in digits])


def say_email(value: Any, asked: Asked) -> str:
    """``"john dot smith at gmail dot com"``."""
    parts = re.split(r"([.@_+-])", str(value))
    return " ".join(_MARKS.get(part, re.sub(r"(\d)", r" \1 ", part).strip()) for part in parts if part)
