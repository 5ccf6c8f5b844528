"""Log records for OpenTelemetry: a sink of the log's gate, so that they are clean already."""

import logging
import time

from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.sdk._logs import LoggerProvider

from backend.adapters.telemetry.log_gate import fields_of
from backend.adapters.telemetry.spans import under
from backend.domain.call_context import current_call

__all__ = ["LogExport"]

_SEVERITIES = (
    (logging.CRITICAL, SeverityNumber.FATAL),
    (logging.ERROR, SeverityNumber.ERROR),
    (logging.WARNING, SeverityNumber.WARN),
    (logging.INFO, SeverityNumber.INFO),
    (0, SeverityNumber.DEBUG),
)


class LogExport(logging.Handler):
    """Hands records to a provider, which batches and sends them on a thread of its own."""

    def __init__(self, provider: LoggerProvider) -> None:
        super().__init__()
        self._provider = provider

    def emit(self, record: logging.LogRecord) -> None:
        """One record."""
        if record.name.startswith(("opentelemetry", "azure.monitor")):
            return  # an exporter that is away must not feed itself
        call = current_call()
        attributes = {name: value for name, value in fields_of(record).items() if value is not None}
        if record.exc_text:
            attributes["exception.stacktrace"] = record.exc_text
        self._provider.get_logger(record.name).emit(
            LogRecord(
                timestamp=int(record.created * 1e9),
                observed_timestamp=time.time_ns(),
                context=under(call, call.turn_span_id(call.turn) if call.turn else call.span_id) if call else None,
                severity_text=record.levelname,
                severity_number=next(number for level, number in _SEVERITIES if record.levelno >= level),
                body=record.getMessage(),
                attributes=attributes,  # pyright: ignore[reportArgumentType]
                event_name=str(attributes.get("event", "")) or None,
            )
        )
