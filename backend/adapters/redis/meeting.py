"""Meets Redis: finds out whether there is one server or a cluster, and opens the client for it."""

import asyncio
import contextlib
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.cluster import RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.credentials import CredentialProvider
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError

from backend.adapters.redis.address import RedisAddress

__all__ = ["SOCKET_LIMITS", "Client", "Meeting"]

Client = Redis | RedisCluster

SOCKET_LIMITS = 2
"""redis-py's own limits are so many times that of a command: the link's, which knows of its own delays, comes first."""


class Meeting:
    """Opens the client of one address when it is first needed, and keeps it.

    Args:
        address: where Redis is.
        timeout_s: limit on one command, which the link keeps.
        most: commands at once; there are some more connections than that.
        credentials: says name and password anew for every connection, instead of those in the address.
    """

    def __init__(
        self, address: RedisAddress, timeout_s: float, most: int, credentials: CredentialProvider | None = None
    ) -> None:
        self._address, self._timeout_s, self._most = address, timeout_s, most
        self._credentials = credentials
        self.client: Client | None = None
        """The client that was met; ``None`` as long as nobody could be reached."""
        self._alone: Redis | None = None
        self._group: RedisCluster | None = None
        self._lock = asyncio.Lock()

    async def met(self) -> Client:
        """The client; of what cannot be reached now it is found out by a later command.

        Raises:
            redis.exceptions.RedisError, OSError: nobody answers.
        """
        if self.client is None:
            async with self._lock:
                if self.client is None:
                    self.client = await self._meet()
        return self.client

    async def regrouped(self, client: Client) -> Client:
        """The client of the cluster that turned out to be where ``client`` was for one server. Raises like ``met``."""
        async with self._lock:
            if self.client is client:
                self._group = self._group or self._cluster()
                self.client = await self._group.initialize()
        return self.client or client

    async def close(self) -> None:
        """Let go of all connections."""
        for client in (self._alone, self._group):
            if client is not None:
                with contextlib.suppress(RedisError, OSError):
                    await client.aclose()
        self.client = self._alone = self._group = None

    async def _meet(self) -> Client:
        if self._address.cluster is None:
            self._alone = self._alone or self._single()
            if not await _says_cluster(self._alone):
                return self._alone
        if self._address.cluster is False:
            self._alone = self._single()
            return self._alone
        self._group = self._group or self._cluster()
        return await self._group.initialize()

    def _single(self) -> Redis:
        return Redis.from_url(
            self._address.url,
            decode_responses=False,
            socket_timeout=SOCKET_LIMITS * self._timeout_s,
            socket_connect_timeout=SOCKET_LIMITS * self._timeout_s,
            health_check_interval=15,
            # What was cut off is tried once more; what is silent is not waited for twice.
            retry=Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
            max_connections=self._most + 10,
            **self._login(),
        )

    def _cluster(self) -> RedisCluster:
        return RedisCluster.from_url(
            self._address.url,
            decode_responses=False,
            socket_timeout=SOCKET_LIMITS * self._timeout_s,
            socket_connect_timeout=SOCKET_LIMITS * self._timeout_s,
            health_check_interval=15,
            retry=Retry(NoBackoff(), 3),
            max_connections=self._most + 10,
            require_full_coverage=False,  # calls whose node is there go on
            address_remap=self._address.remap(),
            **self._login(),
        )

    def _login(self) -> dict[str, Any]:
        return {"credential_provider": self._credentials} if self._credentials else {}


async def _says_cluster(single: Redis) -> bool:
    try:
        told = await single.info("cluster")
    except ResponseError:
        return False  # it does not say; if it is one, it will send us elsewhere
    return bool(int(told.get("cluster_enabled", 0)))
