"""Claims, gathered and filed although the database is away."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from backend.domain.claim_number import new_number, number_given_ahead
from backend.domain.entry import Kept, body_of_claim
from backend.domain.records import ClaimNote, ClaimRecord
from backend.engine.desk.outbox import Outbox
from backend.errors import ClaimWaits, ToolError, Unavailable
from backend.ports import ClaimBook

__all__ = ["KeptClaims"]

_T = TypeVar("_T")

_MOST = 2000
"""Calls whose claims are remembered; 20 calls for each that a worker takes at once."""
_LIMIT_S = 1.5
"""Limit on one question to the database; a caller waits for several of them."""


class KeptClaims:
    """``ClaimBook`` that goes on from memory while the database is away, and has what was said written later.

    What this worker has seen of a call's claim is remembered, so that it can be gone on with. A number is only given to
    a caller once their claim stands where it outlives this process; otherwise ``file`` says that it waits. What other
    calls have left is not offered meanwhile: an unfinished report, a claim for the same accident.

    Args:
        claims: those of the database.
        outbox: writes later what cannot be written now.
    """

    def __init__(self, claims: ClaimBook, outbox: Outbox) -> None:
        self._claims = claims
        self._outbox = outbox
        self._known: OrderedDict[str, ClaimRecord] = OrderedDict()
        self._promised: dict[str, ClaimRecord] = {}
        """Claims that will be filed, of which the callers have no number."""

    # -- reading --------------------------------------------------------------------------

    async def draft(self, call_id: str) -> ClaimRecord | None:
        """What this call has gathered so far."""
        if self._must_wait(call_id):
            return self._known.get(call_id)
        try:
            found = await self._ask(self._claims.draft(call_id))
        except Unavailable:
            return self._known.get(call_id)
        if found is None:
            self._known.pop(call_id, None)
            return None
        return self._remember(found)

    async def get(self, claim_id: str) -> ClaimRecord | None:
        """One filed claim."""
        return await self._claims.get(claim_id)

    async def list(self, *, limit: int = 50, policy_id: str | None = None) -> Sequence[ClaimRecord]:
        """Filed claims, the newest first; while the database is away those of this worker that wait."""
        if not self._outbox.away:
            try:
                return await self._ask(self._claims.list(limit=limit, policy_id=policy_id))
            except Unavailable:
                pass
        filed = [one for one in self._known.values() if one.status == "filed" and policy_id in (None, one.policy_id)]
        return filed[::-1][:limit]

    async def broken_off(self, policy_id: str, since: datetime) -> ClaimRecord | None:
        """The newest draft of this policy whose call is over; none while the database is away."""
        if self._outbox.away:
            return None
        try:
            return await self._ask(self._claims.broken_off(policy_id, since))
        except Unavailable:
            return None

    # -- writing --------------------------------------------------------------------------

    async def save_fields(
        self, call_id: str, policy_id: str, fields: Mapping[str, Any], *, verified: bool = True
    ) -> ClaimRecord:
        """Merge fields into the call's draft.

        Raises:
            Unavailable: there is no room for them anywhere.
        """
        if not self._must_wait(call_id):
            try:
                saving = self._claims.save_fields(call_id, policy_id, fields, verified=verified)
                return self._remember(await self._ask(saving))
            except Unavailable:
                pass
        body = {"policy_id": policy_id, "fields": dict(fields), "verified": verified}
        await self._keep("claim.fields", call_id, body)
        return self._remember(_merged(self._known.get(call_id), call_id, policy_id, fields, verified))

    async def file(self, call_id: str, number: str = "") -> ClaimRecord:
        """File the call's draft.

        Raises:
            ClaimWaits: it will be filed, but lives in this process only; nobody may be given a number yet.
            Unavailable: there is no room for it anywhere.
            ToolError: nothing has been recorded.
        """
        number = number or new_number(datetime.now(UTC))
        if not self._must_wait(call_id):
            try:
                return self._remember(await self._ask(self._claims.file(call_id, number)))
            except Unavailable:
                pass
        known = self._known.get(call_id)
        if known is None:
            raise ToolError("nothing has been recorded for this call")
        if known.status == "filed":
            return known
        if call_id in self._promised:
            raise ClaimWaits("the claim waits to be filed")
        return await self._file_later(replace(known, claim_id=number_given_ahead(number)))

    async def _file_later(self, claim: ClaimRecord) -> ClaimRecord:
        now = datetime.now(UTC)
        filed = replace(claim, status="filed", filed_at=now, updated_at=now)
        if await self._keep("claim.filed", claim.call_id, body_of_claim(filed)) is Kept.LASTING:
            return self._remember(filed)
        self._promised[claim.call_id] = filed
        while len(self._promised) > _MOST:
            del self._promised[next(iter(self._promised))]
        raise ClaimWaits("the claim waits to be filed")

    async def adopt(self, earlier_call: str, call_id: str) -> ClaimRecord | None:
        """Go on with the draft of an earlier call; not while the database is away."""
        if self._must_wait(call_id) or self._outbox.waits_for(earlier_call):
            return None
        try:
            moved = await self._ask(self._claims.adopt(earlier_call, call_id))
        except Unavailable:
            return None
        if moved is not None:
            self._known.pop(earlier_call, None)
            self._remember(moved)
        return moved

    async def discard(self, call_id: str) -> None:
        """Forget the call's draft."""
        known = self._known.get(call_id)
        if known is not None and known.status == "draft":
            del self._known[call_id]
        if not self._must_wait(call_id):
            try:
                return await self._ask(self._claims.discard(call_id))
            except Unavailable:
                pass
        await self._keep("claim.discarded", call_id, {})

    async def add_note(self, claim_id: str, call_id: str, text: str) -> ClaimRecord | None:
        """Add what a caller says later to a filed claim.

        Raises:
            Unavailable: there is no room for it, or nobody knows whether there is such a claim.
        """
        known = next((one for one in self._known.values() if one.claim_id == claim_id), None)
        waits = self._must_wait(call_id) or (known is not None and self._must_wait(known.call_id))
        if not waits:
            try:
                return await self._ask(self._claims.add_note(claim_id, call_id, text))
            except Unavailable:
                pass
        if known is None:
            raise Unavailable("store", "nobody knows now whether there is such a claim")
        await self._keep("claim.note", call_id, {"claim_id": claim_id, "text": text})
        note = ClaimNote(datetime.now(UTC), call_id, text)
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
            raise Unavailable("store", "the database did not answer in time") from error
        except Unavailable as error:
            self._outbox.note_away(error)
            raise
        self._outbox.note_there()
        return found

    async def _keep(self, kind: Any, call_id: str, body: dict[str, Any]) -> Kept:
        kept = await self._outbox.keep(self._outbox.entry(kind, call_id, body))
        if kept is Kept.DROPPED:
            raise Unavailable("store", "what the caller said was not kept")
        return kept

    def _remember(self, claim: ClaimRecord) -> ClaimRecord:
        self._known[claim.call_id] = claim
        self._known.move_to_end(claim.call_id)
        if claim.status == "filed":
            self._promised.pop(claim.call_id, None)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        return claim


def _merged(
    known: ClaimRecord | None, call_id: str, policy_id: str, fields: Mapping[str, Any], verified: bool
) -> ClaimRecord:
    """As the database does it."""
    now = datetime.now(UTC)
    if known is None:
        return ClaimRecord(call_id, policy_id, "draft", dict(fields), now, verified=verified)
    if known.status == "filed":
        return known
    if verified and not known.verified:
        known = replace(known, policy_id=policy_id, verified=True)
    return replace(known, fields={**known.fields, **fields}, updated_at=now)
