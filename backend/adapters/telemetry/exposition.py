"""What ``GET /metrics`` gives: figures in the text format of Prometheus."""

import re

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from backend.adapters.telemetry.snapshot import Family, Point, Snapshot

__all__ = ["CONTENT_TYPE_LATEST", "exposed"]

_ODD = re.compile(r"[^a-zA-Z0-9_]")
_UNITS = {"s": "seconds", "ms": "milliseconds", "By": "bytes"}


def exposed(snapshot: Snapshot) -> bytes:
    """The page."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(snapshot))
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def collect(self) -> list[Metric]:
        """One family for each instrument."""
        return [_family(family) for family in sorted(self._snapshot.families.values(), key=lambda family: family.name)]


def _family(family: Family) -> Metric:
    name, unit = _ODD.sub("_", family.name), _UNITS.get(family.unit, "")
    if unit and not name.endswith(unit):
        name = f"{name}_{unit}"
    labels = sorted({label for point in family.points for label in point.labels})
    shown = [_ODD.sub("_", label) for label in labels]
    if family.kind == "histogram":
        histogram = HistogramMetricFamily(name, family.description, labels=shown)
        for point in family.points:
            histogram.add_metric(_values(point, labels), buckets=_cumulative(point), sum_value=point.value)
        return histogram
    made = CounterMetricFamily if family.kind == "counter" else GaugeMetricFamily
    metric = made(name, family.description, labels=shown)
    for point in family.points:
        metric.add_metric(_values(point, labels), point.value)
    return metric


def _values(point: Point, labels: list[str]) -> list[str]:
    return [point.labels.get(label, "") for label in labels]


def _cumulative(point: Point) -> list[tuple[str, float]]:
    total, buckets = 0, list[tuple[str, float]]()
    for bound, count in zip([*map(str, point.bounds), "+Inf"], point.buckets, strict=True):
        total += count
        buckets.append((bound, total))
    return buckets
