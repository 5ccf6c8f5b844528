"""Several server processes on one port, kept alive and stopped together.

Each worker listens with a socket of its own (``SO_REUSEPORT``), opened when it is warm; the kernel
spreads connections over them, and a worker that died is out of the way at once. With one socket
for all, whichever worker woke first took nearly every call (measured: 15 of 16; see
docs/decisions/0006). This process only keeps the port reserved. Each worker has two pipes to it:
on one it says that it is warm, the other is its lifeline; when that closes, because this process
is gone, it drains and goes too.

Where it can, this process loads the server itself, and forks for each worker: one that has died is there again before
most callers notice, and what all of them have loaded is in memory once (``forked``).
"""

import asyncio
import errno
import gc
import logging
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from backend.boot.forked import Forked, fork, forks
from backend.boot.stop_signals import calls_go_on, stop_signals, tells_once
from backend.domain.worker_name import FIGURES_FOLDER
from backend.errors import ConfigError
from config import Settings

__all__ = ["LISTEN_ON", "READY_FD", "Supervisor", "address_fault", "require_free", "reserve", "share", "supervise"]

log = logging.getLogger(__name__)

LISTEN_ON = "RINGMASTER_LISTEN_ON"
"""Environment variable that tells a worker its address, ``HOST PORT``."""
READY_FD = "RINGMASTER_READY_FD"
"""... and the pipe on which it says that it is warm."""

_PROGRAM = (sys.executable, "-m", "backend.boot.worker")
_BACKOFF_S = (0.2, 1.0, 2.0, 5.0, 10.0)
_STEADY_S = 30.0
"""A worker that lived for so long is started again at once when it dies."""
_GRACE_S = 15.0
"""After the drain limit a worker has this long to leave before it is killed."""


def reserve(host: str, port: int) -> socket.socket:
    """Keep an address for the workers; nothing is listened to here.

    Raises:
        ConfigError: it is taken, or is none.
    """
    require_free(host, port)  # with SO_REUSEPORT alone a second server of the same user would share it unnoticed
    try:
        return share(host, port)
    except OSError as error:
        raise address_fault(host, port, error) from error


def require_free(host: str, port: int) -> None:
    """See that an address can be listened on.

    Raises:
        ConfigError: it is taken, or is none.
    """
    with _open(host) as probe:
        try:
            probe.bind((host, port))
        except OSError as error:
            raise address_fault(host, port, error) from error


def address_fault(host: str, port: int, error: OSError) -> ConfigError:
    """Why an address cannot be listened on, with the variable that has to be put right."""
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return ConfigError(f"HOST: expected an address of this machine, got {host!r} ({error.strerror})")
    return ConfigError(
        f"PORT: expected a free port, {host}:{port} cannot be used ({error.strerror}). Another program "
        "has it, or an earlier server that still waits for its calls to end; "
        "for other ports: PORT=8081, and with make run EMULATOR_PORT=8091, too"
    )


def share(host: str, port: int) -> socket.socket:
    """A socket on an address that others of the same user have too, if they ask for it likewise."""
    bound = _open(host)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


def _open(host: str) -> socket.socket:
    opened = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return opened


def supervise(
    settings: Settings,
    on_ready: Callable[[], None] = lambda: None,
    *,
    on_stop: Callable[[], None] = lambda: None,
    before_leaving: Callable[[], None] = lambda: None,
) -> None:
    """Serve with ``WORKERS`` processes until told to stop.

    Raises:
        ConfigError: nothing has been served.
        SystemExit: a worker did not come up; it has said why.
    """
    gc.enable()  # the command that starts servers goes without
    connections = settings.connections
    if not connections.redis_url.get_secret_value():
        raise ConfigError(
            f"WORKERS: expected REDIS_URL to be set with {connections.workers} workers (they share calls through "
            "Redis), it is not; set it, or WORKERS=1"
        )
    with reserve(connections.host, connections.port) as reserved, _figures_folder():
        limit_s = connections.drain_seconds + _GRACE_S
        supervisor = Supervisor(reserved, connections.workers, on_ready, work=_loaded(), limit_s=limit_s)
        supervisor.on_stop = on_stop
        status = asyncio.run(supervisor.run())
    before_leaving()
    if status:
        raise SystemExit(status)


def _loaded() -> "Callable[[], int] | Sequence[str]":
    """What a worker is: a fork of this process, which has loaded all of it from here on, or a program."""
    if not forks():
        return _PROGRAM
    gc.disable()
    from backend.boot import worker
    from backend.language.languages import LANGUAGES
    from backend.language.ready import make_ready

    import_module("backend.boot.server")
    make_ready(LANGUAGES)
    gc.freeze()  # nobody writes to what all of them share
    gc.enable()
    return worker.main


@contextmanager
def _figures_folder() -> Generator[None]:
    """A folder by which workers tell each other their figures, so that whichever is asked tells those of all."""
    with tempfile.TemporaryDirectory(prefix="ringmaster-figures-", ignore_cleanup_errors=True) as folder:
        os.environ[FIGURES_FOLDER] = folder
        try:
            yield
        finally:
            os.environ.pop(FIGURES_FOLDER, None)


class _Process(Protocol):
    """What is asked of a worker, however it was begun."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def send_signal(self, number: int, /) -> None: ...

    async def wait(self) -> int: ...


@dataclass(slots=True)
class _Place:
    """One worker's place: the process that fills it now."""

    number: int
    process: _Process | None = None
    failures: int = 0


