"""The tools of a rehearsal: the built-in ones on books in memory, those that a store declares on paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.agents.prompts import render_words
from backend.agents.store import AgentStore
from backend.domain.model import ToolSchema
from backend.domain.tool_server import AnyServer, RemoteResult
from backend.engine.thinking.store_tools import tools_of_store
from backend.errors import Unavailable
from backend.ports import ToolServer
from backend.rehearsal.matching import looks_like
from backend.rehearsal.spec import ToolAnswerSpec
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.declared import DeclaredTools
from backend.tool_store.runner import ToolRunner

__all__ = ["memory_tools", "on_paper", "tools_of"]


async def _no_audit(_call_id: str, _action: str, _detail: Mapping[str, Any]) -> None:
    return None


def memory_tools(declared: DeclaredTools | None = None) -> ToolRunner:
    """All tools, for one conversation."""
    return ToolRunner(BUILT_IN_TOOLS, _no_audit, declared)


def tools_of(store: AgentStore) -> list[str]:
    """Names of every tool that an agent of this store may use."""
    return [
        *(schema.name for schema in tools_of_store(memory_tools(), store).all_schemas()),
        *(function.name for server in store.servers for function in server.functions),
    ]


def on_paper(answers: Sequence[ToolAnswerSpec]) -> DeclaredTools:
    """Declared tools that answer as it is written; nobody's server is asked, so nothing needs to be closed."""
    server = _PaperServer(answers)

    def open_server(_: AnyServer) -> ToolServer:
        return server

    return DeclaredTools(open_server, render_words)


class _PaperServer:
    """``ToolServer`` that answers as it is written."""

    def __init__(self, answers: Sequence[ToolAnswerSpec]) -> None:
        self._answers = answers

    def schema(self, function: str) -> ToolSchema | None:
        """Nothing is known of a function but what the store says."""
        return None

    async def call(self, function: str, arguments: Mapping[str, Any], *, key: str) -> RemoteResult:
        """The first answer that fits.

        Raises:
            Unavailable: none does.
        """
        for answer in self._answers:
            if answer.tool == function and looks_like(arguments, answer.arguments):
                return RemoteResult(failed=answer.status >= 400, content=answer.result, status=answer.status)
        raise Unavailable("tools", f"nothing is written for {function} with these arguments")

    async def close(self) -> None:
        """Nothing is open."""
