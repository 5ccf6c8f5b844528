"""A room: one conversation with the agents of a store, everything around it in memory."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from backend.agents.store import AgentStore
from backend.domain.call import RecordedIdentity
from backend.domain.case import Case
from backend.domain.ending import Ending
from backend.domain.line import LineSpec
from backend.domain.session import AgentSaid, CallSession, HandedOver, HistoryItem, ToolAnswered, ToolCallsMade
from backend.domain.timezone import zone
from backend.engine.conversation.text_conversation import TextConversation
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.engine.thinking.reception import Reception
from backend.errors import RingmasterError
from backend.ports import Books, ChatModel
from backend.rehearsal.spec import ToolAnswerSpec
from backend.rehearsal.tools import memory_tools, on_paper
from backend.testing.books import MemoryCallbacks, MemoryCases
from backend.tool_store.context import ToolServices
from backend.tool_store.declared import DeclaredTools

__all__ = ["RehearsalParts", "RehearsedCall", "ToolUsed"]


async def _no_audit(_call_id: str, _action: str, _detail: Mapping[str, Any]) -> None:
    return None


@dataclass(frozen=True, slots=True)
class RehearsalParts:
    """What all rehearsed calls share.

    Attributes:
        live: the servers of declared tools themselves; without them they answer as written.
        deadline_ms: limit on one answer of the model.
    """

    store: AgentStore
    model: ChatModel
    books: Books
    live: DeclaredTools | None = None
    deadline_ms: int = 30_000
    max_rounds: int = 5


@dataclass(frozen=True, slots=True)
class ToolUsed:
    """One tool call: what the model asked for and whether it came to something."""

    name: str
    arguments: Mapping[str, Any] = field(repr=False)
    ok: bool
    turn: int


class RehearsedCall:
    """One conversation.

    Args:
        parts: store, model, books and tools.
        line: the line that is called.
        now: when, in the line's own time zone.
        answers: what declared tools answer.
        cases: what earlier calls have left.
        speaks: the language that the caller is heard to speak.
    """

    def __init__(
        self,
        parts: RehearsalParts,
        line: LineSpec,
        now: datetime,
        answers: Sequence[ToolAnswerSpec] = (),
        cases: MemoryCases | None = None,
        speaks: str = "",
    ) -> None:
        here = zone(line.timezone)
        self._now = now.replace(tzinfo=here) if now.tzinfo is None else now.astimezone(here)
        self._line = line
        self.cases, self.callbacks = cases or MemoryCases(), MemoryCallbacks()
        self._recorded: RecordedIdentity | None = None
        self.session = CallSession(
            call_id=secrets.token_hex(8), line=line.name, active_agent=line.entry, store_version=parts.store.version
        )
        services = ToolServices(
            self.cases,
            parts.books,
            _no_audit,
            clock=lambda zone: self._now.astimezone(zone),
            callbacks=self.callbacks,
            recorded=lambda: self._recorded,
        )
        tools = memory_tools(parts.live or on_paper(answers))
        thinking = Thinking(parts.model, tools, services, parts.deadline_ms, parts.max_rounds)
        orchestrator = Orchestrator(self.session, line, parts.store, thinking, now=lambda: self._now)
        self._hear, self._speaks = orchestrator.hear_language, speaks
        self._reception = Reception(orchestrator)
        self.conversation = TextConversation(self._reception, channel="voice")

    def open(self) -> None:
        """Answer the call: the greeting, or that the line is closed."""
        hours = self._line.hours
        if hours is not None and not hours.is_open(self._now.astimezone(UTC)):
            self._reception.shut("closed", self._now)
        if self._reception.only_tells:
            self.conversation.close_with(self._reception.greeting(), Ending("rejected", "closed"))
        else:
            self.conversation.open()

    async def say(self, words: str, recorded: RecordedIdentity | None = None, *, speaks: str = "") -> None:
        """One turn of the caller.

        Args:
            words: what they say.
            recorded: of one who was recorded: what is hidden in the words.
            speaks: the language that this is heard to be in; that of the whole call when empty.
        """
        self._recorded = recorded
        self._hear(speaks or self._speaks, words)
        await self.conversation.say(words)

    def hang_up(self) -> None:
        """The caller leaves."""
        self.conversation.end("caller_hung_up")

    # -- what happened --------------------------------------------------------------------

    @property
    def history(self) -> list[HistoryItem]:
        """Everything, in order."""
        return self.session.history

    @property
    def ending(self) -> Ending | None:
        """How it ended; ``None`` while it goes on."""
        return self.conversation.ending

    @property
    def faults(self) -> list[RingmasterError]:
        """What went wrong on our side."""
        return self.conversation.faults

    @property
    def agents(self) -> list[str]:
        """Agents in order of speaking with the caller, the entry agent first."""
        return [self._line.entry, *(item.target for item in self.history if isinstance(item, HandedOver))]

    def tools(self, since: int = 0) -> list[ToolUsed]:
        """Tools used, from a history position on."""
        history = self.history[since:]  # a tool answers behind its call
        answers = {item.call_id: item.content for item in history if isinstance(item, ToolAnswered)}
        return [
            ToolUsed(call.name, _object(call.arguments), _object(answers.get(call.id, "")).get("ok") is True, item.turn)
            for item in history
            if isinstance(item, ToolCallsMade)
            for call in item.calls
        ]

    def said(self, since: int = 0) -> list[str]:
        """Words of agents, from a history position on."""
        return [item.text for item in self.history[since:] if isinstance(item, AgentSaid)]

    def case(self) -> Case | None:
        """The case of this call, draft or filed; of several the last one that was begun."""
        return next((one for one in self.cases.all[::-1] if one.call_id == self.session.call_id), None)


@lru_cache(1024)  # who judges a conversation asks three times for all that was used in it
def _object(text: str) -> Mapping[str, Any]:
    """The JSON object that this is; an empty one for anything else. Nobody writes to it."""
    try:
        value = json.loads(text)
    except ValueError:
        return MappingProxyType({})
    return MappingProxyType(value if isinstance(value, dict) else {})
