"""Who owns a call: one worker at a time, told apart from its predecessors by a fencing number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis

from backend.adapters.redis import keys
from backend.adapters.redis.client import guarded
from backend.adapters.redis.link import RedisLink
from backend.errors import LeaseLost

__all__ = ["CallLeases", "Lease"]

_ACQUIRE = """
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= ARGV[1] and owner ~= ARGV[4] then return 0 end
local fence = redis.call('INCR', KEYS[2])
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'fence', fence)
redis.call('EXPIRE', KEYS[1], ARGV[2])
return fence
"""
_RENEW = """
local owner = redis.call('HGET', KEYS[1], 'owner')
if not owner then return -1 end
if owner ~= ARGV[1] or redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] then return 0 end
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
"""
_RELEASE = """
if redis.call('HGET', KEYS[1], 'owner') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""
_WATCH = """
local ends = redis.call('TIME')[1] + ARGV[1]
for place = 3, #ARGV do redis.call('ZADD', KEYS[1], ends, ARGV[place]) end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return ends
"""
_EXPIRED = "return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', redis.call('TIME')[1] - 1, 'LIMIT', 0, 20)"
_CLAIM_AFTER = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1
"""
_FENCE_TTL_S = 7 * 24 * 3600
_ANSWERING_S = 30
"""A ring that its worker has not answered by then may be answered by another."""
_ANSWERED = b""
"""Stands where the worker stood that answers."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Ownership of one call. ``fence`` grows with every new owner; ``token`` is that of the call's ring."""

    call_id: str
    fence: int
    token: str = field(default="", repr=False)


class CallLeases:
    """Leases of one worker.

    Args:
        worker: name of this worker, unique among all.
        ttl_s: a worker that does not renew for so long has lost its calls.
    """

    def __init__(self, redis: "Redis | RedisLink", worker: str, ttl_s: int = 10) -> None:
        self._redis = redis = redis if isinstance(redis, RedisLink) else RedisLink.of(redis)
        self._worker = worker
        self._ttl_s = ttl_s
        self._acquire = redis.register_script(_ACQUIRE)
        self._renew = redis.register_script(_RENEW)
        self._release = redis.register_script(_RELEASE)
        self._watch = redis.register_script(_WATCH)
        self._expired = redis.register_script(_EXPIRED)
        self._claim_after = redis.register_script(_CLAIM_AFTER)

    async def acquire(self, call_id: str, token: str = "", *, after: str = "") -> Lease:
        """Become the owner of a call that nobody owns, or that ``after`` owns, a worker known to be gone.

        Lease and list are in two slots, so they change one after the other: the list first. One that is in the list
        and owned by nobody or by another is looked at and left alone; one that is not there would not be missed.

        Raises:
            LeaseLost: another worker owns it.
            SessionLost: Redis cannot be reached.
        """
        if token:
            await guarded(self._watch(*self._watched([token])))
        places = [keys.lease(call_id), keys.fence(call_id)]
        fence = await guarded(
            self._acquire(keys=places, args=[self._worker, self._ttl_s, _FENCE_TTL_S, after or self._worker])
        )
        if not fence:
            raise LeaseLost(f"call {call_id} belongs to another worker")
        return Lease(call_id, int(fence), token)

    async def renew(self, lease: Lease) -> bool:
        """Stay the owner; false when the lease has run out and nobody has taken it. Raises like ``acquire``."""
        answer = (await self.renew_all([lease]))[0]
        if isinstance(answer, LeaseLost):
            raise answer
        return answer

    async def renew_all(self, leases: Sequence[Lease]) -> list[bool | LeaseLost]:
        """``renew`` for many, in one round trip.

        Raises:
            SessionLost: Redis cannot be reached.
        """
        if not leases:
            return []
        commands = [
            self._renew.command([keys.lease(lease.call_id)], [self._worker, lease.fence, self._ttl_s])
            for lease in leases
        ]
        tokens = [lease.token for lease in leases if lease.token]
        if tokens:
            commands.append(self._watch.command(*self._watched(tokens)))
        answers = await guarded(self._redis.many(commands))
        results: list[bool | LeaseLost] = []
        for lease, answer in zip(leases, answers, strict=False):
            try:
                results.append(_renewed(answer, lease))
            except LeaseLost as lost:
                results.append(lost)
        return results

    def _watched(self, tokens: Sequence[str]) -> tuple[list[str], list[Any]]:
        """Keys and arguments that note when the leases of these calls end."""
        return [keys.LEASES], [self._ttl_s, keys.LEASES_TTL_S, *(keys.hashed(token) for token in tokens)]

    async def release(self, lease: Lease) -> None:
        """Give a call up."""
        released = await guarded(self._release(keys=[keys.lease(lease.call_id)], args=[self._worker]))
        if released and lease.token:
            await self.unwatch(keys.hashed(lease.token))

    async def unwatch(self, secret_hash: str) -> None:
        """Nobody need look after this call any more."""
        await guarded(self._redis.zrem(keys.LEASES, secret_hash))

    async def owner(self, call_id: str) -> str | None:
        """The worker that owns a call."""
        found = await guarded(self._redis.hget(keys.lease(call_id), "owner"))
        return found.decode() if found else None

    async def expired(self) -> list[str]:
        """Hashes of the secrets of calls whose lease has run out; at most twenty."""
        return [found.decode() for found in await guarded(self._expired(keys=[keys.LEASES], args=[]))]

    async def claim_ring(self, key: str) -> bool:
        """Is it this worker that answers a ringing call? Events come more than once, to more than one worker."""
        return bool(await guarded(self._redis.set(keys.incoming(key), self._worker, nx=True, ex=_ANSWERING_S)))

    async def ring_claimed_by(self, key: str) -> str:
        """The worker that is answering a ringing call; empty where it has been answered, or nobody is."""
        return (await guarded(self._redis.get(keys.incoming(key))) or _ANSWERED).decode()

    async def claim_ring_after(self, key: str, gone: str) -> bool:
        """Is it this worker that answers instead of one that is gone?"""
        args = [gone, self._worker, _ANSWERING_S]
        return bool(await guarded(self._claim_after(keys=[keys.incoming(key)], args=args)))

    async def settle_ring(self, key: str, *, answered: bool) -> None:
        """The ring was answered (later events change nothing), or was not and another may try."""
        if answered:
            await guarded(self._redis.set(keys.incoming(key), _ANSWERED, ex=keys.INCOMING_TTL_S))
        else:
            await guarded(self._redis.delete(keys.incoming(key)))


def _renewed(answer: Any, lease: Lease) -> bool:
    if answer == 0:
        raise LeaseLost(f"call {lease.call_id} belongs to another worker")
    return answer == 1
