"""Logs and telemetry."""

from typing import Literal
from uuid import UUID

from pydantic import Field, SecretStr, field_validator

from config.concern import Concern
from config.connection_string import parts_of

__all__ = ["TelemetrySettings"]


class TelemetrySettings(Concern):
    """Where logs, spans and metrics go."""

    applicationinsights_connection_string: SecretStr = SecretStr("")
    """Azure Monitor. Empty: telemetry stays in the process."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """Least severity that is logged."""
    log_format: Literal["text", "json"] = "text"
    """One line of text, or one JSON object a line."""
    trace_sampling: float = Field(default=1.0, ge=0, le=1)
    """Share of calls that are traced, 0 to 1."""

    @field_validator("applicationinsights_connection_string")
    @classmethod
    def _names_a_resource(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if not text:
            return value
        try:
            UUID(parts_of(value)["instrumentationkey"])
            pairs = [part.split("=") for part in text.split(";")]
            dict(pairs)  # the exporter reads it so: one "=" in each part, and no part is empty
        except (KeyError, ValueError) as error:
            raise ValueError(
                "expected InstrumentationKey=UUID;IngestionEndpoint=https://..., as the portal shows it"
            ) from error
        return value
