"""A caller's wish to be called back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from backend.domain.case import Case

__all__ = ["CALL_BACK_CASE", "WISH_FIELDS", "CallbackWish", "CallingBack", "WishState", "WishStep", "case_of_wish"]

WishState = Literal["open", "called", "done"]
"""``called``: somebody had them called back, whether anybody answered or not. ``done``: nothing more is to be done."""

CALL_BACK_CASE = "call_back"
"""What stands where other cases have their form: a wish is a case without one. No form can have this name."""

WISH_FIELDS = ("phone", "name", "reason")
"""What such a case has for fields."""


@dataclass(frozen=True, slots=True)
class WishStep:
    """Somebody has done something about a wish."""

    at: datetime
    who: str
    """As the audit names them."""
    state: WishState
    """As it stands since then."""
    call_id: str = ""
    """The call that was placed; empty where somebody only said how it stands."""


@dataclass(frozen=True, slots=True)
class CallbackWish:
    """Whom to call back, at which number, and why. One for each call; a later one of the same call replaces it."""

    call_id: str
    line: str
    number: str = field(repr=False)
    """As the caller confirmed it; with the country's code where that is known."""
    name: str = field(repr=False)
    """Empty when it is not known."""
    reason: str = field(repr=False)
    requested_at: datetime
    test: bool = False
    """Was its call a try, so that nobody waits for a call back? Told by the book, which knows the call."""
    subject: str = ""
    """Id of the subject that the caller was shown to be; empty where nobody was verified."""
    state: WishState = "open"
    """How it stands; kept by the book from step to step."""
    steps: tuple[WishStep, ...] = ()
    """What people did about it, the oldest first."""

    @property
    def revision(self) -> int:
        """How many steps there were; whoever takes the next names what they have seen."""
        return len(self.steps)


@dataclass(frozen=True, slots=True)
class CallingBack:
    """Why somebody is called back."""

    call_id: str
    """The call that they are called back about."""
    asked: bool
    """Did they ask for it? If not, their call broke off."""
    form: str = ""
    """The form that it stopped in; empty where none was begun."""
    placed: str = ""
    """Id that the new call is to have; empty: any."""


def case_of_wish(wish: CallbackWish) -> Case:
    """The wish as a case, for lists that hold both."""
    return Case(
        call_id=wish.call_id,
        form=CALL_BACK_CASE,
        subject=wish.subject,
        status=wish.state,
        fields=dict(zip(WISH_FIELDS, (wish.number, wish.name, wish.reason), strict=True)),
        updated_at=wish.steps[-1].at if wish.steps else wish.requested_at,
        filed_at=wish.requested_at,
        verified=bool(wish.subject),
        revision=wish.revision,
    )
