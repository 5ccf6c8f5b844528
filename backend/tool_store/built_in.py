"""What a store may refer to of the built-in tools, without importing them: their readers take long to load."""

from backend.domain.tool import ToolNames

__all__ = ["BUILT_IN"]

_NAMES = (
    "verify_caller",
    "policy_question",
    "search_knowledge",
    "report_emergency",
    "transfer_to_person",
    "request_callback",
    "end_call",
)
_OF_A_VERIFIED_CALLER = ("policy_question",)

BUILT_IN = ToolNames(
    sets={name: frozenset({name}) for name in _NAMES},
    requires=dict.fromkeys(_OF_A_VERIFIED_CALLER, "verified_caller"),
    grants={"verify_caller": "verified_caller"},
)
"""The same as ``tool_names()`` of the catalogue, which a test holds it to."""
