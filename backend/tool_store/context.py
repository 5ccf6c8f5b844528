"""What a tool works with."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from backend.domain.agent import AgentSpec
from backend.domain.call import RecordedIdentity
from backend.domain.form_spec import FormSpec
from backend.domain.hiding import hide_in, lasting_secrets
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.domain.prompt_leak import PromptLeak
from backend.domain.session import CallSession
from backend.domain.timezone import zone
from backend.domain.tries import MemoryTries, VerificationLimits
from backend.domain.veil import Veil
from backend.language.phrases import standard_phrases
from backend.ports import Books, CallbackBook, CaseBook, KnowledgeBook, TextMessages, TryLedger

__all__ = ["Audit", "ToolContext", "ToolServices"]

_NOTHING = PromptLeak("")

Audit = Callable[[str, str, Mapping[str, Any]], Awaitable[None]]
"""``(call_id, action, detail)``: notes what was done."""


@dataclass(frozen=True, slots=True)
class ToolContext:
    """One tool call's surroundings. Tools may change ``session``: its facts, its verified caller."""

    session: CallSession
    line: LineSpec
    agent: AgentSpec
    cases: CaseBook
    books: Books
    messages: TextMessages | None
    """``None`` where no number is set to send from."""
    knowledge: KnowledgeBook | None
    """``None`` where the line knows nothing but its prompts."""
    now: Callable[[], datetime]
    """The time in the line's zone."""
    callbacks: CallbackBook | None = None
    """``None`` where no call-backs are kept."""
    caller_text: str = field(default="", repr=False)
    """The words that this turn answers."""
    instructions: PromptLeak = field(default=_NOTHING, repr=False)
    """What the agent was told; it must not leave by an argument."""
    phrases: Phrases = field(default_factory=lambda: standard_phrases("en"), repr=False)
    """What the agent says in fixed words."""
    tries: TryLedger = field(default_factory=MemoryTries)
    """Failed tries at who somebody is, over all calls."""
    limits: VerificationLimits = field(default_factory=VerificationLimits)
    """How many of them are allowed."""
    veil: Veil = field(default_factory=Veil, repr=False)
    """Under which numbers of callers are stored."""
    forms: tuple[FormSpec, ...] = ()
    """Those of the store that the call began with."""
    recorded: RecordedIdentity | None = None
    """In a call that is played again from its record: what this turn said of who is calling."""

    @property
    def language(self) -> str:
        """Of the call, such as ``en-US``."""
        return self.agent.voice.language

    def hidden(self, value: Any) -> Any:
        """What is to be kept for good, without card numbers and secrets that callers have said."""
        return hide_in(value, lasting_secrets(self.session.facts))


@dataclass(frozen=True, slots=True)
class ToolServices:
    """What all tool calls of a worker share."""

    cases: CaseBook
    books: Books
    audit: Audit
    messages: TextMessages | None = None
    knowledge: KnowledgeBook | None = None
    """A search service; without one the store's own Markdown is searched."""
    clock: Callable[[tzinfo], datetime] = datetime.now
    tries: TryLedger = field(default_factory=MemoryTries)
    limits: VerificationLimits = field(default_factory=VerificationLimits)
    callbacks: CallbackBook | None = None
    veil: Veil = field(default_factory=Veil, repr=False)
    recorded: Callable[[], RecordedIdentity | None] = lambda: None

    def context(
        self,
        session: CallSession,
        line: LineSpec,
        agent: AgentSpec,
        caller_text: str,
        instructions: PromptLeak = _NOTHING,
        knowledge: KnowledgeBook | None = None,
        forms: Iterable[FormSpec] = (),
        phrases: Phrases | None = None,
    ) -> ToolContext:
        """The surroundings of a tool call in this call, now."""
        here = zone(line.timezone)
        return ToolContext(
            session=session,
            line=line,
            agent=agent,
            cases=self.cases,
            books=self.books,
            messages=self.messages,
            knowledge=self.knowledge or knowledge,
            callbacks=self.callbacks,
            now=lambda: self.clock(here),
            caller_text=caller_text,
            instructions=instructions,
            phrases=phrases or standard_phrases(agent.voice.language).of_call(line.company, ""),
            tries=self.tries,
            limits=self.limits,
            veil=self.veil,
            forms=tuple(forms),
            recorded=self.recorded(),
        )
