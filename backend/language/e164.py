"""Telephone numbers as the network has them (E.164), by the rules of a country."""

import re
from dataclasses import dataclass

__all__ = ["e164"]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How numbers are dialed in a country: its code, what stands before a number at home, whole numbers, and what
    stands before one of another country."""

    code: str
    trunk: str
    whole: re.Pattern[str]
    abroad: re.Pattern[str]


_ABROAD = re.compile(r"00|011")
_PLANS = {
    "US": _Plan("1", "1", re.compile(r"[2-9]\d{2}[2-9]\d{6}"), _ABROAD),
    "GB": _Plan("44", "0", re.compile(r"[27]\d{9}|[13589]\d{8,9}"), re.compile("00")),
    "MX": _Plan("52", "", re.compile(r"[1-9]\d{9}"), _ABROAD),
}
"""In Britain 011 is the beginning of an area code (0113 is Leeds)."""


def e164(digits: str, region: str, *, plus: bool = False) -> str:
    """``"+13125550142"`` of the digits that were said; ``""`` when they are no whole number there.

    Args:
        digits: as they were said, with or without the country's code.
        region: where the caller is.
        plus: was a plus said before them?
    """
    home = _PLANS.get(region, _PLANS["US"])
    abroad = home.abroad.match(digits)
    if plus or abroad:
        return _abroad(digits[abroad.end() :] if abroad and not plus else digits)
    local = digits[len(home.trunk) :] if home.trunk and digits.startswith(home.trunk) else digits
    needs_trunk = home.trunk == "0" and local == digits
    if home.whole.fullmatch(local) and not needs_trunk:
        return f"+{home.code}{local}"
    rest = digits.removeprefix(home.code).removeprefix(home.trunk if home.trunk == "0" else "")
    return f"+{home.code}{rest}" if digits.startswith(home.code) and home.whole.fullmatch(rest) else ""


def _abroad(digits: str) -> str:
    for plan in _PLANS.values():
        rest = digits.removeprefix(plan.code)
        rest = rest.removeprefix("0") if plan.trunk == "0" else rest
        if digits.startswith(plan.code) and plan.whole.fullmatch(rest):
            return f"+{plan.code}{rest}"
    known = any(digits.startswith(plan.code) for plan in _PLANS.values())
    return f"+{digits}" if not known and 8 <= len(digits) <= 15 and not digits.startswith("0") else ""
