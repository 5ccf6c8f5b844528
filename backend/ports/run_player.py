"""Plays a run in a process of its own, with limits, apart from the calls of this one."""

from collections.abc import AsyncGenerator
from typing import Protocol

from backend.domain.store_run import RunJob, RunResult

__all__ = ["RunPlayer"]


class RunPlayer(Protocol):
    """Plays a run in a process of its own. Nothing that it plays is written to the records of real calls."""

    def play(self, job: RunJob) -> AsyncGenerator[int | RunResult, None]:
        """First how many conversations or calls there are, then each as it is over.

        Closing it ends the process.

        Raises (while iterating):
            RunRefused: it cannot be played; the message says why.
        """
        ...
