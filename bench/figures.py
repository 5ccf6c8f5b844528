"""Figures of many measurements."""

import statistics

__all__ = ["percentile", "summary"]


def percentile(values: list[float], q: float) -> float:
    """The value below which the share ``q`` lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(q * (len(ordered) - 1)))]


def summary(values: list[float]) -> dict[str, float] | None:
    """Count, mean and percentiles; nothing of nothing."""
    if not values:
        return None
    return {
        "n": len(values),
        "mean": round(statistics.fmean(values), 3),
        "p50": round(percentile(values, 0.5), 3),
        "p95": round(percentile(values, 0.95), 3),
        "p99": round(percentile(values, 0.99), 3),
        "max": round(max(values), 3),
    }
