"""Tells another system of a case by an HTTP request that is signed, goes where it may, and is answered shortly."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
from yarl import URL

from backend.adapters.tool_servers.address import Places, resolve_reference
from backend.adapters.tool_servers.http_server import PinnedResolver, judge_number
from backend.domain.case_webhook import CaseWebhookSpec
from backend.errors import ProviderRejected, TimedOut, Unavailable
from backend.protocol.signing import signature

__all__ = ["HttpCaseReceiver"]

_WHO = "case_webhook"
_LIMIT_S = 10.0
_LATER = frozenset({408, 409, 425, 429})
"""It may take it another time; other refusals stay what they are."""
_SHORTEST_SECRET = 16


class HttpCaseReceiver:
    """``CaseReceiver`` over HTTP.

    Args:
        allowed: hosts that the deployment allows at most; empty means that the line decides.
        environ: where references are looked up.
        now: the clock, in seconds since 1970.
    """

    def __init__(
        self, allowed: frozenset[str], environ: Mapping[str, str], now: Callable[[], float] = time.time
    ) -> None:
        self._allowed, self._environ, self._now = allowed, environ, now

    async def tell(self, spec: CaseWebhookSpec, delivery_id: str, message: Mapping[str, Any]) -> None:
        """Send it, signed; a redirect is not followed.

        Raises:
            ProviderRejected: it is refused, or may not go there.
            Unavailable, TimedOut: it may be taken later.
        """
        environ = self._environ
        address = resolve_reference(_WHO, spec.url, environ)
        secret = resolve_reference(_WHO, spec.secret, environ)
        if len(secret) < _SHORTEST_SECRET:
            raise ProviderRejected(_WHO, f"{spec.secret.env} is shorter than {_SHORTEST_SECRET} letters")
        places = Places.at(_WHO, spec.url, address, spec.hosts, self._allowed, environ)
        places.check(address)
        url = URL(address)
        judge_number(url, places)
        body = json.dumps(message, ensure_ascii=False).encode()
        try:
            async with asyncio.timeout(_LIMIT_S):
                await self._send(url, places, body, self._headers(secret, delivery_id, body))
        except TimeoutError as error:
            raise TimedOut(_WHO, f"no answer within {_LIMIT_S:g} s") from error
        except aiohttp.ClientError as error:
            raise Unavailable(_WHO, type(error).__name__) from error

    def _headers(self, secret: str, delivery_id: str, body: bytes) -> dict[str, str]:
        moment = str(int(self._now()))
        return {
            "Content-Type": "application/json",
            # https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
            "Idempotency-Key": delivery_id,
            "X-Ringmaster-Time": moment,
            "X-Ringmaster-Signature": signature(secret, moment, body),
        }

    async def _send(self, url: URL, places: Places, body: bytes, headers: Mapping[str, str]) -> None:
        """A connection of its own: messages are few, and each goes to an address that was judged for it."""
        resolver = PinnedResolver(places, encrypted=url.scheme == "https")
        connector = aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, force_close=True)
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), connector=connector) as web,
            web.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            if answer.status < 300:
                return
            if answer.status >= 500 or answer.status in _LATER:
                raise Unavailable(_WHO, f"status {answer.status}")
            raise ProviderRejected(_WHO, f"the receiver answered {answer.status}")
