"""How it went over time: what each hour or day of each line had, from records of calls and from counts by the hour."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from backend.domain.call_use import CallUse
from backend.domain.hour_counts import use_in

__all__ = [
    "Fault",
    "FaultCount",
    "History",
    "HistoryFigures",
    "HistoryQuery",
    "Span",
    "wait_bound",
    "wait_within",
]

_HOUR_S = 3600
_DAY_S = 86_400
_HOUR, _DAY = timedelta(seconds=_HOUR_S), timedelta(seconds=_DAY_S)
_FINE_MS, _FINE_UNTIL = 50, 2000
_COARSE_MS, _COARSE_UNTIL = 250, 5000
_ROUGH_MS, _LONGEST_MS = 1000, 30_000


def wait_bound(ms: float) -> int:
    """The bound of the bucket that a wait is counted in: steps of 50 ms up to 2 s, wider above, 30 s at most."""
    step = _step(ms)
    return min(_LONGEST_MS, max(step, int(-(-ms // step)) * step))


def _step(ms: float) -> int:
    if ms <= _FINE_UNTIL:
        return _FINE_MS
    return _COARSE_MS if ms <= _COARSE_UNTIL else _ROUGH_MS


def wait_within(waits: Mapping[int, int], share: float) -> float | None:
    """So many milliseconds, at most, a share of all waited; evenly spread in each bucket. ``None``: nobody waited."""
    wanted, before = share * sum(waits.values()), 0
    for bound, count in sorted(waits.items()):
        if before + count >= wanted and count:
            return round(bound - _step(bound) * (1 - (wanted - before) / count), 1)
        before += count
    return None


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a period in which the clock of a zone is the same distance from UTC."""

    since: datetime
    until: datetime
    offset_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryQuery:
    """Which calls, cut into hours or days. Days are those of ``zone``; hours are whole hours of UTC."""

    since: datetime
    until: datetime
    by: Literal["hour", "day"] = "day"
    zone: str = "UTC"
    line: str = ""
    lines: frozenset[str] | None = None
    """Only those of these lines: whoever asks sees no others. ``None``: they see all."""

    @property
    def width_s(self) -> int:
        """Length of a slot in seconds; a day on which the clock is changed has an hour more or less."""
        return _HOUR_S if self.by == "hour" else _DAY_S

    def spans(self) -> Iterator[Span]:
        """The period, cut where the zone's clock is changed."""
        begin, offset = self.since, self._offset(self.since)
        moment = begin
        while moment < self.until:
            moment, before = min(self.until, moment + _DAY), moment
            if self._offset(moment) == offset:
                continue  # no clock is changed and changed back within a day
            moment = self._changed(before, moment, offset)
            yield Span(begin, moment, offset)
            begin, offset = moment, self._offset(moment)
        if begin < self.until:
            yield Span(begin, self.until, offset)

    def _changed(self, since: datetime, until: datetime, offset: int) -> datetime:
        """When the clock is changed between two moments: at a whole hour."""
        moment = since.replace(minute=0, second=0, microsecond=0) + _HOUR
        while moment < until and self._offset(moment) == offset:
            moment += _HOUR
        return min(until, moment)

    def begins(self, slot: int) -> datetime:
        """When a slot begins; slots are counted since 1970, by the clock of the zone."""
        if self.by == "hour":
            return datetime.fromtimestamp(slot * _HOUR_S, UTC)
        day = date(1970, 1, 1) + timedelta(days=slot)
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def _offset(self, moment: datetime) -> int:
        if self.by == "hour":
            return 0
        distance = moment.astimezone(ZoneInfo(self.zone)).utcoffset()
        return int(distance.total_seconds()) if distance else 0


@dataclass(slots=True)
class HistoryFigures:
    """What one slot of one line had, or a line in the whole period. Tests are left out."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    """By kind and name, as ``hour_counts`` has them."""

    @property
    def tells(self) -> bool:
        """Is there more in it than faults?"""
        return any(count for (kind, _), count in self.counts.items() if kind != "fault")

    @property
    def calls(self) -> int:
        """So many began in it and are over."""
        return sum(self.named("outcome").values())

    @property
    def outcomes(self) -> dict[str, int]:
        """The same by how they ended."""
        return self.named("outcome")

    @property
    def refused(self) -> dict[str, int]:
        """Callers who were not taken, by reason."""
        return self.named("refused")

    @property
    def waits(self) -> dict[int, int]:
        """Answers by the bound of the caller's wait for them, in milliseconds."""
        return {int(bound): count for bound, count in self.named("wait").items()}

    @property
    def unknown(self) -> int:
        """Calls of which it is not known what they took."""
        return self.counts["used", "unknown"]

    @property
    def use(self) -> CallUse:
        """What the others took."""
        return use_in(self.counts)

    def kinds(self) -> dict[str, dict[str, int]]:
        """All counts by kind and then by name; those of nothing are left out. For who asks for several kinds."""
        found: dict[str, dict[str, int]] = {}
        for (kind, name), count in self.counts.items():
            if count:
                found.setdefault(kind, {})[name] = count
        return {kind: dict(sorted(names.items())) for kind, names in sorted(found.items())}

    def named(self, kind: str) -> dict[str, int]:
        """Counts of one kind by name; those of nothing are left out."""
        return dict(sorted((name, count) for (one, name), count in self.counts.items() if one == kind and count))


@dataclass(frozen=True, slots=True)
class FaultCount:
    """How often one kind of fault was logged."""

    event: str
    code: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that went wrong, as it was logged: without what is private."""

    at: datetime
    worker: str
    level: str
    event: str
    code: str = ""
    line: str = ""
    call_id: str = ""
    message: str = ""


@dataclass(slots=True)
class History:
    """How it went in a period."""

    slots: dict[tuple[int, str], HistoryFigures] = field(default_factory=dict[tuple[int, str], HistoryFigures])
    """By slot and line."""

    def add(self, slot: int, line: str, counts: Mapping[tuple[str, str], int]) -> None:
        """An hour that lies in this slot had these."""
        self.slots.setdefault((slot, line), HistoryFigures()).counts.update(counts)

    def lines(self) -> dict[str, HistoryFigures]:
        """Each line in the whole period."""
        found: dict[str, HistoryFigures] = {}
        for (_, line), figures in sorted(self.slots.items()):
            found.setdefault(line, HistoryFigures()).counts.update(figures.counts)
        return found

    def faults(self) -> list[FaultCount]:
        """How often what was logged, the most frequent first."""
        total = Counter[str]()
        for figures in self.slots.values():
            total.update(figures.named("fault"))
        named = [(*name.partition(" "), count) for name, count in total.most_common()]
        return [FaultCount(event, code, count) for event, _, code, count in named]
