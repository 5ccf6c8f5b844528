"""Operations: callers who wish to be called back."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from backend.api.access import Person, Services
from backend.api.audited import Noted, admitted
from backend.api.case_views import WishStepView
from backend.api.faults import fault_of
from backend.api.parameters import Limit, Word, known_parameters, wrong
from backend.api.services import ApiServices
from backend.domain.callback import CallbackWish, WishState
from backend.domain.principal import Principal
from backend.errors import CallNotFound, CaseConflict, CaseUnguarded

__all__ = ["CallbackView", "router", "wish_seen"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: fault_of("no key, or the wrong one"),
    404: fault_of("no such wish"),
    503: fault_of("the database did not answer"),
}
_STEP_FAULTS: dict[int | str, dict[str, object]] = {
    412: fault_of("somebody did something about it since it was read"),
    428: fault_of("If-Match is missing"),
}

router = APIRouter(
    prefix="/api/v1/callbacks",
    tags=["calls"],
    dependencies=[admitted, Depends(known_parameters)],
    responses=_FAULTS,
)


class CallbackView(BaseModel):
    """One wish to be called back."""

    call_id: str
    line: str
    number: str
    name: str
    reason: str
    requested_at: datetime
    test: bool = Field(description="Did it come from a test, so that nobody waits for a call back?")
    subject: str = Field(description="Whom the caller was shown to be; empty where nobody was verified.")
    state: WishState
    steps: list[WishStepView] = Field(description="What people did about it, the oldest first.")
    revision: int = Field(description="What If-Match wants, in quotation marks.")

    @classmethod
    def of(cls, wish: CallbackWish) -> "CallbackView":
        """As it is kept."""
        return cls(
            call_id=wish.call_id,
            line=wish.line,
            number=wish.number,
            name=wish.name,
            reason=wish.reason,
            requested_at=wish.requested_at,
            test=wish.test,
            subject=wish.subject,
            state=wish.state,
            steps=[WishStepView.of(step) for step in wish.steps],
            revision=wish.revision,
        )


class WishStands(BaseModel):
    """How a wish stands from now on."""

    model_config = ConfigDict(extra="forbid")

    state: WishState


@router.get("", summary="Requests for a call back, newest first")
async def list_callbacks(
    found: Services,
    person: Person,
    limit: Limit = 50,
    line: Word | None = None,
    test: Annotated[bool | None, Query(description="true: only those of tests; false: only of real calls.")] = None,
    state: Annotated[WishState | None, Query(description="Only those that stand so.")] = None,
    before: Annotated[Word | None, Query(description="The `call_id` of the last entry of the page before.")] = None,
) -> list[CallbackView]:
    """All of them, or those that fit. Those of tests are listed with their mark, as calls are.

    The next page: `before` with the `call_id` of the last one of this.
    """
    last = await found.callbacks.get(before) if before else None
    if before and (last is None or not person.sees(last.line)):
        raise wrong(("before", f"expected the call_id of a wish, got {before!r}"))
    wishes = await found.callbacks.list(
        limit=limit, line=line, test=test, state=state, before=before or "", lines=person.lines
    )
    return [CallbackView.of(wish) for wish in wishes]


@router.get("/{call_id}", summary="The wish of one call")
async def get_callback(found: Services, person: Person, note: Noted, call_id: str, response: Response) -> CallbackView:
    """With what people did about it."""
    wish = await wish_seen(found, person, call_id)
    note.line = wish.line
    response.headers["ETag"] = f'"{wish.revision}"'
    return CallbackView.of(wish)


@router.patch("/{call_id}", summary="Say how a wish stands", responses=_STEP_FAULTS)
async def change_callback(
    found: Services,
    person: Person,
    note: Noted,
    call_id: str,
    wanted: WishStands,
    response: Response,
    if_match: Annotated[str | None, Header(description="ETag of the wish as it was read.")] = None,
) -> CallbackView:
    """`done` when nothing more is to be done, `called` when somebody has called by another way, `open` to begin again.
    `If-Match` keeps two people from doing the same without knowing of each other: that is a 412.
    """
    if if_match is None:
        raise CaseUnguarded("say which state of the wish you saw: If-Match with its ETag")
    wish = await wish_seen(found, person, call_id)
    note.line, note.before, note.after = wish.line, wish.state, wanted.state
    seen = if_match.strip().removeprefix("W/").strip('"')
    if seen != str(wish.revision):
        raise CaseConflict("somebody did something about this wish since it was read: read it again")
    changed = await found.callbacks.step(call_id, wish.revision, wanted.state, person.who)
    if changed is None:
        raise CallNotFound("this wish is gone")
    response.headers["ETag"] = f'"{changed.revision}"'
    return CallbackView.of(changed)


async def wish_seen(found: ApiServices, person: Principal, call_id: str) -> CallbackWish:
    """The wish of a call, where they may see it.

    Raises:
        CallNotFound: there is none, or it is of a line that they do not see.
    """
    wish = await found.callbacks.get(call_id)
    if wish is None or not person.sees(wish.line):
        raise CallNotFound(f"no wish to be called back of the call {call_id[:64]}")
    return wish
