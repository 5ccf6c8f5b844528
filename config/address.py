"""Addresses of services, checked for what people get wrong: no scheme, no host, the portal's page instead."""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

__all__ = ["LOOPBACK", "HttpAddress", "ServiceAddress", "http_address", "is_loopback", "on_this_machine"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts that only this machine can reach."""


def _checked(value: str, schemes: tuple[str, ...]) -> str:
    if not value:
        return value
    try:
        parts = urlsplit(value)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host = None
    if not host or value.split(":", 1)[0].lower() not in schemes:
        raise ValueError(f"expected an address such as {schemes[0]}://HOST or nothing")
    return value.rstrip("/")


def http_address(value: str) -> str:
    """An address of a web service, without a slash at the end; empty is let pass.

    Raises:
        ValueError: it has no scheme or no host.
    """
    return _checked(value, ("https", "http"))


def is_loopback(host: str) -> bool:
    """Is this a host that only this machine can reach?"""
    try:
        return host.lower() in LOOPBACK or ip_address(host).is_loopback
    except ValueError:
        return False


def on_this_machine(value: str) -> bool:
    """Is it an address of this machine itself, such as that of the local Azure?"""
    return is_loopback(urlsplit(value).hostname or "")


def _service(value: str) -> str:
    return _checked(value, ("https", "http", "wss", "ws"))


HttpAddress = Annotated[str, AfterValidator(http_address)]
"""``https://HOST``, ``http://HOST`` or empty; a slash at the end is dropped."""
ServiceAddress = Annotated[str, AfterValidator(_service)]
"""The same, or a WebSocket's address."""
