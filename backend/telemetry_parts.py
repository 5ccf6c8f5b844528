"""Joins the settings and telemetry."""

from backend.adapters.telemetry.exporting import Exporters, Exporting, azure_monitor, otlp, set_up_telemetry
from config.telemetry import TelemetrySettings

__all__ = ["open_telemetry"]


def open_telemetry(settings: TelemetrySettings) -> Exporting:
    """Instruments and spans of this worker, exported wherever the settings say; to both where both are set."""
    destinations: list[Exporters] = []
    if insights := settings.applicationinsights_connection_string.get_secret_value():
        destinations.append(azure_monitor(insights))
    if settings.otel_exporter_otlp_endpoint:
        headers = settings.otel_exporter_otlp_headers.get_secret_value()
        destinations.append(otlp(settings.otel_exporter_otlp_endpoint, headers))
    return set_up_telemetry(destinations, settings.trace_sampling)
