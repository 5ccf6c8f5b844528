"""One chat: a text conversation that is kept like a call."""

import asyncio
import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from backend.agents.store import AgentStore
from backend.domain.agent import AgentSpec
from backend.domain.call import CallOutcome, CallRecord
from backend.domain.ending import Ending
from backend.domain.line import LineSpec
from backend.domain.session import CallSession
from backend.domain.timezone import zone
from backend.engine.call.call_meter import CallMeter
from backend.engine.call.discretion import Discretion
from backend.engine.conversation.text_conversation import TextConversation
from backend.engine.conversation.text_events import AgentChanged, Said, TextEvent, ToolRan
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.engine.thinking.reception import Reception
from backend.engine.turn.turn import Turn

__all__ = ["Chat", "ChatReply", "Watcher"]

Watcher = Callable[[TextEvent], None]


@dataclass(frozen=True, slots=True)
class ChatReply:
    """Where a chat stands, and what was said just now."""

    id: str
    line: str
    agent: str
    said: tuple[Said, ...] = ()
    outcome: CallOutcome | None = None
    """Set once it is over."""


class Chat:
    """One chat of this worker.

    Args:
        record: what is kept of it.
        session: its memory; new, or restored.
        line: the line it is on.
        store: the agents it began with.
        thinking: model and tools.
        on_turn: told of each turn once it is settled.
    """

    def __init__(
        self,
        record: CallRecord,
        session: CallSession,
        line: LineSpec,
        store: AgentStore,
        thinking: Thinking,
        on_turn: Callable[["Chat", Turn], None],
    ) -> None:
        here = zone(line.timezone)
        self.record = record
        self.session = session
        self.line = line
        self.store = store
        self.discretion = Discretion(session, thinking.services.veil, store.credentials)
        self.watchers: list[Watcher] = []
        self.meter = CallMeter(record, session)
        self.turns_taken = asyncio.Lock()
        self._on_turn = on_turn
        self._orchestrator = Orchestrator(
            session,
            line,
            store,
            thinking,
            now=lambda: datetime.now(here),
            on_agent=self._on_agent,
            on_tool=lambda name, ok: self._tell(ToolRan(name, ok)),
            channel="text",
        )
        self._reception = Reception(self._orchestrator)
        self.conversation = TextConversation(self._reception, on_event=self._tell, on_turn=self._keep)
        self.touch()
        self._note_agent(self._orchestrator.agent)

    @property
    def id(self) -> str:
        """Its session id."""
        return self.record.call_id

    @property
    def ending(self) -> Ending | None:
        """How it ended; ``None`` while it goes on."""
        return self.conversation.ending

    @property
    def idle_s(self) -> float:
        """Seconds since anything was said."""
        return asyncio.get_running_loop().time() - self._used_at

    def touch(self) -> None:
        """Somebody is there."""
        self._used_at = asyncio.get_running_loop().time()

    def open(self) -> None:
        """Greet, or say that the line is closed."""
        hours = self.line.hours
        if hours is not None and not hours.is_open(now := datetime.now(UTC)):
            self._reception.shut("closed", now)
        if self._reception.only_tells:
            self.conversation.close_with(self._reception.greeting(), Ending("rejected", "closed"))
        else:
            self.conversation.open()

    def reply(self, said: Sequence[Said] = ()) -> ChatReply:
        """Where it stands, with what was said just now."""
        outcome = self.ending.outcome if self.ending else None
        return ChatReply(self.id, self.line.name, self.session.active_agent, tuple(said), outcome)

    @contextlib.contextmanager
    def heard(self) -> Generator[list[Said]]:
        """What is said while this lasts."""
        said: list[Said] = []

        def note(event: TextEvent) -> None:
            if isinstance(event, Said):
                said.append(event)

        self.watchers.append(note)
        try:
            yield said
        finally:
            self.watchers.remove(note)

    def _keep(self, turn: Turn) -> None:
        self.record.turns.append(turn.record)
        self.record.case_number = self.session.case_number
        self._on_turn(self, turn)

    def _on_agent(self, agent: AgentSpec) -> None:
        self._note_agent(agent)
        self._tell(AgentChanged(agent.name))

    def _note_agent(self, agent: AgentSpec) -> None:
        if agent.name not in self.record.agents:
            self.record.agents.append(agent.name)

    def _tell(self, event: TextEvent) -> None:
        for watcher in list(self.watchers):
            watcher(event)
