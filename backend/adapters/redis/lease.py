"""Who owns a call: one worker at a time, told apart from its predecessors by a fencing number."""

from dataclasses import dataclass

from redis.asyncio import Redis

from backend.adapters.redis import keys
from backend.adapters.redis.client import guarded
from backend.errors import LeaseLost

__all__ = ["CallLeases", "Lease"]

_ACQUIRE = """
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= ARGV[1] then return 0 end
local fence = redis.call('INCR', KEYS[2])
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'fence', fence)
redis.call('EXPIRE', KEYS[1], ARGV[2])
return fence
"""
_RENEW = """
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] or redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] then return 0 end
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
"""
_RELEASE = """
if redis.call('HGET', KEYS[1], 'owner') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""
_FENCE_TTL_S = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Lease:
    """Ownership of one call. ``fence`` grows with every new owner."""

    call_id: str
    fence: int


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

    async def acquire(self, call_id: str) -> Lease:
        """Become the owner of a call.

        Raises:
            LeaseLost: another worker owns it.
            SessionLost: Redis cannot be reached.
        """
        places = [keys.lease(call_id), keys.fence(call_id)]
        fence = await guarded(self._acquire(keys=places, args=[self._worker, self._ttl_s, _FENCE_TTL_S]))
        if not fence:
            raise LeaseLost(f"call {call_id} belongs to another worker")
        return Lease(call_id, int(fence))

    async def renew(self, lease: Lease) -> None:
        """Stay the owner. Raises like ``acquire``."""
        args = [self._worker, lease.fence, self._ttl_s]
        if not await guarded(self._renew(keys=[keys.lease(lease.call_id)], args=args)):
            raise LeaseLost(f"call {lease.call_id} belongs to another worker")

    async def release(self, lease: Lease) -> None:
        """Give a call up."""
        await guarded(self._release(keys=[keys.lease(lease.call_id)], args=[self._worker]))

    async def claim_ring(self, key: str) -> bool:
        """Is it this worker that answers a ringing call? Events come more than once, to more than one worker."""
        return bool(await guarded(self._redis.set(keys.incoming(key), self._worker, nx=True, ex=keys.INCOMING_TTL_S)))
