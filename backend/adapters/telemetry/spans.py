"""Spans: ids that follow from the call's, whose work it was, and nothing private on the way to any exporter."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import cast

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace import Event, ReadableSpan, Span, SpanProcessor
from opentelemetry.sdk.trace.id_generator import IdGenerator, RandomIdGenerator
from opentelemetry.trace import NonRecordingSpan, SpanContext, Status, TraceFlags
from opentelemetry.util.types import Attributes

from backend.adapters.telemetry.redaction import masked_attributes, masked_text
from backend.domain.call_context import CallContext, current_call

__all__ = ["CallIds", "CallNames", "RedactedSpans", "name_request", "under", "with_ids"]

_ids: ContextVar[tuple[int, int] | None] = ContextVar("span_ids", default=None)


class CallIds(IdGenerator):
    """Ids by chance, but for spans of a call that any worker may have to know: see ``with_ids``."""

    def __init__(self) -> None:
        self._chance = RandomIdGenerator()

    def generate_trace_id(self) -> int:
        """The trace of the next root span."""
        wanted = _ids.get()
        return wanted[0] if wanted else self._chance.generate_trace_id()

    def generate_span_id(self) -> int:
        """The id of the next span."""
        wanted = _ids.get()
        return wanted[1] if wanted else self._chance.generate_span_id()

    def is_trace_id_random(self) -> bool:
        """May samplers take the trace's id for chance? A digest is as good."""
        return True


@contextmanager
def with_ids(trace_id: int, span_id: int) -> Generator[None]:
    """The span that is made in here has these ids."""
    token = _ids.set((trace_id, span_id))
    try:
        yield
    finally:
        _ids.reset(token)


def under(call: CallContext, span_id: int) -> Context:
    """The context of a child of one of the call's spans, which may be written later, or by another worker."""
    parent = SpanContext(call.trace_id, span_id, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
    return trace.set_span_in_context(NonRecordingSpan(parent), Context())


class CallNames(SpanProcessor):
    """Writes into every span whose work it is."""

    def __init__(self, sampled_percent: float = 100.0) -> None:
        self._sampled_percent = sampled_percent

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        """A span begins."""
        if self._sampled_percent < 100:
            span.set_attribute("_MS.sampleRate", self._sampled_percent)  # Azure Monitor multiplies counts by it
        call = current_call()
        if call is None:
            return
        span.set_attribute("ringmaster.call.id", call.call_id)
        span.set_attribute("ringmaster.line", call.line)
        if call.agent:
            span.set_attribute("gen_ai.agent.name", call.agent)
        span.set_attribute("ringmaster.turn.index", call.turn)


def name_request(call: CallContext) -> None:
    """Write the call into the span of the request that turns out to be about it."""
    span = trace.get_current_span()
    if span.is_recording():
        span.set_attribute("ringmaster.call.id", call.call_id)
        span.set_attribute("ringmaster.line", call.line)


class RedactedSpans(SpanProcessor):
    """Hands clean copies of ended spans to another processor, which exports them.

    Args:
        inner: the processor of an exporter.
    """

    def __init__(self, inner: SpanProcessor) -> None:
        self._inner = inner

    def on_end(self, span: ReadableSpan) -> None:
        """A span has ended."""
        self._inner.on_end(redacted(span))

    def shutdown(self) -> None:
        """Export what is left."""
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30000) -> bool:
        """Export what waits."""
        return self._inner.force_flush(timeout_millis)


def redacted(span: ReadableSpan) -> ReadableSpan:
    """A span fit to be exported: known attributes only, masked; of errors the kind, never the text."""
    return ReadableSpan(
        name=masked_text(span.name),
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_clean(span.attributes),
        events=_events(span.events),
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _events(events: Sequence[Event]) -> list[Event]:
    return [Event(masked_text(event.name), _clean(event.attributes), event.timestamp) for event in events]


def _clean(attributes: Attributes) -> Attributes:
    return cast(Attributes, masked_attributes(cast(Mapping[str, object], attributes or {})))
