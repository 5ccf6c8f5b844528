"""How it went over time, as it is told."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from backend.api.cost_views import CostView, UseView
from backend.api.services import ApiServices
from backend.domain.history import Fault, History, HistoryFigures, HistoryQuery, wait_within
from backend.domain.prices import PriceList

__all__ = ["FaultView", "HistoryView"]


_MOST_FAULTS = 50
"""Kinds of faults that are told of a period."""


class WaitsView(BaseModel):
    """How long callers waited for answers: from their last sound to the answer's first."""

    answers: int
    p50_ms: float | None = Field(description="Half of them waited no longer; within 50 ms, up to 2 s.")
    p95_ms: float | None = Field(description="19 of 20 waited no longer.")


class FiguresView(BaseModel):
    """What one line had. Tests are left out."""

    line: str = Field(description="Empty: of no line, such as refused callers whose number no line has.")
    calls: int = Field(description="Calls that began then and are over.")
    outcomes: dict[str, int] = Field(description="Of those.")
    repairs: int = Field(description="How often a question was asked again.")
    repaired: int = Field(description="Calls in which that happened.")
    counted: int = Field(description="Calls of which that is known.")
    refused: dict[str, int] = Field(description="Callers who were not taken, by reason.")
    waits: WaitsView
    unknown: int = Field(description="Calls of which it is not known what they took.")
    use: UseView
    cost: CostView | None = Field(description="For operators; empty for those who are viewers only.")


class SlotView(FiguresView):
    """The same in one hour or day."""

    at: datetime = Field(description="When the hour or day began.")


class FaultCountView(BaseModel):
    """How often one kind of fault was logged."""

    event: str = Field(description="As docs/log-events.md names it; `other`: without a name.")
    code: str = Field(description="Of the error, where there was one.")
    count: int
    meaning: str
    todo: str = Field(description="What to do about it; empty: nothing.")


class HistoryView(BaseModel):
    """How it went in a period."""

    since: datetime
    until: datetime
    by: Literal["hour", "day"]
    zone: str = Field(description="Whose days they are.")
    lines: list[FiguresView] = Field(description="Each line in the whole period.")
    slots: list[SlotView] = Field(description="Each hour or day of each line that had anything, the oldest first.")
    faults: list[FaultCountView] = Field(description="Of all lines; empty for those who are viewers only.")

    @classmethod
    def of(
        cls, history: History, query: HistoryQuery, found: ApiServices, prices: PriceList | None, *, faults: bool
    ) -> "HistoryView":
        """From what was counted. Takes some milliseconds: for a thread."""
        return cls(
            since=query.since,
            until=query.until,
            by=query.by,
            zone=query.zone,
            lines=[
                FiguresView(**_figures(line, figures, prices))
                for line, figures in history.lines().items()
                if figures.tells
            ],
            slots=[
                SlotView(at=query.begins(slot), **_figures(line, figures, prices))
                for (slot, line), figures in sorted(history.slots.items())
                if figures.tells
            ],
            faults=[
                FaultCountView(event=one.event, code=one.code, count=one.count, **_advice(found, one.event))
                for one in history.faults()[:_MOST_FAULTS]
                if faults
            ],
        )


class FaultView(BaseModel):
    """One thing that went wrong."""

    at: datetime
    level: str = Field(description="`warning`, `error` or `critical`.")
    event: str
    code: str
    message: str
    worker: str
    line: str
    call_id: str
    meaning: str
    todo: str = Field(description="What to do about it; empty: nothing.")

    @classmethod
    def of(cls, fault: Fault, found: ApiServices) -> "FaultView":
        """From what was kept."""
        names = ("at", "level", "event", "code", "message", "worker", "line", "call_id")
        told: dict[str, Any] = {name: getattr(fault, name) for name in names}
        return cls(**told, **_advice(found, fault.event))


def _figures(line: str, figures: HistoryFigures, prices: PriceList | None) -> dict[str, Any]:
    kinds, use = figures.kinds(), figures.use
    repairs, outcomes = kinds.get("repairs", {}), kinds.get("outcome", {})
    waits = dict(sorted((int(bound), count) for bound, count in kinds.get("wait", {}).items()))
    return {
        "line": line,
        "calls": sum(outcomes.values()),
        "outcomes": outcomes,
        "repairs": repairs.get("times", 0),
        "repaired": repairs.get("calls", 0),
        "counted": repairs.get("counted", 0),
        "refused": kinds.get("refused", {}),
        "waits": WaitsView(
            answers=sum(waits.values()), p50_ms=wait_within(waits, 0.5), p95_ms=wait_within(waits, 0.95)
        ),
        "unknown": figures.unknown,
        "use": UseView.of(use),
        "cost": CostView.by(prices, use),
    }


def _advice(found: ApiServices, event: str) -> dict[str, Any]:
    known = found.advice(event)
    return {"meaning": known.meaning if known else "", "todo": known.todo if known else ""}
