"""Where Redis is, and whether it is a cluster: what ``REDIS_URL`` says."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from redis.asyncio.connection import parse_url

__all__ = ["RedisAddress"]

_SAYS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """One address, with ``cluster=true`` or ``cluster=false`` taken out of its query.

    Without either the server itself is asked (``cluster`` is ``None``).
    """

    url: str
    host: str
    cluster: bool | None = None
    private: bool = False
    """Is it spoken to over TLS?"""

    def __repr__(self) -> str:
        return f"RedisAddress(host={self.host!r}, cluster={self.cluster})"

    @classmethod
    def read(cls, url: str) -> "RedisAddress":
        """Read a ``REDIS_URL``.

        Raises:
            ValueError: it is none; the message holds no password.
        """
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
        said = [value.casefold() for name, value in query if name == "cluster"]
        if any(value not in _SAYS for value in said) or len(set(said)) > 1:
            raise ValueError("cluster: expected true or false, once")
        rest = urlencode([(name, value) for name, value in query if name != "cluster"])
        plain = urlunsplit(parts._replace(query=rest))
        parse_url(plain)  # raises ValueError for what redis-py would not take
        cluster = _SAYS[said[0]] if said else None
        if cluster and parts.path.strip("/") not in {"", "0"}:
            raise ValueError("a cluster has database 0 only")
        return cls(plain, parts.hostname or "", cluster, parts.scheme == "rediss")

    def remap(self) -> Callable[[tuple[str, int]], tuple[str, int]] | None:
        """How to reach the nodes that a cluster names, where its own names do not do.

        Over TLS a certificate is for the host of the address, but a managed cluster names its nodes by number, all
        of them behind that host, each with a port of its own. What is named by name is left as it is.
        """
        if not self.private or not self.host or _is_number(self.host):
            return None
        return lambda node: (self.host, node[1]) if _is_number(node[0]) else node


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
