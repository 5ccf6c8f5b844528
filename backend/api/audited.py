"""Lets a request in by the table of rights, and notes what came of it in the audit."""

import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from backend.api.access import admit, services
from backend.api.rights import Rule, rule_of
from backend.domain.audit import AuditEntry
from backend.domain.principal import Principal
from backend.errors import RingmasterError

__all__ = ["AuditNote", "Noted", "admitted", "entry_of", "given_note", "note_socket"]

NOTE = "ringmaster.audit"
_TOLD = frozenset(
    {"line", "agent", "outcome", "status", "since", "until", "test", "limit", "before", "verified", "check", "as"}
)
"""Parameters whose values go into the audit; those of others may be of callers, so only their names do."""
_SAME_S = 60.0
_REMEMBERED = 1000


@dataclass(slots=True)
class AuditNote:
    """What a route adds to the entry that is made of its request."""

    target: str = ""
    line: str = ""
    before: str = ""
    after: str = ""
    detail: dict[str, Any] = field(default_factory=dict[str, Any])
    quiet: bool = False
    """Is it no entry of its own, but a step of something that has one?"""
    polled: bool = False
    """Do screens ask for it again and again while it grows?"""


def note_of(request: Request) -> AuditNote:
    """The note of this request."""
    note = request.scope.get(NOTE)
    if not isinstance(note, AuditNote):
        note = request.scope[NOTE] = AuditNote()
    return note


async def _note(request: Request) -> AuditNote:
    return note_of(request)  # a plain function would be called on a thread, at each request


Noted = Annotated[AuditNote, Depends(_note)]
"""What a route may add to the audit of its request."""


def given_note(connection: HTTPConnection) -> str:
    """What the client says of who it is. It is a note and nothing else."""
    said = connection.headers.get("x-actor", "")
    return "".join(letter for letter in said if letter.isprintable())[:64]


async def _admitted(request: Request) -> AsyncGenerator[None]:
    principal = await admit(request)
    rule, note = rule_of(request.scope), note_of(request)
    assert rule is not None
    note.target = note.target or ":".join(str(value) for value in request.path_params.values())[:256]
    outcome = RingmasterError.code  # of what ends with a fault that is none of ours: some of it may be done
    try:
        yield
        outcome = "ok"
    except RingmasterError as error:
        outcome = error.code
        raise
    except (HTTPException, RequestValidationError):
        outcome = ""  # nobody came to doing it
        raise
    finally:
        if outcome:
            await _write(request, rule, principal, outcome)


admitted = Depends(_admitted, scope="function")
"""Dependency of routers: nobody gets past it without the right, and nothing is answered without its entry."""


async def _write(request: Request, rule: Rule, principal: Principal, outcome: str) -> None:
    trail = services(request).audit
    if trail is None or not rule.action or note_of(request).quiet:
        return
    entry = entry_of(request, rule, principal, outcome)
    if rule.shows and outcome == "ok":
        look = _look(request, entry)
        if look is None or not _seen(request, look):
            await trail.require(entry)
            if look is not None:
                _remember(request, look)  # not before: what could not be noted is asked for again
    elif request.method != "GET":  # looking at what is not there changes nothing and shows nothing
        await trail.note(entry)


def entry_of(connection: HTTPConnection, rule: Rule, principal: Principal, outcome: str = "ok") -> AuditEntry:
    """The entry of a request."""
    note = connection.scope.get(NOTE)
    note = note if isinstance(note, AuditNote) else AuditNote()
    asked = {name: value[:64] if name in _TOLD else "***" for name, value in sorted(connection.query_params.items())}
    detail: Mapping[str, Any] = note.detail | ({"asked": asked} if asked else {})
    return AuditEntry(
        at=datetime.now(UTC),
        actor=principal.who,
        action=rule.action,
        target=note.target,
        line=note.line,
        before=note.before,
        after=note.after,
        outcome=outcome,
        note=given_note(connection),
        detail=detail,
    )


async def note_socket(websocket: HTTPConnection, principal: Principal, target: str, line: str = "") -> None:
    """Note that somebody has joined something over a socket.

    Raises:
        RingmasterError: it shows something that must be noted before, and cannot be noted now.
    """
    trail, rule = services(websocket).audit, rule_of(websocket.scope)
    if trail is not None and rule is not None:
        websocket.scope[NOTE] = AuditNote(target=target, line=line)
        entry = entry_of(websocket, rule, principal)
        await (trail.require(entry) if rule.shows else trail.note(entry))


def _look(request: Request, entry: AuditEntry) -> tuple[str, ...] | None:
    """What makes a look the same as another: at what a screen follows, at the next part of a recording. ``None``: each
    has an entry of its own, as everything has that is taken away in a file."""
    follows = not entry.target or note_of(request).polled or "range" in request.headers
    if request.method != "GET" or not follows or entry.action.endswith(".export"):
        return None
    return entry.actor, entry.action, entry.target, entry.note, str(request.query_params)


def _seen(request: Request, look: tuple[str, ...]) -> bool:
    """Was it noted just now? Once a minute is enough."""
    seen: OrderedDict[tuple[str, ...], float] = request.app.state.looks
    return time.monotonic() - seen.get(look, float("-inf")) < _SAME_S


def _remember(request: Request, look: tuple[str, ...]) -> None:
    seen: OrderedDict[tuple[str, ...], float] = request.app.state.looks
    seen.pop(look, None)
    seen[look] = time.monotonic()
    if len(seen) > _REMEMBERED:
        seen.popitem(last=False)
