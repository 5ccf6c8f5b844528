"""Times of day as they are named in English: "half past six", "20:15", "at ten in the evening", "an hour ago"."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from backend.language.asked import Asked
from backend.language.en.clock_words import CLOCK_CLASSES, DAY, HALF_DAY, HALVES, PARTS_OF_DAY
from backend.language.grammar import Found, Grammar
from backend.language.mention import Mention

__all__ = ["CLOCK", "OPEN_HALF", "Moment"]

OPEN_HALF = "morning or evening"
"""Why a time by the clock of twelve hours is in doubt."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When somebody speaks, and where."""

    now: datetime
    region: str = "US"

    @classmethod
    def of(cls, asked: Asked) -> "Moment":
        """As the question has them."""
        return cls(asked.now.replace(tzinfo=None), asked.region)


def _open(hour: int, minute: int = 0) -> Mention:
    """A time by the clock of twelve hours: morning and evening, the likelier half of twelve o'clock first."""
    first = (hour * 60 + minute) % DAY
    values = (first, (first + HALF_DAY) % DAY)
    return Mention(0, 0, values, why=OPEN_HALF)


def _narrowed(found: Found, mention: Mention) -> Mention:
    """Without a doubt about the half where a half was said."""
    names = [found[key] for key in ("half", "other_half") if key in found]
    if not names:
        return mention
    values = tuple(value for value in mention.values if all(value in HALVES[name] for name in names))
    return Mention(0, 0, values, why="" if values else "the half of the day does not go with the hour")


def _by_12(_moment: Moment, found: Found) -> Mention:
    hour = found["hour"] if "hour" in found else found["lone"]
    return _narrowed(found, _open(hour, found.get("minute", 0)))


def _parted(_moment: Moment, found: Found) -> Mention:
    """ "Three and half", as who learned the language says it: only where the half of the day or the end follows."""
    return _narrowed(found, _open(found["hour"], found["parted"]))


def _by_24(_moment: Moment, found: Found) -> Mention:
    return _narrowed(found, Mention(0, 0, (found.get("clock", found.get("late", 0)) * 60 + found.get("minute", 0),)))


def _written(_moment: Moment, found: Found) -> Mention:
    hour, minute, whole = found["written"]
    if hour > 12 or hour == 0 or (whole and "half" not in found):
        return _narrowed(found, Mention(0, 0, (hour * 60 + minute,)))
    return _narrowed(found, _open(hour, minute))


def _glued(_moment: Moment, found: Found) -> Mention:
    return _narrowed(found, _open(*found["glued"]))


