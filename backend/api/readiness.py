"""Asks whether what the server needs is there, and never waits long: a probe that hangs kills what it watches."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from backend.api.services import Ping
from backend.ports import DeepCheck

__all__ = ["DeepChecks", "Pings"]

_WAIT_S = 0.2
"""Together with everything else a probe must answer within 300 ms, whatever is away."""
_FRESH_S = 1.0
"""An answer is good for so long: however many probes come, each thing is asked once a second."""
_DEEP_S = 8.0
_DEEP_FRESH_S = 10.0

Result = dict[str, Any]


class Pings:
    """The pings, each asked by one task at a time; who does not answer at once is asked on, in the background."""

    def __init__(self, pings: Sequence[Ping]) -> None:
        self._pings = {ping.name: ping for ping in pings}
        self._asked: dict[str, asyncio.Task[Result]] = {}
        self._known: dict[str, tuple[float, Result]] = {}

    async def results(self) -> dict[str, Result]:
        """What each of them says."""
        due = [name for name in self._pings if time.monotonic() - self._known.get(name, (-1e9,))[0] >= _FRESH_S]
        for name in due:
            if name not in self._asked:
                self._asked[name] = asyncio.get_running_loop().create_task(self._ask(name), name=f"ping-{name}")
        if due:
            await asyncio.wait([self._asked[name] for name in due], timeout=_WAIT_S)  # nobody is cancelled
        return {name: self._result(name) for name in self._pings}

    def _result(self, name: str) -> Result:
        needed = self._pings[name].is_needed
        if name in self._asked:
            return {"result": "no answer", "needed": needed, "ms": round(_WAIT_S * 1000, 1)}
        return self._known[name][1] | {"needed": needed}

    async def _ask(self, name: str) -> Result:
        began = time.monotonic()
        try:
            await self._pings[name].ask()
            result = "ok"
        except Exception as error:  # a probe reports whatever is wrong; it never fails itself
            result = getattr(error, "code", type(error).__name__)
        finally:
            del self._asked[name]
        took = round((time.monotonic() - began) * 1000, 1)
        self._known[name] = (time.monotonic(), {"result": result, "ms": took})
        return self._known[name][1]


class DeepChecks:
    """The checks that ask services and disks: one round at a time, kept for ten seconds, each with a limit."""

    def __init__(self, checks: Sequence[DeepCheck]) -> None:
        self._checks = checks
        self._round: asyncio.Task[dict[str, Result]] | None = None
        self._known: tuple[float, dict[str, Result]] | None = None

    async def results(self) -> dict[str, Result]:
        """What each check found: ``ok`` or what is wrong, in a sentence."""
        if self._known and time.monotonic() - self._known[0] < _DEEP_FRESH_S:
            return self._known[1]
        if self._round is None:
            self._round = asyncio.get_running_loop().create_task(self._all(), name="deep-checks")
        return await asyncio.shield(self._round)

    async def _all(self) -> dict[str, Result]:
        try:
            found = await asyncio.gather(*(self._one(check) for check in self._checks))
            results = {check.name: result for check, result in zip(self._checks, found, strict=True)}
            self._known = (time.monotonic(), results)
            return results
        finally:
            self._round = None

    async def _one(self, check: DeepCheck) -> Result:
        began = time.monotonic()
        asking = asyncio.ensure_future(check.ask())
        done, _ = await asyncio.wait([asking], timeout=_DEEP_S)
        took = round((time.monotonic() - began) * 1000, 1)
        if not done:
            asking.cancel()
            return {"result": "no answer", "sentence": f"no answer in {_DEEP_S:.0f} s", "ms": took}
        error = asking.exception() if not asking.cancelled() else None
        if error is not None:
            return {"result": getattr(error, "code", type(error).__name__), "sentence": str(error)[:500], "ms": took}
        return {"result": "ok", "sentence": asking.result(), "ms": took}
