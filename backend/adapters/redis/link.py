"""The way to Redis: commands, and a limit that holds."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar, cast

from redis.asyncio.client import PubSub
from redis.asyncio.cluster import RedisCluster
from redis.credentials import CredentialProvider
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import MovedError, RedisClusterException, RedisError
from redis.exceptions import TimeoutError as RedisTimeout

from backend.adapters.redis.address import RedisAddress
from backend.adapters.redis.meeting import SOCKET_LIMITS, Client, Meeting
from backend.adapters.redis.stalls import Stalls
from backend.adapters.redis.waiting import ended_within

__all__ = ["Client", "RedisLink", "Script"]

_T = TypeVar("_T")
Command = tuple[Any, ...]

_MOST = 40
"""Commands of one link at once; more wait, within their limit."""


class RedisLink:
    """Redis as the adapters use it. Every method but ``aclose`` ends within ``timeout_s`` and what we were late.

    A command that takes longer is given up, and runs to its end by itself: Redis may still do it, so whoever gave up
    knows nothing. Where one was given up the next ones fail at once for a while (``Stalls``). Errors are redis-py's;
    ``guarded`` makes ours of them.

    Args:
        address: where it is.
        timeout_s: limit on one command, with all that it takes to connect, to find its node and to try again.
        credentials: says name and password anew for every connection, instead of those in the address.
    """

    def __init__(self, address: RedisAddress, timeout_s: float, credentials: CredentialProvider | None = None) -> None:
        self._address = address
        self._timeout_s = timeout_s
        self._meeting = Meeting(address, timeout_s, _MOST, credentials)
        self._turns = asyncio.Semaphore(_MOST)
        self._stalls = Stalls(2 * timeout_s)

    @classmethod
    def of(cls, client: Client, timeout_s: float = 1.0) -> "RedisLink":
        """The way over a client that somebody else has opened, and closes."""
        link = cls(RedisAddress("", ""), timeout_s)
        link._meeting.client = client
        return link

    def __repr__(self) -> str:
        return f"RedisLink({self._address!r})"

    @property
    def clustered(self) -> bool:
        """Is it known to be a cluster?"""
        return isinstance(self._meeting.client, RedisCluster)

    # -- commands ------------------------------------------------------------------------

    async def ping(self) -> None:
        """A sign of life, of any node."""
        await self.run("", lambda client: _awaited(client.ping()))

    async def get(self, name: str) -> bytes | None:
        """The value of a string."""
        return await self.execute(name, "GET", name)

    async def getex(self, name: str, *, ex: int) -> bytes | None:
        """The value of a string, which lives on for ``ex`` seconds."""
        return await self.execute(name, "GETEX", name, "EX", ex)

    async def set(self, name: str, value: bytes | str, *, ex: int, nx: bool = False) -> bool:
        """Set a string for ``ex`` seconds; with ``nx`` only where there is none. Was it set?"""
        return bool(await self.execute(name, "SET", name, value, "EX", ex, *(("NX",) if nx else ())))

    async def delete(self, name: str, *others: str) -> int:
        """Forget keys, all of one slot."""
        return int(await self.execute(name, "DEL", name, *others))

    async def hget(self, name: str, field: str) -> bytes | None:
        """One field of a hash."""
        return await self.execute(name, "HGET", name, field)

    async def hdel(self, name: str, field: str) -> int:
        """Forget one field of a hash."""
        return int(await self.execute(name, "HDEL", name, field))

    async def zrem(self, name: str, member: str) -> int:
        """Take a member out of a sorted set."""
        return int(await self.execute(name, "ZREM", name, member))

    async def ttl(self, name: str) -> int:
        """Seconds that a key has left; below zero when it has no limit or is not there."""
        return int(await self.execute(name, "TTL", name))

    async def keys(self, pattern: str) -> list[bytes]:
        """Names of keys on every node. For tests and tools: Redis stands still meanwhile."""
        return await self.run("", lambda client: _awaited(client.keys(pattern, **_every(client, "primaries"))))

    async def flushall(self) -> None:
        """Forget everything, on every node. For tests."""
        await self.run("", lambda client: _awaited(client.flushall(**_every(client, "primaries"))))

    async def many(self, commands: Sequence[Command]) -> list[Any]:
        """Several commands in one round trip to each node that has a part in them; not one transaction."""

        async def together(client: Client) -> list[Any]:
            async with client.pipeline(transaction=False) as pipe:
                for command in commands:
                    pipe.execute_command(*command)
                return await pipe.execute()

        return await self.run("", together)

    def register_script(self, text: str) -> "Script":
        """A script that is sent whole only to who does not know it."""
        return Script(self, text)

    # -- channels ------------------------------------------------------------------------

    async def publish(self, channel: str, body: bytes) -> int:
        """Say something; how many hear it at the node that was told (in a cluster others may, too)."""
        return int(await self.execute(channel, "PUBLISH", channel, body))

    async def subscribers(self, channel: str) -> int:
        """How many listen to a channel, counted over all nodes."""
        counted = await self.run("", lambda client: _awaited(client.pubsub_numsub(channel, **_every(client, "all"))))
        return sum(int(count) for _, count in counted)

    async def subscribe(self, channel: str) -> PubSub:
        """A subscription that is open; whoever has it closes it."""

        wanted = True

        async def opened(client: Client) -> PubSub:
            made = cast("PubSub", client.pubsub())
            try:
                await made.subscribe(channel)
                if not wanted:
                    raise RedisTimeout("the wait for this channel has ended")
            except BaseException:
                with contextlib.suppress(RedisError, OSError):
                    await made.aclose()
                raise
            return made

        try:
            return await self.run(channel, opened)
        except BaseException:
            wanted = False
            raise

    # -- how -----------------------------------------------------------------------------

    async def execute(self, key: str, *command: Any) -> Any:
        """Any command, at the node that has ``key``."""
        return await self.run(key, lambda client: _awaited(client.execute_command(*command)))

    async def run(self, key: str, work: Callable[[Client], Awaitable[_T]]) -> _T:
        """Do something with the client, within the limit. ``key`` says at which node; empty for any or all.

        Raises:
            redis.exceptions.RedisError, OSError: it failed, or took too long.
        """
        place = self._place(key)
        self._stalls.check(place)
        task = asyncio.get_running_loop().create_task(self._work(work), name="redis")
        try:
            ended = await ended_within(task, self._timeout_s)
        finally:
            if not task.done():
                self._stalls.leave(task, place)
        try:
            if not ended:
                raise RedisTimeout("redis does not answer in time")
            found = task.result()
        except (RedisTimeout, TimeoutError):
            self._stalls.gave_up(place)
            raise
        self._stalls.answered(place)
        return found

    def _place(self, key: str) -> str:
        if key and isinstance(self._meeting.client, RedisCluster):
            with contextlib.suppress(RedisError):
                node = self._meeting.client.get_node_from_key(key)
                return str(node.name) if node else ""
        return ""

    async def _work(self, work: Callable[[Client], Awaitable[_T]]) -> _T:
        async with self._turns:
            try:
                return await self._worked(work)
            except (RedisClusterException, LookupError) as error:
                # redis-py's cluster client says so that nobody can be reached, or that no node has a slot now.
                raise RedisConnectionError("no node of the cluster can be reached") from error

    async def _worked(self, work: Callable[[Client], Awaitable[_T]]) -> _T:
        client = await self._meeting.met()
        try:
            return await work(client)
        except MovedError:
            if isinstance(client, RedisCluster):
                raise
            # One node of a cluster, which did not say so when it was asked.
            return await work(await self._meeting.regrouped(client))

    async def aclose(self) -> None:
        """Let go of all connections."""
        await self._stalls.close(SOCKET_LIMITS * self._timeout_s)
        await self._meeting.close()


class Script:
    """One script at a link. It touches keys of one slot only, the first of which says where it runs."""

    def __init__(self, link: RedisLink, text: str) -> None:
        self._link = link
        self.text = text
        self._known: dict[Client, Callable[..., Awaitable[Any]]] = {}

    async def __call__(self, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """Run it."""

        async def run(client: Client) -> Any:
            script = self._known.get(client)
            if script is None:
                script = self._known[client] = client.register_script(self.text)
            return await script(keys=list(keys), args=list(args))

        return await self._link.run(keys[0], run)

    def command(self, keys: Sequence[str], args: Sequence[Any]) -> Command:
        """The same for ``RedisLink.many``."""
        return ("EVAL", self.text, len(keys), *keys, *args)


def _every(client: Client, nodes: str) -> dict[str, Any]:
    """Where a command goes that concerns every node."""
    return {"target_nodes": nodes} if isinstance(client, RedisCluster) else {}


async def _awaited(answer: Any) -> Any:
    return await answer
