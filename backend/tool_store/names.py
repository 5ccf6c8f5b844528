"""What a store may refer to: the names of tools, and what they ask of a caller."""

from collections.abc import Iterable

from backend.domain.tool import VERIFIED, ToolNames
from backend.tool_store.definition import ToolDefinition

__all__ = ["names_of"]


def names_of(definitions: Iterable[ToolDefinition]) -> ToolNames:
    """Each tool alone is a set of one."""
    tools = list(definitions)
    return ToolNames(
        sets={tool.name: frozenset({tool.name}) for tool in tools},
        requires={tool.name: tool.requires for tool in tools if tool.requires},
        grants={tool.name: frozenset({VERIFIED, *tool.grants}) for tool in tools if tool.grants},
    )
