"""Calls and turns as OpenTelemetry spans and histograms.

Names follow the GenAI semantic conventions where they have one
(``gen_ai.client.operation.duration``, ``gen_ai.server.time_to_first_token``); the rest is under
``ringmaster.``. Attributes hold ids, names of agents and lines, and figures: no words, no numbers
of callers. Without an exporter the API does nothing and costs next to nothing.
"""

from datetime import timedelta

from opentelemetry import metrics, trace
from opentelemetry.trace import SpanKind

from backend.domain.call import CallRecord, TurnRecord
from backend.domain.floor_moment import FloorMoment

__all__ = ["OtelTurnTelemetry"]

_STAGES = ("final_ms", "first_token_ms", "first_clause_ms", "first_audio_ms", "first_frame_ms", "heard_ms")


class OtelTurnTelemetry:
    """``TurnTelemetry`` on the OpenTelemetry API."""

    def __init__(self) -> None:
        self._tracer = trace.get_tracer("ringmaster")
        meter = metrics.get_meter("ringmaster")
        self._response = meter.create_histogram(
            "ringmaster.turn.response", "s", "caller stops speaking to first frame of the answer"
        )
        self._first_token = meter.create_histogram(
            "gen_ai.server.time_to_first_token", "s", "end of the caller's turn to first token"
        )
        self._calls = meter.create_histogram("ringmaster.call.duration", "s", "length of calls")
        self._interruptions = meter.create_counter("ringmaster.turn.interruptions", description="turns cut short")
        self._early = meter.create_counter("ringmaster.turn.early", description="turns answered from early thinking")
        self._floor = meter.create_counter(
            "ringmaster.floor", description="who took the floor, and what was begun in vain"
        )
        self._end_of_turn = meter.create_histogram(
            "ringmaster.turn.end", "s", "caller stops speaking to his turn being taken as ended"
        )
        self._lag = meter.create_histogram("ringmaster.loop.lag", "ms", "delay of the event loop")

    def turn(self, call: CallRecord, turn: TurnRecord) -> None:
        """A turn is over: one span, with its moments as events."""
        latencies = turn.latencies
        labels = {"ringmaster.line": call.line, "gen_ai.agent.name": turn.agent}
        if latencies.first_frame_ms is not None and turn.caller_text:
            self._response.record(latencies.first_frame_ms / 1000, labels)
        if latencies.first_token_ms is not None and latencies.final_ms is not None:
            self._first_token.record(max(0.0, latencies.first_token_ms - latencies.final_ms) / 1000, labels)
        if latencies.final_ms is not None and turn.caller_text:
            self._end_of_turn.record(max(0.0, latencies.final_ms) / 1000, labels)
        if turn.interrupted:
            self._interruptions.add(1, labels)
        if turn.early:
            self._early.add(1, labels)
        begin = turn.started_at
        span = self._tracer.start_span(
            "ringmaster.turn",
            kind=SpanKind.INTERNAL,
            start_time=_nanoseconds(begin.timestamp()),
            attributes={
                **labels,
                "gen_ai.operation.name": "chat",
                "gen_ai.conversation.id": call.call_id,
                "ringmaster.turn.index": turn.index,
                "ringmaster.turn.interrupted": turn.interrupted,
                "ringmaster.turn.tools": tuple(turn.tools),
            },
        )
        for stage in _STAGES:
            value = getattr(latencies, stage)
            if value is not None:
                at = begin + timedelta(milliseconds=value)
                span.add_event(stage.removesuffix("_ms"), timestamp=_nanoseconds(at.timestamp()))
        end = begin + timedelta(milliseconds=latencies.heard_ms or 0)
        span.end(_nanoseconds(end.timestamp()))

    def floor(self, call: CallRecord, moment: FloorMoment) -> None:
        """A moment in which the floor was decided: one counter, by ``ringmaster.floor.moment``."""
        self._floor.add(1, {"ringmaster.line": call.line, "ringmaster.floor.moment": moment})

    def call_ended(self, call: CallRecord) -> None:
        """A call is over."""
        if call.ended_at is None:
            return
        labels = {"ringmaster.line": call.line, "ringmaster.outcome": call.outcome or "", "ringmaster.test": call.test}
        self._calls.record((call.ended_at - call.started_at).total_seconds(), labels)
        span = self._tracer.start_span(
            "ringmaster.call",
            kind=SpanKind.SERVER,
            start_time=_nanoseconds(call.started_at.timestamp()),
            attributes={
                **labels,
                "gen_ai.conversation.id": call.call_id,
                "ringmaster.call.direction": call.direction,
                "ringmaster.call.turns": len(call.turns),
                "ringmaster.call.agents": tuple(call.agents),
            },
        )
        span.end(_nanoseconds(call.ended_at.timestamp()))

    def loop_lag(self, ms: float) -> None:
        """How late the event loop is."""
        self._lag.record(ms)


def _nanoseconds(seconds: float) -> int:
    return int(seconds * 1e9)
