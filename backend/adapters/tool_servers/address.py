"""Where a tool server may be, and the values that it takes from the environment."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from backend.domain.tool_server import Reference, ServerSpec
from backend.errors import ProviderRejected

__all__ = ["Places", "resolve"]


@dataclass(frozen=True, slots=True)
class Places:
    """Where one server's requests may go."""

    server: str
    hosts: frozenset[str]
    """What the store allows."""
    allowed: frozenset[str] = frozenset()
    """What the deployment allows at most (ALLOWED_TOOL_HOSTS); empty means that the store decides."""

    @classmethod
    def of(cls, spec: ServerSpec, url: str, allowed: frozenset[str]) -> "Places":
        """The places of a server at ``url``."""
        hosts = frozenset(host.lower() for host in spec.hosts) or frozenset({_host(url)})
        return cls(spec.name, hosts, allowed)

    def check(self, url: str) -> None:
        """Let a request go to ``url``, or not.

        Raises:
            ProviderRejected: it leads elsewhere, or is not encrypted on the way to another machine.
        """
        parts, host = urlsplit(url), _host(url)
        if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
            raise ProviderRejected(self.server, "expected an address such as https://tools.example.com")
        if host not in self.hosts:
            raise ProviderRejected(self.server, f"may not go to {host}; its hosts are {', '.join(sorted(self.hosts))}")
        if self.allowed and host not in self.allowed:
            raise ProviderRejected(self.server, f"may not go to {host}; ALLOWED_TOOL_HOSTS does not name it")
        if parts.scheme == "http" and not _is_near(host):
            raise ProviderRejected(self.server, f"expected https for {host}; http is for this machine and network")


def resolve(spec: ServerSpec, value: str | Reference, environ: Mapping[str, str]) -> str:
    """A value, or what it refers to.

    Raises:
        ProviderRejected: the variable is not set.
    """
    if isinstance(value, str):
        return value
    found = environ.get(value.env) or value.default
    if found is None:
        raise ProviderRejected(spec.name, f"{value.env} is not set")
    return value.prefix + found


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _is_near(host: str) -> bool:
    """Loopback, a private network, or a name without a dot, as inside a cluster."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".internal", ".local", ".localhost"))
    return address.is_loopback or address.is_private
