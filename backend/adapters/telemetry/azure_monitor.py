"""Sends telemetry to Azure Monitor."""

from fastapi import FastAPI
from opentelemetry.trace import Span

__all__ = ["export_to_azure_monitor", "instrument"]


def export_to_azure_monitor(connection_string: str, sampling: float) -> None:
    """Export spans, metrics and logs from now on."""
    from azure.monitor.opentelemetry import configure_azure_monitor  # seconds to import, so only when asked for

    configure_azure_monitor(
        connection_string=connection_string,
        sampling_ratio=sampling,
        logger_name="backend",
        instrumentation_options={name: {"enabled": False} for name in ("fastapi", "requests", "urllib", "urllib3")},
    )


def instrument(app: FastAPI) -> None:
    """Spans for HTTP requests. A media socket would make one for each of its 100 messages a second: excluded."""
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

    def scrub(span: Span, scope: dict[str, object]) -> None:
        # The path holds the secret token of a call.
        path = str(scope.get("path", ""))
        if "/callbacks/" in path or "/media/stream/" in path:
            clean = path.rsplit("/", 1)[0] + "/***"
            for name in ("http.url", "http.target", "url.full", "url.path"):
                span.set_attribute(name, clean)

    FastAPIInstrumentor.instrument_app(app, server_request_hook=scrub, exclude_spans=["send", "receive"])
