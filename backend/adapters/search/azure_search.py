"""A line's knowledge in Azure AI Search, over its REST API (version 2024-07-01).

https://learn.microsoft.com/rest/api/searchservice/documents/search-post
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from backend.domain.knowledge import Finding
from backend.errors import ProtocolError, ProviderRejected, RateLimited, TimedOut, Unavailable

__all__ = ["AzureSearch"]

_PROVIDER = "search"
_API_VERSION = "2024-07-01"
_SCOPE = "https://search.azure.com/.default"
_LONGEST_TEXT = 900


class AzureSearch:
    """``KnowledgeBook`` on one index whose documents have ``title``, ``content`` and ``line``.

    Args:
        endpoint: ``https://NAME.search.windows.net``.
        index: name of the index.
        key: query key; empty for managed identity.
        limit_s: limit on one search.
    """

    def __init__(self, endpoint: str, index: str, key: str = "", limit_s: float = 2.5) -> None:
        self._url = f"{endpoint.rstrip('/')}/indexes/{index}/docs/search?api-version={_API_VERSION}"
        self._key = key
        self._limit_s = limit_s
        self._identity: Any = None
        self._session: aiohttp.ClientSession | None = None

    async def search(self, line: str, question: str, limit: int = 3) -> Sequence[Finding]:
        """The documents of a line that fit best."""
        body = {
            "search": question[:1000],
            "filter": f"line eq '{line}'",  # a line's name holds only lower case letters, digits and underscores
            "select": "title,content",
            "top": limit,
        }
        try:
            async with asyncio.timeout(self._limit_s):
                return _findings(await self._post(body))
        except TimeoutError as error:
            raise TimedOut(_PROVIDER, f"no answer within {self._limit_s:g} s") from error
        except aiohttp.ClientError as error:
            raise Unavailable(_PROVIDER, type(error).__name__) from error

    async def close(self) -> None:
        """Close the connections."""
        session, self._session = self._session, None
        if session:
            await session.close()
        if self._identity is not None:
            await self._identity.close()

    async def _post(self, body: Mapping[str, Any]) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        async with self._session.post(self._url, json=body, headers=await self._headers()) as response:
            if response.status == 429:
                raise RateLimited(_PROVIDER, "status 429")
            if response.status >= 500:
                raise Unavailable(_PROVIDER, f"status {response.status}")
            if response.status >= 400:
                raise ProviderRejected(_PROVIDER, f"status {response.status}")
            try:
                return json.loads(await response.read())
            except (ValueError, RecursionError) as error:
                raise ProtocolError(f"{_PROVIDER}: the answer is not JSON") from error

    async def _headers(self) -> dict[str, str]:
        if self._key:
            return {"api-key": self._key}
        if self._identity is None:
            from azure.identity.aio import DefaultAzureCredential  # heavy, and not needed with a key

            self._identity = DefaultAzureCredential()
        return {"Authorization": f"Bearer {(await self._identity.get_token(_SCOPE)).token}"}


def _findings(answer: Any) -> list[Finding]:
    documents = answer.get("value") if isinstance(answer, dict) else None
    if not isinstance(documents, list):
        raise ProtocolError(f"{_PROVIDER}: expected documents under 'value'")
    return [
        Finding(str(one.get("title") or ""), str(one.get("content") or "")[:_LONGEST_TEXT], "search")
        for one in documents
        if isinstance(one, dict)
    ]
