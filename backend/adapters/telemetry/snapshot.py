"""All figures of one process at one moment, as plain data that can be written, read and added up."""

import math
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
from opentelemetry.sdk.metrics.export import HistogramDataPoint, Metric, MetricsData, NumberDataPoint, Sum

__all__ = ["Family", "Point", "Snapshot", "added", "snapshot_of"]

Kind = Literal["counter", "gauge", "histogram"]


class Point(msgspec.Struct):
    """One value, or one histogram, of one set of labels."""

    labels: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    value: float = 0.0
    count: int = 0
    bounds: list[float] = msgspec.field(default_factory=list[float])
    buckets: list[int] = msgspec.field(default_factory=list[int])
    """Not cumulative; one more than ``bounds``."""

    def add(self, other: "Point") -> None:
        """Take in another worker's."""
        self.value += other.value
        self.count += other.count
        if self.bounds == other.bounds:
            self.buckets = [mine + theirs for mine, theirs in zip(self.buckets, other.buckets, strict=True)]


class Family(msgspec.Struct):
    """One instrument."""

    name: str
    kind: Kind
    description: str = ""
    unit: str = ""
    points: list[Point] = msgspec.field(default_factory=list[Point])


class Snapshot(msgspec.Struct):
    """All instruments of one process."""

    worker: str = ""
    pid: int = 0
    at: float = 0.0
    families: dict[str, Family] = msgspec.field(default_factory=dict[str, Family])

    def counted(self) -> "Snapshot":
        """What stays when the process is gone: what it has counted, not what it had."""
        kept = {name: family for name, family in self.families.items() if family.kind != "gauge"}
        return Snapshot(worker="gone", at=self.at, families=kept)


def snapshot_of(data: MetricsData | None, worker: str, pid: int, at: float) -> Snapshot:
    """From what the SDK has collected."""
    families: dict[str, Family] = {}
    for resource in data.resource_metrics if data else ():
        for scope in resource.scope_metrics:
            for metric in scope.metrics:
                families[metric.name] = _family(metric)
    return Snapshot(worker, pid, at, families)


def _family(metric: Metric) -> Family:
    kind: Kind = "gauge"
    points: list[Point] = []
    for point in metric.data.data_points:
        labels = _labels(point.attributes)
        if isinstance(point, HistogramDataPoint):
            kind = "histogram"
            bounds, buckets = list(point.explicit_bounds), list(point.bucket_counts)
            points.append(Point(labels, float(point.sum), point.count, bounds, buckets))
        elif isinstance(point, NumberDataPoint) and math.isfinite(point.value):
            points.append(Point(labels, float(point.value)))
    if isinstance(metric.data, Sum) and metric.data.is_monotonic:
        kind = "counter"
    return Family(metric.name, kind, metric.description or "", metric.unit or "", points)


def added(snapshots: Iterable[Snapshot]) -> Snapshot:
    """Those of several processes as one: counters, histograms and gauges are summed, each set of labels by itself."""
    total: dict[str, Family] = {}
    for snapshot in snapshots:
        for name, family in snapshot.families.items():
            into = total.setdefault(name, Family(name, family.kind, family.description, family.unit))
            known = {_key(point.labels): point for point in into.points}
            for point in family.points:
                mine = known.get(_key(point.labels))
                if mine is None:
                    mine = Point(dict(point.labels), 0.0, 0, list(point.bounds), [0] * len(point.buckets))
                    into.points.append(mine)
                    known[_key(point.labels)] = mine
                mine.add(point)
    return Snapshot(families=total)


def _key(labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(labels.items()))


def _labels(attributes: Mapping[str, object] | None) -> dict[str, str]:
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in (attributes or {}).items()
    }
