"""How the parts of this worker are: looked at every second, told once when it changes."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence

from backend.engine.call.end_tasks import end_tasks
from backend.ports.health import HealthPart, HealthSource

__all__ = ["Every", "HealthBoard"]

log = logging.getLogger(__name__)

_LOOK_S = 1.0
_CLOSE_S = 2.0
_LEVELS = {"ok": logging.INFO, "degraded": logging.WARNING, "down": logging.ERROR}


class HealthBoard:
    """Knows each part's newest state, so that whoever asks for health waits for nobody.

    Args:
        on_look: called at each look; what is to be done now and then is hung up here.
    """

    def __init__(self, on_look: Sequence[Callable[[], None]] = ()) -> None:
        self._sources: list[HealthSource] = []
        self._on_look = list(on_look)
        self._known: dict[str, HealthPart] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = asyncio.Event()

    def add(self, source: HealthSource) -> None:
        """Have a part looked at from now on."""
        self._sources.append(source)

    def ask(self, name: str, asked: Callable[[], Awaitable[HealthPart]], every_s: float) -> None:
        """Have a part asked in the background, which may take its time: a write to disk, a question to a service."""
        self._tasks.append(asyncio.get_running_loop().create_task(self._keep_asking(name, asked, every_s)))

    def start(self) -> None:
        """Begin to look."""
        self._tasks.append(asyncio.get_running_loop().create_task(self._keep_looking(), name="health"))

    async def close(self) -> None:
        """Look no more. What is being asked is waited for: torn out of a question, a connection would be lost."""
        self._closing.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_CLOSE_S)
        await end_tasks(self._tasks)

    @property
    def parts(self) -> list[HealthPart]:
        """Every part as it was last seen, by name."""
        return [self._known[name] for name in sorted(self._known)]

    def note(self, part: HealthPart) -> None:
        """A part is like this now. Its change is logged, once."""
        before = self._known.get(part.name)
        self._known[part.name] = part
        was = before.state if before else "ok"
        if part.state != was:
            log.log(
                _LEVELS[part.state],
                "%s is %s%s",
                part.name,
                part.state,
                f": {part.sentence}" if part.sentence else "",
                extra={"event": "health.changed", "part": part.name, "state": part.state, "was": was},
            )

    def look(self) -> None:
        """Look at all of them now."""
        for source in self._sources:
            try:
                self.note(source())
            except Exception:  # a part that cannot tell how it is must not hide the others
                log.exception("a health check gave no answer in time", extra={"event": "health.broke"})

    async def _keep_looking(self) -> None:
        while not self._closing.is_set():
            self.look()
            for also in self._on_look:
                try:
                    also()
                except Exception:  # one task that fails must not end the looking, nor keep others from theirs
                    log.exception("a periodic task failed unexpectedly", extra={"event": "health.broke"})
            await self._pause(_LOOK_S)

    async def _keep_asking(self, name: str, asked: Callable[[], Awaitable[HealthPart]], every_s: float) -> None:
        while not self._closing.is_set():
            began = time.monotonic()
            try:
                self.note(await asked())
            except Exception as error:  # health is told of a part that cannot be asked, too
                self.note(HealthPart(name, "down", f"it cannot be asked ({type(error).__name__})"))
            await self._pause(max(0.0, every_s - (time.monotonic() - began)))

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            pass


class Every:
    """Does something at every so manieth look.

    Args:
        looks: how many lie between.
        do: what is done.
    """

    def __init__(self, looks: int, do: Callable[[], None]) -> None:
        self._looks = looks
        self._do = do
        self._count = 0

    def __call__(self) -> None:
        """One look."""
        self._count += 1
        if self._count % self._looks == 0:
            self._do()
