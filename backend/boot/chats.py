"""Joins what chats need."""

from collections.abc import Awaitable, Callable

from backend.adapters.redis.session_store import RedisSessionStore
from backend.agents.store import AgentStore
from backend.engine.call.call import CallEnvironment
from backend.engine.desk.call_desk import CallDesk
from backend.engine.desk.chat_desk import ChatDesk, ChatEnvironment, ChatRules
from config import Settings
from config.address import on_this_machine

__all__ = ["open_chats"]


def open_chats(
    settings: Settings,
    environment: CallEnvironment,
    store: Callable[[], AgentStore],
    drawn: Callable[[str], AgentStore],
    prepare: Callable[[str], Awaitable[AgentStore]],
    desk: CallDesk,
) -> ChatDesk:
    """The chat desk of a worker, on what its calls work with. ``prepare`` has a version ready that is not live."""
    connections = settings.connections
    return ChatDesk(
        ChatEnvironment(
            environment.thinking,
            store,
            environment.sessions,
            environment.records,
            environment.telemetry,
            drawn=drawn,
            shared=isinstance(environment.sessions, RedisSessionStore),
            prepare=prepare,
        ),
        ChatRules(
            most=connections.max_chats,
            idle_s=float(connections.chat_idle_seconds),
            all_tests=on_this_machine(settings.azure.acs_address),
        ),
        lambda: desk.draining,
    )
