"""Logs and telemetry."""

from typing import Literal
from uuid import UUID

from pydantic import Field, SecretStr, field_validator

from config.address import HttpAddress, page_address
from config.concern import Concern
from config.connection_string import parts_of
from config.shapes import listed

__all__ = ["TelemetrySettings"]


_SIGNALS = ("/v1/traces", "/v1/metrics", "/v1/logs")


class TelemetrySettings(Concern):
    """Where logs, spans and metrics go."""

    applicationinsights_connection_string: SecretStr = SecretStr("")
    """Azure Monitor. Empty: nothing is sent there."""
    otel_exporter_otlp_endpoint: HttpAddress = ""
    """A collector that takes OTLP over HTTP, such as http://collector:4318. Empty: nothing is sent there."""
    otel_exporter_otlp_headers: SecretStr = SecretStr("")
    """What that collector is told besides: name=value pairs with commas between."""
    alert_webhook_url: SecretStr = SecretStr("")
    """Told when a line refuses calls, is deaf or loses its model. Empty: nobody is told."""
    alert_webhook_secret: SecretStr = SecretStr("")
    """What those messages are signed with; needed with ALERT_WEBHOOK_URL."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """Least severity that is logged."""
    log_format: Literal["text", "json"] = "text"
    """One line of text, or one JSON object a line."""
    show_calls: Literal["auto", "yes", "no"] = "auto"
    """Print each call on the terminal while it goes: words, tools, waits; secrets are masked. auto: `make run` does, a
    server does not. It needs a terminal: nothing goes to a file or a pipe."""
    trace_sampling: float = Field(default=1.0, ge=0, le=1)
    """Share of calls that are traced, 0 to 1."""

    @field_validator("otel_exporter_otlp_endpoint")
    @classmethod
    def _is_the_collector(cls, value: str) -> str:
        if value.endswith(_SIGNALS):
            raise ValueError(
                "expected the collector's address such as http://collector:4318, without /v1/ and its rest"
            )
        return value

    @field_validator("otel_exporter_otlp_headers")
    @classmethod
    def _are_pairs(cls, value: SecretStr) -> SecretStr:
        if not all(pair.partition("=")[0].strip() and "=" in pair for pair in listed(value.get_secret_value())):
            raise ValueError("expected name=value pairs with commas between")
        return value

    @field_validator("alert_webhook_url")
    @classmethod
    def _can_be_told(cls, value: SecretStr) -> SecretStr:
        page_address(value.get_secret_value())
        return value

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
