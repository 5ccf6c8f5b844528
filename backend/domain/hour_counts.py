"""What is counted by the hour of each line: names and whole numbers, so that counts of all workers can be added."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal

from backend.domain.call_use import CallUse

__all__ = ["MODEL", "USED", "CountKind", "HourKey", "counts_of_call", "hour_of", "use_in"]

CountKind = Literal[
    "wait",  # answers, by the bound of the caller's wait in milliseconds
    "refused",  # callers who were not taken, by reason
    "fault",  # by event and code
    "outcome",  # calls that began in the hour and are over, by how they ended
    "repairs",  # `counted` calls of which it is known, `calls` in which a question was asked again, `times` of it
    "used",  # milliseconds and characters, by name in ``CallUse``; `unknown` calls
    "answers", "untold", "read", "cached", "written",  # of the model, by deployment
]  # fmt: skip
"""Each count is of a kind, under a name."""

HourKey = tuple[int, str, str, str]
"""Hour since 1970, line (empty: of none), a ``CountKind``, name."""

USED: Mapping[str, int] = {"phone_s": 1000, "trunk_s": 1000, "heard_s": 1000, "spoken": 1, "recorded_s": 1000}
"""Amounts of ``CallUse``, and how many of what is counted they are of."""
MODEL: tuple[CountKind, ...] = ("answers", "untold", "read", "cached", "written")
_HOUR_S = 3600


def hour_of(seconds: float) -> int:
    """The hour that a moment is in, counted since 1970."""
    return int(seconds // _HOUR_S)


def counts_of_call(outcome: str, repairs: int | None, use: CallUse | None) -> Counter[tuple[str, str]]:
    """What a call adds that is over."""
    found = Counter[tuple[str, str]]({("outcome", outcome): 1})
    if repairs is not None:
        found["repairs", "counted"] = 1
        found["repairs", "calls"] = int(repairs > 0)
        found["repairs", "times"] = repairs
    if use is None:
        found["used", "unknown"] = 1
        return found
    for name, times in USED.items():
        found["used", name] = round(getattr(use, name) * times)
    for deployment, model in use.models.items():
        for kind in MODEL:
            found[kind, deployment] = getattr(model, kind)
    return found


def use_in(counts: Mapping[tuple[str, str], int]) -> CallUse:
    """What calls took together, from counts by kind and name."""
    amounts: dict[str, Any] = {name: counts.get(("used", name), 0) / times for name, times in USED.items()}
    use = CallUse(**amounts)
    use.spoken = counts.get(("used", "spoken"), 0)
    for (kind, name), count in counts.items():
        if kind in MODEL:
            setattr(use.model(name), kind, count)
    return use
