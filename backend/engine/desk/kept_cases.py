"""Cases, gathered and filed although the database is away."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from backend.domain.case import Case, CaseNote
from backend.domain.case_number import NumberPattern, number_given_ahead
from backend.domain.entry import EntryKind, Kept, body_of_case
from backend.engine.desk.outbox import Outbox
from backend.errors import CaseWaits, ToolError, Unavailable
from backend.ports import CaseBook

__all__ = ["KeptCases"]

_T = TypeVar("_T")
_Key = tuple[str, str]
"""A call and a form."""

_MOST = 2000
"""Cases that are remembered; 20 for each call that a worker takes at once."""
_LIMIT_S = 1.5
"""Limit on one question to the database; a caller waits for several of them."""


class KeptCases:
    """``CaseBook`` that goes on from memory while the database is away, and has what was said written later.

    What this worker has seen of a call's case is remembered, so that it can be gone on with. A number is only given to
    a caller once their case stands where it outlives this process; otherwise ``file`` says that it waits. What other
    calls have left is not offered meanwhile: an unfinished draft, a case that is alike.

    Args:
        cases: those of the database.
        outbox: writes later what cannot be written now.
    """

    def __init__(self, cases: CaseBook, outbox: Outbox) -> None:
        self._cases = cases
        self._outbox = outbox
        self._known: OrderedDict[_Key, Case] = OrderedDict()
        self._promised: dict[_Key, Case] = {}
        """Cases that will be filed, of which the callers have no number."""

    # -- reading --------------------------------------------------------------------------

    async def draft(self, call_id: str, form: str) -> Case | None:
        """What this call has gathered so far."""
        if self._must_wait(call_id):
            return self._known.get((call_id, form))
        try:
            found = await self._ask(self._cases.draft(call_id, form))
        except Unavailable:
            return self._known.get((call_id, form))
        if found is None:
            self._known.pop((call_id, form), None)
            return None
        return self._remember(found)

    async def get(self, number: str) -> Case | None:
        """One filed case."""
        return await self._cases.get(number)

    async def list(self, *, limit: int = 50, form: str | None = None, subject: str | None = None) -> Sequence[Case]:
        """Filed cases, the newest first; while the database is away those of this worker that wait."""
        if not self._outbox.away:
            try:
                return await self._ask(self._cases.list(limit=limit, form=form, subject=subject))
            except Unavailable:
                pass
        filed = [one for one in self._known.values() if one.status == "filed"]
        return [one for one in filed[::-1] if form in (None, one.form) and subject in (None, one.subject)][:limit]

    async def broken_off(self, form: str, subject: str, since: datetime) -> Case | None:
        """The newest draft about this subject whose call is over; none while the database is away."""
        if self._outbox.away:
            return None
        try:
            return await self._ask(self._cases.broken_off(form, subject, since))
        except Unavailable:
            return None

    # -- writing --------------------------------------------------------------------------

    async def save_fields(
        self, call_id: str, form: str, subject: str, fields: Mapping[str, Any], *, verified: bool = True
    ) -> Case:
        """Merge fields into the call's draft.

        Raises:
            Unavailable: there is no room for them anywhere.
        """
        if not self._must_wait(call_id):
            try:
                saving = self._cases.save_fields(call_id, form, subject, fields, verified=verified)
                return self._remember(await self._ask(saving))
            except Unavailable:
                pass
        body = {"form": form, "subject": subject, "fields": dict(fields), "verified": verified}
        await self._keep("case.fields", call_id, body)
        now = datetime.now(UTC)
        known = self._known.get((call_id, form)) or Case(call_id, form, subject, "draft", {}, now, verified=verified)
        return self._remember(_merged(known, subject, fields, verified=verified, now=now))

    async def file(self, call_id: str, form: str, numbers: NumberPattern, number: str = "") -> Case:
        """File the call's draft.

        Raises:
            CaseWaits: it will be filed, but lives in this process only; nobody may be given a number yet.
            Unavailable: there is no room for it anywhere.
            ToolError: nothing has been recorded.
        """
        number = number or numbers.new(datetime.now(UTC))
        if not self._must_wait(call_id):
            try:
                return self._remember(await self._ask(self._cases.file(call_id, form, numbers, number)))
            except Unavailable:
                pass
        known = self._known.get((call_id, form))
        if known is None:
            raise ToolError("nothing has been recorded for this call")
        if known.status == "filed":
            return known
        if (call_id, form) in self._promised:
            raise CaseWaits("the case waits to be filed")
        return await self._file_later(replace(known, number=number_given_ahead(number)))

    async def _file_later(self, case: Case) -> Case:
        now = datetime.now(UTC)
        filed = replace(case, status="filed", filed_at=now, updated_at=now)
        if await self._keep("case.filed", case.call_id, body_of_case(filed)) is Kept.LASTING:
            return self._remember(filed)
        self._promised[_key(case)] = filed
        while len(self._promised) > _MOST:
            del self._promised[next(iter(self._promised))]
        raise CaseWaits("the case waits to be filed")

    async def adopt(self, earlier_call: str, call_id: str, form: str) -> Case | None:
        """Go on with the draft of an earlier call; not while the database is away."""
        if self._must_wait(call_id) or self._outbox.waits_for(earlier_call):
            return None
        try:
            moved = await self._ask(self._cases.adopt(earlier_call, call_id, form))
        except Unavailable:
            return None
        if moved is not None:
            self._known.pop((earlier_call, form), None)
            self._remember(moved)
        return moved

    async def discard(self, call_id: str, form: str) -> None:
        """Forget the call's draft."""
        known = self._known.get((call_id, form))
        if known is not None and known.status == "draft":
            del self._known[call_id, form]
        if not self._must_wait(call_id):
            try:
                return await self._ask(self._cases.discard(call_id, form))
            except Unavailable:
                pass
        await self._keep("case.discarded", call_id, {"form": form})

    async def correct(self, number: str, revision: int, changes: Mapping[str, Any], who: str) -> Case | None:
        """Put fields of a filed case right. A person waits for it: it is done now, or not at all.

        Raises:
            CaseConflict: it has been corrected since.
            Unavailable: the database does not answer.
        """
        corrected = await self._cases.correct(number, revision, changes, who)
        return None if corrected is None else self._remember(corrected)

    async def add_note(self, number: str, call_id: str, text: str) -> Case | None:
        """Add what a caller says later to a filed case.

        Raises:
            Unavailable: there is no room for it, or nobody knows whether there is such a case.
        """
        known = next((one for one in self._known.values() if one.number == number), None)
        waits = self._must_wait(call_id) or (known is not None and self._must_wait(known.call_id))
        if not waits:
            try:
                return await self._ask(self._cases.add_note(number, call_id, text))
            except Unavailable:
                pass
        if known is None:
            raise Unavailable(
                "database", "the database does not answer, so it is not known whether there is such a case"
            )
        await self._keep("case.note", call_id, {"number": number, "text": text})
        note = CaseNote(datetime.now(UTC), call_id, text)
        return self._remember(replace(known, notes=(*known.notes, note)))

    # -- how ------------------------------------------------------------------------------

    def _must_wait(self, call_id: str) -> bool:
        """Would the database not know what was said before?"""
        return self._outbox.away or self._outbox.waits_for(call_id)

    async def _ask(self, question: Awaitable[_T]) -> _T:
        """Ask the database, within a limit.

        Raises:
            Unavailable: it does not answer.
        """
        try:
            async with asyncio.timeout(_LIMIT_S):
                found = await question
        except TimeoutError as error:
            self._outbox.note_away(error)
            raise Unavailable("database", "the database did not answer in time") from error
        except Unavailable as error:
            self._outbox.note_away(error)
            raise
        self._outbox.note_there()
        return found

    async def _keep(self, kind: EntryKind, call_id: str, body: dict[str, Any]) -> Kept:
        kept = await self._outbox.keep(self._outbox.entry(kind, call_id, body))
        if kept is Kept.DROPPED:
            raise Unavailable("database", "what the caller said was not kept")
        return kept

    def _remember(self, case: Case) -> Case:
        key = _key(case)
        self._known[key] = case
        self._known.move_to_end(key)
        if case.status == "filed":
            self._promised.pop(key, None)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        return case


def _key(case: Case) -> _Key:
    return case.call_id, case.form


def _merged(known: Case, subject: str, fields: Mapping[str, Any], *, verified: bool, now: datetime) -> Case:
    """As the database does it."""
    if known.status == "filed":
        return known
    if verified and not known.verified:
        known = replace(known, subject=subject, verified=True)
    return replace(known, fields={**known.fields, **fields}, updated_at=now)
