"""Joins what is told of a worker's health: to probes, on the health board, and to people who ask deeper."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass

from backend.adapters.redis.session_store import RedisSessionStore
from backend.adapters.sql.database import Database
from backend.adapters.telemetry.logs import sweep_logs
from backend.adapters.telemetry.shared_figures import SharedFigures
from backend.agents.store import AgentStore
from backend.api.services import Ping
from backend.boot.health import DeepAsk, Disk, folders_written, heard, part_of
from backend.boot.health_board import Every, HealthBoard
from backend.boot.providers import ProviderParts
from backend.boot.telemetry import close_webhook, open_webhook
from backend.engine.desk.call_desk import CallDesk
from backend.ports import DeepCheck, HealthPart, HealthSource
from config import Settings

__all__ = ["Probes", "open_probes"]

_Asked = Callable[[], Awaitable[None]]
_ASK_S, _DISK_S, _FIGURES_S = 5.0, 30.0, 5.0


@dataclass(frozen=True, slots=True)
class Probes:
    """How a worker is found to be."""

    board: HealthBoard
    pings: tuple[Ping, ...]
    deep_checks: tuple[DeepCheck, ...]


def open_probes(
    settings: Settings,
    database: Database,
    providers: ProviderParts,
    desk: CallDesk,
    alone: Callable[[], bool],
    store: Callable[[], AgentStore],
    figures: SharedFigures,
    others: tuple[HealthSource, ...],
    stack: AsyncExitStack,
) -> Probes:
    """Begin to look, until ``stack`` ends.

    Args:
        settings: everything that can be set.
        database: the database, asked now and then.
        providers: the services that calls need.
        desk: knows whether another worker can take calls.
        alone: is this worker without the others, because Redis does not take its beats?
        store: the agent store of new calls, whose voices and deployments are asked for.
        figures: this worker's figures, written for the others.
        others: parts of this worker that tell by themselves how they are.
        stack: closes everything.
    """
    board = HealthBoard([Every(10, sweep_logs)])
    stack.push_async_callback(board.close)
    redis = heard(providers.sessions.ping, alone) if isinstance(providers.sessions, RedisSessionStore) else None
    _ask_services(board, database, providers, redis)
    for source in others:
        board.add(source)
    if webhook := open_webhook(settings.telemetry):
        stack.push_async_callback(close_webhook, webhook)
        board.add(webhook.health)
    disk = Disk(folders_written(settings))
    board.ask("disk", disk.ask, _DISK_S)
    board.ask("figures", _figures_part(figures), _FIGURES_S)
    board.start()
    deep = DeepAsk(_ways(providers), providers.speech, providers.model, disk, store)
    return Probes(board, _pings(database, providers, desk, redis), deep.checks)


def _ways(providers: ProviderParts) -> Mapping[str, Callable[[], Awaitable[None]]]:
    ways: dict[str, Callable[[], Awaitable[None]]] = {}
    if providers.acs is not None:
        ways["acs"] = providers.acs.check
    if providers.livekit.ways:
        ways["livekit"] = providers.livekit.check
    return ways


def _ask_services(board: HealthBoard, database: Database, providers: ProviderParts, redis: _Asked | None) -> None:
    lost = "the database does not answer or takes nothing; what calls leave behind waits"
    board.ask("database", part_of("database", database.takes, lost), _ASK_S)
    if redis is not None:
        away = "Redis does not answer or takes nothing; calls go on from memory"
        board.ask("redis", part_of("redis", redis, away), _ASK_S)
    board.ask("speech", part_of("speech", providers.speech.ping, "Azure Speech cannot be reached"), _ASK_S)
    board.add(providers.measured.health)


def _pings(database: Database, providers: ProviderParts, desk: CallDesk, redis: _Asked | None) -> tuple[Ping, ...]:
    """What a probe is told of. Nothing that is away for all workers takes them out of service together.

    Calls are answered without a database (what they leave behind is kept) and without speech (who rings is put
    through to a person); a worker without speech leaves new calls to the others as long as one of them has it.
    """
    pings = [
        Ping("database", database.takes, needed=False),
        Ping("speech", providers.speech.ping, needed=lambda: desk.calls.others_able),
        Ping("model", providers.measured.ping, needed=False),
    ]
    if redis is not None:
        # Calls go on from memory without Redis, so it is reported but takes nobody out of service.
        pings.append(Ping("redis", redis, needed=False))
    return tuple(pings)


def _figures_part(figures: SharedFigures) -> Callable[[], Awaitable[HealthPart]]:
    """Writing this worker's figures for the others, as a part like any other."""

    async def write() -> HealthPart:
        await asyncio.to_thread(figures.write)
        return HealthPart("figures")

    return write
