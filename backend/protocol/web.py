"""What a browser says of a request, and what of it may be believed: Host, Origin, Sec-Fetch-Site, a body's type.

A page of another site can send requests to this machine, and with a name of its own that points here it can even read
the answers. It cannot choose what its browser writes into these headers (fetch.spec.whatwg.org; a browser sends Origin
with every unsafe request and every WebSocket). Programs send none of them but Host.
"""

from collections.abc import Collection, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address

__all__ = ["SAFE_METHODS", "AllowedHosts", "foreign_page", "host_of", "is_json", "is_yaml", "media_type"]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing, so that it does not matter which page asked."""

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_YAML = frozenset({"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"})
_USUAL_PORTS = (("http://", ":80"), ("https://", ":443"))


def host_of(header: str) -> str:
    """The name or address in a Host header, in small letters; empty when it is none."""
    host = header.strip().lower()
    if host.startswith("["):
        name, bracket, port = host[1:].partition("]")
        return name if bracket and _is_port(port) and _address(name) else ""
    name, _, port = host.partition(":")
    if not _is_port(f":{port}" if ":" in host else ""):
        return ""
    return name.rstrip(".") if name.isascii() and "@" not in name and "/" not in name and " " not in name else ""


def _is_port(text: str) -> bool:
    return text == "" or (text.startswith(":") and text[1:].isascii() and text[1:].isdigit() and len(text) <= 6)


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


class AllowedHosts:
    """Names under which a server may be spoken to.

    Args:
        names: besides those of this machine itself.
        addresses: are plain addresses let pass, too? No page can be loaded from a name that is an address of ours, so
            they are safe wherever the server is meant to be reached from other machines.
    """

    def __init__(self, names: Collection[str] = (), *, addresses: bool = False) -> None:
        self._names = _LOCAL_NAMES | {host_of(name) for name in names} - {""}
        self._addresses = addresses

    def allow(self, header: str | None) -> bool:
        """May a request with this Host header be answered?"""
        name = host_of(header) if header else ""
        if not name or name in self._names:
            return bool(name)
        address = _address(name)
        return address is not None and (self._addresses or address.is_loopback)


def foreign_page(headers: Mapping[str, str], origins: Collection[str] = ()) -> bool:
    """Was this sent by a page of another site?

    Args:
        headers: the request's, names in small letters.
        origins: pages that may, as browsers write them; ``*`` for all.
    """
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "none").strip().lower() not in ("none", "same-origin")
    if "*" in origins or origin in origins:
        return False
    host = _host(headers)
    return not host or _authority(origin.lower()) != _authority(f"{origin.lower().partition('://')[0]}://{host}")


def _host(headers: Mapping[str, str]) -> str:
    return headers.get("host", "").strip().lower()


def _authority(origin: str) -> str:
    """Name and port; the port is left out where it is the scheme's own. ``null`` is nobody's."""
    for scheme, port in _USUAL_PORTS:
        if origin.startswith(scheme):
            return origin.removeprefix(scheme).removesuffix(port)
    return "\0" if origin == "null" or "://" not in origin else origin


def media_type(header: str | None) -> str:
    """The type without its parameters, in small letters."""
    return (header or "").partition(";")[0].strip().lower()


def is_json(kind: str) -> bool:
    """Is a media type JSON?"""
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def is_yaml(kind: str) -> bool:
    """Is it YAML?"""
    return kind in _YAML
