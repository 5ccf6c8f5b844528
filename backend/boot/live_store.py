"""Joins the parts of the live store, for the server and for the command line."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from backend.adapters.redis.version_board import LocalVersionBoard, RedisVersionBoard
from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.revision_book import SqlRevisions
from backend.adapters.sql.run_book import SqlStoreRuns
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.release_gate import ReleaseGate
from backend.agents.seeding import Seed
from backend.agents.sharing import Sharing
from backend.agents.tried import TriedVersions
from backend.agents.watch import watch_share, watch_store
from backend.boot.databases import open_redis
from backend.domain.agent import AgentSpec
from backend.domain.audit import AuditEntry
from backend.domain.form_spec import FormSpec
from backend.domain.line import LineSpec
from backend.domain.model import ToolSchema
from backend.domain.tool import ToolNames
from backend.engine.thinking.store_tools import tools_of_store
from backend.errors import ConfigError
from backend.ports import Revisions, VersionBoard
from backend.tool_store.runner import ToolRunner
from config import Settings

__all__ = ["ShownStore", "StoreParts", "store_parts"]


@dataclass(frozen=True, slots=True)
class StoreParts:
    """A live store that is open, and what it works with."""

    live: LiveStore
    revisions: Revisions
    board: VersionBoard
    tried: TriedVersions
    sharing: Sharing
    gate: ReleaseGate


@dataclass(frozen=True, slots=True)
class ShownStore:
    """The live store as operations see it."""

    live: LiveStore
    runner: ToolRunner

    def version(self) -> str:
        """The version that new calls get."""
        return self.live.store.version

    def agents(self) -> Sequence[AgentSpec]:
        """Every agent."""
        return list(self.live.store.agents.values())

    def lines(self) -> Sequence[LineSpec]:
        """Every line."""
        return list(self.live.store.lines.values())

    def tools(self) -> Sequence[ToolSchema]:
        """Every tool."""
        return tools_of_store(self.runner, self.live.store).all_schemas()

    def form(self, name: str) -> FormSpec | None:
        """A form by its name."""
        return self.live.store.forms.get(name)


@asynccontextmanager
async def store_parts(
    settings: Settings, database: Database, tools: ToolNames, *, watch: bool = True
) -> AsyncGenerator[StoreParts]:
    """Open the live store, and follow disk and other workers while the block runs.

    Without ``watch`` it is only visited: nothing goes live because of it but what is asked for.

    Raises:
        StoreError: the store does not pass the check.
        ConfigError: REDIS_URL cannot be used, or a folder is not there.
    """
    connections = settings.connections
    folder = StoreFolder(connections.agent_store, connections.prompt_store)
    audit, revisions = SqlAuditBook(database), SqlRevisions(database)
    planted = None
    if connections.store_seed is not None:
        planted = await Seed(connections.store_seed, folder, revisions).plant()
    for name, place in (("AGENT_STORE", connections.agent_store), ("PROMPT_STORE", connections.prompt_store)):
        if not place.is_dir():
            raise ConfigError(f"{name}: expected a folder, there is none at {place}")

    async def note(actor: str, action: str, detail: Mapping[str, Any]) -> None:
        before, after = str(detail.get("previous", "")), str(detail.get("version", ""))
        entry = AuditEntry(
            at=datetime.now(UTC), actor=actor, action=action, before=before, after=after, detail=dict(detail)
        )
        await audit.note(entry)

    async with AsyncExitStack() as stack:
        board = await _board(settings, stack)
        gate = ReleaseGate(SqlStoreRuns(database), lambda: has_line_model(settings), note)
        live = LiveStore(folder, tools, revisions, board, note, planted, gate)
        await (live.open() if watch else live.visit())
        stack.push_async_callback(live.close)
        tried = TriedVersions(live, revisions)
        sharing = Sharing(live, tried, board)
        if watch:
            folders = (connections.agent_store, connections.prompt_store)
            await stack.enter_async_context(watch_store(live, board, folders))
            await stack.enter_async_context(watch_share(sharing))
        yield StoreParts(live, revisions, board, tried, sharing, gate)


def has_line_model(settings: Settings) -> bool:
    """Is there a model that the lines of this server think with?"""
    return bool(settings.ai.azure_openai_endpoint or settings.ai.openai_base_url)


async def _board(settings: Settings, stack: AsyncExitStack) -> RedisVersionBoard | LocalVersionBoard:
    redis = await open_redis(settings.connections, stack)
    return RedisVersionBoard(redis) if redis else LocalVersionBoard()
