"""Wishes to be called back, kept before the caller is told so."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Select, func, select

from backend.adapters.sql.calling_back import begin_calling_back, end_calling_back
from backend.adapters.sql.database import Database
from backend.adapters.sql.deliveries import note_delivery
from backend.adapters.sql.moment import utc
from backend.adapters.sql.sealed import number_key
from backend.adapters.sql.search import older_than
from backend.adapters.sql.tables import Call, Callback
from backend.domain.callback import CALL_BACK_CASE, CallbackWish, WishState, WishStep
from backend.errors import CaseConflict

__all__ = ["SqlCallbackBook", "wish_of"]

_MOST_STEPS = 200

_TEST = func.coalesce(Call.test, False)
"""A wish of a call that nobody knows of is taken for a real one."""


class SqlCallbackBook:
    """``CallbackBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, wish: CallbackWish) -> None:
        """One for each call; how it stands is left as it is."""
        seal = self._database.seal("callbacks", wish.call_id)
        async with self._database.session() as session:
            await session.merge(
                Callback(
                    call_id=wish.call_id,
                    line=wish.line,
                    number=seal.text("number", wish.number),
                    number_key=number_key(self._database.cipher, wish.number),
                    name=seal.text("name", wish.name),
                    reason=seal.text("reason", wish.reason),
                    requested_at=wish.requested_at,
                    subject=wish.subject,
                )
            )
            await note_delivery(session, "call_back", wish.call_id, CALL_BACK_CASE, wish.requested_at.isoformat())

    async def get(self, call_id: str) -> CallbackWish | None:
        """The wish of one call."""
        async with self._database.reading() as session:
            row = (await session.execute(_found().where(Callback.call_id == call_id))).first()
            return wish_of(row[0], row[1], self._database) if row else None

    async def step(
        self, call_id: str, revision: int, state: WishState, who: str, placed: str = ""
    ) -> CallbackWish | None:
        """Note what somebody did about a wish, where nobody else has done anything since they saw it."""
        async with self._database.session() as session:
            row = await session.get(Callback, call_id, with_for_update=True)
            if row is None:
                return None
            if len(row.steps) != revision:
                raise CaseConflict("somebody else did something about this wish since it was read: read it again")
            if revision >= _MOST_STEPS:
                raise CaseConflict(f"a wish keeps {_MOST_STEPS} steps at most")
            step = {"at": datetime.now(UTC).isoformat(), "who": who, "state": state, "call_id": placed}
            row.state, row.steps = state, [*row.steps, step]
            await session.flush()
            test = await session.scalar(select(Call.test).where(Call.call_id == call_id))
            return wish_of(row, bool(test), self._database)

    async def begin(self, number: str, placed: str) -> bool:
        """This number is being called back from now on, at no two workers at once."""
        async with self._database.session() as session:
            return await begin_calling_back(session, self._database.cipher, number, placed)

    async def give_up(self, number: str, placed: str) -> None:
        """The call did not come about."""
        async with self._database.session() as session:
            await end_calling_back(session, self._database.cipher, number, placed)

    async def list(
        self,
        *,
        limit: int = 50,
        line: str | None = None,
        test: bool | None = None,
        state: WishState | None = None,
        before: str = "",
        lines: Collection[str] | None = None,
    ) -> Sequence[CallbackWish]:
        """The newest first; ``before`` is the call of the last one seen, ``test`` what its calls are to be."""
        query = _found().order_by(Callback.requested_at.desc(), Callback.call_id.desc()).limit(limit)
        if line:
            query = query.where(Callback.line == line)
        if state is not None:
            query = query.where(Callback.state == state)
        if lines is not None:
            query = query.where(Callback.line.in_(lines))
        if test is not None:
            query = query.where(_TEST.is_(test))
        async with self._database.reading() as session:
            if before and (last := await session.get(Callback, before)):
                query = query.where(older_than(Callback.requested_at, Callback.call_id, last.requested_at, before))
            return [wish_of(row, is_test, self._database) for row, is_test in await session.execute(query)]


def wish_of(row: Callback, test: bool, database: Database) -> CallbackWish:
    """A row as what it means.

    Raises:
        SealBroken: it is sealed with another key.
    """
    seal = database.seal("callbacks", row.call_id)
    number, name, reason = (seal.text_of(one, getattr(row, one)) for one in ("number", "name", "reason"))
    return CallbackWish(
        row.call_id,
        row.line,
        number,
        name,
        reason,
        utc(row.requested_at),
        bool(test),
        row.subject,
        _state(row.state),
        tuple(_step(one) for one in row.steps),
    )


def _step(kept: Mapping[str, str]) -> WishStep:
    return WishStep(datetime.fromisoformat(kept["at"]), kept["who"], _state(kept["state"]), kept["call_id"])


def _state(kept: str) -> WishState:
    """What a later version calls otherwise is open: nobody forgets it."""
    return kept if kept in ("called", "done") else "open"


def _found() -> Select[Callback, bool]:
    return select(Callback, _TEST).outerjoin(Call, Call.call_id == Callback.call_id)
