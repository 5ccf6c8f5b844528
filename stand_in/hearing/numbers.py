"""Counts, and digits one after the other."""

import re

from stand_in.hearing.plain import in_figures

__all__ = ["read_digits", "read_number"]

_SMALL = {"a couple": 2, "a pair": 2, "both": 2, "none": 0, "nobody": 0, "just me": 1, "only mine": 1, "single": 1}
_TIMES = re.compile(r"\b(double|triple) (\d)\b")
_HEARD_AS = {"oh": "0", "o": "0", "to": "2", "too": "2", "for": "4", "ate": "8", "won": "1"}
_RUN = re.compile(rf"(?:\b(?:\d+|{'|'.join(_HEARD_AS)})\b[ -]?)+")


def read_number(text: str) -> int | None:
    """The first whole number that is said; ``None`` without one."""
    said = in_figures(text)
    if found := re.search(r"\b(\d+)\b", said):
        return int(found[1])
    return next((value for word, value in _SMALL.items() if re.search(rf"\b{word}\b", said)), None)


def read_digits(text: str) -> str:
    """All digits, in order. Words that sound like one count beside a digit only."""
    said = _TIMES.sub(lambda m: " ".join(m[2] * (2 if m[1] == "double" else 3)), in_figures(text))
    said = re.sub(r"\blast (?:4|four)\b|\b\d+ digits\b", " ; ", said)
    runs = [run for run in _RUN.findall(said) if re.search(r"\d", run)]
    said_digits: list[str] = [one for run in runs for one in re.findall(r"\w+", run)]
    return "".join(_HEARD_AS.get(one, one) for one in said_digits)
