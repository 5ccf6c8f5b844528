"""Moments as databases give them back."""

from datetime import UTC, datetime

__all__ = ["utc"]


def utc(moment: datetime) -> datetime:
    """SQLite forgets the zone; everything is stored in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
