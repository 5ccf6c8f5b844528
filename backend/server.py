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
import sys
from collections.abc import Callable, Generator

import uvicorn
import uvloop
from fastapi import FastAPI

from backend.api.media_socket import MediaSocket
from backend.app import Ringmaster, create_app
from backend.engine.collector import spare_the_collector
from backend.supervisor import address_fault
from config import Settings

__all__ = ["serve"]

log = logging.getLogger(__name__)


class _Server(uvicorn.Server):
    """uvicorn, but signals drain first."""

    def __init__(
        self, config: uvicorn.Config, ringmaster: Ringmaster, on_ready: Callable[[], None], lifeline: int | None
    ) -> None:
        super().__init__(config)
        self._ringmaster = ringmaster
        self._on_ready = on_ready
        self._lifeline = lifeline
        self._draining: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self._stop, name)
        if self._lifeline is not None:
            loop.add_reader(self._lifeline, self._on_lifeline, self._lifeline)
        yield

    def _on_lifeline(self, lifeline: int) -> None:
        if not os.read(lifeline, 1024):
            asyncio.get_running_loop().remove_reader(lifeline)
            log.error("the supervisor is gone")
            self._stop(signal.SIGTERM)

    def _stop(self, name: signal.Signals) -> None:
        if self._draining is not None or name == signal.SIGINT or not self.started:
            self.should_exit = True  # asked twice, or at the keyboard: now
            return
        self._draining = asyncio.get_running_loop().create_task(self._drain(), name="drain")

    async def _drain(self) -> None:
        await self._ringmaster.desk.drain()
        self.should_exit = True

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            self._on_ready()


def serve(
    settings: Settings,
    on_ready: Callable[[], None] = lambda: None,
    *,
    before_leaving: Callable[[], None] = lambda: None,
    bound: socket.socket | None = None,
    lifeline: int | None = None,
) -> None:
    """Serve until told to stop, then end the process.

    Args:
        settings: everything that can be set.
        on_ready: called once this process is warm and listens.
        before_leaving: the last thing that runs.
        bound: socket to serve on, when there is one already.
        lifeline: file descriptor that closes when the process that watches over this one is gone.

    Raises:
        ConfigError, StoreError: something must be put right first; nothing has been served.
        Unavailable: the database cannot be used.
    """
    if bound is None:
        _require_free(settings.connections.host, settings.connections.port)
    uvloop.run(_serve(settings, on_ready, bound, lifeline))
    before_leaving()
    _leave(0)


async def _serve(
    settings: Settings, on_ready: Callable[[], None], bound: socket.socket | None, lifeline: int | None
) -> None:
    ringmaster = Ringmaster(settings)
    async with ringmaster.run() as services:
        server = _Server(_uvicorn(settings, create_app(settings, services)), ringmaster, on_ready, lifeline)
        spare_the_collector()
        await server.serve([bound] if bound is not None else None)


def _uvicorn(settings: Settings, app: FastAPI) -> uvicorn.Config:
    connections = settings.connections
    return uvicorn.Config(
        app,
        host=connections.host,
        port=connections.port,
        log_config=None,
        log_level="warning",  # at "info" it logs the paths of media sockets, which hold their secrets
        access_log=False,
        ws=MediaSocket,
        ws_max_size=16 * 1024,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        limit_concurrency=connections.max_calls * 2 + 200,
        timeout_graceful_shutdown=5,
        lifespan="off",
    )


def _require_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise address_fault(host, port, error) from error


def _leave(status: int) -> None:
    """End the process. The Speech SDK's threads can abort an interpreter that ends in the usual way."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
