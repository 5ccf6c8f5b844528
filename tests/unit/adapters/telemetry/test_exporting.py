"""One set of instruments, spans and records for OTLP and Azure Monitor; what arrives there holds nothing private."""

import gzip
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from opentelemetry.sdk.trace import TracerProvider

from backend.adapters.telemetry.exporting import azure_monitor, otlp, set_up_telemetry
from backend.adapters.telemetry.logs import set_up_logs
from backend.domain.call_context import CallContext, bound

PRIVATE = ("4111111111111111", "john@mail.example", "EGSECRET", "1HGCM82633A004352", "hunter22", "john smith")


class _Collector(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.server.got[self.path] = self.server.got.get(self.path, b"") + body  # pyright: ignore
        self.send_response(200)
        self.send_header("Content-Type", "application/x-protobuf")
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def collecting() -> Iterator[tuple[str, dict[str, bytes]]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Collector)
    server.got = {}  # pyright: ignore
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.got  # pyright: ignore
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(
        logging.getLogger("uvicorn"), "propagate", True
    )  # servers of other tests set up logs of their own
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    set_up_logs("INFO", "json")
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)
    for name in ("backend", "config"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_a_collector_gets_all_three_and_nothing_private(logs: None) -> None:
    with collecting() as (url, got):
        exporting = set_up_telemetry([otlp(f"{url}/", "x-team=lines")], 1.0)
        exporting.meter.create_counter("ringmaster.test").add(1)
        with bound(CallContext("call-1", "main", "desk", 2)):
            with pytest.raises(ValueError), exporting.tracer.start_as_current_span("GET") as span:
                span.set_attribute("http.url", f"http://h/answer?key={PRIVATE[2]}")
                span.set_attribute("ringmaster.note", f"card {PRIVATE[0]}")
                raise ValueError(" ".join(PRIVATE))
            try:
                raise KeyError(PRIVATE[5])
            except KeyError:
                fields = {"event": "tool.broke", "why": f"redis://:{PRIVATE[4]}@h vin {PRIVATE[3]}"}
                logging.getLogger("backend.x").exception("%s wrote", PRIVATE[1], extra=fields)
        with exporting.tracer.start_as_current_span("POST callback"), bound(CallContext("call-2", "main")):
            pass
        exporting.close()
    assert set(got) == {"/v1/traces", "/v1/metrics", "/v1/logs"}
    everything = b"".join(got.values())
    assert [secret for secret in PRIVATE if secret.encode() in everything] == []
    assert b"call-1" in got["/v1/traces"]
    assert b"call-2" in got["/v1/traces"]  # a request whose call is only known in its middle
    assert b"call-1" in got["/v1/logs"]
    assert b"tool.broke" in got["/v1/logs"]
    assert b"ringmaster.test" in got["/v1/metrics"]


def test_azure_monitor_takes_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL", "true")
    address = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=http://127.0.0.1:9/"
    exporters = azure_monitor(address)
    assert all((exporters.spans, exporters.metrics, exporters.logs))


def test_without_a_destination_nothing_is_traced_and_metrics_work_all_the_same() -> None:
    exporting = set_up_telemetry([], 1.0)
    assert not exporting.exports
    assert not isinstance(exporting.tracers, TracerProvider)
    exporting.meter.create_counter("ringmaster.test").add(2)
    assert exporting.figures.all().families["ringmaster.test"].points[0].value == 2
    exporting.close()


def test_each_line_of_the_log_is_one_object(logs: None, capsys: pytest.CaptureFixture[str]) -> None:
    import json
    import warnings

    set_up_logs("INFO", "json")
    logging.getLogger("uvicorn.error").error("Exception in ASGI application")
    logging.getLogger("openai").info("Request options: my name is john smith")
    logging.getLogger("backend.x").info("two\nlines")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["logger"] for line in lines] == ["uvicorn.error", "backend.x", "py.warnings"]
