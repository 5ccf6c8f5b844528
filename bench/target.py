"""The server under test, as the load sees it."""

import asyncio
import json
import urllib.request
from dataclasses import dataclass
from typing import Any, TypeVar

from bench.phone import Phone

__all__ = ["Target"]

P = TypeVar("P", bound=Phone)


@dataclass
class Target:
    """The server under test, from outside: one port a worker."""

    ports: list[int]
    _rung: int = 0

    async def ask(self, method: str, path: str, body: object = None) -> list[Any]:
        """The same request to every worker, off the loop."""
        return [await asyncio.to_thread(_ask, port, method, path, body) for port in self.ports]

    async def dial(self, phase: float = 0.0, kind: type[P] = Phone) -> P:
        """A new call; workers take turns."""
        port = self.ports[self._rung % len(self.ports)]
        self._rung += 1
        ringing = await asyncio.to_thread(_ask, port, "POST", "/bench/ring", None)
        return await kind.dial(port, ringing["path"], phase)

    async def stats(self) -> dict[str, Any]:
        """What it measured: figures of all workers added up, samples of all together."""
        first, *others = await self.ask("GET", "/bench/stats")
        for other in others:
            for name, value in other.items():
                if name != "samples":
                    first[name] += value
            for name, values in other["samples"].items():
                first["samples"].setdefault(name, []).extend(values)
        return first


def _ask(port: int, method: str, path: str, body: object) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", data, {"content-type": "application/json"}, method=method
    )
    with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310  (loopback)
        return json.loads(response.read() or b"null")
