"""Starts the process that plays a run, reads what it says, and ends it."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncGenerator, Sequence

from backend.adapters.run_process.wire import message_in, written
from backend.domain.store_run import RunJob, RunResult
from backend.errors import ProtocolError, RunRefused

__all__ = ["ProcessPlayer"]

log = logging.getLogger(__name__)

_LONGEST_LINE = 4 * 1024 * 1024
_SAYS = 300
"""Letters of what a process that broke wrote last."""
_LEAVES_S = 3.0


class ProcessPlayer:
    """``RunPlayer`` with a process for each run.

    The process has the environment of this server, so that it has its settings. What callers say goes through pipes
    only: never a file, an argument or the environment.

    Args:
        command: starts it.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)

    async def play(self, job: RunJob) -> AsyncGenerator[int | RunResult, None]:
        """First how many there are, then each as it is over."""
        pipe = asyncio.subprocess.PIPE
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=pipe, stdout=pipe, stderr=pipe, limit=_LONGEST_LINE, start_new_session=True
            )
        except OSError as error:
            raise RunRefused(f"the process that plays rehearsals did not start: {error.strerror}") from error
        assert process.stdin and process.stdout and process.stderr
        errors = asyncio.create_task(_last_of(process.stderr), name="run-errors")
        try:
            with contextlib.suppress(ConnectionError):
                process.stdin.write(written(job))
                await process.stdin.drain()
            async for message in _messages(process.stdout):
                if message is None:
                    return
                if isinstance(message, str):
                    raise RunRefused(message)
                yield message
            raise RunRefused(await self._broken(process, errors))
        finally:
            await asyncio.shield(_ended(process, errors))

    async def _broken(self, process: asyncio.subprocess.Process, errors: "asyncio.Task[str]") -> str:
        """Why a process that said no last word has gone."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LEAVES_S):
                await process.wait()
        status = process.returncode
        if status == -signal.SIGKILL:
            return "the process that plays rehearsals was killed, most likely for want of memory"
        log.error("the process that plays rehearsals broke", extra={"event": "run.broke", "status": str(status)})
        said = await errors if process.returncode is not None else ""
        if "MemoryError" in said:
            return "the process that plays rehearsals needed more memory than it may have"
        return f"the process that plays rehearsals ended without a result (status {status})"


async def _messages(stream: asyncio.StreamReader) -> AsyncGenerator[int | RunResult | str | None, None]:
    try:
        while line := await stream.readline():
            yield message_in(line)
    except (ProtocolError, ValueError) as error:  # a line that is too long is a ValueError
        raise RunRefused("the process that plays rehearsals said something that cannot be read") from error


async def _last_of(stream: asyncio.StreamReader) -> str:
    """The end of what is written to a stream, which is read so that nobody waits for it."""
    last = b""
    while piece := await stream.read(65536):
        last = (last + piece)[-_SAYS:]
    return last.decode(errors="replace")


async def _ended(process: asyncio.subprocess.Process, errors: "asyncio.Task[str]") -> None:
    """The process is gone, with everything that it started."""
    if process.stdin:
        process.stdin.close()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
    errors.cancel()
    await asyncio.gather(errors, return_exceptions=True)
