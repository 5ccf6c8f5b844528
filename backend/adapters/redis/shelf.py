"""Entries that wait in Redis until the database is there."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, cast

import msgspec

from backend.adapters.redis import keys
from backend.adapters.redis.client import guarded
from backend.adapters.redis.link import Client, RedisLink
from backend.domain.entry import Entry, entry_in
from backend.errors import SealBroken, SessionLost
from backend.ports import Cipher

__all__ = ["RedisShelf"]

log = logging.getLogger(__name__)

_QUIET_S = 2.0
"""A Redis that was away is not asked again for so long: whoever wants to put something down must not wait for it."""
_LEASE_S = 30
"""What a worker that has not been heard of for so long has left is anybody's."""


class RedisShelf:
    """``Shelf`` in Redis: a sorted set of sealed entries for each worker.

    Args:
        redis: the way to Redis.
        owner: the worker whose entries these are, as ``DATABASE.WORKER``.
        cipher: seals them.
        most: so many at most.
        of: the shelf of the worker that took this one over from its owner, who is gone.
    """

    name = "redis"

    def __init__(
        self, redis: RedisLink, owner: str, cipher: Cipher, most: int = 50_000, of: "RedisShelf | None" = None
    ) -> None:
        self._redis = redis
        self._owner = owner
        self._cipher = cipher
        self._most = most
        self._holder = of._owner if of else owner
        self._hopeless: set[str] = of._hopeless if of else set()
        """Owners of whose entries some cannot be opened: they stay, and are not looked at again and again."""
        self._quiet_until = 0.0
        self._count = 0
        self._renewal: asyncio.Task[None] | None = None

    async def put(self, entry: Entry) -> bool:
        """Lay an entry down."""
        if asyncio.get_running_loop().time() < self._quiet_until:
            return False
        sealed = self._cipher.seal(msgspec.json.encode(entry), self._bound)
        try:
            if self._count >= self._most:
                return False
            place = keys.outbox(self._owner)
            done = await guarded(
                self._redis.many(
                    [
                        ("ZADD", place, entry.number, sealed),
                        ("EXPIRE", place, keys.OUTBOX_TTL_S),
                        ("ZCARD", place),
                    ]
                )
            )
            await self._hold()
        except SessionLost:
            self._be_quiet()
            return False
        self._count = int(done[2])
        return True

    async def read(self, after: int, limit: int) -> Sequence[Entry]:
        """The next entries by number."""
        entries: list[Entry] = []
        while not entries:
            found = await guarded(self._found(after, limit))
            if not found:
                break
            entries = [entry for sealed, _ in found if (entry := self._opened(sealed)) is not None]
            after = int(found[-1][1])
        return entries

    async def _found(self, after: int, limit: int) -> list[tuple[bytes, float]]:
        place = keys.outbox(self._owner)

        async def ranged(client: Client) -> list[tuple[bytes, float]]:
            found = await client.zrangebyscore(place, f"({after}", "+inf", start=0, num=limit, withscores=True)
            return cast("list[tuple[bytes, float]]", found)

        return await self._redis.run(place, ranged)

    def _opened(self, sealed: bytes) -> Entry | None:
        try:
            return entry_in(self._cipher.open(sealed, self._bound))
        except (msgspec.DecodeError, SealBroken):
            if self._owner not in self._hopeless:
                self._hopeless.add(self._owner)
                log.error(
                    "waiting database writes cannot be decrypted with the keys that are set; they stay in Redis",
                    extra={"event": "outbox.unreadable", "place": self.name},
                )
            return None

    async def _on_it(self, command: str, *rest: int) -> Any:
        place = keys.outbox(self._owner)
        return await self._redis.execute(place, command, place, *rest)

    async def drop(self, entry: Entry) -> None:
        """It is written."""
        try:
            await guarded(self._on_it("ZREMRANGEBYSCORE", entry.number, entry.number))
            self._count = max(0, self._count - 1)
        except SessionLost:
            self._be_quiet()

    async def left_behind(self) -> "Sequence[RedisShelf]":
        """Shelves of workers that are gone."""
        found: list[RedisShelf] = []
        try:
            for name in await guarded(self._redis.execute(keys.OUTBOXES, "SMEMBERS", keys.OUTBOXES)):
                owner = name.decode()
                if self._may_be_ours(owner) and await self._take_over(owner):
                    found.append(RedisShelf(self._redis, owner, self._cipher, self._most, self))
        except SessionLost:
            self._be_quiet()
        for shelf in found:
            await shelf._keep_holding()
        return found

    async def elsewhere(self) -> int:
        """How many entries lie on shelves of other workers."""
        try:
            names = await guarded(self._redis.execute(keys.OUTBOXES, "SMEMBERS", keys.OUTBOXES))
            owners = [owner for name in names if self._may_be_ours(owner := name.decode())]
            places = [keys.outbox(owner) for owner in owners]
            return sum([int(await guarded(self._redis.execute(one, "ZCARD", one))) for one in places])
        except SessionLost:
            return 0

    def _may_be_ours(self, owner: str) -> bool:
        """Is it another worker's with the same database?"""
        same = owner.partition(".")[0] == self._owner.partition(".")[0]
        return same and owner != self._owner and owner not in self._hopeless

    async def _take_over(self, owner: str) -> bool:
        if not await guarded(self._redis.set(keys.outbox_holder(owner), self._owner, nx=True, ex=_LEASE_S)):
            return False
        if await guarded(self._redis.execute(keys.outbox(owner), "ZCARD", keys.outbox(owner))):
            return True
        await guarded(self._redis.execute(keys.OUTBOXES, "SREM", keys.OUTBOXES, owner))
        return False

    async def close(self) -> None:
        """Let go of it: whoever starts next may have it at once."""
        if self._renewal is not None:
            self._renewal.cancel()
            await asyncio.gather(self._renewal, return_exceptions=True)
        elif self._holder == self._owner:
            return  # nothing was ever put here
        try:
            if not await guarded(self._on_it("ZCARD")):
                await guarded(self._redis.execute(keys.OUTBOXES, "SREM", keys.OUTBOXES, self._owner))
            await guarded(self._redis.delete(keys.outbox_holder(self._owner)))
        except SessionLost:
            pass  # it ends by itself

    async def _hold(self) -> None:
        """Be known as its holder, from the first entry on."""
        if self._renewal is None:
            known = [("SADD", keys.OUTBOXES, self._owner), ("EXPIRE", keys.OUTBOXES, keys.OUTBOX_TTL_S)]
            await guarded(self._redis.many(known))
            await self._keep_holding()

    async def _keep_holding(self) -> None:
        await guarded(self._redis.set(keys.outbox_holder(self._owner), self._holder, ex=_LEASE_S))
        self._renewal = asyncio.get_running_loop().create_task(self._renew(), name="outbox-holder")

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(_LEASE_S / 3)
            try:
                await guarded(self._redis.set(keys.outbox_holder(self._owner), self._holder, ex=_LEASE_S))
            except SessionLost:
                self._be_quiet()

    def _be_quiet(self) -> None:
        self._quiet_until = asyncio.get_running_loop().time() + _QUIET_S

    @property
    def _bound(self) -> str:
        return f"outbox:{self._owner}"
