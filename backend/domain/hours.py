"""When a line answers, and what there is for those who call when it does not. Strict: unknown keys are errors."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal, get_args

from pydantic import Field

from backend.domain.phrases import Text
from backend.domain.spec import PhoneNumber, Spec
from backend.domain.timezone import zone

__all__ = ["HoursSpec", "Interval", "OverflowSpec", "Shut", "WeekSpec", "Weekday", "minutes_of"]

ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
"""Hours and minutes, 24 hours a day: 08:30."""

Interval = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$")]
"""From when to when, 24 hours a day: 08:30-17:00. An end before the beginning is one of the next morning."""

MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""A day of every year: 12-25."""

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

Shut = Literal["closed", "full"]
"""Why a line does not take a call."""

_FORMER_ZONE = "America/Chicago"
"""What hours without a time zone meant when they were let pass; kept for versions that were live then."""
_DAY = 24 * 60
_AHEAD = 15
"""Days within which the next opening is looked for."""


class WeekSpec(Spec):
    """Opening hours by weekday. A day that is left out is one on which the line stays closed."""

    mon: tuple[Interval, ...] = ()
    """When it is open on Mondays."""
    tue: tuple[Interval, ...] = ()
    """When it is open on Tuesdays."""
    wed: tuple[Interval, ...] = ()
    """When it is open on Wednesdays."""
    thu: tuple[Interval, ...] = ()
    """When it is open on Thursdays."""
    fri: tuple[Interval, ...] = ()
    """When it is open on Fridays."""
    sat: tuple[Interval, ...] = ()
    """When it is open on Saturdays."""
    sun: tuple[Interval, ...] = ()
    """When it is open on Sundays."""


class SpecialDaySpec(Spec):
    """A day with hours of its own."""

    date: date
    """Which day, such as 2026-12-24."""
    open: tuple[Interval, ...] = ()
    """When the line is open on it, such as ["09:00-12:00"]. Empty: it stays closed."""


class HoursSpec(Spec):
    """Opening hours, and what happens outside them. See docs/hours.md."""

    timezone: str = ""
    """Time zone of these hours, such as America/Chicago. Always to be given."""
    open: ClockTime = "00:00"
    """When the line opens; not 24:00, which is 00:00 of the next day."""
    close: ClockTime = "24:00"
    """When it closes; a time before ``open`` is one of the next morning."""
    days: tuple[Weekday, ...] = get_args(Weekday)
    """Days on which it opens."""
    week: WeekSpec | None = None
    """Hours by weekday, in the place of ``open``, ``close`` and ``days``: {mon: ["08:00-12:00", "13:00-17:00"]}."""
    holidays: tuple[date, ...] = ()
    """Days on which it stays closed, such as 2026-12-25."""
    yearly: tuple[MonthDay, ...] = ()
    """Days on which it stays closed every year, such as "12-25"."""
    special: tuple[SpecialDaySpec, ...] = ()
    """Days with hours of their own, which go before all others."""
    closed: str | None = None
    """What is said to those who call when it is closed. Left out: the phrase ``closed``."""
    action: Literal["message", "redirect", "call_back"] = "message"
    """What those get who are in no emergency: the message alone, a transfer to ``number``, or the offer to be called
    back, which is kept with the wishes to be called back."""
    number: PhoneNumber | None = None
    """Where they are put through to."""
    emergencies: bool = True
    """Is asked first whether anybody is hurt or in danger? Who says so is put through at once."""
    emergency_number: PhoneNumber | None = None
    """Where emergencies are put through to meanwhile. Left out: the line's person."""

    def is_open(self, at: datetime) -> bool:
        """Is the line open at this moment? Any time zone will do for ``at``."""
        local = at.astimezone(zone(self.timezone or _FORMER_ZONE))
        minute, today = local.hour * 60 + local.minute, local.date()
        if any(begin <= minute < end for begin, end in map(minutes_of, self.of_day(today))):
            return True
        before = map(minutes_of, self.of_day(today - timedelta(days=1)))
        return any(minute < end - _DAY for _, end in before)

    def next_opening(self, at: datetime) -> datetime | None:
        """When it opens next after this moment, in its own zone; ``None``: not within two weeks."""
        local = at.astimezone(zone(self.timezone or _FORMER_ZONE))
        for ahead in range(_AHEAD):
            day = local.date() + timedelta(days=ahead)
            for begin, _ in sorted(map(minutes_of, self.of_day(day))):
                moment = datetime.combine(day, time(), local.tzinfo) + timedelta(minutes=begin)  # may be 24:00
                if moment > local:
                    return moment
        return None

    def of_day(self, day: date) -> Sequence[str]:
        """The intervals that begin on this day."""
        own = next((special.open for special in self.special if special.date == day), None)
        if own is not None:
            return own
        if day in self.holidays or day.strftime("%m-%d") in self.yearly:
            return ()
        return self.of_weekday(weekday_of(day))

    def of_weekday(self, day: Weekday) -> Sequence[str]:
        """The intervals that begin on such a day in an ordinary week."""
        if self.week is not None:
            found: Sequence[str] = getattr(self.week, day)
            return found
        return (f"{self.open}-{self.close}",) if day in self.days else ()

    def dates(self) -> Iterator[tuple[tuple[str | int, ...], date]]:
        """Every single day that is named, with its place."""
        yield from ((("holidays", index), day) for index, day in enumerate(self.holidays))
        yield from ((("special", index, "date"), special.date) for index, special in enumerate(self.special))


class OverflowSpec(Spec):
    """What happens to a call beyond capacity. See docs/hours.md."""

    action: Literal["reject", "redirect", "message", "call_back"] = "reject"
    """Give the caller a busy tone, send them to ``number``, tell them ``full``, or offer to call them back. The last
    two are for a line with as many calls as it takes; where the whole server is full nobody can be spoken with, and
    callers are sent to ``number``, or get a busy tone."""
    number: PhoneNumber | None = None
    """Where redirected calls go."""
    full: Text | None = None
    """What is said first with ``message`` and ``call_back``. Left out: the phrase ``full``."""
    emergencies: bool = True
    """Is asked first, with ``message`` and ``call_back``, whether anybody is hurt or in danger? Who says so is put
    through to the line's person at once."""


def minutes_of(interval: str) -> tuple[int, int]:
    """When an interval begins and ends, in minutes after midnight; over 24 hours where it ends the next morning."""
    begin, end = (
        int(hours) * 60 + int(minutes) for hours, _, minutes in (t.partition(":") for t in interval.split("-"))
    )
    return begin, end if end > begin else end + _DAY


def weekday_of(day: date) -> Weekday:
    """Which day of the week it is, whatever language this machine speaks."""
    return get_args(Weekday)[day.weekday()]
