"""Hand-offs as the model sees them: one tool for each agent that the active one may hand over to."""

import re

from backend.agents.store import AgentStore
from backend.domain.agent import AgentSpec
from backend.domain.model import ToolSchema

__all__ = ["handoff_schemas", "handoff_target"]

_PREFIX = "hand_off_to_"
_NAME = re.compile(rf"^{_PREFIX}([a-z][a-z0-9_]*)$")


def handoff_schemas(agent: AgentSpec, store: AgentStore) -> list[ToolSchema]:
    """Tools named ``hand_off_to_AGENT``, described by the YAML's ``when``."""
    return [
        ToolSchema(
            name=_PREFIX + handoff.to,
            description=(
                f"Hand the caller over to {handoff.to} ({store.agents[handoff.to].description}) "
                f"when the caller has {handoff.when}."
            ),
            parameters={
                "type": "object",
                "properties": {
                    "reason": {
                        "type": "string",
                        "description": "One sentence for the other agent: what the caller wants and what is known.",
                    }
                },
                "required": ["reason"],
                "additionalProperties": False,
            },
        )
        for handoff in agent.handoffs
    ]


def handoff_target(tool: str) -> str | None:
    """The agent that a tool call hands over to; ``None`` for other tools."""
    match = _NAME.match(tool)
    return match.group(1) if match else None
