"""A call as a board of live calls shows it: who, where, and what was said last. One that comes later replaces it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from backend.domain.call import CallOutcome, CallRecord, Direction, TurnRecord, Way
from backend.domain.private import Private
from backend.domain.session import AgentSaid, CallerSaid, HandedOver, HistoryItem, ToolCallsMade

__all__ = ["Doing", "LiveCall", "LiveState", "masked"]

LiveState = Literal["listening", "speaking", "moving", "over"]
"""``listening``: it is the caller's turn, or their words are being thought about; ``speaking``: an answer is on its way
to their ear; ``moving``: another worker takes it over."""


Doing = Literal[
    "",  # not known yet, or of a worker of the version before
    "listening",  # it is the caller's turn
    "hearing",  # the caller makes a sound
    "thinking",  # the model is asked
    "tool",  # a tool runs
    "speaking",  # the agent is heard
    "connecting",  # a goodbye or a transfer is under way
    "colleague",  # a person has taken over
]
"""What goes on at this moment, finer than the state."""


def masked(number: Private) -> str:
    """A number that can be told apart but not called: ``+••••••••••42``."""
    plain = number.reveal()
    return plain if len(plain) <= 2 else "•" * (len(plain) - 2) + plain[-2:]


class LiveCall(msgspec.Struct, frozen=True, kw_only=True):
    """One call. What callers say is in it: it goes to people who may see calls, and into no log.

    Attributes:
        caller: masked, as everywhere.
        agent: who speaks with the caller now.
        turns: so many are over.
        understood: the caller's last words, as they were understood and may be kept.
        said: the agent's last words: as they are meant while they are spoken, as they were heard afterwards.
        tools: what ran in that turn.
        wait_ms: how long the caller waited for that answer.
        doing: what goes on at this moment, looked at twice a second while somebody looks on.
        about: the tools that run, the field that is asked for, or who has taken over.
        doing_since: since when.
    """

    call_id: str
    line: str
    direction: Direction
    way: Way
    test: bool
    caller: str
    called: str
    store_version: str
    started_at: datetime
    state: LiveState
    agent: str = ""
    turns: int = 0
    understood: str = ""
    said: str = ""
    tools: tuple[str, ...] = ()
    wait_ms: float | None = None
    doing: Doing = ""
    about: str = ""
    doing_since: datetime | None = None
    ended_at: datetime | None = None
    outcome: CallOutcome | None = None
    detail: str = ""
    case_number: str | None = None

    def __repr__(self) -> str:
        return f"LiveCall({self.call_id!r}, {self.state!r})"

    __str__ = __repr__

    @classmethod
    def of(cls, call: CallRecord, state: LiveState = "listening") -> "LiveCall":
        """As its record has it."""
        same = "call_id line direction way test store_version started_at ended_at outcome detail case_number".split()
        plain = cls(
            **{name: getattr(call, name) for name in same},
            caller=masked(call.caller),
            called=masked(call.called),
            state="over" if call.outcome else state,
            agent=call.agents[-1] if call.agents else "",
        )
        return plain.after(call, call.turns[-1], state=plain.state) if call.turns else plain

    def answered(self, turn: int, items: Sequence[HistoryItem]) -> "LiveCall":
        """With the answer to a turn on its way."""
        said = [item for item in items if isinstance(item, AgentSaid)]
        handed = [item.target for item in items if isinstance(item, HandedOver)]
        words = " ".join(item.text for item in items if isinstance(item, CallerSaid))
        made = [call.name for item in items if isinstance(item, ToolCallsMade) for call in item.calls]
        return msgspec.structs.replace(
            self,
            state="speaking",
            agent=(handed or [item.agent for item in said] or [self.agent])[-1],
            turns=turn,
            understood=words or self.understood,
            said=" ".join(item.text for item in said),
            tools=tuple(made),
            wait_ms=None,
        )

    def after(self, call: CallRecord, turn: TurnRecord, state: LiveState = "listening") -> "LiveCall":
        """With a turn that is over."""
        return msgspec.structs.replace(
            self,
            state=state,
            agent=turn.agent or self.agent,
            turns=turn.index + 1,
            understood=turn.caller_text or self.understood,
            said=turn.heard or turn.said or self.said,
            tools=tuple(turn.tools),
            wait_ms=turn.latencies.first_frame_ms,
            case_number=call.case_number,
        )
