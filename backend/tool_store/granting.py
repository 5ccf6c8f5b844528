"""Callers who are verified by a system elsewhere: a declared tool's answer says who they are."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from backend.domain.private import Private
from backend.domain.search import is_withheld
from backend.domain.subject import Subject
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.domain.tool_server import GrantSpec
from backend.domain.tries import Counted
from backend.tool_store.context import ToolContext

__all__ = ["Granting"]

_REFUSED = ToolOutcome(
    False,
    "The caller could not be verified. A person takes over.",
    directive=TransferToPerson("the caller could not be verified"),
    code="tool.denied",
)
_UNREACHED = ("provider.unavailable", "provider.timed_out", "provider.rejected")


class Granting:
    """One try at who the caller is, by a declared tool. What the system elsewhere limits it limits besides.

    Args:
        spec: what its answer means.
        context: the tool call.
    """

    def __init__(self, spec: GrantSpec, context: ToolContext) -> None:
        self._spec = spec
        self._session = context.session
        self._tries = context.tries
        self._limits = context.limits

    async def refusal(self) -> ToolOutcome | None:
        """What is said where there are no more tries; nothing is asked of the system then."""
        spent = self._session.verification_attempts >= self._limits.per_call or await self._tries.spent(self._number())
        return _REFUSED if spent else None

    async def judged(self, outcome: ToolOutcome, content: Any) -> ToolOutcome:
        """Who the caller is by the answer; an answer that names nobody is a failed try."""
        if not outcome.ok and outcome.code in _UNREACHED:
            return outcome  # nobody has judged it
        subject = self._subject(content) if outcome.ok and isinstance(content, dict) else None
        if subject is not None:
            self._session.subject = subject
            self._session.facts.pop("unverified", None)
            return outcome
        self._session.verification_attempts += 1
        await self._tries.take(self._number())
        if refused := await self.refusal():
            return replace(refused, say=outcome.say)
        return replace(outcome, ok=False) if outcome.ok else outcome

    def _subject(self, content: dict[str, Any]) -> Subject | None:
        identifier = content.get(self._spec.id)
        if not isinstance(identifier, str | int) or isinstance(identifier, bool) or not str(identifier):
            return None
        known = {name: content[name] for name in self._spec.attributes if name in content}
        name = str(content.get(self._spec.name) or "")
        return Subject(str(identifier), name, known, self._spec.grant, (self._spec.grant,))

    def _number(self) -> Sequence[Counted]:
        number = self._session.caller_number
        return [] if is_withheld(Private(number)) else [Counted("number", number, self._limits.per_number)]
