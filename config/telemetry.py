"""Logs and telemetry."""

from typing import Literal

from pydantic import SecretStr

from config.concern import Concern

__all__ = ["TelemetrySettings"]


class TelemetrySettings(Concern):
    """Where logs, spans and metrics go."""

    applicationinsights_connection_string: SecretStr = SecretStr("")
    """Azure Monitor. Empty: telemetry stays in the process."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """Least severity that is logged."""
    log_format: Literal["text", "json"] = "text"
    """One line of text, or one JSON object a line."""
    trace_sampling: float = 1.0
    """Share of calls that are traced, 0 to 1."""
