"""One worker: its parts are opened in order, and closed in the opposite one; the web application around them."""

import asyncio
import linecache
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from backend.adapters.telemetry.logs import recent_log
from backend.adapters.telemetry.server_metrics import observe_events, observe_figures, observe_health
from backend.adapters.telemetry.turn_telemetry import OtelTurnTelemetry
from backend.api.application import create_api
from backend.api.services import ApiServices
from backend.boot.call_environment import call_environment
from backend.boot.case_courier import open_case_courier
from backend.boot.data import data_parts
from backend.boot.desks import desk_parts
from backend.boot.exposure import door_rules, require_checks
from backend.boot.full_collections import FullCollections
from backend.boot.history import open_history
from backend.boot.live_board import open_live_board
from backend.boot.live_store import store_parts
from backend.boot.loop_lag import LoopLag
from backend.boot.parts import WorkerParts
from backend.boot.people import has_keys, people_parts
from backend.boot.probes import Probes, open_probes
from backend.boot.providers import provider_parts
from backend.boot.recordings import open_recordings, open_tapes
from backend.boot.required import require_services
from backend.boot.runs import open_runs
from backend.boot.services import api_services
from backend.boot.telemetry import open_telemetry
from backend.boot.terminal import open_watches
from backend.boot.tools import tool_parts
from backend.boot.warming import open_warming
from backend.console.files import console_files
from backend.domain.worker_name import worker_name
from backend.engine.desk.call_desk import CallDesk
from backend.engine.desk.live_board import LiveBoard
from backend.engine.desk.live_states import LiveStates
from config import Settings

__all__ = ["Ringmaster", "create_app"]


class Ringmaster:
    """One worker, from start to stop."""

    desk: CallDesk
    """Its calls; there once it runs."""
    live_board: LiveBoard
    """What pages see of them, and of those of other workers; there once it runs."""
    full_collections: FullCollections
    """When Python's full collections are made; there once it runs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.worker = worker_name()
        """Name of this worker, unique among all."""

    @asynccontextmanager
    async def run(self) -> AsyncGenerator[ApiServices]:
        """Connect everything, serve, and let go of it in the opposite order.

        Raises:
            ConfigError, StoreError: before anything is connected.
            Unavailable: the database cannot be used.
        """
        require_services(self.settings)
        require_checks(self.settings, keys=None)
        async with AsyncExitStack() as stack:
            parts = await self._open(stack)
            self.desk, self.live_board = parts.desks.desk, parts.live_board
            self.full_collections = FullCollections(self.desk.calls, parts.environment.pacer)
            probes = self._watch(parts, stack)
            await self._take_jobs(parts, probes)
            parts.lag.start()  # what is still loaded before the first call stops nobody
            yield api_services(self.settings, parts, probes)

    async def _open(self, stack: AsyncExitStack) -> WorkerParts:
        """Each part on those before it."""
        settings, worker, enter = self.settings, self.worker, stack.enter_async_context
        exporting = open_telemetry(settings.telemetry)
        stack.push_async_callback(asyncio.to_thread, exporting.close)
        data = await enter(data_parts(settings, worker))
        require_checks(settings, keys=await has_keys(data.database))
        kept, cipher = data.kept, data.cipher
        people = people_parts(settings, data.database, kept.outbox, data.cipher)
        stack.push_async_callback(people.close)
        telemetry = OtelTurnTelemetry(exporting.meter, exporting.tracer, open_history(data.database, stack))
        tools = await enter(tool_parts(settings, kept.records, kept.cases, kept.callbacks, cipher, telemetry.tool))
        store = await enter(store_parts(settings, data.database, tools.runner.names))
        tools.follow(store.live)
        providers = await enter(provider_parts(settings, worker, cipher, exporting))
        lag = LoopLag(telemetry.loop_lag)
        stack.push_async_callback(lag.close)
        board = open_live_board(worker, providers.sessions, cipher, kept.records, stack)
        recordings = open_recordings(settings, cipher, data.database, stack)
        recorders = recordings.recorders
        tapes = open_tapes(providers.acs and providers.acs.recorder, data.database, recorders, stack)
        watches = (board, *open_watches(settings.telemetry, stack))
        environment = call_environment(settings, providers, tools, kept.records, telemetry, watches, recorders, tapes)
        await open_warming(settings, providers, tools, environment.phrases, store.live, stack)
        desks = await enter(desk_parts(settings, worker, data, providers, environment, store, recordings))
        stack.push_async_callback(LiveStates(desks.desk.calls, board).close)
        runs = open_runs(data.database, stack)
        courier = open_case_courier(settings, data.database, store.live, stack)
        return WorkerParts(
            worker,
            exporting,
            data,
            people,
            tools,
            store,
            providers,
            environment,
            desks,
            lag,
            board,
            recordings,
            runs,
            courier,
        )

    def _watch(self, parts: WorkerParts, stack: AsyncExitStack) -> Probes:
        """Look after the parts from now on, and have them counted."""
        exporting, live = parts.exporting, parts.store.live
        probes = open_probes(
            self.settings,
            parts.data.database,
            parts.providers,
            parts.desks.desk,
            lambda: (shared := parts.desks.shared) is not None and shared.alone,
            lambda: live.store,
            exporting.figures,
            (parts.data.kept.outbox.health, parts.recordings.health, parts.courier.health, parts.desks.tidying),
            stack,
        )
        observe_figures(exporting.meter, parts.stats)
        observe_health(exporting.meter, lambda: probes.board.parts)
        observe_events(exporting.meter, lambda: recent_log().by_code)
        return probes

    @staticmethod
    async def _take_jobs(parts: WorkerParts, probes: Probes) -> None:
        """Calls through LiveKit are asked for, and not brought: that begins when everything else is ready."""
        desks = parts.desks
        alone = desks.shared is None
        await parts.providers.livekit.serve(desks.shared or desks.desk, desks.desk, probes.board, alone=alone)


def create_app(settings: Settings, services: ApiServices) -> FastAPI:
    """The web application around parts that run already."""
    security = settings.security
    app = create_api(services, origins=security.origins, door=door_rules(settings), pages=security.api_pages)
    services.instrument(app)
    _read_sources()
    console_files()  # read from disk now, and not when a browser first asks
    return app


def _read_sources() -> None:
    """FastAPI looks up where a route's function stands when the route is first asked for, which reads its file then."""
    for name, module in list(sys.modules.items()):
        if name.startswith("backend.api.") and (file := getattr(module, "__file__", None)):
            linecache.getlines(file)
