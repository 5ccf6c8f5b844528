"""Time zones by name."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["is_zone", "zone"]


def zone(name: str) -> tzinfo:
    """The zone of that name; this machine's own when the name is empty."""
    if name:
        return ZoneInfo(name)
    here = datetime.now().astimezone().tzinfo
    assert here is not None
    return here


def is_zone(name: str) -> bool:
    """Is there such a zone?"""
    try:
        zone(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
