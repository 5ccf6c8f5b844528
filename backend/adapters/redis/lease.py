"""Who owns a call: one worker at a time, told apart from its predecessors by a fencing number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from backend.adapters.redis import keys
from backend.adapters.redis.client import guarded
from backend.errors import LeaseLost

__all__ = ["CallLeases", "Lease"]

_ACQUIRE = """
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= ARGV[1] and owner ~= ARGV[4] then return 0 end
local fence = redis.call('INCR', KEYS[2])
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'fence', fence)
redis.call('EXPIRE', KEYS[1], ARGV[2])
if ARGV[5] ~= '' then
  redis.call('ZADD', KEYS[3], redis.call('TIME')[1] + ARGV[2], ARGV[5])
  redis.call('EXPIRE', KEYS[3], ARGV[3])
end
return fence
"""
_RENEW = """
local owner = redis.call('HGET', KEYS[1], 'owner')
if not owner then return -1 end
if owner ~= ARGV[1] or redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] then return 0 end
redis.call('EXPIRE', KEYS[1], ARGV[3])
if ARGV[4] ~= '' then
  redis.call('ZADD', KEYS[2], redis.call('TIME')[1] + ARGV[3], ARGV[4])
  redis.call('EXPIRE', KEYS[2], ARGV[5])
end
return 1
"""
_RELEASE = """
if redis.call('HGET', KEYS[1], 'owner') == ARGV[1] then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[2])
  return 1
end
return 0
"""
_EXPIRED = "return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', redis.call('TIME')[1] - 1, 'LIMIT', 0, 20)"
_FENCE_TTL_S = 7 * 24 * 3600
_ANSWERING_S = 30
"""A ring that its worker has not answered by then may be answered by another."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Ownership of one call. ``fence`` grows with every new owner; ``token`` is that of the call's ring."""

    call_id: str
    fence: int
    token: str = ""


class CallLeases:
    """Leases of one worker.

    Args:
        worker: name of this worker, unique among all.
        ttl_s: a worker that does not renew for so long has lost its calls.
    """

    def __init__(self, redis: "Redis", worker: str, ttl_s: int = 10) -> None:
        self._redis = redis
        self._worker = worker
        self._ttl_s = ttl_s
        self._acquire = redis.register_script(_ACQUIRE)
        self._renew = redis.register_script(_RENEW)
        self._release = redis.register_script(_RELEASE)
        self._expired = redis.register_script(_EXPIRED)

    async def acquire(self, call_id: str, token: str = "", *, after: str = "") -> Lease:
        """Become the owner of a call that nobody owns, or that ``after`` owns, a worker known to be gone.

        Raises:
            LeaseLost: another worker owns it.
            SessionLost: Redis cannot be reached.
        """
        places = [keys.lease(call_id), keys.fence(call_id), keys.CALLS]
        fence = await guarded(
            self._acquire(keys=places, args=[self._worker, self._ttl_s, _FENCE_TTL_S, after or self._worker, token])
        )
        if not fence:
            raise LeaseLost(f"call {call_id} belongs to another worker")
        return Lease(call_id, int(fence), token)

    async def renew(self, lease: Lease) -> bool:
        """Stay the owner; false when the lease has run out and nobody has taken it. Raises like ``acquire``."""
        return _renewed(await guarded(self._renew_one(lease)), lease)

    async def renew_all(self, leases: Sequence[Lease]) -> list[bool | LeaseLost]:
        """``renew`` for many, in one round trip.

        Raises:
            SessionLost: Redis cannot be reached.
        """
        if not leases:
            return []
        async with self._redis.pipeline(transaction=False) as pipe:
            for lease in leases:
                await self._renew_one(lease, pipe)
            answers = await guarded(pipe.execute())
        results: list[bool | LeaseLost] = []
        for lease, answer in zip(leases, answers, strict=True):
            try:
                results.append(_renewed(answer, lease))
            except LeaseLost as lost:
                results.append(lost)
        return results

    async def _renew_one(self, lease: Lease, pipe: Any = None) -> Any:
        args = [self._worker, lease.fence, self._ttl_s, lease.token, _FENCE_TTL_S]
        return await self._renew(keys=[keys.lease(lease.call_id), keys.CALLS], args=args, client=pipe)

    async def release(self, lease: Lease) -> None:
        """Give a call up."""
        places = [keys.lease(lease.call_id), keys.CALLS]
        await guarded(self._release(keys=places, args=[self._worker, lease.token]))

    async def owner(self, call_id: str) -> str | None:
        """The worker that owns a call."""
        found = await guarded(self._redis.hget(keys.lease(call_id), "owner"))
        return found.decode() if found else None

    async def expired(self) -> list[str]:
        """Tokens of calls whose lease has run out; at most twenty."""
        return [token.decode() for token in await guarded(self._expired(keys=[keys.CALLS]))]

    async def claim_ring(self, key: str) -> bool:
        """Is it this worker that answers a ringing call? Events come more than once, to more than one worker."""
        return bool(await guarded(self._redis.set(keys.incoming(key), self._worker, nx=True, ex=_ANSWERING_S)))

    async def settle_ring(self, key: str, *, answered: bool) -> None:
        """The ring was answered (later events change nothing), or was not and another may try."""
        if answered:
            await guarded(self._redis.set(keys.incoming(key), self._worker, ex=keys.INCOMING_TTL_S))
        else:
            await guarded(self._redis.delete(keys.incoming(key)))


def _renewed(answer: Any, lease: Lease) -> bool:
    if answer == 0:
        raise LeaseLost(f"call {lease.call_id} belongs to another worker")
    return answer == 1