class Supervisor:
    """Keeps ``count`` workers alive.

    Args:
        reserved: the address they share.
        count: how many.
        on_ready: called once, when all of them are warm for the first time.
        work: what a worker is: what a fork of this process does, or a command.
        limit_s: after being told to stop, a worker is killed after so long.
        backoff_s: pauses before a worker that died young is started again.
    """

    def __init__(
        self,
        reserved: socket.socket,
        count: int,
        on_ready: Callable[[], None],
        *,
        work: Callable[[], int] | Sequence[str] = _PROGRAM,
        limit_s: float = 615.0,
        backoff_s: Sequence[float] = _BACKOFF_S,
    ) -> None:
        self._address = reserved.getsockname()
        self._ours = {reserved.fileno()}
        """File descriptors that are no worker's business."""
        self._places = [_Place(number) for number in range(count)]
        self._on_ready = on_ready
        self.on_stop: Callable[[], None] = lambda: None
        """Called once, when it is told to stop."""
        self._work = work
        self._limit_s = limit_s
        self._backoff_s = backoff_s
        self._stopping = asyncio.Event()
        self._status = 0
        self._kill: asyncio.TimerHandle | None = None

    @property
    def pids(self) -> list[int]:
        """Processes that live now."""
        return [p.process.pid for p in self._places if p.process is not None and p.process.returncode is None]

    async def run(self) -> int:
        """Serve until stopped by SIGTERM or SIGHUP (drain) or SIGINT (now). Gives the exit status."""
        loop, signals = asyncio.get_running_loop(), stop_signals()
        for name in signals:
            loop.add_signal_handler(name, self.stop, name)
        try:
            # The first one alone: it migrates the database, and says once what is wrong with the settings.
            keepers = [loop.create_task(self._keep(self._places[0], warm := asyncio.Event()))]
            if await self._first_warm(warm):
                rest = [(place, asyncio.Event()) for place in self._places[1:]]
                keepers += [loop.create_task(self._keep(*one)) for one in rest]
                if all([await self._first_warm(one[1]) for one in rest]):
                    self._on_ready()
            await asyncio.gather(*keepers)
        finally:
            for name in signals:
                loop.remove_signal_handler(name)
            if self._kill:
                self._kill.cancel()
        return self._status

    def stop(self, name: signal.Signals = signal.SIGTERM) -> None:
        """Have every worker drain (SIGTERM, SIGHUP) or leave now (SIGINT, or SIGTERM again)."""
        if self._stopping.is_set() and tells_once(name):
            return
        if not self._stopping.is_set():
            self.on_stop()
        self._stopping.set()
        self._signal(signal.SIGTERM if calls_go_on(name) else name)
        if self._kill is None:
            self._kill = asyncio.get_running_loop().call_later(self._limit_s, self._signal, signal.SIGKILL)

    def _signal(self, name: signal.Signals) -> None:
        for place in self._places:
            if place.process is not None and place.process.returncode is None:
                place.process.send_signal(name)

    async def _first_warm(self, warm: asyncio.Event) -> bool:
        waits = [asyncio.ensure_future(warm.wait()), asyncio.ensure_future(self._stopping.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        return warm.is_set() and not self._stopping.is_set()

    async def _keep(self, place: _Place, warm: asyncio.Event) -> None:
        """Have this place filled until everything stops."""
        while not self._stopping.is_set():
            began = time.monotonic()
            status = await self._live(place, warm)
            if self._stopping.is_set():
                return
            lived = time.monotonic() - began
            if not warm.is_set():
                self._status = status if status > 0 else 1
                self.stop()
                return
            place.failures = 0 if lived >= _STEADY_S else place.failures + 1
            pause = self._backoff_s[min(place.failures, len(self._backoff_s)) - 1] if place.failures else 0.0
            log.error(
                "a worker process ended unexpectedly; starting another",
                extra={"event": "worker.died", "place": place.number, "status": status, "again_in_s": pause},
            )
            await self._pause(pause)

    async def _live(self, place: _Place, warm: asyncio.Event) -> int:
        """One process from start to end; gives its status."""
        readable, writable = os.pipe()
        self._ours.add(readable)
        try:
            place.process = process = await self._begin(writable)
        finally:
            os.close(writable)
        watching = asyncio.create_task(_watch(readable, place.number, warm), name="worker-ready")
        watching.add_done_callback(lambda _: self._ours.discard(readable))
        status = await process.wait()
        await watching
        return status

    async def _begin(self, writable: int) -> _Process:
        host, port = self._address[:2]
        environment = {LISTEN_ON: f"{host} {port}", READY_FD: str(writable)}
        if callable(self._work):
            lifelines = [place.process.lifeline for place in self._places if isinstance(place.process, Forked)]
            others = [number for number in lifelines if number is not None]
            return fork(self._work, environment, (*self._ours, *others))
        return await asyncio.create_subprocess_exec(
            *self._work,
            stdin=asyncio.subprocess.PIPE,  # the lifeline: nothing is ever written
            pass_fds=(writable,),
            env=os.environ | environment,
            start_new_session=True,  # Ctrl-C reaches the workers through this process only, once
        )

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            pass


async def _watch(readable: int, number: int, warm: asyncio.Event) -> None:
    """Wait for a worker to say that it is warm; ends at the latest with the worker, whose end of the pipe closes."""
    reader = asyncio.StreamReader()
    pipe = os.fdopen(readable, "rb", buffering=0)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), pipe
    )
    try:
        if await reader.readline():
            log.info("worker is ready to take calls", extra={"event": "worker.warm", "place": number})
            warm.set()
        await reader.read()
    finally:
        transport.close()
