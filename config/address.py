"""Addresses of services, checked for what people get wrong: no scheme, no host, the portal's page instead."""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

__all__ = [
    "LOOPBACK",
    "HttpAddress",
    "Issuer",
    "PageAddress",
    "ServiceAddress",
    "http_address",
    "is_loopback",
    "on_this_machine",
    "page_address",
]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts that only this machine can reach."""


_WEB, _ANY = ("https", "http"), ("https", "http", "wss", "ws")


def _checked(value: str, schemes: tuple[str, ...], *, page: bool = False) -> str:
    if not value:
        return value
    try:
        parts = urlsplit(value)
        host, signed_in = parts.hostname, parts.username is not None
        _ = parts.port
    except ValueError:
        host, signed_in = None, False
    odd = not value.isprintable() or any(letter.isspace() for letter in value)  # urlsplit leaves some of them out
    if not host or odd or value.split(":", 1)[0].lower() not in schemes:
        raise ValueError(f"expected an address such as {schemes[0]}://HOST or nothing")
    if signed_in:
        raise ValueError("expected an address without a name or a password in it")
    if not page and ("?" in value or "#" in value):
        raise ValueError("expected the address of a service, without ? or # and what stands behind")
    return value


def http_address(value: str) -> str:
    """An address of a web service, without a slash at the end; empty is let pass.

    Raises:
        ValueError: it has no scheme or no host, or more than belongs to a service's address.
    """
    return _checked(value, _WEB).rstrip("/")


def page_address(value: str) -> str:
    """An address of one page of a service, with all that belongs to it, as it was given; empty is let pass.

    Raises:
        ValueError: it has no scheme or no host.
    """
    return _checked(value, _WEB, page=True)


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
    return _checked(value, _ANY).rstrip("/")


HttpAddress = Annotated[str, AfterValidator(http_address)]
"""``https://HOST``, ``http://HOST`` or empty; a slash at the end is dropped."""
PageAddress = Annotated[str, AfterValidator(page_address)]
"""One page of a service, such as the keys that it publishes; what stands behind ``?`` belongs to it."""
Issuer = Annotated[str, AfterValidator(lambda value: _checked(value, _WEB))]
"""Who signs tokens, letter by letter as the tokens name it: a slash at the end belongs to it."""
ServiceAddress = Annotated[str, AfterValidator(_service)]
"""The same, or a WebSocket's address."""
