"""What rehearsals and replays work with, put together from the settings and the command's options."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.adapters.books.open_books import OpenBooks
from backend.agents.prompts import render_words
from backend.agents.store import AgentStore, load_store
from backend.domain.tool_server import AnyServer
from backend.errors import ConfigError
from backend.ports import ChatModel, ToolServer
from backend.rehearsal.rehearsed_call import RehearsalParts
from backend.rehearsal.tools import memory_tools
from backend.tool_store.declared import DeclaredTools
from config import Settings

__all__ = ["MODELS", "Choices", "open_rehearsal_parts", "open_store"]

MODELS = ("stand-in", "endpoint")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the operator chose.

    Attributes:
        directory: folder that holds agent_store and prompt_store; the settings' when ``None``.
        model: ``stand-in`` (rules, in this process) or ``endpoint`` (the model of the settings).
        policies: book of business; the settings' when ``None``.
        live_tools: ask the servers of declared tools themselves.
        manner: how clever the stand-in is; see ``stand_in.manner``.
    """

    directory: Path | None = None
    model: str = "stand-in"
    policies: Path | None = None
    live_tools: bool = False
    manner: str = "usual"


def open_store(settings: Settings, directory: Path | None) -> AgentStore:
    """The store that was named.

    Raises:
        StoreError: it does not pass the check.
        ConfigError: there is none.
    """
    connections = settings.connections
    agents = directory / "agent_store" if directory else connections.agent_store
    prompts = directory / "prompt_store" if directory else connections.prompt_store
    for folder in (agents, prompts):
        if not folder.is_dir():
            raise ConfigError(f"--store: expected a folder with agent_store and prompt_store; there is no {folder}")
    return load_store(agents, prompts, memory_tools().names)


@asynccontextmanager
async def open_rehearsal_parts(
    settings: Settings, store: AgentStore, choices: Choices
) -> AsyncGenerator[RehearsalParts]:
    """Open them; the model is let go of at the end.

    Raises:
        ConfigError: no such model, or its address is not set.
    """
    async with AsyncExitStack() as stack:
        books = _books(settings, choices)
        stack.push_async_callback(books.close)
        model = await stack.enter_async_context(_open_model(settings, choices))
        live = _live_tools(settings, stack) if choices.live_tools else None
        yield RehearsalParts(store, model, books, live, max_rounds=settings.ai.max_tool_rounds)


def _books(settings: Settings, choices: Choices) -> OpenBooks:
    """The suite's own file stands for every book that lies in a file."""
    return OpenBooks(
        settings.books, settings.security.verification_key.get_secret_value(), _no_server, choices.policies
    )


def _no_server(spec: AnyServer) -> ToolServer:
    raise ConfigError(
        f"rehearsals cannot look callers up in the book of the identity {spec.name}; give the suite a file of records"
    )


def _live_tools(settings: Settings, stack: AsyncExitStack) -> DeclaredTools:
    from backend.adapters.tool_servers.opening import opener

    declared = DeclaredTools(opener(settings.security.tool_hosts), render_words)
    stack.push_async_callback(declared.close)
    return declared


@asynccontextmanager
async def _open_model(settings: Settings, choices: Choices) -> AsyncGenerator[ChatModel]:
    name = choices.model
    if name not in MODELS:
        raise ConfigError(f"--model: expected {' or '.join(MODELS)}, got {name!r}")
    if name == "stand-in":
        from backend.rehearsal.stand_in import StandInModel, manner_named

        yield StandInModel(manner_named(choices.manner))
        return
    if not settings.ai.azure_openai_endpoint and not settings.ai.openai_base_url:
        raise ConfigError("--model endpoint: AZURE_OPENAI_ENDPOINT (or OPENAI_BASE_URL) is not set")
    from backend.adapters.openai.chat_model import OpenAiChatModel
    from backend.boot.model import model_address

    model = OpenAiChatModel(model_address(settings))
    try:
        yield model
    finally:
        await model.close()
