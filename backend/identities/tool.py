"""The tool that is made of an identity."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from backend.domain.identity_spec import IdentitySpec
from backend.domain.question import Question
from backend.domain.tool import FieldProblem, ToolOutcome
from backend.identities.flow import Flow
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import ToolDefinition

__all__ = ["identity_tool"]

_CONSENT = "consent"
_TIMEOUT_MS = 3000
_ABOUT_CONSENT = "The caller's answer to an offer that this tool made, as said. Is that all right?"
_DESCRIPTION = (
    "Verify who is calling, before anything is discussed that only they may know. Call it with whatever the caller has "
    "said, in their own words; it remembers the rest and tells what to ask next. Call it also when they cannot or will "
    "not say it: it knows what can be done for them."
)


def identity_tool(flow: Flow) -> ToolDefinition:
    """``verify_NAME``, or what the identity calls it."""
    identity = flow.identity

    async def run(ctx: ToolContext, **given: Any) -> ToolOutcome:
        parts = {part.name: given.get(part.name) for part in identity.parts}
        return await flow.identify(ctx, parts, given.get(_CONSENT))

    return ToolDefinition(
        identity.tool_name,
        identity.tool_description or _DESCRIPTION,
        run,
        _Parts(identity),
        "write",
        None,
        _TIMEOUT_MS,
        None,
        grants=identity.granted,
    )


@dataclass(frozen=True)
class _Parts:
    """``Arguments``: each part in the caller's own words."""

    identity: IdentitySpec

    def schema(self) -> dict[str, Any]:
        """Every part may be left out."""
        return dict(self._schema)

    @cached_property
    def _schema(self) -> Mapping[str, Any]:
        about = {part.name: f"{part.description} {self._question(part.name)}".strip() for part in self.identity.parts}
        about[_CONSENT] = _ABOUT_CONSENT
        properties = {name: {"type": "string", "description": text} for name, text in about.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def read(self, given: dict[str, Any]) -> dict[str, Any] | tuple[FieldProblem, ...]:
        """Texts, or nothing."""
        known = {*(part.name for part in self.identity.parts), _CONSENT}
        problems = [FieldProblem(name, "there is no such argument") for name in given if name not in known]
        problems += [
            FieldProblem(name, "expected what the caller said, as text")
            for name, value in given.items()
            if name in known and not isinstance(value, str | None)
        ]
        return tuple(problems) or {name: given.get(name) for name in known}

    def question(self, name: str) -> Question | None:
        """The tool asks by itself."""
        return None

    def _question(self, name: str) -> str:
        part = next(part for part in self.identity.parts if part.name == name)
        return next((texts.ask for texts in part.texts.values()), "")
