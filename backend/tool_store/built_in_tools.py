"""The tools that agents may name in their YAML."""

from backend.domain.tool import ToolNames
from backend.tool_store.definition import ToolDefinition
from backend.tool_store.names import names_of
from backend.tool_store.tools.call import end_call, report_emergency, transfer_to_person
from backend.tool_store.tools.callback import request_callback
from backend.tool_store.tools.knowledge import search_knowledge

__all__ = ["BUILT_IN_TOOLS", "tool_names"]

BUILT_IN_TOOLS: tuple[ToolDefinition, ...] = (
    search_knowledge,
    report_emergency,
    transfer_to_person,
    request_callback,
    end_call,
)


def tool_names() -> ToolNames:
    """What agents may name in their YAML."""
    return names_of(BUILT_IN_TOOLS)
