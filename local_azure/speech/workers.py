"""Processes in which recognizers listen: each follows one utterance at a time, and one that broke is replaced.

On Linux the models are loaded once, by a process from which those that listen are forked: they have them in memory
together, and one that takes a dead one's place has nothing to load. What this process loads first it does so for; where
a second kind of recognizer is asked for, its processes load what they need themselves, as they do on other systems.
"""

import asyncio
import contextlib
import multiprocessing
import sys
from collections.abc import AsyncGenerator, Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

__all__ = ["Workers"]


class Workers:
    """Owns the processes; they start with the first utterance or with :meth:`warm`.

    Args:
        count: processes.
        load: called in each when it starts.
        ready: called in each to see that it has started.
        loaded: name of a module that calls ``load`` when it is imported, and ends well whatever comes of that.
    """

    def __init__(self, count: int, load: Callable[[], None], ready: Callable[[], bool], loaded: str = "") -> None:
        self._count = count
        self._load = load
        self._ready = ready
        self._loaded = loaded
        self._begun: asyncio.Future[None] | None = None
        self._free: asyncio.Queue[ProcessPoolExecutor] | None = None
        self.all: list[ProcessPoolExecutor] = []

    async def warm(self) -> None:
        """Load the models of every worker, so that the first caller does not wait for them."""
        await self._started()
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(worker, self._ready) for worker in self.all))

    @contextlib.asynccontextmanager
    async def lease(self) -> AsyncGenerator[ProcessPoolExecutor]:
        """A worker for one utterance, or for a part of one; waits for one when all are busy.

        Raises:
            BrokenProcessPool: it died at its work; another takes its place.
        """
        free = await self._started()
        worker = await free.get()
        try:
            yield worker
        except BrokenProcessPool:
            worker.shutdown(wait=False)
            self.all.remove(worker)
            worker = self._start()
            raise
        finally:
            free.put_nowait(worker)

    async def close(self) -> None:
        """End the processes."""
        workers, self.all, self._free = self.all, [], None
        for worker in workers:
            await asyncio.to_thread(worker.shutdown, wait=True, cancel_futures=True)

    async def _started(self) -> asyncio.Queue[ProcessPoolExecutor]:
        if self._free is None:
            self._free = asyncio.Queue()
            for _ in range(self._count):
                self._free.put_nowait(self._start())
            # A process comes when it is first asked for something, and the first one when its models are loaded.
            self._begun = asyncio.get_running_loop().run_in_executor(None, _ask, [*self.all], self._ready)
        free = self._free
        if self._begun is not None:
            await asyncio.shield(self._begun)
        return free

    def _start(self) -> ProcessPoolExecutor:
        worker = ProcessPoolExecutor(1, mp_context=self._context(), initializer=self._load)
        self.all.append(worker)
        return worker

    def _context(self) -> Any:
        if not self._loaded or sys.platform != "linux":
            return multiprocessing.get_context("spawn")
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([self._loaded])
        return context


def _ask(workers: Iterable[ProcessPoolExecutor], ready: Callable[[], bool]) -> None:
    for worker in workers:
        worker.submit(ready)
