"""What operations look for among calls and cases, and how much of it there is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from backend.domain.call import CallOutcome, CallRecord, Direction, Way
from backend.domain.callback import CALL_BACK_CASE, WishState, WishStep
from backend.domain.case import Case
from backend.domain.private import Private

__all__ = [
    "EVERY_CALL",
    "FILED_CASES",
    "WISH_STATES",
    "CallQuery",
    "CaseQuery",
    "FormStatus",
    "FoundCase",
    "Totals",
    "WantedStatus",
    "is_withheld",
]

FormStatus = Literal["filed", "draft", "broken_off", "any"]
"""What is looked for among cases of one form."""

WantedStatus = Literal["filed", "draft", "broken_off", "open", "called", "done", "any"]
"""``draft``: not filed, whether its call goes on or not. ``broken_off``: a draft whose call is over. ``open``,
``called`` and ``done``: wishes to be called back that stand so; ``filed`` of their kind is all of them."""

WISH_STATES: tuple[WishState, ...] = get_args(WishState)
"""How a wish to be called back may stand."""


def is_withheld(number: Private) -> bool:
    """Did this caller's network not say who calls? It is no phone number then, and no user of ACS."""
    return not number.reveal().startswith(("+", "8:"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CallQuery:
    """Which calls are looked for; what is left out does not matter. All of it must fit."""

    outcome: CallOutcome | None = None
    line: str = ""
    agent: str = ""
    """One of the agents that spoke with the caller."""
    since: datetime | None = None
    """Begun then or later; in UTC, as all moments here."""
    until: datetime | None = None
    """Begun before then."""
    caller: Private | None = None
    """The number that called, or was called; an empty one for calls whose number was withheld."""
    connection_id: str = ""
    direction: Direction | None = None
    """``browser``: sessions that an application asked for, and calls of softphones."""
    way: Way | None = None
    test: bool | None = None
    live: bool | None = None
    """Only those that go on, or only those that are over."""
    lines: frozenset[str] | None = None
    """Only those of these lines: whoever asks sees no others. ``None``: they see all."""

    def fits(self, call: CallRecord) -> bool:
        """Is this one of them?"""
        return (
            self.outcome in (None, call.outcome)
            and (self.lines is None or call.line in self.lines)
            and self.line in ("", call.line)
            and (not self.agent or self.agent in call.agents)
            and (self.since is None or call.started_at >= self.since)
            and (self.until is None or call.started_at < self.until)
            and self._fits_caller(call)
            and self.connection_id in ("", call.connection_id)
            and self.direction in (None, call.direction)
            and self.way in (None, call.way)
            and self.test in (None, call.test)
            and self.live in (None, call.outcome is None)
        )

    def _fits_caller(self, call: CallRecord) -> bool:
        if self.caller is None:
            return True
        if self.caller.reveal():
            return call.other_side.reveal() == self.caller.reveal()
        return call.direction == "inbound" and is_withheld(call.caller)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """Which cases are looked for; line, agent, caller and test are those of the call that each was taken in."""

    status: WantedStatus = "filed"
    line: str = ""
    agent: str = ""
    since: datetime | None = None
    """Filed then or later; for drafts, last changed."""
    until: datetime | None = None
    """Filed, or last changed, before then."""
    caller: Private | None = None
    """As with calls."""
    form: str = ""
    subject: str = ""
    verified: bool | None = None
    test: bool | None = None
    lines: frozenset[str] | None = None
    """As with calls; a case whose call is not known is of no line."""

    @property
    def wishes(self) -> bool:
        """Are wishes to be called back looked for, alone or beside what forms took down?"""
        if self.form == CALL_BACK_CASE:
            return self.status not in ("draft", "broken_off")
        return not self.form and self.status in ("any", *WISH_STATES)

    @property
    def of_forms(self) -> bool:
        """Is what forms took down looked for?"""
        return self.form != CALL_BACK_CASE and self.status not in WISH_STATES


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case, and what its call says of it."""

    case: Case
    line: str
    """Empty where nothing is known of the call."""
    test: bool
    broken_off: bool
    """A draft whose call is over."""
    steps: tuple[WishStep, ...] = ()
    """What people did about a wish to be called back."""

    @property
    def moment(self) -> datetime:
        """When it was filed; for a draft, last changed. Lists are in the order of it."""
        return self.case.filed_at or self.case.updated_at


@dataclass(frozen=True, slots=True)
class Totals:
    """How many there are; tests are counted by themselves."""

    real: int = 0
    tests: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.real + other.real, self.tests + other.tests)


EVERY_CALL = CallQuery()
FILED_CASES = CaseQuery()
