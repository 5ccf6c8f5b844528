"""Days counted from a day: what "friday", "the fourth" and "november third" mean on it, in whatever language."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend.language.asked import Asked
from backend.language.mention import Mention

__all__ = ["LONG_BACK", "Days", "day_of"]

LONG_BACK = 5
"""So many days ago a day of this week is "last" as well: nobody means a Monday twelve days ago on a Saturday."""
_WEEKS = 9
"""So many weeks away a weekday may still be meant where another word says so ("monday the second")."""
_LONG_AGO = 300
"""A day without its year that many days away is asked: a year was likely mistaken."""
_FARTHEST = 1000
"""Days further away are not counted back by anybody."""


@dataclass(frozen=True, slots=True)
class Days:
    """What days mean to somebody who speaks now, of what is past, of what is to come, or of any time."""

    now: datetime
    region: str = "US"
    past: bool = False
    future: bool = False

    @classmethod
    def of(cls, asked: Asked) -> "Days":
        """As the question wants them."""
        return cls(asked.now.replace(tzinfo=None), asked.region, asked.past, asked.future)

    @property
    def today(self) -> date:
        """The caller's own day."""
        return self.now.date()

    def back(self, days: int) -> Mention:
        """So many days ago, or to come when negative."""
        if abs(days) > _FARTHEST:
            return Mention(0, 0, why="no certain day")
        return self.exactly(self.today - timedelta(days=days))

    def exactly(self, day: date | None, *more: date | None, why: str = "") -> Mention:
        """This day and no other, as far as it may be; with more of them, one of these."""
        days = [each for each in (day, *more) if each is not None]
        fitting = tuple(each for each in days if self.fits(each))
        if days and not fitting:
            return Mention(0, 0, why="it is to come" if self.past else "it is over")
        return Mention(0, 0, fitting, why=why or ("" if fitting else "there is no such day"), doubtful=bool(why))

    def fits(self, day: date) -> bool:
        """May it be meant, as the question has it?"""
        return not (self.past and day > self.today) and not (self.future and day < self.today)

    def weekday(self, weekday: int) -> Mention:
        """ "Friday": the latest one, or the next; today is one, too."""
        back = (self.today.weekday() - weekday) % 7
        latest, following = self.today - timedelta(days=back), self.today + timedelta(days=(7 - back) % 7)
        weeks = [timedelta(days=7 * count) for count in range(_WEEKS)]
        past, future = [latest - week for week in weeks], [following + week for week in weeks]
        if self.future:
            return Mention(0, 0, (following,), future)
        if self.past:
            return Mention(0, 0, (latest,), past)
        return Mention(0, 0, tuple(dict.fromkeys((latest, following))), past + future)

    def day_of_month(self, day: int, months_back: int | None = None) -> Mention:
        """ "The fourth": of this month, or of the latest month that had one; of one certain month if that was said."""
        if months_back is not None:
            return self.exactly(day_of(*self._month(-months_back), day))
        past = [found for back in range(6) if (found := day_of(*self._month(-back), day)) and found <= self.today]
        future = [found for on in range(6) if (found := day_of(*self._month(on), day)) and found >= self.today]
        found = past if self.past else future if self.future else [*past[:1], *future[:1]]
        if not found:
            return Mention(0, 0, why="there is no such day")
        values = found[:1] if self.past or self.future else list(dict.fromkeys(found))
        return Mention(0, 0, tuple(values), found[:2])

    def of_year(self, month: int, day: int, year: int | None = None) -> Mention:
        """A day of a month; without a year the latest one, or the next."""
        if year is not None:
            return self.exactly(day_of(year, month, day))
        first = self.today.year
        years = {self.past: range(first, first - 9, -1), self.future: range(first, first + 9)}.get(True)
        if years is None:
            found = [day_of(year, month, day) for year in (first - 1, first, first + 1)]
            near = sorted((each for each in found if each), key=lambda each: abs(each - self.today))
            return self.exactly(*(near[:2] or [None]))
        fitting = [each for year in years if (each := day_of(year, month, day)) and self.fits(each)]
        if not fitting:
            return Mention(0, 0, why="there is no such day")
        far = abs(fitting[0] - self.today).days > _LONG_AGO
        return self.exactly(fitting[0], why="the year is in doubt" if far else "")

    def month(self, month: int, year: int | None = None) -> Mention:
        """A whole month: no certain day, but it narrows others."""
        year = year or (self.today.year - (self.past and month > self.today.month))
        days = [found for day in range(1, 32) if (found := day_of(year, month, day)) and self.fits(found)]
        return Mention(0, 0, (), days, "no certain day")

    def month_back(self, months: int) -> Mention:
        """Last month, this month."""
        year, month = self._month(-months)
        return self.month(month, year)

    def week(self, weeks_back: int, weekday: int | None = None) -> Mention:
        """A day of a calendar week, or the whole week. Where weeks begin on Sundays a Sunday is in doubt."""
        weekday_now = self.today.weekday()
        mondays = {self.today - timedelta(days=weekday_now + 7 * weeks_back)}
        if self.region != "GB":
            sunday = self.today - timedelta(days=(weekday_now + 1) % 7 + 7 * weeks_back)
            mondays.add(sunday + timedelta(days=1))
        if weekday is None:
            week = [monday + timedelta(days=day) for monday in sorted(mondays) for day in range(7)]
            return Mention(0, 0, (), [day for day in week if self.fits(day)], "no certain day")
        found = {monday + timedelta(days=weekday) for monday in mondays}
        if self.region != "GB" and weekday == 6:
            found |= {monday - timedelta(days=1) for monday in mondays}
        return self.exactly(*sorted(found, reverse=True))

    def span(self, least: timedelta, most: timedelta) -> Mention:
        """Between so long ago and so long ago: one day, or two."""
        first, last = (self.now - most).date(), (self.now - least).date()
        return self.exactly(*dict.fromkeys((last, first)))

    def before(self, months: int) -> tuple[int, int]:
        """The year and the month that was so many months ago."""
        return self._month(-months)

    def _month(self, months: int) -> tuple[int, int]:
        place = self.today.year * 12 + self.today.month - 1 + months
        return place // 12, place % 12 + 1


def day_of(year: int, month: int, day: int) -> date | None:
    """That day, if there is one."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
