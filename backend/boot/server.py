"""Runs the web application under uvicorn, and stops it as a voice server must be stopped.

uvicorn closes every WebSocket the moment it gets SIGTERM, whatever its settings (measured on
0.54). So the signal is ours: readiness goes first, new calls are refused, live calls end by
themselves or at the limit, and only then uvicorn is told to go.
"""

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Callable, Generator

import uvicorn
import uvloop
from fastapi import FastAPI

from backend.api.door.wire import wire_options
from backend.boot.app import Ringmaster, create_app
from backend.boot.collector import spare_the_collector
from backend.boot.exposure import wire_limits
from backend.boot.memory import give_back_now_and_then, keep_few_arenas
from backend.boot.stop_signals import calls_go_on, stop_signals, tells_once
from backend.boot.supervisor import require_free
from backend.boot.telling import flush_all
from backend.engine.call.end_tasks import end_tasks
from config import Settings

__all__ = ["INTERRUPTED", "VoiceServer", "serve"]

INTERRUPTED = 130
"""Exit status of a start that Ctrl-C ended; a server that ran ends with 0."""

log = logging.getLogger(__name__)


class VoiceServer(uvicorn.Server):
    """uvicorn, but signals drain first.

    Args:
        config: what uvicorn serves, and how.
        ringmaster: whose calls are let end.
        on_ready: called when it listens.
        on_stop: called once, when it is told to stop.
    """

    def __init__(
        self, config: uvicorn.Config, ringmaster: Ringmaster, on_ready: Callable[[], None], on_stop: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._ringmaster = ringmaster
        self._on_ready = on_ready
        self._on_stop = on_stop
        self.lifeline: int | None = None
        self._leaving: asyncio.Task[None] | None = None
        self._closing = False

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        loop = asyncio.get_running_loop()
        for name in stop_signals():
            loop.add_signal_handler(name, self._stop, name)
        if self.lifeline is not None:
            loop.add_reader(self.lifeline, self._on_lifeline, self.lifeline)
        yield

    def _on_lifeline(self, lifeline: int) -> None:
        if not os.read(lifeline, 1024):
            asyncio.get_running_loop().remove_reader(lifeline)
            log.error(
                "the supervisor process is gone; this worker drains and stops", extra={"event": "worker.orphaned"}
            )
            self._stop(signal.SIGTERM)

    def _stop(self, name: signal.Signals) -> None:
        if self._leaving is not None and tells_once(name):
            return
        if self._closing or not self.started:
            self.should_exit = True  # asked again: without waiting for anything
            return
        if self._leaving is not None:
            # Calls are not waited for any more, but hung up: uvicorn would cut their sockets first.
            self._leaving.cancel()
            name = signal.SIGINT
        else:
            self._on_stop()
        self._closing = not calls_go_on(name)
        if not self._closing:
            live = len(self._ringmaster.desk.live())
            log.info("stopping; calls in progress continue", extra={"event": "server.stopping", "live": live})
        self._leaving = asyncio.get_running_loop().create_task(self._leave(name), name="leave")

    async def _leave(self, name: signal.Signals) -> None:
        # At the keyboard calls are not waited for, but they are hung up before uvicorn takes their sockets away.
        desk = self._ringmaster.desk
        await (desk.drain() if calls_go_on(name) else desk.close())
        await self._ringmaster.live_board.close()  # their pages would keep uvicorn waiting
        self.should_exit = True

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            self._on_ready()


def serve(
    settings: Settings,
    on_ready: Callable[[], None] = lambda: None,
    *,
    on_stop: Callable[[], None] = lambda: None,
    before_leaving: Callable[[], None] = lambda: None,
    bound: socket.socket | None = None,
    lifeline: int | None = None,
) -> None:
    """Serve until told to stop, then end the process.

    Args:
        settings: everything that can be set.
        on_ready: called once this process is warm and listens.
        on_stop: called when it is told to stop.
        before_leaving: the last thing that runs.
        bound: socket to serve on, when there is one already.
        lifeline: file descriptor that closes when the process that watches over this one is gone.

    Raises:
        ConfigError, StoreError: something must be put right first; nothing has been served.
        Unavailable: the database cannot be used.
    """
    keep_few_arenas()
    if bound is None:
        require_free(settings.connections.host, settings.connections.port)

    def make(ringmaster: Ringmaster, app: FastAPI) -> VoiceServer:
        server = VoiceServer(_uvicorn(settings, app), ringmaster, on_ready, on_stop)
        server.lifeline = lifeline
        return server

    status = 0
    try:
        uvloop.run(_serve(settings, make, bound))
    except KeyboardInterrupt:  # before it was ready; what had been opened is closed
        on_stop()
        status = INTERRUPTED
    before_leaving()
    _leave(status)


async def _serve(
    settings: Settings, make: Callable[[Ringmaster, FastAPI], VoiceServer], bound: socket.socket | None
) -> None:
    ringmaster = Ringmaster(settings)
    async with ringmaster.run() as services:
        server = make(ringmaster, create_app(settings, services))
        spare_the_collector()
        loop = asyncio.get_running_loop()
        beside = [
            loop.create_task(give_back_now_and_then(), name="memory"),
            loop.create_task(ringmaster.full_collections.run(), name="full-collections"),
        ]
        try:
            await server.serve([bound] if bound is not None else None)
        finally:
            await end_tasks(beside)


def _uvicorn(settings: Settings, app: FastAPI) -> uvicorn.Config:
    connections = settings.connections
    return uvicorn.Config(
        app,
        host=connections.host,
        port=connections.port,
        log_level="error",  # at "info" it logs the paths of media sockets, at "warning" a line for each bad request
        timeout_graceful_shutdown=5,
        **wire_options(wire_limits(settings)),
    )


def _leave(status: int) -> None:
    """End the process. The Speech SDK's threads can abort an interpreter that ends in the usual way."""
    logging.shutdown()
    flush_all()
    os._exit(status)
