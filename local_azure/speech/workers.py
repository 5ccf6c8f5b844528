"""Processes in which recognizers listen: each follows one utterance at a time, and one that broke is replaced."""

import asyncio
import contextlib
import multiprocessing
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

__all__ = ["Workers"]


class Workers:
    """Owns the processes; they start with the first utterance or with :meth:`warm`.

    Args:
        count: processes.
        load: called in each when it starts.
        ready: called in each to see that it has started.
    """

    def __init__(self, count: int, load: Callable[[], None], ready: Callable[[], bool]) -> None:
        self._count = count
        self._load = load
        self._ready = ready
        self._free: asyncio.Queue[ProcessPoolExecutor] | None = None
        self.all: list[ProcessPoolExecutor] = []

    async def warm(self) -> None:
        """Load the models of every worker, so that the first caller does not wait for them."""
        self._started()
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(worker, self._ready) for worker in self.all))

    @contextlib.asynccontextmanager
    async def lease(self) -> AsyncGenerator[ProcessPoolExecutor]:
        """A worker for one utterance, or for a part of one; waits for one when all are busy.

        Raises:
            BrokenProcessPool: it died at its work; another takes its place.
        """
        free = self._started()
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

    def _started(self) -> asyncio.Queue[ProcessPoolExecutor]:
        if self._free is None:
            self._free = asyncio.Queue()
            for _ in range(self._count):
                self._free.put_nowait(self._start())
        return self._free

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        worker = ProcessPoolExecutor(1, mp_context=context, initializer=self._load)
        self.all.append(worker)
        return worker
