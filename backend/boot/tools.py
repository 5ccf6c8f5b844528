"""What tools need, joined: the runner, the books, text messages and servers elsewhere."""

import hashlib
import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.adapters.books.open_books import OpenBooks
from backend.adapters.redis.try_ledger import RedisTries
from backend.adapters.search.azure_search import AzureSearch
from backend.adapters.tool_servers.opening import opener
from backend.agents.live import LiveStore
from backend.agents.prompts import render_words
from backend.agents.store import AgentStore
from backend.boot.databases import open_redis
from backend.domain.tries import MemoryTries, VerificationLimits
from backend.domain.veil import Veil
from backend.engine.thinking.orchestrator import Thinking
from backend.engine.thinking.store_tools import tools_of_store
from backend.errors import ConfigError
from backend.ports import CallbackBook, CallRecords, CaseBook, ChatModel, Cipher, TryLedger
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolServices
from backend.tool_store.declared import DeclaredTools
from backend.tool_store.runner import ToolRunner
from config import Settings
from config.ai import AiSettings

if TYPE_CHECKING:
    from backend.adapters.acs.text_messages import AcsTextMessages

log = logging.getLogger(__name__)

__all__ = ["ToolParts", "open_tries", "tool_parts"]


@dataclass(frozen=True, slots=True)
class ToolParts:
    """Tools of one worker."""

    runner: ToolRunner
    services: ToolServices

    def follow(self, live: LiveStore) -> None:
        """Connect to the store's MCP servers and books, now and whenever it changes, before a caller waits for them.

        Raises:
            ConfigError: a book is not what it should be; of a store that goes live later that is logged.
        """
        self._connect(live.store)
        for book in live.store.books.values():
            self.services.books.open(book)
        live.snapshots.on_live.append(self._connect_later)

    def thinking(self, model: ChatModel, ai: AiSettings) -> Thinking:
        """What agents think with."""
        limits = ai.model_deadline_ms, ai.max_tool_rounds
        return Thinking(model, self.runner, self.services, *limits, ai.azure_openai_deployment)

    def of(self, store: AgentStore) -> ToolRunner:
        """The tools that a call with this version of the store works with."""
        return tools_of_store(self.runner, store)

    def _connect_later(self, store: AgentStore) -> None:
        self._connect(store)
        for book in store.books.values():
            try:
                self.services.books.open(book)
            except ConfigError as error:
                log.error(
                    "a book cannot be used; no caller can be verified with it",
                    extra={"event": "book.unusable", "book": book.name, "fault": str(error)},
                )

    def _connect(self, store: AgentStore) -> None:
        self.runner.beside(store.servers)


@asynccontextmanager
async def tool_parts(
    settings: Settings,
    records: CallRecords,
    cases: CaseBook,
    callbacks: CallbackBook,
    cipher: Cipher | None = None,
    watch: Callable[[str, Mapping[str, Any]], None] = lambda _name, _detail: None,
) -> AsyncGenerator[ToolParts]:
    """Everything that tools work with, closed at the end; ``watch`` is told of each tool call, as the audit is.

    Raises:
        ConfigError: a setting is missing.
    """
    async with AsyncExitStack() as stack:

        async def audit(call_id: str, action: str, detail: Mapping[str, Any]) -> None:
            watch(action.removeprefix("tool:"), detail)
            await records.audit(call_id=call_id, actor="agent", action=action, detail=detail)

        open_server = opener(settings.security.tool_hosts, settings.tools)
        declared = DeclaredTools(open_server, render_words)
        stack.push_async_callback(declared.close)
        books = OpenBooks(settings.books, settings.security.verification_key.get_secret_value(), open_server)
        stack.push_async_callback(books.close)
        services = ToolServices(
            cases,
            books,
            audit,
            _messages(settings, stack),
            _search(settings, stack),
            tries=await open_tries(settings, stack, cipher),
            limits=_limits(settings),
            callbacks=callbacks,
            veil=Veil(hashlib.sha256(f"veil {tries_key(settings, cipher)}".encode()).digest()),
        )
        yield ToolParts(ToolRunner(BUILT_IN_TOOLS, audit, declared), services)


def _limits(settings: Settings) -> VerificationLimits:
    security = settings.security
    return VerificationLimits(
        security.verification_tries_per_call,
        security.verification_tries_per_number,
        security.verification_tries_per_record,
    )


async def open_tries(settings: Settings, stack: AsyncExitStack, cipher: Cipher | None) -> TryLedger:
    """Counts failed verifications; closed with ``stack``.

    Raises:
        ConfigError: REDIS_URL cannot be used.
    """
    connections = settings.connections
    redis = await open_redis(connections, stack)
    if redis is None:
        return MemoryTries()  # one worker only, and its count lives as long as it does
    return RedisTries(redis, hashlib.sha256(f"tries {tries_key(settings, cipher)}".encode()).digest())


def tries_key(settings: Settings, cipher: Cipher | None) -> str:
    """What keys the hashes under which tries are counted: the same in all workers, and not in Redis."""
    if key := settings.security.verification_key.get_secret_value():
        return key
    if cipher is not None and (hashed := cipher.hashes("", "tries")):
        return hashed[0]
    connections = settings.connections  # without a key: addresses, which carry their passwords
    if connections.redis_by_entra:
        raise ConfigError(
            "DATA_KEY: required with REDIS_BY_ENTRA, because no connection address then holds a secret; it is not set"
        )
    return f"{connections.redis_url.get_secret_value()} {connections.database_url.get_secret_value()}"


def _search(settings: Settings, stack: AsyncExitStack) -> AzureSearch | None:
    azure = settings.azure
    if not azure.azure_search_endpoint:
        return None
    if not azure.azure_search_index:
        raise ConfigError("AZURE_SEARCH_INDEX: expected the name of the index to search, it is not set")
    key = azure.azure_search_key.get_secret_value()
    search = AzureSearch(azure.azure_search_endpoint, azure.azure_search_index, key)
    stack.push_async_callback(search.close)
    return search


def _messages(settings: Settings, stack: AsyncExitStack) -> "AcsTextMessages | None":
    azure = settings.azure
    if not azure.acs_sms_number:
        return None
    from backend.adapters.acs.text_messages import AcsTextMessages  # its SDK takes a third of a second to import

    key = azure.acs_key
    messages = AcsTextMessages(azure.acs_address, key, azure.acs_sms_number)
    stack.push_async_callback(messages.close)
    return messages
