"""Calls that the version before this one keeps in Redis, while both serve during a roll-out.

That version named keys by call id and secret alone, so it works on a single Redis only and so does this. What it began
is found here: callbacks are passed to it, and its calls are taken over when it goes. The other way round does not work,
so new calls have to go to the new version (docs/reliability.md). To be removed in the next version.
"""

import msgspec

from backend.adapters.redis.client import guarded
from backend.adapters.redis.link import RedisLink
from backend.domain.exchange import CallRoute
from backend.errors import SessionLost

__all__ = ["LegacyCalls"]

_CALLS = "rm:calls"
# Its lease becomes ours for as long as a session lives: a worker of the old version that was only frozen finds it
# taken. A call of which nothing is there was none of the old version, or is over.
_TAKE = """
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= ARGV[1] and owner ~= ARGV[2] then return 0 end
if not owner and redis.call('EXISTS', KEYS[2]) == 0 then return 1 end
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'fence', 0)
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('ZREM', KEYS[3], ARGV[4])
redis.call('DEL', KEYS[2])
return 1
"""
_EXPIRED = "return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', redis.call('TIME')[1] - 1, 'LIMIT', 0, 20)"


class LegacyCalls:
    """Rings, leases and sessions under their old names.

    Args:
        ttl_s: life of a session.
    """

    def __init__(self, redis: RedisLink, ttl_s: int) -> None:
        self._redis = redis
        self._ttl_s = ttl_s
        self._take = redis.register_script(_TAKE)
        self._expired = redis.register_script(_EXPIRED)
        self._decoder = msgspec.json.Decoder(CallRoute)

    async def ring(self, token: str) -> CallRoute | None:
        """What a call is."""
        if self._redis.clustered:
            return None
        stored = await guarded(self._redis.get(f"rm:ring:{token}"))
        if stored is None:
            return None
        try:
            return self._decoder.decode(stored)
        except msgspec.DecodeError as error:
            raise SessionLost("the stored ring cannot be read") from error

    async def owner(self, call_id: str) -> str | None:
        """The worker of the old version that owns a call."""
        if self._redis.clustered:
            return None
        found = await guarded(self._redis.hget(f"rm:lease:{call_id}", "owner"))
        return found.decode() if found else None

    async def session(self, call_id: str) -> bytes | None:
        """The stored session."""
        if self._redis.clustered:
            return None
        return await guarded(self._redis.get(f"rm:session:{call_id}"))

    async def forget(self, call_id: str) -> None:
        """A call that was taken over is over."""
        for name in (f"rm:session:{call_id}", f"rm:lease:{call_id}", f"rm:fence:{call_id}"):
            await guarded(self._redis.delete(name))

    async def take(self, ring: CallRoute, worker: str, after: str) -> bool:
        """Take a call from ``after``, who is gone or gives it up; false when another of the old version has it."""
        if self._redis.clustered:
            return True
        names = [f"rm:lease:{ring.call_id}", f"rm:ring:{ring.token}", _CALLS]
        return bool(await guarded(self._take(keys=names, args=[worker, after, self._ttl_s, ring.token])))

    async def expired(self) -> list[CallRoute]:
        """Calls whose worker of the old version is gone; at most twenty."""
        if self._redis.clustered:
            return []
        tokens = [found.decode() for found in await guarded(self._expired(keys=[_CALLS], args=[]))]
        found = [(token, await self.ring(token)) for token in tokens]
        for token, ring in found:
            if ring is None:
                await guarded(self._redis.zrem(_CALLS, token))
        return [ring for _, ring in found if ring is not None]
