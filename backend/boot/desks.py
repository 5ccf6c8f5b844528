"""Joins the desks: calls of this worker, calls that other workers may have, and chats."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from backend.adapters.redis.relay import RedisRelay
from backend.adapters.redis.session_store import MemorySessionStore
from backend.api.block_desk import BlockDesk
from backend.boot.call_gate import open_gate
from backend.boot.chats import open_chats
from backend.boot.data import DataParts
from backend.boot.live_store import StoreParts
from backend.boot.providers import ProviderParts
from backend.boot.tidying import open_tidying
from backend.domain.call_marks import CallMarks
from backend.engine.call.call import CallEnvironment
from backend.engine.desk.call_desk import CallDesk, DeskRules
from backend.engine.desk.chat_desk import ChatDesk
from backend.engine.desk.gate import CallGate
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.desk.route_registry import RouteRegistry
from backend.engine.desk.session_desk import SessionDesk
from backend.engine.desk.shared_desk import SharedDesk
from backend.engine.desk.supervision import Supervision
from backend.ports import HealthSource, Relay
from config import Settings
from config.address import on_this_machine

__all__ = ["DeskParts", "desk_parts"]


@dataclass(frozen=True, slots=True)
class DeskParts:
    """The desks of one worker, at work."""

    desk: CallDesk
    shared: SharedDesk | None
    """The same desk, for calls that other workers may have; ``None`` without Redis."""
    chats: ChatDesk
    gate: CallGate
    blocks: BlockDesk
    supervision: Supervision
    """Supervisors, and the calls that they listen to."""
    sessions: SessionDesk | None
    """What applications ask for; ``None`` without a LiveKit server."""
    tidying: HealthSource
    """How the deleting of what was kept long enough goes."""


@asynccontextmanager
async def desk_parts(
    settings: Settings,
    worker: str,
    data: DataParts,
    providers: ProviderParts,
    environment: CallEnvironment,
    store: StoreParts,
    recordings: RecordingDesk,
) -> AsyncGenerator[DeskParts]:
    """Open the desks; at the end calls come to theirs, and the desks close.

    Args:
        settings: everything that can be set.
        worker: name of this worker, unique among all.
        data: where calls are noted.
        providers: the services that calls need.
        environment: what calls work with.
        store: the versions that they begin with.
        recordings: what was recorded of calls.
    """
    async with AsyncExitStack() as stack:
        gate, blocks = await open_gate(
            settings,
            stack,
            data.database,
            data.cipher,
            live=lambda: sum(not call.test for call in desk.live()),  # not asked before there is a desk
            tokens=lambda: providers.model.tokens,
        )
        routes, rules = RouteRegistry(providers.exchange), _rules(settings)
        desk = _call_desk(environment, providers, store, rules, routes, gate, stack)
        drawn, prepare = store.sharing.store_for, store.tried.prepare
        chats = open_chats(settings, environment, lambda: store.live.store, drawn, prepare, desk)
        stack.push_async_callback(chats.close)
        supervision = Supervision(desk.calls, providers.exchange, _relay(providers, data, stack), data.cipher)
        stack.push_async_callback(supervision.close)
        shared = await _share(desk, supervision, providers, data, store, stack)
        providers.softphones.tell = (shared or desk).callback
        tidying = await open_tidying(settings, worker, data, providers, store, recordings, desk, chats, stack)
        sessions = _session_desk(shared or desk, providers, data, store, rules.marks, routes, stack)
        yield DeskParts(desk, shared, chats, gate, blocks, supervision, sessions, tidying)


def _call_desk(
    environment: CallEnvironment,
    providers: ProviderParts,
    store: StoreParts,
    rules: DeskRules,
    routes: RouteRegistry,
    gate: CallGate,
    stack: AsyncExitStack,
) -> CallDesk:
    desk = CallDesk(
        environment,
        lambda: store.live.store,
        rules,
        routes,
        earlier=lambda version: store.sharing.get(version) or store.tried.get(version),
        drawn=store.sharing.store_for,
        gate=gate,
    )
    desk.able = lambda: not providers.speech.trouble
    stack.push_async_callback(desk.close)
    return desk


def _relay(providers: ProviderParts, data: DataParts, stack: AsyncExitStack) -> Relay | None:
    if isinstance(providers.sessions, MemorySessionStore):
        return None
    relay = RedisRelay(providers.sessions.redis, data.cipher)
    stack.push_async_callback(relay.close)
    return relay


async def _share(
    desk: CallDesk,
    supervision: Supervision,
    providers: ProviderParts,
    data: DataParts,
    store: StoreParts,
    stack: AsyncExitStack,
) -> SharedDesk | None:
    if providers.exchange is None:
        return None
    records, prepare = data.kept.records, store.tried.prepare
    shared = SharedDesk(desk, providers.exchange, providers.sessions, records, supervision=supervision, prepare=prepare)
    stack.push_async_callback(shared.close)
    await shared.start()
    return shared


def _session_desk(
    desk: CallDesk | SharedDesk,
    providers: ProviderParts,
    data: DataParts,
    store: StoreParts,
    marks: CallMarks,
    routes: RouteRegistry,
    stack: AsyncExitStack,
) -> SessionDesk | None:
    rooms = providers.livekit.agent_rooms
    if rooms is None:
        return None
    sessions = SessionDesk(rooms, desk, data.kept.records, routes, lambda: store.live.store, marks)
    stack.push_async_callback(sessions.close)
    return sessions


def _rules(settings: Settings) -> DeskRules:
    connections = settings.connections
    marks = CallMarks(on_this_machine(settings.azure.acs_address), connections.test_numbers)
    return DeskRules(max_calls=connections.max_calls, drain_s=float(connections.drain_seconds), marks=marks)
