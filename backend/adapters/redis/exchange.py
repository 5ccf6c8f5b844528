"""The exchange on Redis: whose call is whose, who else is there, and how to reach them."""

import logging
from collections.abc import Awaitable, Callable, Collection, Sequence

import msgspec

from backend.adapters.redis import keys
from backend.adapters.redis.client import guarded
from backend.adapters.redis.lease import CallLeases, Lease
from backend.adapters.redis.legacy import LegacyCalls
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.sealed_form import SealedForm
from backend.adapters.redis.worker_rpc import WorkerRpc
from backend.domain.exchange import Beat, CallRoute, Reply, Request, WorkerLoad
from backend.errors import LeaseLost, SessionLost
from backend.ports import Cipher

__all__ = ["LEASE_TTL_S", "RedisExchange"]

log = logging.getLogger(__name__)

LEASE_TTL_S = 6
"""A worker that cannot be heard of for so long has lost its calls."""
_SILENT_S = 1.5
"""A worker beats every second; who has missed one is looked at."""
_MOST_WATCHED = 500
"""Calls that are looked at when a worker has died; those of more are found when their leases have run out."""

_WORKER_BEAT = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
redis.call('HSET', KEYS[1], ARGV[1], cjson.encode({at = now, load = ARGV[2]}))
redis.call('EXPIRE', KEYS[1], ARGV[3])
local others, all = {}, redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local seen = cjson.decode(all[i + 1])
  if seen.at < now - tonumber(ARGV[4]) then
    redis.call('HDEL', KEYS[1], all[i])
  elseif all[i] ~= ARGV[1] then
    others[#others + 1] = all[i]
    others[#others + 1] = seen.load
    others[#others + 1] = tostring(now - seen.at)
  end
end
return others
"""


class RedisExchange:
    """``Exchange`` on Redis.

    Args:
        redis: the way to Redis.
        worker: name of this worker, unique among all.
        ttl_s: life of a ring, as of a session.
        lease_s: life of a lease that is not renewed.
        cipher: what rings are sealed with; without one they are not.
    """

    def __init__(
        self, redis: RedisLink, worker: str, ttl_s: int, lease_s: int = LEASE_TTL_S, cipher: Cipher | None = None
    ) -> None:
        self.worker = worker
        self._redis = redis
        self._ttl_s = ttl_s
        self._lease_s = lease_s
        self._leases = CallLeases(redis, worker, lease_s)
        self._legacy = LegacyCalls(redis, ttl_s)
        self._post = WorkerRpc(redis, worker)
        self._held: dict[str, tuple[CallRoute, Lease]] = {}  # by token
        self._unwritten: dict[str, CallRoute] = {}
        """Calls that began while Redis was away."""
        self._beating: set[str] | None = None
        """The other workers that have missed no beat; ``None`` before our own first one: then nobody is known."""
        self._beat = redis.register_script(_WORKER_BEAT)
        self._form = SealedForm(CallRoute, cipher)
        self._load_decoder = msgspec.json.Decoder(WorkerLoad)

    async def claim(self, key: str) -> bool:
        """Is it this worker that answers a ringing call?"""
        if await self._leases.claim_ring(key):
            return True
        claimed = await self._leases.ring_claimed_by(key)
        if not claimed or claimed == self.worker or not await self._unheard([claimed]):
            return False
        return await self._leases.claim_ring_after(key, claimed)

    async def settle(self, key: str, *, answered: bool) -> None:
        """The ring was answered, or another may try."""
        await self._leases.settle_ring(key, answered=answered)

    async def own(self, ring: CallRoute, *, after: str = "") -> None:
        """Become the owner of a call. One of our own that cannot be written now is written by a later beat."""
        ring.worker = self.worker
        if after and not await self._legacy.take(ring, self.worker, after):
            raise LeaseLost(f"call {ring.call_id} belongs to another worker")
        try:
            lease = await self._leases.acquire(ring.call_id, ring.token, after=after)
        except SessionLost:
            if not after:
                self._unwritten[ring.token] = ring
            raise
        self._held[ring.token] = (ring, lease)
        await self.note(ring)

    async def note(self, ring: CallRoute) -> None:
        """Write what is known of a call of ours."""
        if ring.token in self._unwritten:
            self._unwritten[ring.token] = ring
        held = self._held.get(ring.token)
        if held is None:
            return
        self._held[ring.token] = (ring, held[1])
        key = _key(ring.token)
        await guarded(self._redis.set(key, self._form.encode(ring, key), ex=self._ttl_s))

    async def find(self, token: str) -> CallRoute | None:
        """What a call is, and whose."""
        return await self._found(keys.hashed(token)) or await self._legacy.ring(token)

    async def _found(self, secret_hash: str) -> CallRoute | None:
        key = keys.ring(secret_hash)
        stored = await guarded(self._redis.get(key))
        return None if stored is None else self._form.decode(stored, key)

    async def owner(self, call_id: str) -> str | None:
        """The worker that owns a call."""
        return await self._leases.owner(call_id) or await self._legacy.owner(call_id)

    def let_go(self, token: str) -> None:
        """Stop renewing a lease that another worker takes over."""
        self._held.pop(token, None)
        self._unwritten.pop(token, None)

    async def forget(self, ring: CallRoute) -> None:
        """A call is over."""
        held = self._held.pop(ring.token, None)
        self._unwritten.pop(ring.token, None)
        if held is not None:
            await self._leases.release(held[1])
        secret_hash = keys.hashed(ring.token)
        forgotten = [("DEL", keys.ring(secret_hash)), ("ZREM", keys.LEASES, secret_hash)]
        await guarded(self._redis.many(forgotten))

    async def ask(self, worker: str, request: Request, limit_s: float = 2.0) -> Reply | None:
        """Have another worker do something."""
        return await self._post.ask(worker, request, limit_s)

    async def listen(self, handle: Callable[[Request], Awaitable[Reply]]) -> None:
        """Answer what others ask, until cancelled."""
        await self._post.listen(handle)

    async def listening(self, limit_s: float) -> bool:
        """Wait until others can reach this worker."""
        return await self._post.listening(limit_s)

    async def leave(self) -> None:
        """This worker goes away."""
        await guarded(self._redis.hdel(keys.WORKERS, self.worker))

    async def beat(self, load: WorkerLoad) -> Beat:
        """Say that this worker lives, renew its leases, and learn what has become of the others."""
        lost = await self._renew(list(self._held.values()))
        seen = await guarded(
            self._beat(
                keys=[keys.WORKERS],
                args=[self.worker, msgspec.json.encode(load), keys.WORKERS_TTL_S, self._lease_s],
            )
        )
        names = [name.decode() for name in seen[::3]]
        others = {name: self._load_decoder.decode(body) for name, body in zip(names, seen[1::3], strict=True)}
        silent = {name for name, age in zip(names, seen[2::3], strict=True) if float(age) > _SILENT_S}
        self._beating = set(names) - silent
        abandoned = [await self._abandoned(secret_hash) for secret_hash in await self._leases.expired()]
        abandoned += await self._orphaned(silent)
        rings = [ring for ring in (*abandoned, *await self._legacy.expired()) if ring and ring.token not in self._held]
        return Beat(lost=tuple(lost), abandoned=tuple(rings), others=others)

    async def _renew(self, held: Sequence[tuple[CallRoute, Lease]]) -> list[CallRoute]:
        """Renew leases. One that ran out (Redis was away, or has forgotten), or was never had, is taken now."""
        lost: list[CallRoute] = []
        for (ring, lease), renewed in zip(held, await self._leases.renew_all([one for _, one in held]), strict=True):
            current = self._held.get(ring.token)
            if renewed is True or current is None or current[1] is not lease:
                continue  # renewed; or meanwhile it is over, another's, or ours anew
            if isinstance(renewed, LeaseLost) or not await self._take_again(current[0]):
                self._held.pop(ring.token, None)
                lost.append(ring)
        for ring in list(self._unwritten.values()):
            if not await self._take_again(ring):
                lost.append(ring)
            self._unwritten.pop(ring.token, None)
        return lost

    async def _take_again(self, ring: CallRoute) -> bool:
        """Take the lease of a call of ours that nobody has; false when somebody has it."""
        try:
            lease = await self._leases.acquire(ring.call_id, ring.token)
        except LeaseLost:
            return False
        if ring.token in self._held or ring.token in self._unwritten:
            self._held[ring.token] = (ring, lease)
            await self.note(ring)
        else:
            await self._leases.release(lease)  # it ended meanwhile
        return True

    async def _abandoned(self, secret_hash: str) -> CallRoute | None:
        ring = await self._found(secret_hash)
        if ring is None:
            await self._leases.unwatch(secret_hash)
        return ring

    async def _orphaned(self, silent: Collection[str]) -> list[CallRoute]:
        """Calls of workers that have died.

        Their leases run on for seconds; a caller whose media comes back by itself is sooner, one in a room is not.
        """
        gone = await self._unheard(silent)
        if not gone:
            return []
        watched = await guarded(self._redis.execute(keys.LEASES, "ZRANGE", keys.LEASES, 0, _MOST_WATCHED - 1))
        rings = [await self._found(secret_hash.decode()) for secret_hash in watched]
        return [ring for ring in rings if ring is not None and ring.worker in gone]

    async def _unheard(self, workers: Collection[str]) -> set[str]:
        """Those that have died: silent, and their channel is closed. A worker that is only busy keeps it."""
        if self._beating is None or not self._post.sure:
            return set()
        silent = set(workers) - self._beating
        return {name for name in silent if not await guarded(self._redis.subscribers(keys.to_worker(name)))}


def _key(token: str) -> str:
    return keys.ring(keys.hashed(token))
