"""Days that have a name, and on which day of a year they fall."""

from collections.abc import Callable
from datetime import date, timedelta

__all__ = ["holiday", "holiday_names"]

Day = Callable[[int], date]


def _fixed(month: int, day: int) -> Day:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, nth: int, more: int = 0) -> Day:
    """The nth such weekday of a month, or the last one (0), and some days more."""

    def find(year: int) -> date:
        first = date(year, month, 1)
        if nth == 0:
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            return last - timedelta(days=(last.weekday() - weekday) % 7)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1) + more)

    return find


def _easter(more: int) -> Day:
    def find(year: int) -> date:
        golden, century = year % 19, year // 100
        moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
        moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
        day = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
        month = 3 + (day + 40) // 44
        return date(year, month, day + 28 - 31 * (month // 4)) + timedelta(days=more)

    return find


_EVERYWHERE: dict[str, Day] = {
    "christmas": _fixed(12, 25), "christmas day": _fixed(12, 25), "xmas": _fixed(12, 25), "xmas day": _fixed(12, 25),
    "christmas eve": _fixed(12, 24), "xmas eve": _fixed(12, 24), "boxing day": _fixed(12, 26),
    "new year eve": _fixed(12, 31), "new years eve": _fixed(12, 31), "new year day": _fixed(1, 1),
    "new years day": _fixed(1, 1), "halloween": _fixed(10, 31), "valentine day": _fixed(2, 14),
    "valentines day": _fixed(2, 14), "valentines": _fixed(2, 14), "valentine": _fixed(2, 14),
    "st patrick day": _fixed(3, 17),
    "saint patrick day": _fixed(3, 17), "st patricks day": _fixed(3, 17), "april fools day": _fixed(4, 1),
    "april fools": _fixed(4, 1), "easter": _easter(0), "easter sunday": _easter(0), "easter monday": _easter(1),
    "good friday": _easter(-2), "palm sunday": _easter(-7), "ash wednesday": _easter(-46), "father day": _nth(6, 6, 3),
    "fathers day": _nth(6, 6, 3), "black friday": _nth(11, 3, 4, 1), "cyber monday": _nth(11, 3, 4, 4),
}  # fmt: skip
_AMERICAN: dict[str, Day] = {
    "independence day": _fixed(7, 4), "fourth of july": _fixed(7, 4), "july fourth": _fixed(7, 4),
    "cinco de mayo": _fixed(5, 5),
    "juneteenth": _fixed(6, 19), "veterans day": _fixed(11, 11), "veteran day": _fixed(11, 11),
    "groundhog day": _fixed(2, 2), "thanksgiving": _nth(11, 3, 4), "thanksgiving day": _nth(11, 3, 4),
    "labor day": _nth(9, 0, 1), "memorial day": _nth(5, 0, 0), "martin luther king day": _nth(1, 0, 3),
    "mlk day": _nth(1, 0, 3), "presidents day": _nth(2, 0, 3), "president day": _nth(2, 0, 3),
    "columbus day": _nth(10, 0, 2), "mother day": _nth(5, 6, 2), "mothers day": _nth(5, 6, 2),
    "election day": _nth(11, 0, 1, 1),
}  # fmt: skip
_BRITISH: dict[str, Day] = {
    "bonfire night": _fixed(11, 5), "guy fawkes night": _fixed(11, 5), "guy fawkes": _fixed(11, 5),
    "remembrance day": _fixed(11, 11), "mother day": _easter(-21), "mothers day": _easter(-21),
    "mothering sunday": _easter(-21), "pancake day": _easter(-47), "burns night": _fixed(1, 25),
    "may day": _fixed(5, 1), "may day bank holiday": _nth(5, 0, 1), "early may bank holiday": _nth(5, 0, 1),
    "late may bank holiday": _nth(5, 0, 0), "spring bank holiday": _nth(5, 0, 0),
    "august bank holiday": _nth(8, 0, 0), "summer bank holiday": _nth(8, 0, 0),
    "st george day": _fixed(4, 23), "hogmanay": _fixed(12, 31),
}  # fmt: skip
_OF_REGION = {"GB": _BRITISH}


def holiday_names() -> frozenset[str]:
    """Every name that is known somewhere."""
    return frozenset({*_EVERYWHERE, *_AMERICAN, *_BRITISH})


def holiday(name: str, year: int, region: str) -> date | None:
    """The day of that name in a year; a name that only another country knows is taken as it is there."""
    at_home = _OF_REGION.get(region, _AMERICAN)
    find = at_home.get(name) or _EVERYWHERE.get(name) or _AMERICAN.get(name) or _BRITISH.get(name)
    return find(year) if find is not None and 1 < year < 9999 else None
