"""Where telemetry goes: one set of instruments, spans and records for OTLP, Azure Monitor and ``/metrics``."""

import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opentelemetry import metrics, trace
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader, MetricsData, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased

from backend import __version__
from backend.adapters.telemetry.log_export import LogExport
from backend.adapters.telemetry.logs import add_sink, remove_sink
from backend.adapters.telemetry.shared_figures import SharedFigures
from backend.adapters.telemetry.snapshot import Snapshot, snapshot_of
from backend.adapters.telemetry.spans import CallIds, CallNames, RedactedSpans, name_request
from backend.domain.call_context import watch_bound
from backend.domain.worker_name import FIGURES_FOLDER, worker_name

__all__ = ["Exporters", "Exporting", "azure_monitor", "otlp", "set_up_telemetry", "tracer_provider"]

_SERVICE = "ringmaster"


@dataclass(frozen=True, slots=True)
class Exporters:
    """What one destination takes; each is of the SDK's kind."""

    spans: Any
    metrics: Any
    logs: Any


class _Collected(MetricReader):
    """Collects when it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self._data: MetricsData | None = None

    def _receive_metrics(self, metrics_data: MetricsData, timeout_millis: float = 10_000, **_: Any) -> None:
        self._data = metrics_data

    def shutdown(self, timeout_millis: float = 30_000, **_: Any) -> None:
        """Nothing is left to send."""

    def read(self) -> Snapshot:
        """This process's figures now."""
        self.collect()
        return snapshot_of(self._data, worker_name(), os.getpid(), time.time())


@dataclass(frozen=True, slots=True)
class Exporting:
    """Telemetry of this process, set up."""

    figures: SharedFigures
    meters: MeterProvider
    tracers: trace.TracerProvider
    loggers: LoggerProvider | None = None
    sink: LogExport | None = None
    unwatch: Callable[[], None] = lambda: None

    @property
    def meter(self) -> metrics.Meter:
        """Makes instruments."""
        return self.meters.get_meter(_SERVICE)

    @property
    def tracer(self) -> trace.Tracer:
        """Makes spans."""
        return self.tracers.get_tracer(_SERVICE)

    @property
    def exports(self) -> bool:
        """Does anything leave this process?"""
        return self.loggers is not None

    def close(self) -> None:
        """Send what waits. Blocks for a few seconds at most: for a thread."""
        self.unwatch()
        if self.sink is not None:
            remove_sink(self.sink)
        if isinstance(self.tracers, TracerProvider):
            self.tracers.force_flush(2000)
        if self.loggers is not None:
            self.loggers.force_flush(2000)
        self.meters.shutdown(2000)


def set_up_telemetry(
    destinations: Sequence[Exporters], sampling: float, *, processors: Sequence[SpanProcessor] = ()
) -> Exporting:
    """Export from now on; without a destination there are only the figures for ``/metrics``.

    Args:
        destinations: each gets everything.
        sampling: share of traces that are exported, 0 to 1; by the trace's id, so that all workers agree.
        processors: further ones for spans, which see what exporters see.
    """
    resource = Resource.create(
        {"service.name": _SERVICE, "service.version": __version__, "service.instance.id": worker_name()}
    )
    collected = _Collected()
    readers = [PeriodicExportingMetricReader(each.metrics, 30_000) for each in destinations]
    meters = MeterProvider([collected, *readers], resource, shutdown_on_exit=False)
    folder = os.environ.get(FIGURES_FOLDER, "")
    figures = SharedFigures(Path(folder) if folder else None, collected.read)
    if not destinations and not processors:
        return Exporting(figures, meters, trace.NoOpTracerProvider())
    inner = [*processors, *(BatchSpanProcessor(each.spans) for each in destinations)]
    loggers = LoggerProvider(resource, shutdown_on_exit=False)
    for each in destinations:
        loggers.add_log_record_processor(BatchLogRecordProcessor(each.logs))
    add_sink(sink := LogExport(loggers))
    for noisy in ("opentelemetry", "azure.monitor", "azure.core"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    return Exporting(
        figures, meters, tracer_provider(resource, sampling, inner), loggers, sink, watch_bound(name_request)
    )


def tracer_provider(resource: Resource, sampling: float, inner: Sequence[SpanProcessor]) -> TracerProvider:
    """Spans named after their call, and clean for each of ``inner``."""
    tracers = TracerProvider(TraceIdRatioBased(sampling), resource, shutdown_on_exit=False, id_generator=CallIds())
    tracers.add_span_processor(CallNames(sampling * 100))
    for processor in inner:
        tracers.add_span_processor(RedactedSpans(processor))
    return tracers


def otlp(endpoint: str, headers: str = "") -> Exporters:
    """A collector that takes OTLP over HTTP.

    Args:
        endpoint: its address, without ``/v1/...``.
        headers: ``name=value`` pairs with commas between, for a collector that asks who sends.
    """
    from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    base = endpoint.rstrip("/")
    given = dict(pair.strip().split("=", 1) for pair in headers.split(",") if "=" in pair) or None
    return Exporters(
        OTLPSpanExporter(f"{base}/v1/traces", headers=given, timeout=5),
        OTLPMetricExporter(f"{base}/v1/metrics", headers=given, timeout=5),
        OTLPLogExporter(f"{base}/v1/logs", headers=given, timeout=5),
    )


def azure_monitor(connection_string: str) -> Exporters:
    """Azure Monitor. Takes seconds to import, so only where it is set."""
    from azure.monitor.opentelemetry.exporter import (
        AzureMonitorLogExporter,
        AzureMonitorMetricExporter,
        AzureMonitorTraceExporter,
    )

    given = {"connection_string": connection_string, "disable_offline_storage": True}
    return Exporters(
        AzureMonitorTraceExporter(**given), AzureMonitorMetricExporter(**given), AzureMonitorLogExporter(**given)
    )
