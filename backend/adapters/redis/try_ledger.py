"""Failed verifications in Redis: one count for all workers, under names that tell nothing."""

import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Sequence

from backend.adapters.redis import keys
from backend.adapters.redis.client import guarded
from backend.adapters.redis.link import RedisLink
from backend.domain.tries import Counted, MemoryTries
from backend.errors import SessionLost

__all__ = ["RedisTries"]

log = logging.getLogger(__name__)

_AWAY_S = 10.0
"""So long a Redis that did not answer is not asked again."""
_TAKE = """
local now = redis.call('TIME')
local at = now[1] + now[2] / 1000000
for place, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', at - ARGV[1])
  if redis.call('ZCARD', key) >= tonumber(ARGV[2 + place]) then return 0 end
end
if ARGV[2] ~= '' then
  for _, key in ipairs(KEYS) do
    redis.call('ZADD', key, at, ARGV[2])
    redis.call('EXPIRE', key, ARGV[1])
  end
end
return 1
"""


class RedisTries:
    """``TryLedger`` on Redis, one script a try, so that calls at once cannot slip through.

    Names hold a keyed hash of number and record. Every try is counted in this process as well: while Redis is away
    that count decides, so a guesser then has the limit once for each worker and not without end.

    Args:
        redis: the connection.
        secret: keys the hash; the same in all workers.
        window_s: a try counts for so long.
    """

    def __init__(self, redis: RedisLink, secret: bytes, window_s: int = 24 * 3600) -> None:
        self._redis = redis
        self._secret = secret
        self._window_s = window_s
        self._take = redis.register_script(_TAKE)
        self._own = MemoryTries(window_s)
        self._away_until = 0.0

    async def take(self, subjects: Sequence[Counted]) -> str | None:
        """Count one try against each, unless one of them has had its last."""
        own = await self._own.take(subjects)
        if own is None:
            return None
        ticket = f"{own}{secrets.token_hex(4)}"
        if await self._ask(subjects, ticket):
            return ticket
        await self._own.give_back(subjects, own)
        return None

    async def give_back(self, subjects: Sequence[Counted], ticket: str) -> None:
        """That try was none."""
        await self._own.give_back(subjects, ticket[:16])
        if time.monotonic() < self._away_until:
            return
        try:
            for subject in subjects:
                await guarded(self._redis.zrem(self._name(subject), ticket))
        except SessionLost as error:
            log.warning(
                "a verification attempt was counted although nothing was checked",
                extra={"event": "tries.not_given_back", "code": error.code},
            )

    async def forget(self, subject: Counted) -> None:
        """Forget all tries against one subject."""
        await self._own.forget(subject)
        try:
            await guarded(self._redis.delete(self._name(subject)))
        except SessionLost as error:
            log.warning(
                "verification attempts of a number were not deleted; they expire within a day",
                extra={"event": "tries.kept", "code": error.code},
            )

    async def spent(self, subjects: Sequence[Counted]) -> bool:
        """Has any of them had its last try?"""
        return await self._own.spent(subjects) or not await self._ask(subjects, "")

    async def _ask(self, subjects: Sequence[Counted], ticket: str) -> bool:
        """May there be one more? With a ticket it is counted. Without Redis this process' own count has decided."""
        if not subjects or time.monotonic() < self._away_until:
            return True
        limits = [subject.limit for subject in subjects]
        names = [self._name(subject) for subject in subjects]
        try:
            return bool(await guarded(self._take(keys=names, args=[self._window_s, ticket, *limits])))
        except SessionLost as error:
            # Callers wait for this: they are not to wait again and again for a Redis that does not answer.
            self._away_until = time.monotonic() + _AWAY_S
            log.warning(
                "failed verifications are counted by this worker alone, because Redis does not answer",
                extra={"event": "tries.alone", "code": error.code},
            )
            return True

    def _name(self, subject: Counted) -> str:
        said = f"{subject.kind}:{subject.value}".encode()
        return keys.tries(subject.kind, hmac.new(self._secret, said, hashlib.sha256).hexdigest()[:32])
