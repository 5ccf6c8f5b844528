"""The softphone: a call from a browser over one WebSocket. The protocol stands in docs/softphone.md."""

import asyncio
import logging

from fastapi import APIRouter, WebSocket

from backend.api.access import admit, services
from backend.api.audited import note_socket
from backend.api.request_limit import RequestLimit
from backend.api.scope import chosen_line, require_destination
from backend.api.services import ApiServices
from backend.api.standing import right_ends
from backend.domain.call import CallRecord
from backend.domain.principal import Principal
from backend.engine.call.end_tasks import end_tasks
from backend.errors import (
    CallNotFound,
    CallRefused,
    Forbidden,
    NotInStore,
    ProtocolError,
    RingmasterError,
    TimedOut,
    TooManyRequests,
    Unavailable,
)
from backend.ports import Softphone
from backend.protocol.close_reason import close_reason

__all__ = ["router"]

log = logging.getLogger(__name__)

_PROTOCOL, _BAD_DATA, _POLICY, _TRY_LATER = 1002, 1007, 1008, 1013
"""Close codes of RFC 6455, 7.4.1 and the registry of IANA."""

router = APIRouter()


@router.websocket("/api/v1/realtime")
async def speak(websocket: WebSocket) -> None:
    """Call a line and speak with it. The first message says ``hello``; whoever may not is refused by HTTP before."""
    found = services(websocket)
    person = await admit(websocket)  # the door has asked already, and refuses before this is reached
    await websocket.accept()
    try:
        phone = await _opened(websocket, found, person)
    except Unavailable:
        return  # the client is gone
    except RingmasterError as error:
        await websocket.close(_status(error), close_reason(str(error)))
        return
    try:
        await _connect(websocket, found, person, phone)
    except RingmasterError as error:
        log.info("a softphone's call was not taken", extra={"event": "softphone.refused", "code": error.code})
        await phone.refuse(error.code, str(error), status=_status(error))
    finally:
        await phone.close()


async def _opened(websocket: WebSocket, found: ApiServices, person: Principal) -> Softphone:
    limit: RequestLimit = websocket.app.state.request_limit
    limit.count(person.who)
    if found.softphones is None:
        raise CallRefused("this server has no softphone")
    return await found.softphones.open(websocket.receive, websocket.send)


async def _connect(websocket: WebSocket, found: ApiServices, person: Principal, phone: Softphone) -> None:
    """Bring a client to its call, and speak until that is over or goes on elsewhere."""
    if phone.wish.resumes:
        if not await found.desk.expects_media(phone.token, phone.connection_id):
            raise CallNotFound("this call is over")
    else:
        await _ring(found, person, phone)
        rung = _record(found, phone)
        await note_socket(websocket, person, rung.call_id, rung.line)
    record = _record(found, phone)
    if not person.sees(record.line):
        raise CallNotFound("this call is over")
    if phone.wish.resumes:
        phone.go_on()  # not sooner: whoever may not is nobody's caller
    agent = record.agents[-1] if record.agents else phone.wish.agent
    phone.tell_call(record.call_id, record.line, agent, record.store_version)
    asking = asyncio.get_running_loop().create_task(_ask(websocket, phone, record.line), name="softphone-asking")
    try:
        await found.desk.attach(phone.token, phone.link)
    finally:
        await end_tasks([asking])


async def _ask(websocket: WebSocket, phone: Softphone, line: str) -> None:
    """Show them out when they may not any longer; nobody comes back to the call, and it ends as one that broke off."""
    why = await right_ends(websocket, lambda: line)
    await phone.refuse(Forbidden.code, why, status=_POLICY)


async def _ring(found: ApiServices, person: Principal, phone: Softphone) -> None:
    """Have the call taken.

    Raises:
        CallRefused, CallNotFound: it was not.
        Forbidden: the line, or the number, is not theirs.
        NotInStore, StoreError: the version cannot be had.
    """
    wish = phone.wish
    line = chosen_line(found, person, wish.line or None) or found.store.lines()[0].name
    if line not in {one.name for one in found.store.lines()} and not wish.version:
        raise CallRefused(f"no line named {line!r}")
    if wish.caller:
        require_destination(person, wish.caller)
    if wish.version:
        if found.live is None:
            raise NotInStore("this server has one version of its agent store only")
        await found.live.tried.prepare(wish.version)
    with phone.ring(line) as call:
        await found.desk.incoming(call)
    if phone.refused or not phone.token:
        raise CallRefused(f"the call was not taken: {phone.refused or 'nobody answered'}")


def _record(found: ApiServices, phone: Softphone) -> CallRecord:
    record = next((one for one in found.desk.live() if one.connection_id == phone.connection_id), None)
    if record is None:
        raise CallNotFound("this call is over")
    return record


def _status(error: RingmasterError) -> int:
    match error:
        case ProtocolError():
            return _BAD_DATA
        case TimedOut():
            return _PROTOCOL
        case CallRefused() | TooManyRequests() | Unavailable():
            return _TRY_LATER
        case _:
            return _POLICY
