"""Calls and turns as OpenTelemetry spans and histograms.

Names follow the GenAI semantic conventions where they have one
(``gen_ai.client.operation.duration``, ``gen_ai.server.time_to_first_token``); the rest is under
``ringmaster.``. Attributes hold ids, names of agents and lines, and figures: no words, no numbers
of callers. Without an exporter the API does nothing and costs next to nothing.

A call is one trace, whichever workers had it: ids follow from the call's id, the span of the call is
written by whoever ends it, and those of its turns are its children.
"""

import time
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from opentelemetry import metrics, trace
from opentelemetry.context import Context
from opentelemetry.trace import SpanKind, Status, StatusCode

from backend.adapters.telemetry.call_metrics import Instruments
from backend.adapters.telemetry.hour_tally import HourTally
from backend.adapters.telemetry.spans import under, with_ids
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.call_context import CallContext, current_call
from backend.domain.floor_moment import FloorMoment

__all__ = ["OtelTurnTelemetry"]

_STAGES = ("final_ms", "first_token_ms", "first_clause_ms", "first_audio_ms", "first_frame_ms", "heard_ms")

_KINDS = (
    ("phone_seconds", "phone_s"), ("trunk_seconds", "trunk_s"), ("heard_seconds", "heard_s"),
    ("spoken_characters", "spoken"), ("recorded_seconds", "recorded_s"),
)  # fmt: skip
"""Amounts of a call as metrics and spans name them."""


class OtelTurnTelemetry:
    """``TurnTelemetry`` on the OpenTelemetry API.

    Args:
        meter, tracer: make the instruments and spans; those of the API, which do nothing, unless given.
        hours: counts what is shown over time.
    """

    def __init__(
        self,
        meter: metrics.Meter | None = None,
        tracer: trace.Tracer | None = None,
        hours: HourTally | None = None,
    ) -> None:
        self._hours = hours
        self._tracer = tracer or trace.get_tracer("ringmaster")
        self._of = Instruments(meter or metrics.get_meter("ringmaster"))

    def turn(self, call: CallRecord, turn: TurnRecord) -> None:
        """A turn is over: one span, with its moments as events."""
        self._measure(call, turn)
        context = _context(call)
        begin, latencies = turn.started_at, turn.latencies
        with with_ids(context.trace_id, context.turn_span_id(turn.index)):
            span = self._tracer.start_span(
                "ringmaster.turn",
                under(context, context.span_id),
                kind=SpanKind.INTERNAL,
                start_time=_nanoseconds(begin.timestamp()),
                attributes={
                    **_labels(call, turn),
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

    def _measure(self, call: CallRecord, turn: TurnRecord) -> None:
        labels, latencies = _labels(call, turn), turn.latencies
        if latencies.first_frame_ms is not None and turn.caller_text:
            self._of.response.record(latencies.first_frame_ms / 1000, labels)
            if self._hours and not call.test:
                self._hours.waited(call.line, latencies.first_frame_ms)
        if latencies.first_token_ms is not None and latencies.final_ms is not None:
            self._of.first_token.record(max(0.0, latencies.first_token_ms - latencies.final_ms) / 1000, labels)
        if latencies.final_ms is not None and turn.caller_text:
            self._of.end_of_turn.record(max(0.0, latencies.final_ms) / 1000, labels)
        if turn.interrupted:
            self._of.interruptions.add(1, labels)
        if turn.early:
            self._of.early.add(1, labels)

    def floor(self, call: CallRecord, moment: FloorMoment) -> None:
        """A moment in which the floor was decided: one counter, by ``ringmaster.floor.moment``."""
        self._of.floor.add(1, {"ringmaster.line": call.line, "ringmaster.floor.moment": moment})

    def refused(self, line: str, why: str) -> None:
        """A ringing call was not taken."""
        self._of.refused.add(1, {"ringmaster.line": line, "ringmaster.reason": why})
        if self._hours:
            self._hours.refused(line, why)

    def tool(self, name: str, detail: Mapping[str, Any]) -> None:
        """A tool has answered, as the audit says: one histogram and one span."""
        code, took = str(detail.get("code") or ""), float(detail.get("ms") or 0) / 1000
        labels = {"gen_ai.tool.name": name, "ringmaster.ok": bool(detail.get("ok"))} | (
            {"error.type": code} if code else {}
        )
        self._of.tool.record(took, labels)
        call = current_call()
        if call is None:
            return
        parent = under(call, call.turn_span_id(call.turn) if call.turn else call.span_id)
        end = time.time_ns()
        span = self._tracer.start_span(
            f"execute_tool {name}", parent, SpanKind.INTERNAL, labels, start_time=end - int(took * 1e9)
        )
        if code:
            span.set_status(Status(StatusCode.ERROR))
        span.end(end)

    def call_ended(self, call: CallRecord) -> None:
        """A call is over."""
        if call.ended_at is None:
            return
        labels = {"ringmaster.line": call.line, "ringmaster.outcome": call.outcome or "", "ringmaster.test": call.test}
        self._of.call.record(call.seconds(), labels)
        self._of.ended.add(1, labels)
        amounts = _amounts(call)
        for kind, deployment, amount in amounts:
            about = {"ringmaster.line": call.line, "ringmaster.test": call.test, "ringmaster.used.kind": kind}
            self._of.used.add(amount, about | ({"gen_ai.request.model": deployment} if deployment else {}))
        context = _context(call)
        with with_ids(context.trace_id, context.span_id):
            span = self._tracer.start_span(
                "ringmaster.call",
                Context(),
                kind=SpanKind.SERVER,
                start_time=_nanoseconds(call.started_at.timestamp()),
                attributes={
                    **labels,
                    "gen_ai.conversation.id": call.call_id,
                    "ringmaster.call.direction": call.direction,
                    "ringmaster.call.turns": len(call.turns),
                    "ringmaster.call.agents": tuple(call.agents),
                    **_summed(amounts),
                },
            )
        if call.outcome == "failed":
            span.set_status(Status(StatusCode.ERROR))
        span.end(_nanoseconds(call.ended_at.timestamp()))

    def loop_lag(self, ms: float) -> None:
        """How late the event loop is."""
        self._of.lag.record(ms)


def _context(call: CallRecord) -> CallContext:
    return CallContext(call.call_id, call.line)


def _labels(call: CallRecord, turn: TurnRecord) -> dict[str, str]:
    return {"ringmaster.line": call.line, "gen_ai.agent.name": turn.agent}


def _amounts(call: CallRecord) -> list[tuple[str, str, float]]:
    """What it took, by kind and, for tokens, by deployment; what it took nothing of is left out."""
    if (use := call.use) is None:
        return []
    found = [(kind, "", float(getattr(use, name))) for kind, name in _KINDS]
    for deployment, model in use.models.items():
        found += [(f"tokens_{name}", deployment, float(getattr(model, name))) for name in ("read", "cached", "written")]
        found.append(("answers_untold", deployment, float(model.untold)))
    return [one for one in found if one[2] > 0]


def _summed(amounts: Iterable[tuple[str, str, float]]) -> dict[str, float]:
    """The same as attributes of the call's span, all deployments together."""
    found: dict[str, float] = {}
    for kind, _, amount in amounts:
        name = f"ringmaster.used.{kind}"
        found[name] = round(found.get(name, 0.0) + amount, 3)
    return found


def _nanoseconds(seconds: float) -> int:
    return int(seconds * 1e9)
