"""The three lines that every call leaves in the log: that it began, who took it over, how it ended."""

import logging

from backend.domain.call import CallRecord

__all__ = ["call_began", "call_ended", "call_handed_over", "wait_p95_ms"]

log = logging.getLogger(__name__)


def call_began(record: CallRecord) -> None:
    """A call was answered or placed, or a chat opened. To be called where the call is bound."""
    log.info(
        "call began",
        extra={
            "event": "call.began",
            "direction": record.direction,
            "version": record.store_version,
            "test": record.test,
        },
    )


def call_handed_over(source: str, target: str) -> None:
    """Another agent has it."""
    log.info("call handed over", extra={"event": "call.handed_over", "source": source, "agent": target})


def call_ended(record: CallRecord) -> None:
    """It is over. Why is told by its outcome: the detail may be in the caller's words."""
    log.info(
        "call ended",
        extra={
            "event": "call.ended",
            "outcome": record.outcome,
            "seconds": round(record.seconds(), 1) if record.ended_at else None,
            "turns": len(record.turns),
            "wait_p95_ms": wait_p95_ms(record),
            "version": record.store_version,
            "test": record.test,
        },
    )


def wait_p95_ms(record: CallRecord) -> float | None:
    """How long the caller waited for an answer, in milliseconds: 19 of 20 times it was less."""
    waits = sorted(
        turn.latencies.first_frame_ms
        for turn in record.turns
        if turn.caller_text and turn.latencies.first_frame_ms is not None
    )
    return round(waits[round((len(waits) - 1) * 0.95)], 1) if waits else None
