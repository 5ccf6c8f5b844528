"""Hand-offs as the model sees them: one tool for each agent that the active one may hand over to."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from backend.agents.store import AgentStore
from backend.domain.agent import AgentSpec
from backend.domain.model import ToolSchema

__all__ = ["handoff_schemas", "handoff_target"]

_PREFIX = "hand_off_to_"
_NAME = re.compile(rf"^{_PREFIX}([a-z][a-z0-9_]*)$")


Brings = Callable[[AgentSpec], Mapping[str, Mapping[str, Any]]]
"""The arguments, by name and with their schema, that an agent's opening tool wants of whoever hands over."""

_REASON = "One sentence for the other agent: what the caller wants and what is known."
_INSTEAD = " Only where nothing else is passed on."
_AS_SAID = "As the caller has said it already; leave it out where they have not."


def handoff_schemas(agent: AgentSpec, store: AgentStore, brings: Brings = lambda _: {}) -> list[ToolSchema]:
    """Tools named ``hand_off_to_AGENT``, described by the YAML's ``when``."""
    return [
        ToolSchema(
            name=_PREFIX + handoff.to,
            description=(
                f"Hand the caller over to {handoff.to} ({store.agents[handoff.to].description}) "
                f"when the caller has {handoff.when}."
            ),
            parameters=_parameters(brings(store.agents[handoff.to])),
        )
        for handoff in agent.handoffs
    ]


def _parameters(brings: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A reason, or what the other agent begins with: every token that is written is a wait."""
    told = {
        name: {**schema, "description": f"{schema.get('description', '')} {_AS_SAID}".strip()}
        for name, schema in brings.items()
    }
    return {
        "type": "object",
        "properties": told | {"reason": {"type": "string", "description": f"{_REASON}{_INSTEAD if told else ''}"}},
        "required": [] if told else ["reason"],
        "additionalProperties": False,
    }


def handoff_target(tool: str) -> str | None:
    """The agent that a tool call hands over to; ``None`` for other tools."""
    match = _NAME.match(tool)
    return match.group(1) if match else None
