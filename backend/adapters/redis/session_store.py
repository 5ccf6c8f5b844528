"""Sessions of live calls in Redis, saved by compare-and-set."""

import msgspec

from backend.adapters.redis import keys
from backend.adapters.redis.client import guarded
from backend.adapters.redis.legacy import LegacyCalls
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.sealed_form import SealedForm
from backend.domain.session import CallSession
from backend.errors import SessionConflict, SessionLost
from backend.ports import Cipher

__all__ = ["MemorySessionStore", "RedisSessionStore"]

_SAVE = """
local stored = redis.call('GET', KEYS[1])
if stored then
  local version = cjson.decode(stored)['version']
  if version ~= tonumber(ARGV[1]) then return 0 end
elseif tonumber(ARGV[1]) ~= 0 and ARGV[4] == '0' then
  return -1
end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1
"""


class RedisSessionStore:
    """``SessionStore`` on Redis. Unknown fields of newer versions are ignored when read.

    A session that has vanished from Redis (a failover that lost data, an expired key) is
    written anew: the live call's memory is the truth.

    Args:
        redis: the connection.
        ttl_s: life of a session after it was saved.
        cipher: what sessions are sealed with; without one they are not.
    """

    def __init__(self, redis: RedisLink, ttl_s: int, cipher: Cipher | None = None) -> None:
        self.redis = self._redis = redis
        self._ttl_s = ttl_s
        self._taken_over: set[str] = set()
        """Calls that the version before had begun."""
        self._legacy = LegacyCalls(redis, ttl_s)
        self._save = redis.register_script(_SAVE)
        self._form = SealedForm(CallSession, cipher)

    async def ping(self) -> None:
        """Is Redis there, and does it take what is written? Full, or a replica, it answers and keeps nothing.

        Raises:
            SessionLost: it does not.
        """
        await guarded(self._redis.set(keys.PROBE, b"1", ex=keys.PROBE_TTL_S))

    async def load(self, call_id: str) -> CallSession | None:
        """The stored session."""
        stored = await guarded(self._redis.get(keys.session(call_id)))
        if stored is None:
            stored = await self._legacy.session(call_id)
            if stored is not None:
                self._taken_over.add(call_id)
        return None if stored is None else self._form.decode(stored, _place(call_id))

    async def save(self, session: CallSession) -> None:
        """Save, if nobody else has since."""
        known = session.version
        session.version = known + 1
        body = await self._form.encoded(session, _place(session.call_id), session.version)
        try:
            done = await guarded(self._save(keys=[keys.session(session.call_id)], args=[known, body, self._ttl_s, "1"]))
        except SessionLost:
            session.version = known
            raise
        if done != 1:
            session.version = known
            raise SessionConflict(f"session {session.call_id} was saved by another worker")

    async def delete(self, call_id: str) -> None:
        """Forget a call."""
        await guarded(self._redis.delete(keys.session(call_id), keys.lease(call_id), keys.fence(call_id)))
        if call_id in self._taken_over:
            self._taken_over.discard(call_id)
            await self._legacy.forget(call_id)


class MemorySessionStore:
    """``SessionStore`` of this process alone: what there is without Redis."""

    def __init__(self) -> None:
        self._sessions: dict[str, tuple[int, bytes]] = {}
        """By call, the version of its session, and the session."""

    async def ping(self) -> None:
        """Always there."""

    async def load(self, call_id: str) -> CallSession | None:
        """The stored session."""
        stored = self._sessions.get(call_id)
        return msgspec.json.decode(stored[1], type=CallSession) if stored else None

    async def save(self, session: CallSession) -> None:
        """Save, if nobody else has since."""
        stored = self._sessions.get(session.call_id)
        if stored and stored[0] != session.version:
            raise SessionConflict(f"session {session.call_id} was saved by another worker")
        session.version += 1
        self._sessions[session.call_id] = session.version, msgspec.json.encode(session)

    async def delete(self, call_id: str) -> None:
        """Forget a call."""
        self._sessions.pop(call_id, None)


def _place(call_id: str) -> str:
    return f"session/{call_id}"
