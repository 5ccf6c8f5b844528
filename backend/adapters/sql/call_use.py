"""What calls took of what costs money: amounts in ``calls``, tokens in ``call_models``, a row for each deployment."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.tables import Call, CallModel, Turn
from backend.domain.call_use import CallUse, ModelUse, UseTotals
from backend.domain.search import CallQuery

__all__ = [
    "AMOUNTS",
    "TOKENS",
    "keep_use",
    "model_use",
    "models_of",
    "rows_of",
    "summed",
    "use_in",
    "use_of",
    "use_together",
]

AMOUNTS = ("phone_s", "trunk_s", "heard_s", "spoken", "recorded_s")
"""Columns of ``calls``, as ``CallUse`` names them."""
TOKENS = ("answers", "untold", "read", "cached", "written")
"""Columns of ``call_models``, as ``ModelUse`` names them."""


async def keep_use(session: AsyncSession, row: Call, use: CallUse) -> None:
    """Write down what a call has taken by now. It comes late or twice, from any worker: no amount becomes less."""
    for name in AMOUNTS:
        setattr(row, name, max(getattr(row, name) or 0, getattr(use, name)))
    for deployment, told in use.models.items():
        kept = await session.get(CallModel, (row.call_id, deployment))
        if kept is None:
            call = {"call_id": row.call_id, "started_at": row.started_at, "line": row.line, "test": row.test}
            kept = CallModel(deployment=deployment, **call, **dict.fromkeys(TOKENS, 0))
            session.add(kept)
        for name in TOKENS:
            setattr(kept, name, max(getattr(kept, name), getattr(told, name)))


def raised(use: CallUse | None, turns: Iterable[Turn]) -> CallUse | None:
    """What a call took by what it was last written down as, and by its turns, which are written down as it goes."""
    for turn in turns:
        if turn.used is not None:
            use = use or CallUse()
            use.raise_to(msgspec.convert(turn.used, CallUse))
    return use


async def models_of(session: AsyncSession, call_ids: Sequence[str]) -> dict[str, dict[str, ModelUse]]:
    """What deployments did in these calls, by call and name."""
    found: dict[str, dict[str, ModelUse]] = {}
    if call_ids:
        rows = await session.scalars(select(CallModel).where(CallModel.call_id.in_(call_ids)))
        for row in rows:
            found.setdefault(row.call_id, {})[row.deployment] = model_use(*(getattr(row, name) for name in TOKENS))
    return found


def use_of(row: Call, models: Mapping[str, ModelUse]) -> CallUse | None:
    """What a call took; ``None``: an earlier version wrote it down."""
    if row.heard_s is None:
        return None
    amounts: dict[str, Any] = {name: getattr(row, name) or 0 for name in AMOUNTS}
    return CallUse(**amounts, models=dict(models))


def use_in(amounts: Sequence[Any]) -> CallUse:
    """From columns in the order of ``AMOUNTS``."""
    use = CallUse(**dict(zip(AMOUNTS, amounts, strict=True)))
    use.spoken = int(use.spoken)
    return use


def model_use(*counts: int) -> ModelUse:
    """From columns in the order of ``TOKENS``."""
    return ModelUse(**{name: int(count or 0) for name, count in zip(TOKENS, counts, strict=True)})


def summed(table: type[Call | CallModel], names: Iterable[str]) -> list[ColumnElement[Any]]:
    """Sums of these columns; a column without a number counts nothing."""
    return [func.coalesce(func.sum(getattr(table, name)), 0) for name in names]


async def rows_of(session: AsyncSession, wanted: Any) -> Sequence[Any]:
    """What a statement gives; rows of few columns and of many."""
    return (await session.execute(wanted)).all()


async def use_together(
    session: AsyncSession, query: CallQuery, wanted: Sequence[ColumnElement[bool]], without: Collection[str]
) -> UseTotals:
    """What calls took together.

    Args:
        query: which calls.
        wanted: the same as conditions on ``calls``.
        without: ids of calls that are left out.
    """
    counts = (func.count(Call.call_id), func.count(Call.heard_s))
    ((calls, known, *amounts),) = await rows_of(session, select(*counts, *summed(Call, AMOUNTS)).where(*wanted))
    use = use_in(amounts)
    tokens = select(CallModel.deployment, *summed(CallModel, TOKENS))
    if (alone := _of_models(query, without)) is None:
        tokens = tokens.join(Call, Call.call_id == CallModel.call_id).where(*wanted)
    else:
        tokens = tokens.where(*alone)
    for deployment, *counted in await rows_of(session, tokens.group_by(CallModel.deployment)):
        use.models[deployment] = model_use(*counted)
    return UseTotals(calls, calls - known, use)


def _of_models(query: CallQuery, without: Collection[str]) -> list[ColumnElement[bool]] | None:
    """The same on ``call_models`` alone, for a join of many calls takes long; ``None``: it is of other columns, too."""
    own = CallQuery(line=query.line, lines=query.lines, since=query.since, until=query.until, test=query.test)
    if query != own:
        return None
    found = [CallModel.test.is_(bool(query.test))]
    found += [CallModel.call_id.not_in(without)] if without else []
    found += [CallModel.line == query.line] if query.line else []
    found += [CallModel.line.in_(query.lines)] if query.lines is not None else []
    found += [CallModel.started_at >= query.since] if query.since is not None else []
    return found + ([CallModel.started_at < query.until] if query.until is not None else [])
