"""The process in which a server has rehearsals and replays played: ``python -m backend.cli.play_run``."""

import asyncio
import logging
import os
import resource
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from backend.adapters.run_process.wire import job_in, written
from backend.agents.files import StoreFiles
from backend.agents.store import AgentStore, build_store
from backend.domain.store_run import RunJob, RunResult
from backend.errors import RingmasterError
from backend.rehearsal.tools import memory_tools
from config import load_settings

__all__ = ["play_run"]

_MEMORY = 1536 * 1024 * 1024
"""Bytes that the process may have; a run takes 200 to 400 MB."""
_NICER = 10
"""Calls go first."""

Tell = Callable[[RunResult | int | str | None], None]


def play_run() -> None:
    """Play the run that standard input holds, and tell on standard output how it goes."""
    tell = _alone_on_stdout()
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    os.nice(_NICER)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    place = Path(tempfile.mkdtemp(prefix="ringmaster-run-"))
    try:
        job = job_in(sys.stdin.buffer.readline())
        threading.Thread(target=_leave_with_the_server, args=(place,), daemon=True).start()
        _play(job, place, tell)
        tell(None)
    except RingmasterError as error:
        tell(str(error) or error.code)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _alone_on_stdout() -> Tell:
    """What libraries print goes to standard error from now on; only the run's messages are on standard output."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def tell(message: RunResult | int | str | None) -> None:
        out.write(written(message))
        out.flush()

    return tell


def _leave_with_the_server(place: Path) -> None:
    """When the server lets go of the pipe, or dies, nobody wants the results any more."""
    while sys.stdin.buffer.read(4096):
        pass
    shutil.rmtree(place, ignore_errors=True)
    os._exit(1)


def _play(job: RunJob, place: Path, tell: Tell) -> None:
    settings = load_settings()
    store = _store_of(job)
    _lay_out(job, place)
    # Each with what it needs: a rehearsal reads no database, whose parts take half as long to load as the rest.
    if job.kind == "rehearsal":
        from backend.cli.run_rehearsals import run_rehearsals

        asyncio.run(run_rehearsals(settings, store, job, place / "rehearsals", tell))
    else:
        from backend.cli.run_replay import run_replay

        asyncio.run(run_replay(settings, store, job, place / "rehearsals", tell))


def _store_of(job: RunJob) -> AgentStore:
    files, tools = StoreFiles().changed(job.files), memory_tools().names
    return build_store(files, tools, was_live=True)


def _lay_out(job: RunJob, place: Path) -> None:
    """The version's own rehearsals as files, for the reader of suites."""
    for name, text in job.files.items():
        if name.startswith("rehearsals/"):
            file = place / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")


if __name__ == "__main__":
    play_run()
