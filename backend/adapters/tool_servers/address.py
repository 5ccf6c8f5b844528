"""Where a tool server may be, and the values that it takes from the environment."""

import asyncio
import socket
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from yarl import URL

from backend.domain.addresses import address_kind
from backend.domain.tool_server import AnyServer, Reference, ServerSpec, header_fault
from backend.errors import ProviderRejected, Unavailable

_look_ups = ThreadPoolExecutor(4, "tool-server-names")
"""Threads of their own: a name server that does not answer holds one for half a minute, and what is done in the threads
of all others is done for calls that use no such tool."""

__all__ = ["Places", "resolve", "resolve_reference", "sent_headers"]


@dataclass(frozen=True, slots=True)
class Places:
    """Where one server's requests may go."""

    server: str
    hosts: frozenset[str]
    """What the store allows, and what the environment names."""
    allowed: frozenset[str] = frozenset()
    """What the deployment allows at most (ALLOWED_TOOL_HOSTS); empty means that the store decides."""
    near: frozenset[str] = frozenset()
    """Hosts that may be on this machine or a private network: those that somebody named on purpose."""

    @classmethod
    def of(cls, spec: AnyServer, url: str, allowed: frozenset[str], environ: Mapping[str, str]) -> "Places":
        """The places of a server at ``url``."""
        return cls.at(spec.name, spec.url, url, spec.hosts, allowed, environ)

    @classmethod
    def at(
        cls,
        name: str,
        written: str | Reference,
        url: str,
        named: Collection[str],
        allowed: frozenset[str],
        environ: Mapping[str, str],
    ) -> "Places":
        """The places of what a store calls ``name``.

        Args:
            name: what it is called in faults.
            written: its address as it stands in the store.
            url: the address that this comes to.
            named: hosts that the store names.
            allowed: hosts that the deployment allows at most.
            environ: where references are looked up.
        """
        hosts = frozenset(_plain(host) for host in named)
        given = _from_environment(written, environ)
        permitted = frozenset(_plain(host) for host in allowed)
        return cls(name, hosts | given or frozenset({_host(url)}), permitted, hosts | given | permitted)

    def check(self, url: str) -> None:
        """Let a request go to ``url`` as far as its name tells, or not.

        Raises:
            ProviderRejected: it leads elsewhere, or it is no address for tools.
        """
        host = _host(url)
        parts = urlsplit(url) if host else None
        if parts is None or parts.scheme not in {"http", "https"} or parts.username is not None:
            raise ProviderRejected(self.server, "expected an address such as https://tools.example.com")
        if host not in self.hosts:
            raise ProviderRejected(self.server, f"may not go to {host}; its hosts are {', '.join(sorted(self.hosts))}")
        if self.allowed and host not in self.allowed:
            raise ProviderRejected(self.server, f"may not go to {host}; ALLOWED_TOOL_HOSTS does not name it")

    async def addresses(self, host: str, port: int, *, encrypted: bool) -> list[str]:
        """The addresses of a host, looked up once: whoever connects does so to one of these, and to no other.

        Raises:
            ProviderRejected: one of them is not for tools.
            Unavailable: there is none.
        """
        try:
            found = await asyncio.get_running_loop().run_in_executor(_look_ups, _look_up, host, port)
        except (OSError, UnicodeError) as error:
            raise Unavailable(self.server, f"the host name {host} cannot be resolved") from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        for address in addresses:
            self.judge(host, address, encrypted=encrypted)
        return addresses

    def judge(self, host: str, address: str, *, encrypted: bool) -> None:
        """May a connection to ``host`` go to this address?

        Raises:
            ProviderRejected: it may not.
        """
        kind, name = address_kind(address), _plain(host)
        if kind == "never" or (kind == "keeper" and name not in self.allowed):
            words = f"may not go to {host}: {address} is where machines keep their secrets, or nobody's"
            raise ProviderRejected(self.server, f"{words}; only ALLOWED_TOOL_HOSTS may name it")
        if kind == "near" and name not in self.near:
            words = f"may not go to {host}: {address} is this machine or a private network"
            raise ProviderRejected(self.server, f"{words}; name the host under `hosts`, or in ALLOWED_TOOL_HOSTS")
        if kind == "public" and not encrypted:
            raise ProviderRejected(self.server, f"expected https for {host}; http is for this machine and network")


def resolve(spec: ServerSpec, value: str | Reference, environ: Mapping[str, str]) -> str:
    """A value, or what it refers to.

    Raises:
        ProviderRejected: the variable is not set.
    """
    return resolve_reference(spec.name, value, environ)


def resolve_reference(name: str, value: str | Reference, environ: Mapping[str, str]) -> str:
    """The same of what a store calls ``name``.

    Raises:
        ProviderRejected: the variable is not set.
    """
    if isinstance(value, str):
        return value
    found = environ.get(value.env) or value.default
    if found is None:
        raise ProviderRejected(name, f"{value.env} is not set")
    return value.prefix + found


def sent_headers(spec: ServerSpec, environ: Mapping[str, str]) -> dict[str, str]:
    """The headers that go with every request.

    Raises:
        ProviderRejected: a variable is not set, or a header is the connection's own.
    """
    for name in spec.headers:
        if fault := header_fault(name):
            raise ProviderRejected(spec.name, fault)
    return {name: resolve(spec, value, environ) for name, value in spec.headers.items()}


def _from_environment(url: str | Reference, environ: Mapping[str, str]) -> frozenset[str]:
    """The host that whoever runs the server has named, which no editor of the store can."""
    given = environ.get(url.env) if isinstance(url, Reference) and not url.prefix else None
    return frozenset({_host(given)} - {""}) if given else frozenset()


def _look_up(host: str, port: int) -> list[Any]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


def _host(url: str) -> str:
    """As the clients read it: they and we must never mean different hosts."""
    try:
        return _plain(URL(url).host or "")
    except ValueError:
        return ""


def _plain(host: str) -> str:
    return host.casefold().strip("[]").rstrip(".")
