"""Where a request really comes from: behind a proxy everybody has the proxy's address."""

from collections.abc import Collection, MutableMapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

__all__ = ["Proxies", "owner_of"]

_UNKNOWN = "unknown"
_IPV6_HOME = 64
"""Bits of an IPv6 address that say whose it is; the rest its owner chooses."""


class Proxies:
    """Proxies whose word is taken for who their client is.

    Args:
        trusted: their addresses or networks, such as 10.0.0.0/8. Empty: nobody's word is taken.
    """

    def __init__(self, trusted: Collection[str] = ()) -> None:
        self._networks: list[IPv4Network | IPv6Network] = [ip_network(one, strict=False) for one in trusted]

    def reveal(self, scope: MutableMapping[str, Any]) -> None:
        """Put the real client and scheme into an ASGI scope."""
        client = scope.get("client")
        if not self._networks or not client or not self._trusts(client[0]):
            return
        forwarded: list[str] = []
        for name, value in scope["headers"]:
            if name == b"x-forwarded-for":
                forwarded += value.decode("latin-1").split(",")
            elif name == b"x-forwarded-proto" and value in (b"http", b"https"):
                secure = value == b"https"
                scope["scheme"] = (("ws", "wss") if scope["type"] == "websocket" else ("http", "https"))[secure]
        scope["client"] = (self._farthest(forwarded, client[0]), 0)

    def _farthest(self, forwarded: list[str], peer: str) -> str:
        """The first address from our side that is no proxy of ours; what stands before it anybody can write."""
        for one in reversed(forwarded):
            address = _plain(one)
            if not address:
                return peer
            peer = address
            if not self._trusts(address):
                break
        return peer

    def _trusts(self, address: str) -> bool:
        plain = _plain(address)
        return bool(plain) and any(ip_address(plain) in network for network in self._networks)


def _plain(text: str) -> str:
    """An address without its port; empty when it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)


def owner_of(address: str) -> str:
    """Whose guesses are counted together: an IPv4 address, or the network of an IPv6 one."""
    plain = _plain(address)
    return str(ip_network(f"{plain}/{_IPV6_HOME}", strict=False)) if ":" in plain else plain or _UNKNOWN
