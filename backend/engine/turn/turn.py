"""A turn: what the caller said, and what the agent does and says in answer to it."""

import asyncio
import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from backend.domain.call import TurnRecord
from backend.domain.session import AgentSaid, CallerSaid, HistoryItem
from backend.domain.turn_moment import TurnMoment
from backend.domain.whisper import Whisper
from backend.engine.turn.recognized import Transcript
from backend.engine.turn.words import Taken

__all__ = ["Aside", "SpokenSegment", "Turn"]

_FINAL_LIMIT_S = 0.8
"""A final comes some 650 ms after the last word, about when a model's first tool call is complete."""


class SpokenSegment:
    """One stretch of an agent's words between tool calls. ``heard`` is what reached the caller's ear."""

    __slots__ = ("agent", "heard", "interrupted", "text")

    def __init__(self, agent: str) -> None:
        self.agent = agent
        self.text = ""
        self.heard = ""
        self.interrupted = False


@dataclass(frozen=True, slots=True)
class Aside:
    """A listening noise: when it came (loop time), and how far the caller had heard the agent (playout position)."""

    at: float
    heard_ms: float
    text: str = field(repr=False)


class Turn:
    """One turn, provisional until something of it shows outside.

    It begins on words that may still change (early thinking). Until it is *certain* nothing of
    it is heard and no tool with an effect runs; until it is *committed* it can be thrown away
    without a trace and the caller's words go back to whoever listens.
    """

    def __init__(self, index: int, agent: str, taken: Taken, *, certain: bool, at: datetime) -> None:
        self.index = index
        self.taken = taken
        self.certain = asyncio.Event()
        self.final = asyncio.Event()
        """Nothing better will be known of what the caller said: recognition has said its last word, or they wrote."""
        self.committed = False
        self.busy = False
        """A tool with an effect is running; it is let finish even when the caller interrupts."""
        self.filler: str | None = None
        """What the tool at work wants said while it is slow."""
        self.interrupted = False
        self.kept = False
        """Something was done that answering again would do twice; from then on the turn stands."""
        self.baffled = False
        """A tool made nothing of the caller's words: the answer asks again."""
        self.taken_up = ""
        """What the caller said before they were asked something in between: this turn answers that."""
        self.undo: Callable[[], None] = lambda: None
        """Puts the call's memory back as it was before this turn's tools."""
        self.withheld = False
        """The content filter refused it: it is kept, but the model is not shown what was said in it."""
        self.cut_ms: float | None = None
        """What had been heard when the caller interrupted a tool at work."""
        self.task: asyncio.Task[None] | None = None
        self.items: list[HistoryItem | SpokenSegment] = []
        self.asides: list[Aside] = []
        """Listening noises of the caller while the agent spoke ("okay")."""
        self.whispers: list[Whisper] = []
        """What supervisors told the agent, and the model was shown in this turn."""
        self.spoke = False
        """Has the model written words of its own?"""
        self.ran: dict[str, tuple[datetime, float]] = {}
        """When tools began to run and for how many milliseconds, by the id of their call."""
        self.at_work: tuple[str, ...] = ()
        """Tools that run now."""
        self.recognized: Sequence[Transcript] = ()
        """How the caller's words were recognized, once the turn is over."""
        self.beside: list[TurnMoment] = []
        """What people did in it."""
        self.record = TurnRecord(index=index, agent=agent, caller_text=taken.text, early=not certain, started_at=at)
        self.zero = 0.0
        """Loop time at which the caller stopped speaking; latencies count from here."""
        if certain:
            self.certain.set()
            self.final.set()

    def begins_work(self, tools: Sequence[str]) -> float:
        """Tools begin to run; gives the loop time."""
        self.at_work = tuple(tools)
        return asyncio.get_running_loop().time()

    def ends_work(self, began: float, *, waited_for: bool) -> None:
        """They are done. What the caller waited for, with nothing of the answer said, counts into its wait."""
        self.at_work = ()
        took_ms = (asyncio.get_running_loop().time() - began) * 1000
        if waited_for and took_ms >= 1 and not any(passage.text for passage in self.passages()):
            self.record.latencies.tools_ms = round((self.record.latencies.tools_ms or 0.0) + took_ms, 1)

    @contextlib.contextmanager
    def runs(self, call_id: str) -> Generator[None]:
        """One tool runs while the block does."""
        at, loop = datetime.now(UTC), asyncio.get_running_loop()
        began = loop.time()
        try:
            yield
        finally:
            self.ran[call_id] = at, round((loop.time() - began) * 1000, 1)

    async def wait_final(self) -> None:
        """Return when the caller's words are final, or when the recognizer has had time enough for that.

        A partial is good enough to think on and to answer, but what is kept of a caller should be what they said.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_FINAL_LIMIT_S):
                await self.final.wait()

    @property
    def caller_text(self) -> str:
        """The caller's words; empty when the agent speaks of its own accord."""
        return self.taken.text

    @property
    def to_answer(self) -> str:
        """The words that agents and tools answer: the caller's, or what they had said before a question between."""
        return self.taken_up or self.caller_text

    def since(self, at: float | None) -> float | None:
        """Milliseconds from the caller's last word to the loop time ``at``."""
        return None if at is None else round((at - self.zero) * 1000, 1)

    def retake(self, taken: Taken) -> None:
        """The same words, as the final transcript spells them."""
        self.final.set()
        self.taken = taken
        self.record.caller_text = taken.text

    def reread(self, text: str) -> None:
        """The final of words that are being answered already, or "" when it brought more than those.

        It is the better reading, and what is remembered of the caller.
        """
        self.final.set()
        if text and self.caller_text and not self.taken.partial_before:
            self.retake(Taken(" ".join([*self.taken.finals, text])))

    def passage(self, agent: str, *, before: SpokenSegment | None = None) -> SpokenSegment:
        """Open a new stretch of the agent's words, behind all others or in front of one of them."""
        passage = SpokenSegment(agent)
        at = self.items.index(before) if before in self.items else len(self.items)
        self.items.insert(at, passage)
        return passage

    def passages(self) -> list[SpokenSegment]:
        """All stretches of this turn, in order."""
        return [item for item in self.items if isinstance(item, SpokenSegment)]

    def settled(self, *, as_meant: bool = False) -> list[HistoryItem]:
        """The turn as it enters the history: the caller's words, tools, and what was heard.

        ``as_meant`` gives it before it has been heard, for the stored copy of a call that may have to go on elsewhere.
        """
        history: list[HistoryItem] = []
        if self.caller_text:
            history.append(CallerSaid(self.caller_text, self.index, self.withheld))
        for item in self.items:
            if not isinstance(item, SpokenSegment):
                history.append(item)
            elif as_meant and item.text.strip():
                history.append(AgentSaid(item.agent, item.text.strip(), self.index, interrupted=True, meant=True))
            elif item.heard:
                history.append(AgentSaid(item.agent, item.heard, self.index, item.interrupted))
        history.extend(CallerSaid(aside.text, self.index) for aside in self.asides)
        return history
