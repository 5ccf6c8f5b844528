"""Times of day in Spanish: "nueve y media de la noche", "cuarto para las ocho", "al mediodía", "hace una hora"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from backend.language.asked import Asked
from backend.language.es.doubt import CORRECTION, Found, settled
from backend.language.es.words import said
from backend.language.reading import Reading, doubtful

__all__ = ["clock_spans", "read_time", "time_ago"]

_HALF = (
    r"(?:(?:(?:de|en|por|a) la|de(?= (?:tarde|noche)\b)) (?P<half>manana|mananita|tarde|tardecita|noche|madrugada)"
    r"|(?P<half_day>de madrugada|(?:del|de|al) (?:medio ?dia|dia)|(?P<am>am)|(?P<pm>pm)))"
)
_MINUTES = r"(?P<minute>\d{1,2}(?! (?:para|de [a-z]*(?:bre|zo|yo|nio|lio|ril|ero)))|media|(?:un )?cuarto)"
_HOUR = r"(?P<hour>\d{1,2}|una)"
_AFTER = re.compile(
    rf"(?P<at>\b(?:a|como|sobre|hacia|de|eran|era|serian|son|tipo|para|casi|pasadas|y|o|entre)? ?las? )?\b{_HOUR}"
    rf"(?: (?P<sharp>en punto|horas?|hrs?))?(?: (?:(?P<joint>y|con|menos) )?{_MINUTES}(?: minutos)?)?"
    rf"(?: (?P<some>y (?:pico|algo|tantos)|pasaditas))?(?: (?P<sharp2>en punto|horas?|hrs?))?(?: {_HALF})?(?![\w/:.-])"
)
_BEFORE = re.compile(
    rf"\b(?:falta(?:ba)?n? )?(?P<minute>\d{{1,2}}|(?:un )?cuarto)(?: minutos)? (?:para|pa) (?:(?:las?|el) )?"
    rf"(?P<hour>\d{{1,2}}|una|medio ?dia|media ?noche)(?: {_HALF})?\b"
)
_FIGURES = re.compile(
    rf"(?P<at>\b(?:a|como) las? )?\b(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)(?: {_HALF})?(?![\w/:.-])"
)
_NAMED = re.compile(r"\b(?:(?P<noon>medio ?dia)|(?P<midnight>media ?noche))\b")
_NOW = re.compile(
    r"\b(?:ahorita(?: mismo| mismito)?|ahora mismo|justo ahora|acaba de (?:pasar|ocurrir|suceder)|recien)\b"
)
_AGO = re.compile(
    r"\bhace(?: (?:como|unas?|unos|casi|mas o menos|aproximadamente))* "
    r"(?:(?P<half_hour>media hora)|(?P<quarter>(?:un )?cuarto de hora)"
    r"|(?:(?P<number>\d{1,3}|una?) )?(?P<unit>horas?|minutos?)(?P<and> y (?:media|(?P<more>\d{1,2})(?: minutos)?))?)\b"
)
_MINUTES_BEHIND = re.compile(
    r"\b(?P<hour>\d{1,2}|una)(?P<half> (?:(?:de|por|en) la (?:manana|tarde|noche|madrugada)|am|pm))"
    r" (?P<joint>y|con) (?P<more>\d{1,2}|media|(?:un )?cuarto)(?: minutos?)?\b"
)
"""Minutes behind the half of the day: "las once de la noche con cinco minutos"."""
_LEFT = re.compile(
    r"\b(?:y|con|menos) (?:(?:la|un|una) )?(?:media|medio|cuarto)\b"
    r"(?! (?:hora|noche|dia|cuadra|manzana|calle|kilometro|milla|vuelta))"
)
"""A half or a quarter: where it belongs to no hour that was read, the hour is none for sure."""
_OF_AN_HOUR = re.compile(
    r"\b(?<!y )(?<!y un )(?<!mi )(?<!el )(?<!su )(?<!del )(?P<part>(?:un )?cuarto|media|\d{1,2} minutos) (?:de|a)"
    r" las? (?=\d|una\b)"
)
"""A part of an hour that is before it for some, and behind it for others: "un cuarto de las tres"."""
_ELSEWHERE = re.compile(
    r"\b(?:(?:en|por|de|a) la |anoche|esta |ayer |antier )(?P<half>manana|mananita|tarde|tardecita|noche|madrugada)"
    r"|\b(?P<last_night>anoche|anteanoche|antenoche)\b"
)
_OPEN_HALF = "the half of the day is open"
_NOON = "12:00"
_LATE = 5
"""Up to here an hour of the night is one after midnight."""
_UNSURE = re.compile(
    r"\b(?:antes de(?! (?:ayer|anoche|antier)\b)|despues de|entre|(?:no|o) (?:de|en|por) la"
    r" (?:manana|tarde|noche|madrugada))\b"
)
_DAY_BEFORE = re.compile(r"\bantes de (?:ayer|anoche|antier)\b")
"""Names a day, and nothing before the time."""
_SPAN = re.compile(r"\b(?:de|desde) (?:las? )?\d{1,2}(?: y media)? (?:a|hasta) (?:las? )?\d{1,2}\b")
_PART = re.compile(
    r"\b(?:manana|mananita|tarde|tardecita|noche|anoche|madrugada|atardecer|amanecer|anochecer|temprano|tempranito"
    r"|oscurec\w+|despues d|antes d|al salir|saliendo|rato|ratito)"
)
_ALONE = re.compile(
    r"^(?:(?:fue|eran|era|como|serian|a|las|la|mas|o|menos|pues|si|eh|aproximadamente|por|favor) )*[\d ymediacurto]+$"
)


def read_time(words: str, asked: Asked) -> Reading:
    """The time of day that an answer means, as ``"17:30"``; a question where the half of the day stays open."""
    answer = said(words)
    answer = replace(answer, plain=_MINUTES_BEHIND.sub(r"\g<hour> \g<joint> \g<more>\g<half>", answer.plain))
    found = _in_the_same_half(list(_found(answer.plain, asked)), answer.plain)
    if not found and _PART.search(answer.plain):
        return doubtful("a part of the day, and no hour")
    reading = settled(found, answer)
    unsure = _SPAN.search(answer.plain) or _UNSURE.search(answer.plain)
    if reading.outcome == "value" and unsure:
        return doubtful(
            "before, after or between hours, or another half of the day",
            reading.value,
            rests_on=reading.rests_on,
            against=(unsure[0],),
        )
    if reading.outcome == "value" and (part := _OF_AN_HOUR.search(answer.plain)):
        return doubtful("before or behind the hour", *_around(reading.value, part["part"]), rests_on=reading.rests_on)
    if reading.outcome == "value" and _leaves_a_half(answer.plain):
        return doubtful("a half or a quarter was left unread", reading.value, rests_on=reading.rests_on)
    if (day := _DAY_BEFORE.search(answer.plain)) and answer.plain.count("antes") == 1:
        return replace(reading, rests_on=(*reading.rests_on, day[0]))
    return reading


def _in_the_same_half(found: list[Found], plain: str) -> list[Found]:
    """ "A las siete de la noche, digo, a las ocho": what it is put right to is in the same half of the day."""
    for place, one in enumerate(found[1:], 1):
        before = found[place - 1]
        between = plain[before.end : one.start]
        if one.why == _OPEN_HALF and not before.why and (CORRECTION.search(between) or between.strip() == "no"):
            same = [each for each in (one.value, *one.others) if (each >= _NOON) is (before.value >= _NOON)]
            found[place] = Found(same[0], one.start, one.end) if same else one
    return found


def _leaves_a_half(plain: str) -> bool:
    if _AGO.search(plain):
        return False
    read = [match.span() for match in _clock_matches(plain, alone=_ALONE.match(plain) is not None)]
    return any(not any(start < one.end() and one.start() < end for start, end in read) for one in _LEFT.finditer(plain))


def _around(time: str, part: str) -> tuple[str, str]:
    """The times that lie this part of an hour before and behind one."""
    away = int(part.split()[0]) if part[0].isdecimal() else 30 if part == "media" else 15
    minutes = int(time[:2]) * 60 + int(time[3:])
    before, behind = (minutes + sign * away for sign in (-1, 1))
    return f"{before // 60 % 24:02d}:{before % 60:02d}", f"{behind // 60 % 24:02d}:{behind % 60:02d}"


def time_ago(plain: str) -> timedelta | None:
    """How long ago "hace hora y media" is."""
    match = _AGO.search(plain)
    if not match:
        return None
    if match["half_hour"] or match["quarter"]:
        return timedelta(minutes=30 if match["half_hour"] else 15)
    many = int(match["number"]) if (match["number"] or "un").isdecimal() else 1
    if match["unit"].startswith("minuto"):
        return timedelta(minutes=many)
    return timedelta(hours=many, minutes=int(match["more"] or 30) if match["and"] else 0)


def clock_spans(plain: str) -> Iterator[tuple[int, int]]:
    """Where a plain answer names times, so that a reader of days does not take them for days."""
    for match in _clock_matches(plain, alone=False):
        yield match.start(), match.end()


def _found(plain: str, asked: Asked) -> Iterator[Found]:
    ago = time_ago(plain)
    if ago is not None or _NOW.search(plain):
        match = _AGO.search(plain) or _NOW.search(plain)
        span = match.span() if match else (0, 0)
        yield Found((asked.now - (ago or timedelta())).strftime("%H:%M"), *span)
        return
    elsewhere = _ELSEWHERE.search(plain)
    half = (elsewhere["half"] or "noche") if elsewhere else ""
    taken: list[tuple[int, int]] = []
    for match in _clock_matches(plain, alone=_ALONE.match(plain) is not None):
        taken.append(match.span())
        yield _timed(match, half)
    for match in _NAMED.finditer(plain):
        if all(match.end() <= start or match.start() >= end for start, end in taken):
            yield Found("12:00" if match["noon"] else "00:00", *match.span())


def _clock_matches(plain: str, *, alone: bool) -> list[re.Match[str]]:
    """Clock times in order, none within another."""
    matches = [m for pattern in (_BEFORE, _FIGURES) for m in pattern.finditer(plain)]
    for match in _AFTER.finditer(plain):
        if _is_time(match, alone) and all(match.end() <= m.start() or match.start() >= m.end() for m in matches):
            matches.append(match)
    return sorted(matches, key=lambda match: match.start())


def _is_time(match: re.Match[str], alone: bool) -> bool:
    """Is it an hour, and no number of something else? Minutes, a half of the day or "a las" say so."""
    minute = match["minute"] or "0"
    if re.search(r"\bhace(?: \w+)?$", match.string[: match.start()].rstrip()):
        return False
    if match["hour"] == "una" and not (match["at"] and "la" in match["at"].split()):
        return False
    if int(match["hour"].replace("una", "1")) > 24 or (minute.isdecimal() and int(minute) > 59):
        return False
    return bool(
        match["at"] or match["half"] or match["half_day"] or match["sharp"] or match["sharp2"]
        or minute in ("media", "cuarto", "un cuarto") or alone
    )  # fmt: skip


def _timed(match: re.Match[str], half: str) -> Found:
    groups = match.groupdict()
    named = {"mediodia": 12, "mediadia": 12, "medianoche": 24}
    hour = named.get(match["hour"].replace(" ", ""), 0) or int(match["hour"].replace("una", "1"))
    word = groups.get("minute") or "0"
    minute = {"media": 30, "cuarto": 15, "un cuarto": 15}.get(word) if not word.isdecimal() else int(word)
    minute = minute or 0
    if match.re is _BEFORE or groups.get("joint") == "menos":
        minute, hour = (60 - minute) % 60, hour - (minute > 0)
    hour = 12 if hour == 0 and match.re is _BEFORE and not match["hour"].startswith("media") else hour
    here = groups.get("half") or groups.get("half_day") or ""
    sure = _in_half(hour, here or half, given=bool(here))
    values = [f"{one % 24:02d}:{minute:02d}" for one in sure]
    why = _OPEN_HALF if len(values) > 1 else ""
    why = why or ("about" if groups.get("some") else "")
    return Found(values[0], match.start(), match.end(), why, tuple(values[1:]))


def _in_half(hour: int, half: str, *, given: bool) -> tuple[int, ...]:
    """The hours of 24 that an hour may be, by the half of the day."""
    if hour > 12 or hour == 0:
        return (hour,)
    if half.startswith("tarde") or half in ("pm", "del mediodia", "de mediodia", "del medio dia", "al mediodia"):
        return (12,) if hour == 12 else (hour + 12,) if hour < 10 or half == "pm" else (hour, hour + 12)
    if half.startswith("noche"):
        late = (hour,) if given else (hour, hour + 12)
        return (24,) if hour == 12 else late if hour < _LATE else (hour + 12,)
    if half.endswith("madrugada") or half == "am":
        return (24,) if hour == 12 else (hour,)
    if half.startswith("manana"):
        return (12, 24) if hour == 12 else (hour,)
    if half in ("del dia", "de dia"):
        return (hour + 12,) if hour < 7 else (hour,)
    return (12, 24) if hour == 12 else (hour, hour + 12)
