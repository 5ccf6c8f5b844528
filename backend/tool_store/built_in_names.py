"""What a store may refer to of the built-in tools, without importing them: their readers take long to load."""

from backend.domain.tool import ToolNames

__all__ = ["BUILT_IN"]

_NAMES = (
    "search_knowledge",
    "report_emergency",
    "transfer_to_person",
    "request_callback",
    "end_call",
)
BUILT_IN = ToolNames(
    sets={name: frozenset({name}) for name in _NAMES},
)
"""The same as ``tool_names()`` of ``built_in_tools``, which a test holds it to."""
