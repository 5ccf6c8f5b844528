"""Identifiers of parties as Call Automation writes them.

Requests of the Python SDK 1.6.0 carry no ``kind``; answers and events do.
"""

from collections.abc import Mapping
from typing import Any

__all__ = ["identifier", "number_of", "phone_number"]


def phone_number(number: str) -> dict[str, Any]:
    """The identifier of a phone number."""
    return {"kind": "phoneNumber", "rawId": f"4:{number}", "phoneNumber": {"value": number}}


def identifier(number: str) -> dict[str, Any]:
    """The identifier of whoever is reached at ``number``: a phone, or an ACS user by its raw id."""
    if number.startswith("8:"):
        return {"kind": "communicationUser", "rawId": number, "communicationUser": {"id": number}}
    return phone_number(number)


def number_of(model: Mapping[str, Any] | None) -> str:
    """The phone number, or the raw id of an ACS user; ``""`` where there is neither."""
    if not model:
        return ""
    phone: Mapping[str, Any] = model.get("phoneNumber") or {}
    user: Mapping[str, Any] = model.get("communicationUser") or {}
    raw = str(model.get("rawId") or "")
    return str(phone.get("value") or user.get("id") or raw.removeprefix("4:"))