def _away(found: Found, sign: int) -> Mention:
    minutes = sign * found["away"]
    if "noon" in found:
        return Mention(0, 0, ((found["noon"] + minutes) % DAY,))
    total = (found["hour"] * 60 + minutes) % DAY
    return _narrowed(found, _open(total // 60, total % 60))


def _past(_moment: Moment, found: Found) -> Mention:
    return _away(found, 1)


def _to(_moment: Moment, found: Found) -> Mention:
    return _away(found, -1)


def _half_hour(moment: Moment, found: Found) -> Mention:
    """ "Half seven": half past in Britain; in doubt elsewhere."""
    mention = _away(found | {"away": 30}, 1)
    if moment.region == "GB":
        return mention
    to_it = _away(found | {"away": 30}, -1)
    return replace(mention, values=mention.values + to_it.values, why="half past or half to", doubtful=True)


def _noon(_moment: Moment, found: Found) -> Mention:
    return Mention(0, 0, ((found["noon"] + found.get("minute", 0)) % DAY,))


def _ago(moment: Moment, found: Found) -> Mention:
    minutes = int((found["count"] + found.get("more", 0)) * found.get("unit", 60) + found.get("minute", 0))
    if minutes >= DAY:
        return Mention(0, 0, why="no time of day")
    then = moment.now - timedelta(minutes=minutes)
    return Mention(0, 0, (then.hour * 60 + then.minute,))


def _ago_vaguely(moment: Moment, found: Found) -> Mention:
    mention = _ago(moment, found | {"count": 2})
    return replace(mention, values=mention.values if found["few"] == 2 else (), why="no certain time", doubtful=True)


def _now(moment: Moment, _found: Found) -> Mention:
    return Mention(0, 0, (moment.now.hour * 60 + moment.now.minute,))


def _part(_moment: Moment, found: Found) -> Mention:
    return Mention(0, 0, (), HALVES[found["half"]], "no certain time")


def _span(_moment: Moment, found: Found) -> Mention:
    mentions = [_narrowed(found, _open(found[key])) for key in ("first", "last")]
    return Mention(
        0, 0, tuple(value for mention in mentions for value in mention.values), why="a span of time", doubtful=True
    )


def _open_end(_moment: Moment, found: Found) -> Mention:
    if "noon" in found:
        return Mention(0, 0, (found["noon"],), why="before or after it", doubtful=True)
    return replace(_by_12(_moment, found), why="before or after it", doubtful=True)


def _around(_moment: Moment, found: Found) -> Mention:
    """ "After lunch", "at dusk": no certain time, but it narrows others."""
    return Mention(0, 0, (), PARTS_OF_DAY[found["part"]], "no certain time")


_TAIL = "ish? oclock? ish? ,? {half}? {other_half:half}?"
CLOCK = Grammar(
    CLOCK_CLASSES,
    (
        (
            f"""{{lone}} {_TAIL}
            {{lead}}? {{lead}}? {{lone}} {_TAIL}
            {{lead}}? {{lead}}? {{hour}} ish? oclock ish? {{half}}? {{other_half:half}}?
            {{lead}}? {{lead}}? {{hour}} ish? {{half}} {{other_half:half}}?
            {{lead}}? {{lead}}? {{hour}} {{minute}} {_TAIL}
            just|shortly|right|little|bit after|before|past|gone {{hour}} {_TAIL}
            just|shortly|right|little|bit after|before|past {{hour}} {{minute}} {_TAIL}""",
            _by_12,
        ),
        (
            """{lead}? {lead}? {hour} oclock? {parted} oclock? in? {half} {other_half:half}?
            {lead}? {lead}? {hour} oclock? {parted:parted_last}""",
            _parted,
        ),
        (
            """{lead}? {clock:hundreds}
            {lead}? {clock} {minute} hours? {half}?
            {lead}? {late} hours|hrs and? {minute} minutes?
            {lead} {late} hours|hrs
            {lead}? {clock} oclock {half}?""",
            _by_24,
        ),
        ("{lead}? {lead}? {written} hours|hrs|h? ish? oclock? {half}? {other_half:half}?", _written),
        ("{lead}? {glued} {half} {other_half:half}?", _glued),
        (
            f"""{{lead}}? {{lead}}? {{away}} minutes? past|after {{hour}} {_TAIL}
            {{lead}}? {{lead}}? {{away}} minutes? past|after {{noon}}""",
            _past,
        ),
        (
            f"""{{lead}}? {{lead}}? {{away}} minutes? to|till|til|before|of {{hour}} {_TAIL}
            {{lead}}? {{lead}}? {{away}} minutes? to|till|til|before|of {{noon}}
            {{lead}}? {{hour}} oclock? less|minus {{away}} minutes? {_TAIL}""",
            _to,
        ),
        (f"{{lead}}? {{lead}}? half {{hour}} {_TAIL}", _half_hour),
        (
            "{lead}? high? {noon}\n{lead}? {noon} {minute}\njust|shortly|right|little|bit after|before|past {noon}",
            _noon,
        ),
        (
            """{lead}? {count} {more}? {unit} {more}? ago|back|earlier
            {lead}? {count} hours|hour and? {minute} minutes|min|mins ago
            {lead}? {count:halves} an|a? {unit} ago
            {lead}? {count} {unit} or so ago
            {lead}? {count} or so {unit} ago""",
            _ago,
        ),
        ("{lead}? {few} {unit} ago", _ago_vaguely),
        (
            """{lead}? {count} {unit} or|to two|three ago
            {lead}? {count} or|to {most:count} {unit} ago""",
            lambda moment, found: replace(_ago(moment, found), why="no certain time", doubtful=True),
        ),
        ("just|right now", _now),
        ("{half}", _part),
        (
            """between|from {first:hour} and|to|till|until {last:hour} oclock? {half}?
            {first:hour} or|to {last:hour} oclock? {half}""",
            _span,
        ),
        (
            f"""some|sometime? time? before|after|past|until|till|by {{hour}} {_TAIL}
            some|sometime? time? before|after|past|until|till|by {{hour}} {{minute}} {_TAIL}
            some|sometime? time? before|after|past|until|till|by {{noon}}""",
            _open_end,
        ),
        (
            "before|after|during|around|at|about? {part} time|hour?",
            _around,
        ),
    ),
)
"""Finds times of day, as minutes of the day, in the words of ``said_times``; the context is a ``Moment``."""
