"""Lookups: what is looked up while the caller may still go on; the call remembers none of it until they have not."""

import copy
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.domain.copied import copied
from backend.domain.model import ModelToolCall
from backend.domain.session import CallSession
from backend.domain.tool import ToolOutcome
from backend.engine.thinking.loop_guard import canonical
from backend.engine.turn.turn import Turn

__all__ = ["Lookups"]

_Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the same calls, for the same words, came to before."""

    key: tuple[Any, ...] = field(repr=False)
    before: _Facts = field(repr=False)
    outcomes: Sequence[ToolOutcome] = field(repr=False)
    after: _Facts = field(repr=False)


class Lookups:
    """Those of one call that run before the caller has surely finished.

    They see the call's memory as it is and write into a copy of it: until the turn is certain, what the last question
    asked for still tells where the caller's words end. A turn that is thrown away takes the copy with it. Somebody
    who only took a breath, and whose words are the same, is not looked up twice.

    Args:
        session: the call.
    """

    def __init__(self, session: CallSession) -> None:
        self._session = session
        self._turn: Turn | None = None
        self._copy = self._before = session
        self._found: _Found | None = None
        self._untold: list[Callable[[], None]] = []

    def memory(self, turn: Turn) -> CallSession:
        """The call as a tool sees it in this turn."""
        if self._turn is not turn:
            self._turn, self._untold = turn, []
            self._copy, self._before = _apart(self._session, turn), _apart(self._session, turn)
        return self._copy

    async def once(
        self, turn: Turn, calls: Sequence[ModelToolCall], run: Callable[[], Awaitable[Sequence[ToolOutcome]]]
    ) -> Sequence[ToolOutcome]:
        """What these calls come to; ``run`` is not asked where that is known."""
        memory, found = self.memory(turn), self._found
        key = (turn.index, memory.active_agent, turn.to_answer, *((c.name, canonical(c.arguments)) for c in calls))
        if found is not None and found.key == key and found.before == memory.facts:
            memory.facts = copied(found.after)
            return found.outcomes
        before = copied(memory.facts)
        outcomes = await run()
        self._found = _Found(key, before, outcomes, copied(memory.facts))
        return outcomes

    def later(self, then: Callable[[], None]) -> None:
        """Do this when they stand."""
        self._untold.append(then)

    def stand(self, turn: Turn) -> None:
        """The caller has finished: the call remembers what was looked up in this turn, if anything was."""
        if self._turn is not turn:
            return
        self._turn = self._found = None
        _take_over(self._session.facts, self._before.facts, self._copy.facts)
        untold, self._untold = self._untold, []
        for then in untold:
            then()


def _apart(session: CallSession, turn: Turn) -> CallSession:
    """A copy whose facts may be written to, in this turn: the call itself counts it once it is certain."""
    apart = copy.copy(session)
    apart.turn = turn.index
    apart.facts = copied(session.facts)
    return apart


def _take_over(facts: _Facts, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Change in ``facts`` what is different between ``before`` and ``after``, and nothing else."""
    for name in before.keys() - after.keys():
        facts.pop(name, None)
    facts.update({name: value for name, value in after.items() if name not in before or before[name] != value})
