"""What kind of place an IP address is: where everybody may go, this machine and its network, or its secrets."""

import ipaddress
from typing import Literal

__all__ = ["AddressKind", "address_kind"]

AddressKind = Literal["public", "near", "keeper", "never"]

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_KEEPERS = frozenset(
    ipaddress.ip_address(text)
    for text in ("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254")
)
"""Where clouds give machines their secrets, besides 169.254.169.254, which is link-local."""
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
"""IPv6 addresses that stand for the IPv4 address in their last 32 bits."""
_LOCAL_NAT = ipaddress.ip_network("64:ff9b:1::/48")


def address_kind(text: str) -> AddressKind:
    """``public``, ``near`` (this machine, a private network), ``keeper`` (link-local, secrets), or ``never``."""
    address = ipaddress.ip_address(text.partition("%")[0])
    inner = _inner(address)
    if inner is not None:
        return address_kind(str(inner))
    if address.is_multicast or (address.is_reserved and not address.is_private):
        return "never"
    if address.is_link_local or address in _KEEPERS:
        return "keeper"
    return "public" if address.is_global and not address.is_private else "near"


def _inner(address: _Address) -> _Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    translated = any(address in network for network in _TRANSLATED) and int(address) > 1  # not :: and ::1
    if translated or address in _LOCAL_NAT:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None
