"""Spans for HTTP requests."""

from fastapi import FastAPI
from opentelemetry.metrics import MeterProvider
from opentelemetry.trace import Span, TracerProvider

__all__ = ["instrument"]

_LONGEST = 256
"""Letters of a path; a longer one is of no route of ours."""


def instrument(app: FastAPI, tracers: TracerProvider, meters: MeterProvider) -> None:
    """One span a request. A media socket would make one for each of its 100 messages a second: excluded.

    Addresses are named by their route: what stands in the place of a parameter may be secret.
    """
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

    def scrub(span: Span, scope: dict[str, object]) -> None:
        for name in ("http.url", "http.target", "url.full", "url.query", "http.user_agent", "user_agent.original"):
            span.set_attribute(name, "")
        span.set_attribute("url.path", _without_secrets(str(scope.get("path", "")))[:_LONGEST])

    FastAPIInstrumentor.instrument_app(
        app,
        tracer_provider=tracers,
        meter_provider=meters,
        server_request_hook=scrub,
        exclude_spans=["send", "receive"],
        excluded_urls="livez,readyz,startupz,metrics",
    )


def _without_secrets(path: str) -> str:
    for before in ("/callbacks/", "/media/stream/"):
        if before in path:
            return path.split(before)[0] + before + "***"
    return path
