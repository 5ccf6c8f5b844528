"""Opening hours and overflow that are each allowed, and make no sense together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import get_args

from backend.agents.problem import Fault, Place
from backend.domain.hours import HoursSpec, OverflowSpec, Weekday, minutes_of
from backend.domain.line import LineSpec
from backend.domain.timezone import is_zone, zone

__all__ = ["past_days", "senseless_hours"]

_DAY = 24 * 60
_SIMPLE = ("open", "close", "days")


def senseless_hours(line: LineSpec) -> Iterator[Fault]:
    """What cannot be meant in the hours of a line, or in what happens when it is full."""
    if line.hours is not None:
        yield from ((("hours", *place), message) for place, message in _hours(line.hours))
    for key, spec in (("hours", line.hours), ("overflow", line.overflow)):
        if spec is not None:
            yield from (((key, *place), message) for place, message in _way_out(spec, line.numbers))
    if line.overflow.action in ("message", "call_back") and line.max_calls is None:
        message = f"{line.overflow.action} is for a line with as many calls as it takes; give it max_calls"
        yield ("overflow", "action"), message


def past_days(line: LineSpec, today: date | None = None) -> Iterator[Fault]:
    """Days that are over, so that they mean nothing any more. ``today``: where the line is, unless given."""
    hours = line.hours
    if hours is None or not is_zone(hours.timezone):
        return
    now = today or datetime.now(zone(hours.timezone)).date()
    for place, day in hours.dates():
        if day < now:
            yield (
                ("hours", *place),
                f'{day} is over; take it away, or write "{day:%m-%d}" under yearly for a day of every year',
            )


def _hours(hours: HoursSpec) -> Iterator[Fault]:
    if hours.closed is not None and not hours.closed.strip():
        yield ("closed",), "callers must hear why nobody answers; expected a sentence"
    if hours.week is None:
        yield from _simple(hours)
    else:
        yield from _week(hours)
    for index, special in enumerate(hours.special):
        yield from _overlaps(("special", index, "open"), special.open)
    yield from _twice(hours)
    for index, day in enumerate(hours.yearly):
        if not _exists(day):
            yield ("yearly", index), f"there is no {day} in any year; expected month and day, such as 12-25"


def _simple(hours: HoursSpec) -> Iterator[Fault]:
    if hours.open == "24:00":
        yield ("open",), "no day has hours that begin at 24:00; write 00:00, and the days on which it opens then"
    elif hours.open == hours.close:
        yield (
            ("close",),
            f"it opens and closes at {hours.open}, so never; leave hours out for a line that is always open",
        )
    if not hours.days:
        yield ("days",), "there is no day on which it opens"


def _week(hours: HoursSpec) -> Iterator[Fault]:
    for key in _SIMPLE:
        if key in hours.model_fields_set:
            yield (key,), f"the week is written by weekday already; take {key} away, or week"
    days: tuple[Weekday, ...] = get_args(Weekday)
    if not any(hours.of_weekday(day) for day in days):
        yield ("week",), "there is no day on which it opens"
    for day in days:
        yield from _overlaps(("week", day), hours.of_weekday(day))
    for before, after in pairwise((*days, days[0])):
        late = max((end for _, end in map(minutes_of, hours.of_weekday(before))), default=0) - _DAY
        early = min((begin for begin, _ in map(minutes_of, hours.of_weekday(after))), default=_DAY)
        if late > early:
            yield ("week", after), f"the hours of {before} go on into those of {after}; write one of them shorter"


def _overlaps(place: Place, intervals: Sequence[str]) -> Iterator[Fault]:
    """Intervals of one day that are none, or that lie over each other."""
    for index, interval in enumerate(intervals):
        begin, _, end = interval.partition("-")
        if begin == end:
            yield (*place, index), f"{interval} begins when it ends; write 00:00-24:00 for a whole day"
    known = sorted((minutes_of(interval), interval) for interval in intervals)
    for (before, first), (after, second) in pairwise(known):
        if before[1] > after[0]:
            yield place, f"{first} and {second} overlap; make them one"


def _twice(hours: HoursSpec) -> Iterator[Fault]:
    counted = Counter(day for _, day in hours.dates())
    for place, day in hours.dates():
        if counted[day] > 1:
            counted[day] = 0
            yield place, f"{day} is there twice; a day is a holiday or has hours of its own, not both"
    for index, day in enumerate(hours.yearly):
        if day in hours.yearly[:index]:
            yield ("yearly", index), f"{day} is there twice; keep one"


def _way_out(spec: HoursSpec | OverflowSpec, own: Sequence[str]) -> Iterator[Fault]:
    if spec.action == "redirect" and not spec.number:
        yield ("action",), "redirect needs a number to redirect to"
    if spec.number in own:
        yield ("number",), f"{spec.number} is this line's own number; callers would come back to it"
    if isinstance(spec, OverflowSpec):
        if spec.action == "reject" and spec.number:
            yield ("number",), "calls are rejected, so nobody is sent here; say 'action: redirect'"
        return
    if spec.action != "redirect" and spec.number:
        yield ("number",), "nobody is sent here; say 'action: redirect'"
    if spec.emergency_number in own:
        yield ("emergency_number",), f"{spec.emergency_number} is this line's own number; callers would come back to it"
    if spec.emergency_number and not spec.emergencies:
        yield ("emergency_number",), "no emergency comes here while it is not asked for one; say 'emergencies: true'"


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(f"2000-{day}")
    except ValueError:
        return False
    return True
