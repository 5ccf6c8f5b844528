"""Joins the settings and telemetry."""

from backend.adapters.telemetry.exporting import Exporters, Exporting, azure_monitor, otlp, set_up_telemetry
from backend.adapters.telemetry.logs import add_sink, remove_sink
from backend.adapters.telemetry.webhook import AlertWebhook
from backend.errors import ConfigError
from config.telemetry import TelemetrySettings

__all__ = ["close_webhook", "open_telemetry", "open_webhook"]


def open_telemetry(settings: TelemetrySettings) -> Exporting:
    """Instruments and spans of this worker, exported wherever the settings say; to both where both are set."""
    destinations: list[Exporters] = []
    if insights := settings.applicationinsights_connection_string.get_secret_value():
        destinations.append(azure_monitor(insights))
    if settings.otel_exporter_otlp_endpoint:
        headers = settings.otel_exporter_otlp_headers.get_secret_value()
        destinations.append(otlp(settings.otel_exporter_otlp_endpoint, headers))
    return set_up_telemetry(destinations, settings.trace_sampling)


def open_webhook(settings: TelemetrySettings) -> AlertWebhook | None:
    """Tell the address of the settings of alerts from now on, if one is set.

    Raises:
        ConfigError: there is nothing to sign with.
    """
    url = settings.alert_webhook_url.get_secret_value()
    secret = settings.alert_webhook_secret.get_secret_value()
    if not url:
        return None
    if not secret:
        raise ConfigError("ALERT_WEBHOOK_SECRET: expected with ALERT_WEBHOOK_URL, it is not set")
    add_sink(webhook := AlertWebhook(url, secret))
    return webhook


async def close_webhook(webhook: AlertWebhook) -> None:
    """Tell nobody any more."""
    remove_sink(webhook)
    await webhook.shut()
