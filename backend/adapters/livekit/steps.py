"""How long each step took until a caller in a room could be spoken with."""

import asyncio
from collections.abc import Mapping

__all__ = ["Steps"]


class Steps:
    """Steps one after the other; each begins where the one before ended, the first when this was made."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._since = self._loop.time()
        self._ms: dict[str, int] = {}

    def done(self, name: str) -> None:
        """A step has ended."""
        now = self._loop.time()
        self._ms[f"{name}_ms"] = round((now - self._since) * 1000)
        self._since = now

    @property
    def told(self) -> Mapping[str, int]:
        """Milliseconds, by ``NAME_ms``."""
        return dict(self._ms)
