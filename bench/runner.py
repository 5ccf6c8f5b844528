"""Starts a server under test on core 0, the load on core 1, and brings back what they measured."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bench.machine import Neighbors
from bench.plan import PEERS, ROOT, VENVS, Experiment, Server
from local_azure.ports import free_port

__all__ = ["Running", "missing", "running", "take"]

_UP_S = 40.0
_SERVER_CORE, _LOAD_CORE = 0, 1


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: its workers, by their ports."""

    server: Server
    workers: dict[int, int]
    """Process ids."""


def missing(server: Server) -> str:
    """Why this server cannot be run here; empty when it can."""
    if not server.peer or _python(server).exists():
        return ""
    venv = _python(server).parents[1].relative_to(ROOT)
    return (
        f"{server.title} is not installed: python3 -m venv {venv} && {venv}/bin/pip install "
        f'"{server.package}" "uvicorn[standard]" fastapi websockets psutil'
    )


def _python(server: Server) -> Path:
    return VENVS / server.folder / "bin/python" if server.peer else Path(sys.executable)


@contextlib.contextmanager
def running(server: Server, logs: Path) -> Generator[Running]:
    """Start it; it is stopped at the end. What it prints goes to ``logs/NAME.log``.

    Raises:
        TimeoutError: it did not answer in time.
    """
    with (logs / f"{server.name}.log").open("w") as log, contextlib.ExitStack() as stack:
        workers = {
            port: stack.enter_context(_worker(server, port, log))
            for port in [free_port() for _ in range(server.workers)]
        }
        for port, process in workers.items():
            _wait_until_up(process, port)
        yield Running(server, {port: process.pid for port, process in workers.items()})


@contextlib.contextmanager
def _worker(server: Server, port: int, log: IO[str]) -> Generator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603  (ours, or a peer's from its own environment)
        _command(server, port),
        cwd=PEERS / server.folder if server.folder else ROOT,
        env={**os.environ, **server.environment, "PYTHONPATH": str(ROOT)},
        stdout=log,
        stderr=log,
    )
    if server.pinned:
        _pin(process.pid, _SERVER_CORE)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(20)


def take(experiment: Experiment, target: Running) -> dict[str, Any]:
    """Run one experiment. A failure of the load is a result too: ``{"error": ...}``."""
    command = [sys.executable, "-m", "bench.load", *experiment.load, "--port", *map(str, target.workers)]
    if target.server.callers:
        command += ["--calls", str(target.server.callers)]
    began = time.monotonic()
    load = subprocess.Popen(  # noqa: S603  (this very program)
        [*command, "--script", json.dumps(dict(experiment.script))],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if target.server.workers == 1:
        _pin(load.pid, _LOAD_CORE)
    neighbors = Neighbors([*target.workers.values(), load.pid])
    neighbors.start()
    try:
        stdout, stderr = load.communicate(timeout=experiment.limit_s)
    except subprocess.TimeoutExpired:
        load.kill()
        stdout, stderr = load.communicate()
    contention = neighbors.stop()
    broke = stderr[-2000:].strip() or f"the load did not come to its end within {experiment.limit_s:.0f} seconds"
    result = json.loads(stdout) if load.returncode == 0 else {"error": broke}
    return result | {"contention": contention, "took_seconds": round(time.monotonic() - began, 1)}


def _command(server: Server, port: int) -> Sequence[str]:
    python = str(_python(server))
    if not server.folder:
        return [python, "-m", "bench.server", str(port)]
    return [
        python, "-m", "uvicorn", f"{server.module}:app", "--host", "127.0.0.1", "--port", str(port),
        "--log-level", "warning", "--loop", server.environment.get("BENCH_LOOP", "asyncio"),
        "--ws", "websockets-sansio", "--ws-per-message-deflate", "false",
    ]  # fmt: skip


def _pin(pid: int, core: int) -> None:
    """Keep a process that has just begun, and its threads to come, on one core."""
    if core in os.sched_getaffinity(0):
        os.sched_setaffinity(pid, {core})


def _wait_until_up(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _UP_S
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/bench/stats", timeout=1):
            time.sleep(1.0)  # imports and caches settle
            return
        time.sleep(0.1)
    raise TimeoutError(f"the server did not answer within {_UP_S:.0f} seconds")
