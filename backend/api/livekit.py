"""LiveKit: passes into rooms, and what its server reports of them."""

import secrets
import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from backend.api.access import GuessLimit, Person, Services
from backend.api.audited import Noted, admitted
from backend.api.faults import fault_of
from backend.api.parameters import known_parameters
from backend.api.scope import call_seen, chosen_line
from backend.api.services import ApiServices
from backend.api.session_views import AskToken, PassView
from backend.domain.principal import Principal
from backend.domain.session_plan import SessionPlan
from backend.engine.desk.session_desk import SessionDesk
from backend.engine.desk.session_rooms import room_of
from backend.errors import AuthError, CallRefused, Forbidden, TooManyGuesses

__all__ = ["Sessions", "pass_for", "router"]

_FAULTS: dict[int | str, dict[str, Any]] = {
    401: fault_of("no key, or the wrong one"),
    404: fault_of("no such session"),
    409: fault_of("not possible: no LiveKit server is set, or no such line or agent"),
    429: fault_of("too often; wait a little"),
    503: fault_of("the LiveKit server, or the database, did not answer"),
}

router = APIRouter(prefix="/api/v1/livekit", tags=["livekit"], responses=_FAULTS)


async def _sessions(found: Services) -> SessionDesk:
    if found.sessions is None:
        raise CallRefused("no LiveKit server is set up on this server: LIVEKIT_URL is not set")
    return found.sessions


Sessions = Annotated[SessionDesk, Depends(_sessions)]
"""The sessions of this server, where it has any."""


_ADMITTED = [admitted, Depends(known_parameters)]


@router.post("/token", status_code=201, dependencies=_ADMITTED, summary="A pass into a room")
async def token(
    request: Request, found: Services, desk: Sessions, person: Person, note: Noted, wanted: AskToken
) -> PassView:
    """Let one person into one room for a short time, to speak and to hear, and for nothing else.

    An agent comes as soon as the room is entered; until then the session is `waiting`, and it is closed as `idle` when
    the pass has run out unused. Into a `room` of your own none comes unless `line` or `agent` is named, nor where it is
    there already: `POST /api/v1/sessions` sends one.
    """
    request.app.state.request_limit.count(person.who)
    note.detail = {"role": wanted.role}
    if wanted.session_id:
        call = await call_seen(found, person, wanted.session_id)
        note.target, note.line = call.call_id, call.line
        room = await desk.places.entered(call)
        if room != room_of(call.call_id):
            own_room(person, room)  # the next caller there may be of another line, while this pass is good
        identity = desk.places.identity(call, wanted.role, wanted.identity or "")
        return pass_for(desk, wanted, room, call.call_id, identity=identity)
    own_room(person, wanted.room)
    line = chosen_line(found, person, wanted.line)
    plan = desk.checked(wanted.plan(line))
    note.line = plan.line
    if wanted.room and not (wanted.line or wanted.agent):
        return pass_for(desk, wanted, wanted.room, None, identity=wanted.identity or "")
    return await _with_agent(desk, wanted, plan)


async def _with_agent(desk: SessionDesk, wanted: AskToken, plan: SessionPlan) -> PassView:
    session_id = _new_id()
    identity = wanted.identity or f"caller-{secrets.token_hex(4)}"
    whole = SessionPlan(
        line=plan.line,
        caller=identity,
        call_id=session_id,
        agent=plan.agent,
        voice=plan.voice,
        variables=plan.variables,
        until=int(time.time()) + wanted.ttl_seconds,
    )
    room = wanted.room or room_of(session_id)
    given = desk.rooms.let_in(room, identity, wanted.role, wanted.ttl_seconds, whole)
    await desk.expect(whole, room, wanted.ttl_seconds)
    return PassView.of(given, wanted.ttl_seconds, session_id)


def pass_for(desk: SessionDesk, wanted: AskToken, room: str, session_id: str | None, *, identity: str) -> PassView:
    """A pass into a room to which no agent comes by it.

    Args:
        desk: of the sessions.
        wanted: what is asked for.
        room: the room.
        session_id: of the session that is entered.
        identity: who enters; empty: one is made up.
    """
    identity = identity or f"{wanted.role}-{secrets.token_hex(4)}"
    given = desk.rooms.let_in(room, identity, wanted.role, wanted.ttl_seconds)
    return PassView.of(given, wanted.ttl_seconds, session_id)


def own_room(person: Principal, room: str | None) -> None:
    """Rooms by name are of no line, so whoever is limited to some lines names none.

    Raises:
        Forbidden: they do.
    """
    if room is not None and person.lines is not None:
        raise Forbidden("leave room out: your key is limited to some lines, and a named room belongs to none")


def _new_id() -> str:
    return secrets.token_hex(8)


@router.post("/webhook", summary="LiveKit: what happens in rooms")
async def webhook(request: Request, found: Services) -> Response:
    """Take one event. Repeated and unknown ones are accepted and change nothing."""
    guesses: GuessLimit = request.app.state.guesses["livekit"]
    address = request.client.host if request.client else ""
    try:
        event = _desk(found).rooms.event_of(await request.body(), request.headers.get("authorization", ""))
    except AuthError as error:  # who has our secret is never limited, whatever others send from the same address
        if guesses.exceeded(address):
            raise TooManyGuesses("too many webhooks with wrong tokens; wait a minute") from error
        guesses.note(address)
        raise
    await _desk(found).told(event.id, event.type, event.room)
    return Response(status_code=200)


def _desk(found: ApiServices) -> SessionDesk:
    if found.sessions is None:
        raise AuthError("no LiveKit server is set up, so no webhook can be accepted")
    return found.sessions
