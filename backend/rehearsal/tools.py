"""The tools of a rehearsal: those of the catalogue, on books in memory."""

from collections.abc import Mapping
from typing import Any

from backend.tool_store.catalogue import CATALOGUE
from backend.tool_store.runner import ToolRunner

__all__ = ["memory_tools"]


async def _no_audit(_call_id: str, _action: str, _detail: Mapping[str, Any]) -> None:
    return None


def memory_tools() -> ToolRunner:
    """All tools, for one conversation."""
    return ToolRunner(CATALOGUE, _no_audit)
