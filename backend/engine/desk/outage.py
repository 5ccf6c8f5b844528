"""Whether the database is away, as those who write find it."""

import asyncio
import logging

__all__ = ["Outage"]

log = logging.getLogger(__name__)


class Outage:
    """One outage after the other: when it began, why, and whether operators were told.

    Args:
        quiet_s: nobody asks a database again that was found away less than so long ago.
    """

    def __init__(self, quiet_s: float) -> None:
        self._quiet_s = quiet_s
        self._since: float | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._quiet_until = 0.0
        self._why = ""
        self._told = False

    @property
    def on(self) -> bool:
        """Is there one, as far as is known?"""
        return self._since is not None

    @property
    def told(self) -> bool:
        """Do operators know of it? One slow moment of a busy machine is no outage."""
        return self._told

    @property
    def quiet(self) -> bool:
        """Was it noticed a moment ago?"""
        return self.on and _now() < self._quiet_until

    @property
    def seconds(self) -> float:
        """How long it has lasted. May be read in any thread: metrics are collected in one of their own."""
        return self._loop.time() - self._since if self._loop is not None and self._since is not None else 0.0

    def note(self, error: BaseException) -> None:
        """The database did not answer."""
        self._loop = asyncio.get_running_loop()
        self._quiet_until = _now() + self._quiet_s
        if self._since is None:
            self._since = _now()
        self._why = getattr(error, "code", type(error).__name__)

    def tell(self, waiting: int) -> None:
        """Tell operators, once. Left for the second try (``told``)."""
        if self.on and not self._told:
            self._told = True
            log.error(
                "the database does not answer; writes are kept until it does",
                extra={"event": "outbox.away", "code": self._why, "waiting": waiting},
            )

    def end(self, written_late: int) -> None:
        """The database has answered, and nothing waits any more."""
        if self._told:
            log.info(
                "the database answers again; everything that waited is written",
                extra={"event": "outbox.back", "written": written_late},
            )
        self._since = None
        self._told = False


def _now() -> float:
    return asyncio.get_running_loop().time()
