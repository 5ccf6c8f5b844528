"""Days in Spanish: "antier", "el viernes", "hace diez días", "el tres de julio", "el día después de navidad"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from backend.language.asked import Asked
from backend.language.es.calendar import days_by_number
from backend.language.es.counted_from import without_today
from backend.language.es.doubt import Found, settled
from backend.language.es.holidays import holidays
from backend.language.es.times import clock_spans, read_time, time_ago
from backend.language.es.weekdays import belongs_to_weekday, weekdays
from backend.language.es.words import said
from backend.language.reading import ONE_OF_SEVERAL, Reading, doubtful

__all__ = ["read_date"]

_RELATIVE = {
    r"(?:(?:el )?dia de )?hoy(?: mismo)?|esta (?:manana|mananita|tarde|noche|madrugada)"
    r"|hace (?:un )?(?:rato|ratito|ratitito|momento)"
    r"|ahorita(?: mismo)?|ahora mismo|(?<!que )acaba de (?:pasar|ocurrir)|hace nada": 0,
    r"(?:(?:el )?dia de )?ayer|anoche": 1,
    r"(?:(?:el )?dia de )?(?:anteayer|antier|antes de ayer|antes de anoche|antenoche|anteanoche|antiayer|antiel)": 2,
    r"trasanteayer|antes de antier|trasantier|tras antier": 3,
}
_BACK = [(re.compile(rf"\b(?:{words})\b"), back) for words, back in sorted(_RELATIVE.items(), key=lambda one: -one[1])]
_AHEAD = re.compile(
    r"\b(?:pasado manana|(?<!la )(?<!esta )(?<!de )(?<!ayer )(?<!antier )(?<!hoy )manana(?! (?:de ayer|del))"
    r"|proxim[oa]s?|que (?:viene|entra)|dentro de|entrante)\b"
)
_DAYS_AGO = re.compile(
    r"\bhace (?P<about>(?:como|unas|unos|casi|apenas|cerca de|mas de|menos de|aproximadamente|mas o menos"
    r"|ya) )*"
    r"(?P<many>\d{1,3}|una?|par de|un par de|varios|varias|algunos|pocos|unos cuantos)? "
    r"?(?P<unit>dias?|noches?|semanas?|mes|meses|anos?)\b"
)
_ABOUT = re.compile(r"\b(?:como|casi|mas o menos|aproximadamente) $")
_NEAR = re.compile(
    r"\b(?:(?P<before>(?:el|un) dia (?:antes|anterior)(?: de(?:l)?| a)?|la vispera de"
    r"|la noche (?:antes|anterior)(?: de| a)?"
    r"|(?:la )?noche anterior|(?:un )?dia antes de)"
    r"|(?P<after>(?:el|al|un) dia (?:siguiente|despues)(?: de(?:l)?| a(?:l)?)?"
    r"|(?:un )?dia despues de))(?: (?:la|el|los))?"
)
_VAGUE = re.compile(
    r"\b(?:el otro dia|la semana (?:pasada|antepasada)|el mes pasado|(?:el |este )?fin(?:es)? de semana|un dia de estos"
    r"|hace (?:tiempo|dias|unos dias|semanas|meses)|el ano pasado|a (?:principios|mediados|finales|fines) de"
    r"|(?:en |de )(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)"
    r"|entre semana"
    r"|la otra semana|esta semana|un(?: dia|os dias)? d)\b"
)
_WEEKEND = re.compile(r"\bfin de semana\b")
_IN_DAYS = re.compile(r"\b(?:en|dentro de) (?P<many>\d{1,2}|una?) (?P<unit>dias?|semanas?)\b")
_ROUGH = re.compile(r"\b(?:por ahi de|alrededor de|cerca de)(?:l| la| el)? (?!la 1\b|las \d)")
_OR_ANOTHER = re.compile(r"\b\d{1,2} [ou] (?:(?:el|a lo mejor|tal vez|quizas?) )*\d{1,2}\b")
_IDIOM = {8: 7, 15: 14}
"""Eight days are a week and fifteen are two, in the idiom; whether it is meant so is asked."""


def read_date(words: str, asked: Asked) -> Reading:
    """The day that an answer means, as ``"2026-11-20"``; the latest that fits where it is gone."""
    answer = said(words)
    today = asked.now.date()
    plain = without_today(_without_clocks(answer.plain), today)
    if _AHEAD.search(plain) and asked.past:
        return doubtful("a day to come")
    found = list(_found(plain, asked, today))
    if not found and _WEEKEND.search(plain):
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        days = [saturday, saturday + timedelta(days=1)]
        return doubtful("one of two days", *(day.isoformat() for day in days if not asked.past or day <= today))
    if not found and _VAGUE.search(plain):
        return doubtful("no certain day")
    reading = settled([_within(one, asked, today) for one in found], answer)
    if reading.outcome == "value" and _OR_ANOTHER.search(plain):
        return doubtful(ONE_OF_SEVERAL, reading.value, rests_on=reading.rests_on)
    if reading.outcome == "value" and _ROUGH.search(plain):
        return doubtful("about that day", reading.value, rests_on=reading.rests_on)
    if asked.past and reading.value == today.isoformat() and _is_to_come(words, asked):
        return doubtful(
            "that time is still to come", (today - timedelta(days=1)).isoformat(), rests_on=reading.rests_on
        )
    return reading


def _is_to_come(words: str, asked: Asked) -> bool:
    """Is any time of day that is named beside the day later than now? Then it cannot have been today."""
    time = read_time(words, asked)
    named = [time.value] if time.outcome == "value" else list(time.candidates)
    return bool(named) and all(one > asked.now.strftime("%H:%M") for one in named)


def _without_clocks(plain: str) -> str:
    """Times of day blanked out: their numbers are no days."""
    for start, end in clock_spans(plain):
        kept = re.sub(r"\S", " ", plain[start:end])
        plain = plain[:start] + kept + plain[end:]
    return plain


def _found(plain: str, asked: Asked, today: date) -> Iterator[Found]:
    """Every day that is named, in order."""
    found = [*_relative(plain, asked, today), *_counted(plain, today), *days_by_number(plain, asked, today)]
    years = (today.year - 1, today.year, today.year + 1)
    found += [Found(day, start, end) for day, start, end in holidays(plain, asked.region, years)]
    found = _merged(_latest(found, asked, today), weekdays(plain, asked, today))
    found = [_beside(one, plain) for one in found]
    yield from sorted(_night_before(found, plain), key=lambda one: one.start)


def _relative(plain: str, asked: Asked, today: date) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for pattern, back in _BACK:
        for match in pattern.finditer(plain):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                yield Found(today - timedelta(days=back), *match.span())
    ago = time_ago(plain)
    if not asked.past:
        yield from _to_come(plain, today)
    if ago is not None:
        at = plain.index("hace")
        yield Found((asked.now - ago).date(), at, at + len("hace"))


def _to_come(plain: str, today: date) -> Iterator[Found]:
    for match in _AHEAD.finditer(plain):
        if match[0].endswith("manana"):
            yield Found(today + timedelta(days=2 if match[0].startswith("pasado") else 1), *match.span())
    for match in _IN_DAYS.finditer(plain):
        many = int(match["many"]) if match["many"].isdecimal() else 1
        yield Found(today + timedelta(days=many * (7 if match["unit"].startswith("semana") else 1)), *match.span())


def _counted(plain: str, today: date) -> Iterator[Found]:
    for match in _DAYS_AGO.finditer(plain):
        many, unit = match["many"] or "", match["unit"]
        if not many and not match["about"]:
            continue
        count = int(many) if many.isdecimal() else 2 if many.endswith("par de") else 1 if many.startswith("un") else 0
        if belongs_to_weekday(plain, match.start()):
            continue
        if not count or many == "unos cuantos" or unit[0] in "ma":
            yield Found(None, *match.span(), "no certain day")
            continue
        day = today - timedelta(days=count * (7 if unit.startswith("semana") else 1))
        idiom = _IDIOM.get(count, 0) if unit.startswith("dia") else 0
        others = (today - timedelta(days=idiom),) if idiom else ()
        roughly = _ABOUT.search(plain[: match.start()]) is not None
        vague = bool(match["about"] and match["about"] != "ya ") or many.endswith("par de") or roughly
        why = "an idiom for weeks" if idiom else "counted roughly" if vague else ""
        yield Found(day, *match.span(), why, others)


def _merged(found: list[Found], weekdays: list[Found]) -> list[Found]:
    """A weekday beside a day that falls on it says nothing new; beside another it makes a doubt."""
    left = list(weekdays)
    for one in found:
        for weekday in weekdays:
            apart = max(one.start, weekday.start) - min(one.end, weekday.end)
            same = one.value and weekday.value and one.value.weekday() == weekday.value.weekday()
            if weekday in left and (apart <= 4 or same) and (same or one.start > weekday.start):
                left.remove(weekday)
                if not same:
                    why = "weekday and day do not agree"
                    one = Found(one.value, weekday.start, one.end, why, (weekday.value,))
                elif one.why and weekday.value in one.others:
                    one = Found(weekday.value, one.start, one.end)
        left.append(one)
    return left


def _latest(found: list[Found], asked: Asked, today: date) -> list[Found]:
    """Of days that stand at the same place in several years the one that fits."""
    by_place: dict[tuple[int, int], list[Found]] = {}
    for one in found:
        by_place.setdefault((one.start, one.end), []).append(one)
    fitting: list[Found] = []
    for same in by_place.values():
        days = sorted(one.value for one in same if one.value)
        if len(same) == 1 or not days:
            fitting += same[:1]
        elif asked.future:
            fitting.append(Found(next((day for day in days if day >= today), days[-1]), same[0].start, same[0].end))
        else:
            fitting.append(Found(max((d for d in days if d <= today), default=days[0]), same[0].start, same[0].end))
    return fitting


def _beside(one: Found, plain: str) -> Found:
    """The day before or after it, where the words before say so."""
    for match in _NEAR.finditer(plain):
        if one.value and 0 <= one.start - match.end() <= 2 and re.search(r"\b(?:de|del|a|al|la|el)$", match[0].strip()):
            step = timedelta(days=-1 if match["before"] else 1)
            return Found(one.value + step, match.start(), one.end, one.why, one.others)
    return one


def _night_before(found: list[Found], plain: str) -> list[Found]:
    """ "Anoche no, la noche anterior": one day before the day that was denied."""
    match = re.search(r"\b(?:(?:la )?noche|(?:el|un)? ?dia) (?:anterior|antes)(?: a esa)?\b", plain)
    if not match or len(found) != 1 or not found[0].value or match.start() < found[0].end:
        return found
    if not re.search(r"\bno\b", plain[: match.start()]):
        return found
    return [Found(found[0].value - timedelta(days=1), plain.rindex("no", 0, match.start()), match.end())]


def _within(one: Found, asked: Asked, today: date) -> Found:
    """As JSON; a day that cannot be is a doubt, and so is one that goes back most of a year without saying so."""
    if one.value is None:
        return one
    others = tuple(other.isoformat() for other in one.others if other and (not asked.past or other <= today))
    why = one.why if others or not one.others else ""
    if asked.past and one.value > today:
        return Found(others[0] if others else None, one.start, one.end, why or "a day to come", others)
    if asked.future and one.value < today:
        return Found(None, one.start, one.end, "a day that is gone")
    return Found(one.value.isoformat(), one.start, one.end, why, others)
