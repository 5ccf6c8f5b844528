"""``Book`` of a system behind a tool server."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from backend.domain.book_spec import BookRecord, ServerBookSpec
from backend.errors import ProtocolError, Unavailable
from backend.ports import ToolServer

__all__ = ["ServerBook"]

_MISSING = 404


class ServerBook:
    """``Book`` on two functions of a tool server.

    Args:
        spec: what the store says of it.
        server: what it is behind.
    """

    def __init__(self, spec: ServerBookSpec, server: ToolServer) -> None:
        self._spec = spec
        self._server = server

    async def find(self, exact: Mapping[str, str]) -> Sequence[BookRecord]:
        """The records that it gives: a list, or an object that holds one."""
        content = await self._ask(self._spec.find, dict(exact))
        if isinstance(content, dict):
            lists = [value for value in cast("dict[str, Any]", content).values() if isinstance(value, list)]
            content = lists[0] if len(lists) == 1 else [content]
        return [self._record(each) for each in cast("list[Any]", content or [])]

    async def get(self, record: str) -> BookRecord | None:
        """One record."""
        content = await self._ask(self._spec.get, {"id": record})
        return self._record(content) if content else None

    async def hashed(self, value: str) -> str:
        """Its secrets are as they are."""
        return ""

    async def takes_veiled(self) -> bool:
        """It is searched by what was said."""
        return False

    async def close(self) -> None:
        """Let go of the server."""
        await self._server.close()

    async def _ask(self, function: str, arguments: dict[str, Any]) -> Any:
        key = hashlib.sha256(json.dumps([function, arguments], sort_keys=True).encode()).hexdigest()[:32]
        result = await self._server.call(function, arguments, key=key)
        if result.failed and result.status == _MISSING:
            return None
        if result.failed:
            raise Unavailable(f"the book {self._spec.name}", f"it answered {result.status}")
        return result.content

    def _record(self, content: Any) -> BookRecord:
        if not isinstance(content, dict):
            raise ProtocolError(f"the book {self._spec.name}: expected records, got something else")
        return cast("dict[str, Any]", content)
