"""One trace a call, whichever workers had it, with nothing private in it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from backend.adapters.telemetry.exporting import tracer_provider
from backend.adapters.telemetry.measured_model import MeasuredModel
from backend.adapters.telemetry.turn_telemetry import OtelTurnTelemetry
from backend.domain.call import CallRecord, Latencies, TurnRecord
from backend.domain.call_context import CallContext, bound
from backend.domain.model import ChatMessage, ModelDone, ModelRequest, TextDelta
from backend.errors import RateLimited

NOW = datetime.now(UTC)


class Worker:
    """One process's telemetry, with what it exported."""

    def __init__(self, sampling: float = 1.0) -> None:
        self.exporter = InMemorySpanExporter()
        self.provider = tracer_provider(Resource.create({}), sampling, [SimpleSpanProcessor(self.exporter)])
        self.reader = InMemoryMetricReader()
        self.meter = MeterProvider([self.reader], shutdown_on_exit=False).get_meter("t")
        self.telemetry = OtelTurnTelemetry(self.meter, self.provider.get_tracer("t"))

    @property
    def spans(self) -> dict[str, Any]:
        return {span.name: span for span in self.exporter.get_finished_spans()}


def record() -> CallRecord:
    return CallRecord(
        call_id="abc123", line="main", direction="inbound", started_at=NOW, ended_at=NOW, outcome="failed"
    )


def turn(index: int) -> TurnRecord:
    return TurnRecord(
        index=index, agent="desk", caller_text="my name is john", started_at=NOW, latencies=Latencies(final_ms=1)
    )


def test_turns_of_two_workers_are_children_of_one_call() -> None:
    one, two = Worker(), Worker()
    one.telemetry.turn(record(), turn(1))
    two.telemetry.turn(record(), turn(2))
    two.telemetry.call_ended(record())
    first, second, call = one.spans["ringmaster.turn"], two.spans["ringmaster.turn"], two.spans["ringmaster.call"]
    assert first.context.trace_id == second.context.trace_id == call.context.trace_id
    assert first.parent.span_id == second.parent.span_id == call.context.span_id
    assert call.parent is None
    assert first.context.span_id != second.context.span_id
    assert call.status.status_code is StatusCode.ERROR
    assert "john" not in str(first.to_json()) + str(call.to_json())


def test_tools_and_the_model_are_children_of_their_turn() -> None:
    worker = Worker()
    with bound(CallContext("abc123", "main", "desk", 2)):
        worker.telemetry.tool("file_claim", {"ok": False, "code": "tool.failed", "ms": 12})
    worker.telemetry.turn(record(), turn(2))
    tool, parent = worker.spans["execute_tool file_claim"], worker.spans["ringmaster.turn"]
    assert tool.parent.span_id == parent.context.span_id
    assert tool.context.trace_id == parent.context.trace_id
    assert tool.attributes["ringmaster.call.id"] == "abc123"
    assert tool.attributes["error.type"] == "tool.failed"


def test_whether_a_call_is_traced_all_workers_agree() -> None:
    workers = [Worker(0.5), Worker(0.5)]
    for number in range(40):
        call = record()
        call.call_id = f"call-{number}"
        for worker in workers:
            worker.telemetry.turn(call, turn(1))
            worker.telemetry.call_ended(call)
    kept = [{span.attributes["gen_ai.conversation.id"] for span in w.exporter.get_finished_spans()} for w in workers]
    assert kept[0] == kept[1]
    assert 5 < len(kept[0]) < 35
    counts = [span.attributes["gen_ai.conversation.id"] for span in workers[0].exporter.get_finished_spans()]
    assert all(counts.count(call) == 2 for call in kept[0])  # whole traces or none


def test_an_exception_in_a_span_leaves_its_kind_only() -> None:
    worker = Worker()
    with pytest.raises(ValueError, match="john"), worker.provider.get_tracer("t").start_as_current_span("x") as span:
        span.set_attribute("http.url", "http://h/answer?key=EGSECRET")
        raise ValueError("john smith said 4821")
    text = worker.spans["x"].to_json()
    assert "john" not in text
    assert "EGSECRET" not in text
    assert "ValueError" in text


class Model:
    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)

    async def answer(self, request: ModelRequest):
        if self.failures:
            raise self.failures.pop(0)
        yield TextDelta("Hello john.")
        yield ModelDone("stop", "gpt-x", 120, 8)


def counted(reader: InMemoryMetricReader, name: str) -> list[Any]:
    data = reader.get_metrics_data()
    assert data is not None
    return [
        point
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
        if metric.name == name
        for point in metric.data.data_points
    ]


async def test_model_calls_are_measured_with_their_tokens_and_failures() -> None:
    worker = Worker()
    model = MeasuredModel(Model(RateLimited("model", "slow down")), worker.meter, worker.provider.get_tracer("t"))
    request = ModelRequest(messages=[ChatMessage("user", "my name is john")], deployment="gpt-x")
    with bound(CallContext("abc123", "main", "desk", 1)):
        with pytest.raises(RateLimited):
            [event async for event in model.answer(request)]
        assert model.health().state == "down"
        [event async for event in model.answer(request)]
    assert model.health().state == "ok"
    tokens = {p.attributes["gen_ai.token.type"]: p.value for p in counted(worker.reader, "ringmaster.model.tokens")}
    assert tokens == {"input": 120, "output": 8}
    codes = {p.attributes.get("error.type") for p in counted(worker.reader, "gen_ai.client.operation.duration")}
    assert codes == {None, "provider.rate_limited"}
    assert "john" not in "".join(span.to_json() for span in worker.exporter.get_finished_spans())
