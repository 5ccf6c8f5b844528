"""A model whose calls are measured: how long, how many tokens, how they ended. No words."""

import logging
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

from opentelemetry import metrics, trace
from opentelemetry.trace import SpanKind, Status, StatusCode

from backend.adapters.telemetry.call_metrics import seconds
from backend.adapters.telemetry.spans import under
from backend.domain.call_context import current_call
from backend.domain.model import ModelDone, ModelEvent, ModelRequest
from backend.errors import RingmasterError, Unavailable
from backend.ports import ChatModel, HealthPart

__all__ = ["MeasuredModel"]

log = logging.getLogger(__name__)


class MeasuredModel:
    """``ChatModel`` around another.

    It also says when the model is lost and when it is back: lost is an answer that no deployment could give.
    """

    def __init__(self, inner: ChatModel, meter: metrics.Meter, tracer: trace.Tracer) -> None:
        self._inner = inner
        self._tracer = tracer
        self._duration = seconds(meter, "gen_ai.client.operation.duration", "length of model calls")
        self._tokens = meter.create_histogram(
            "gen_ai.client.token.usage",
            "{token}",
            "tokens of one model call",
            explicit_bucket_boundaries_advisory=[16, 64, 256, 1024, 4096, 16384, 65536],
        )
        self._used = meter.create_counter("ringmaster.model.tokens", description="tokens of model calls, in all")
        self.lost = ""
        """Code of the failure that lost it; empty while it answers."""

    async def ping(self) -> None:
        """Did it answer when it was last asked? Nobody is asked for this.

        Raises:
            Unavailable: it did not.
        """
        if self.lost:
            raise Unavailable("model", f"no deployment answered the last time ({self.lost})")

    def health(self) -> HealthPart:
        """How it is, as far as calls have found out."""
        if not self.lost:
            return HealthPart("model")
        sentence = f"no deployment answered the last time ({self.lost}); see `model.attempt_failed` in the log"
        return HealthPart("model", "down", sentence)

    async def answer(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """Answer, and measure."""
        began, at = time.monotonic(), time.time_ns()
        done: ModelDone | None = None
        failure = ""
        try:
            async with aclosing(self._inner.answer(request)) as events:
                async for event in events:
                    if isinstance(event, ModelDone):
                        done = event
                    yield event
        except RingmasterError as error:
            failure = error.code
            raise
        except BaseException:
            failure = "" if done else "abandoned"  # the caller went on, or an early answer was not needed
            raise
        finally:
            self._note(request, done, failure or ("" if done else "abandoned"), began, at)

    def _note(self, request: ModelRequest, done: ModelDone | None, failure: str, began: float, at: int) -> None:
        model = (done.deployment if done else "") or request.deployment or "default"
        labels = {"gen_ai.operation.name": "chat", "gen_ai.request.model": model}
        if failure:
            labels["error.type"] = failure
        self._duration.record(time.monotonic() - began, labels)
        if done:
            for kind, count in _told(done):
                self._tokens.record(count, {**labels, "gen_ai.token.type": kind})
                self._used.add(count, {**labels, "gen_ai.token.type": kind})
        self._judge(failure, done)
        self._span(labels, done, failure, at)

    def _judge(self, failure: str, done: ModelDone | None) -> None:
        if failure and failure != "abandoned":
            log.error("no deployment of the model answers", extra={"event": "model.lost", "code": failure})
            self.lost = failure
        elif done and self.lost:
            self.lost = ""
            log.info("the model answers again", extra={"event": "model.back"})

    def _span(self, labels: dict[str, str], done: ModelDone | None, failure: str, at: int) -> None:
        call = current_call()
        if call is None:
            return
        parent = under(call, call.turn_span_id(call.turn) if call.turn else call.span_id)
        span = self._tracer.start_span("chat", parent, SpanKind.CLIENT, labels, start_time=at)
        if done:
            for kind, count in _told(done):
                span.set_attribute(f"gen_ai.usage.{kind}_tokens", count)
            span.set_attribute("gen_ai.response.finish_reasons", (done.reason,))
        if failure and failure != "abandoned":
            span.set_status(Status(StatusCode.ERROR))
        span.end()


def _told(done: ModelDone) -> list[tuple[str, int]]:
    """Tokens by kind, as far as the service told them."""
    counts = (("input", done.prompt_tokens), ("output", done.completion_tokens))
    return [(kind, count) for kind, count in counts if count is not None]
