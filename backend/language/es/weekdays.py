"""Days of the week in Spanish: "el viernes", "el jueves de la semana pasada", "el martes de hace dos semanas"."""

import re
from datetime import date, timedelta

from backend.language.asked import Asked
from backend.language.days import LONG_BACK
from backend.language.es.calendar import DAY_NAMES
from backend.language.es.doubt import Found

__all__ = ["belongs_to_weekday", "weekdays"]

_WEEKDAY = re.compile(
    rf"\b(?P<how>(?:este|pasado|proximo|mismo|un|algun) )?(?P<day>{'|'.join(DAY_NAMES)})\b(?! (?:santo|negro))"
    r"(?: (?:en|por|de) la (?:manana|tarde|noche|madrugada))?"
    r"(?P<made> (?:hizo|cumplio|hara|va a hacer) (?P<many>una|\d{1,2}) (?P<unit>semana|dia)s?)?"
    r"(?P<last> (?:pasado|anterior|antepasado|proximo|que viene|que entra"
    r"|que (?:acaba de pasar|paso|ya paso)|recien pasado))?"
    r"(?P<week>,? (?:de|en) (?:la|esta) (?:misma )?semana"
    r"(?: (?:pasada|anterior|antepasada|que (?:paso|acaba de pasar)))?"
    r"|,? (?:de )?hace (?:como )?(?:una|\d+) (?:semanas?|dias))?"
)
_GONE = frozenset(
    ("pasado", "anterior", "antepasado", "que acaba de pasar", "que paso", "que ya paso", "recien pasado")
)


def weekdays(plain: str, asked: Asked, today: date) -> list[Found]:
    """The days that are named by the day of the week."""
    return [_weekday(match, asked, today) for match in _WEEKDAY.finditer(plain)]


def _weekday(match: re.Match[str], asked: Asked, today: date) -> Found:
    back = (today.weekday() - DAY_NAMES[match["day"]]) % 7
    how, last, week = (match["how"] or "").strip(), (match["last"] or "").strip(), match["week"] or ""
    latest = today - timedelta(days=back)
    monday = today - timedelta(days=today.weekday())
    if match["made"]:
        return _so_long_before(match, today)
    if how in ("un", "algun"):
        return Found(None, *match.span(), "no certain day")
    if asked.future and not (last in _GONE or how == "pasado"):
        return _coming(match, today + timedelta(days=(-back) % 7), monday)
    if week:
        return _of_week(match, week, latest, monday)
    if last == "antepasado":
        return Found(latest - timedelta(days=7), *match.span(), "which week is open", (latest - timedelta(days=14),))
    if last in ("pasado", "anterior") or how == "pasado":
        before = latest - timedelta(days=7)
        if back == 0:
            return Found(before, *match.span())
        in_doubt = latest >= monday and back < LONG_BACK
        return Found(latest, *match.span(), "which week is open" if in_doubt else "", (before,) if in_doubt else ())
    if not asked.past and not asked.future and not (last or how):
        ahead = latest + timedelta(days=7)
        return Found(latest, *match.span(), "past or to come", (ahead,))
    return Found(latest, *match.span())


def _so_long_before(match: re.Match[str], today: date) -> Found:
    """ "El sábado hizo dos semanas": so long before the last Saturday; "hará", before the next."""
    weekday, many = DAY_NAMES[match["day"]], 1 if match["many"] == "una" else int(match["many"])
    gone = match["made"].split()[0] in ("hizo", "cumplio")
    anchor = today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    days = 7 * many if match["unit"] == "semana" else {8: 7, 15: 14}.get(many, many)
    day = anchor - timedelta(days=days if gone else days - 7)
    if weekday == today.weekday() and not gone:
        return Found(day, *match.span(), "which week is open", (day + timedelta(days=7),))
    return Found(day, *match.span())


def _coming(match: re.Match[str], day: date, monday: date) -> Found:
    """The weekday to come; "el próximo jueves" may be that of this week or of the next."""
    said_next = "proximo" in match[0] or "que viene" in match[0] or "que entra" in match[0]
    this_week = said_next and day < monday + timedelta(days=7)
    others = (day + timedelta(days=7),) if this_week else ()
    return Found(day, *match.span(), "which week is open" if others else "", others)


def _of_week(match: re.Match[str], week: str, latest: date, monday: date) -> Found:
    """The weekday of a week that is named."""
    ago = re.search(r"hace (?:como )?(una|\d+) (semana|dia)", week)
    weekday = DAY_NAMES[match["day"]]
    if ago:
        many = 1 if ago[1] == "una" else int(ago[1])
        weeks = many if ago[2] == "semana" else {7: 1, 8: 1, 14: 2, 15: 2}.get(many, 0)
        this_week = monday + timedelta(days=weekday - 7 * weeks)
        from_latest = latest - timedelta(days=7 * weeks)
        others = tuple({from_latest, this_week} - {this_week})
        return Found(
            this_week if weeks else None, *match.span(), "which week is open" if others or not weeks else "", others
        )
    back = 2 if "antepasada" in week else 1 if re.search("pasada|anterior|paso|pasar", week) else 0
    return Found(monday + timedelta(days=weekday - 7 * back), *match.span())


def belongs_to_weekday(plain: str, start: int) -> bool:
    """Do the words there say which week a day of the week is of ("el martes de hace dos semanas")?"""
    return any(match["week"] and match.start() <= start < match.end() for match in _WEEKDAY.finditer(plain))
