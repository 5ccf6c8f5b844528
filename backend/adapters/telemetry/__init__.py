"""Logs, spans and metrics, with nothing personal in them."""
