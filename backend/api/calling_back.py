"""Operations: somebody who asked for it, or whose call broke off, is called back."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from backend.api.access import Person, Services
from backend.api.audited import Noted, admitted
from backend.api.faults import fault_of
from backend.api.parameters import known_parameters
from backend.api.scope import call_seen, require_destination
from backend.api.services import ApiServices
from backend.api.views import CallSummary
from backend.domain.call import CallRecord
from backend.domain.callback import CallbackWish, CallingBack
from backend.domain.dialing import outline
from backend.domain.principal import Principal
from backend.domain.search import is_withheld
from backend.engine.desk.connecting import new_call_id
from backend.errors import CallNotFound, CallRefused, RingmasterError, TimedOut

__all__ = ["router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: fault_of("no key, or the wrong one"),
    403: fault_of("a number that is not among the destinations of the key"),
    404: fault_of("no such call"),
    409: fault_of("not possible now"),
    412: fault_of("somebody else has them called back already"),
    503: fault_of("a service that is needed did not answer"),
}

router = APIRouter(
    prefix="/api/v1/calls", tags=["calls"], dependencies=[admitted, Depends(known_parameters)], responses=_FAULTS
)


class CallBack(BaseModel):
    """What somebody is called back about."""

    model_config = ConfigDict(extra="forbid")

    form: str = Field(
        default="",
        max_length=64,
        description="The form that is gone on with, of a call that stopped in several. Left out: the one there is.",
    )


@router.post("/{call_id}/call-back", status_code=201, summary="Call somebody back")
async def call_back(
    found: Services, person: Person, note: Noted, call_id: str, wanted: CallBack | None = None
) -> CallSummary:
    """Whoever asked to be called back in this call is called at the number that they confirmed, anybody else at the one
    that they called from, by the line's way out. The agent waits for the hello, says why it calls, verifies them again
    and goes on where their draft stopped. What a line and a key may call, and the caps, hold as for any placed call.

    The wish stands as `called` then, with who had them called and the new call. Of two people who try at once one is
    refused, also at different workers; so is whoever tries while that call rings or goes on.
    """
    earlier = await _one_that_is_over(found, person, call_id)
    wish = await found.callbacks.get(call_id)
    number = wish.number if wish else _number_of(earlier)
    note.target, note.line, note.detail = call_id, earlier.line, {"to": outline(number)}
    require_destination(person, number)
    form = await _form_of(found, call_id, wanted.form if wanted else "")
    back = CallingBack(call_id, wish is not None, form, new_call_id())
    placed = _as_wished(found, person, wish, back) if wish else _placed(found, number, earlier.line, back)
    call = await placed
    note.detail["call"] = call.call_id
    return CallSummary.of(call, found.case_names)


async def _one_that_is_over(found: ApiServices, person: Principal, call_id: str) -> CallRecord:
    call = await call_seen(found, person, call_id)
    if call.outcome is None:
        raise CallRefused("this call still goes on")
    if call.direction not in ("inbound", "outbound"):
        raise CallRefused("nobody telephoned there: there is no number to call back")
    return call


def _number_of(call: CallRecord) -> str:
    number = call.other_side
    if is_withheld(number) or not number.reveal().startswith("+"):
        raise CallRefused("the number of this caller is not known")
    return number.reveal()


async def _form_of(found: ApiServices, call_id: str, wanted: str) -> str:
    """The form whose draft is gone on with; empty where there is none."""
    case = await found.case_search.find(call_id, wanted)
    left = case is not None and case.case.status == "draft" and bool(case.case.fields)
    if wanted and not left:
        raise CallNotFound(f"no draft of the form {wanted} in the call {call_id[:64]}")
    return case.case.form if case is not None and left and found.store.form(case.case.form) else ""


async def _as_wished(found: ApiServices, person: Principal, wish: CallbackWish, back: CallingBack) -> CallRecord:
    """The wish is taken before the call is placed, and given back where it could not be."""
    taken = await found.callbacks.step(wish.call_id, wish.revision, "called", person.who, back.placed)
    if taken is None:
        raise CallNotFound("this wish is not kept any more")
    try:
        return await _placed(found, wish.number, wish.line, back)
    except TimedOut:
        raise  # their phone may ring all the same
    except RingmasterError:
        await found.callbacks.step(wish.call_id, taken.revision, wish.state, person.who)
        raise


async def _placed(found: ApiServices, number: str, line: str, back: CallingBack) -> CallRecord:
    """Nobody else has this number called back until that call is over."""
    if not await found.callbacks.begin(number, back.placed):
        raise CallRefused("this number is being called back already")
    try:
        return await found.desk.place(number, line, None, back)
    except TimedOut:
        raise  # their phone may ring all the same
    except RingmasterError:
        await found.callbacks.give_up(number, back.placed)
        raise
