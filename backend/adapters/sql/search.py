"""What is looked for, as conditions of SQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from backend.adapters.sql.sealed import number_keys
from backend.adapters.sql.tables import Call, CallAgent, CaseRow
from backend.domain.private import Private
from backend.domain.search import CallQuery
from backend.ports import Cipher

__all__ = [
    "call_conditions",
    "call_is_over",
    "of_agent",
    "of_caller",
    "of_number",
    "of_other_side",
    "older_than",
]

_DEAD_AFTER = timedelta(minutes=15)
"""A call that has not touched its draft for so long is over, even where its end was never noted."""


def call_conditions(query: CallQuery, cipher: Cipher) -> Iterator[ColumnElement[bool]]:
    """What must hold of a call that is looked for."""
    if query.outcome is not None:
        yield Call.outcome == query.outcome
    if query.line:
        yield Call.line == query.line
    if query.lines is not None:
        yield Call.line.in_(query.lines)
    if query.agent:
        yield of_agent(query.agent)
    if query.since is not None:
        yield Call.started_at >= query.since
    if query.until is not None:
        yield Call.started_at < query.until
    if query.caller is not None:
        yield of_caller(query.caller, cipher)
    if query.connection_id:
        yield Call.connection_id == query.connection_id
    yield from _kind_conditions(query)


def _kind_conditions(query: CallQuery) -> Iterator[ColumnElement[bool]]:
    if query.direction is not None:
        yield Call.direction == query.direction
    if query.way is not None:
        yield Call.way == query.way
    if query.test is not None:
        yield Call.test.is_(query.test)
    if query.live is not None:
        yield Call.outcome.is_(None) if query.live else Call.outcome.is_not(None)


def of_agent(agent: str) -> ColumnElement[bool]:
    """This agent spoke in the call."""
    return Call.call_id.in_(select(CallAgent.call_id).where(CallAgent.agent == agent))


def of_caller(number: Private, cipher: Cipher) -> ColumnElement[bool]:
    """This number called, or was called; for an empty one, a number that was withheld."""
    if number.reveal():
        return of_other_side(number.reveal(), cipher)
    clear = and_(Call.caller_key.is_(None), Call.caller.not_like("+%"), Call.caller.not_like("8:%"))
    return and_(Call.direction == "inbound", or_(Call.caller_key == "", clear))


def of_other_side(number: str, cipher: Cipher) -> ColumnElement[bool]:
    """This number is not the line's: it called, or was called."""
    placed = Call.direction == "outbound"
    clear = or_(and_(~placed, Call.caller == number), and_(placed, Call.called == number))
    return _of_keyed(Call.caller_key, clear, cipher, number)


def of_number(key: Any, clear: Any, cipher: Cipher, number: str) -> ColumnElement[bool]:
    """It is this number: by its keyed hash where it is sealed, by itself where it is not yet."""
    return _of_keyed(key, clear == number, cipher, number)


def _of_keyed(key: Any, clear: ColumnElement[bool], cipher: Cipher, number: str) -> ColumnElement[bool]:
    unsealed = and_(key.is_(None), clear)
    keys = number_keys(cipher, number) if cipher.key_id else ()
    return or_(key.in_(keys), unsealed) if keys else unsealed


def older_than(moment: Any, key: Any, before: datetime, before_id: str) -> ColumnElement[bool]:
    """What follows in a list of the newest first, where of equal moments the greater key comes first."""
    if not before_id:
        return moment < before
    return or_(moment < before, and_(moment == before, key < before_id))


def call_is_over() -> ColumnElement[bool]:
    """Of a case outer-joined to its call: the call has ended, or nothing has been heard of it for 15 minutes."""
    dead = CaseRow.updated_at < datetime.now(UTC) - _DEAD_AFTER
    return or_(Call.call_id.is_(None), Call.ended_at.is_not(None), dead)
