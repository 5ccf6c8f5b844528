"""Turns as metrics: figures and names, never words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from opentelemetry import metrics
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from backend.adapters.telemetry.turn_telemetry import OtelTurnTelemetry
from backend.domain.call import CallRecord, Latencies, TurnRecord

NOW = datetime.now(UTC)
CALL = CallRecord(call_id="c1", line="main", direction="inbound", started_at=NOW)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> InMemoryMetricReader:
    reader = InMemoryMetricReader()
    monkeypatch.setattr(metrics, "get_meter", MeterProvider([reader], shutdown_on_exit=False).get_meter)
    return reader


def points(reader: InMemoryMetricReader) -> dict[str, list[Any]]:
    data = reader.get_metrics_data()
    assert data is not None
    return {
        metric.name: list(metric.data.data_points)
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    }


def test_who_took_the_floor_is_counted_by_moment(reader: InMemoryMetricReader) -> None:
    telemetry = OtelTurnTelemetry()
    for moment in ("held", "held", "hold_unconfirmed", "early_wasted"):
        telemetry.floor(CALL, moment)
    counted = {point.attributes["ringmaster.floor.moment"]: point.value for point in points(reader)["ringmaster.floor"]}
    assert counted == {"held": 2, "hold_unconfirmed": 1, "early_wasted": 1}


def test_a_turn_leaves_its_delays_and_no_words(reader: InMemoryMetricReader) -> None:
    telemetry = OtelTurnTelemetry()
    record = TurnRecord(
        index=2, agent="desk", caller_text="my name is john", interrupted=True, started_at=NOW,
        latencies=Latencies(final_ms=460, first_token_ms=530, first_frame_ms=810),
    )  # fmt: skip
    telemetry.turn(CALL, record)
    found = points(reader)
    sums = {name: found[name][0].sum for name in ("ringmaster.turn.end", "ringmaster.turn.response")}
    assert sums == {"ringmaster.turn.end": 0.46, "ringmaster.turn.response": 0.81}
    assert found["ringmaster.turn.interruptions"][0].value == 1
    assert "john" not in str(found)
