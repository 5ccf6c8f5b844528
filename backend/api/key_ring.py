"""Keys of the API, checked without asking the database for each request."""

import asyncio
import hashlib
import hmac
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from backend.domain.api_key import ApiKey, key_id
from backend.domain.principal import Principal
from backend.errors import AuthError, RingmasterError, Unavailable
from backend.ports import KeyBook

__all__ = ["KeyRing"]

log = logging.getLogger(__name__)

_FRESH_S = 10.0
"""So long what was read of the keys is taken for true: a key that was revoked elsewhere is refused after it."""
_STALE_S = 300.0
"""So long it is while the database does not answer. After it nobody is let in by a key of the database."""
_MISSED_S = 1.0
"""An unknown key makes us read again at most this often."""
_REMEMBERED = 1000
_WAITING = 20


def _utc_now() -> datetime:
    return datetime.now(UTC)


class KeyRing:
    """Finds the holder of a key.

    Args:
        book: where keys are kept.
        clock: seconds that only grow.
        now: the time of day.
    """

    def __init__(
        self, book: KeyBook, *, clock: Callable[[], float] = time.monotonic, now: Callable[[], datetime] = _utc_now
    ) -> None:
        self._book = book
        self._clock = clock
        self._now = now
        self._keys: Mapping[str, ApiKey] = {}
        self._read_at = self._asked_at = float("-inf")
        self._reading = asyncio.Lock()
        self._hashing = asyncio.Semaphore(1)
        self._queue = 0
        self._own = secrets.token_bytes(32)
        self._proven: OrderedDict[bytes, tuple[str, str]] = OrderedDict()

    def __repr__(self) -> str:
        return "KeyRing(***)"

    async def holder(self, token: str) -> Principal:
        """Whoever holds this key.

        Raises:
            AuthError: it is no key, or one that has ended.
            Unavailable: the database has not answered for so long that nobody can tell.
        """
        wanted = key_id(token)
        if wanted is None:
            raise AuthError("wrong API key")
        key = await self._find(wanted)
        if key is None or not key.lives(self._now()):
            raise AuthError("unknown or expired API key")
        if not await self._fits(key, token):
            raise AuthError("wrong API key")
        return key.holder

    def forget(self) -> None:
        """Something has changed: read the keys again before the next one is looked at."""
        self._read_at = self._asked_at = float("-inf")

    async def _find(self, wanted: str) -> ApiKey | None:
        await self._refresh(_FRESH_S)
        if wanted not in self._keys:
            await self._refresh(_MISSED_S)  # it may have been made a moment ago
        return self._keys.get(wanted)

    async def _refresh(self, age_s: float) -> None:
        asked = self._clock() - self._asked_at < age_s
        if asked and (self._known or not self._reading.locked()):
            return self._require_known()
        async with self._reading:  # whoever has nothing to go by waits for what another one reads now
            if self._clock() - self._asked_at < age_s:
                return self._require_known()
            self._asked_at = self._clock()
            try:
                self._keys = {key.id: key for key in await self._book.list()}
                self._read_at = self._clock()
            except RingmasterError as error:
                log.warning("the API keys cannot be read", extra={"event": "keys.away", "code": error.code})
        return self._require_known()

    @property
    def _known(self) -> bool:
        return self._clock() - self._read_at <= _STALE_S

    def _require_known(self) -> None:
        if not self._known:
            raise Unavailable("database", "the API keys cannot be read")

    async def _fits(self, key: ApiKey, token: str) -> bool:
        """Hashing takes a while on purpose: a token that has fitted is known again by a quick hash of this process."""
        mark = hmac.new(self._own, token.encode(), hashlib.sha256).digest()
        if self._proven.get(mark) == (key.id, key.hash):
            return True
        if self._queue >= _WAITING:
            raise Unavailable("database", "too many keys are being checked")
        self._queue += 1
        try:
            async with self._hashing:
                fits = await asyncio.to_thread(key.fits, token)
        finally:
            self._queue -= 1
        if fits:
            self._proven[mark] = key.id, key.hash
            if len(self._proven) > _REMEMBERED:
                self._proven.popitem(last=False)
        return fits
