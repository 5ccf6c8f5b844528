"""The cases of one form, as one call sees them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from backend.domain.case import Case, CaseNote
from backend.domain.records import ClaimRecord
from backend.tool_store.context import ToolContext

__all__ = ["CaseShelf"]

_LOOKED_AT = 20


class CaseShelf:
    """Drafts and filed cases of one form; the call's own, and its subject's.

    Args:
        ctx: the tool call.
        form: name of the form.
    """

    def __init__(self, ctx: ToolContext, form: str) -> None:
        self._ctx, self._form, self._call = ctx, form, ctx.session.call_id

    @property
    def _subject(self) -> str:
        return self._ctx.session.subject.id if self._ctx.session.subject else ""

    async def draft(self) -> Case | None:
        """What this call has gathered so far, filed or not."""
        return self._case(await self._ctx.claims.draft(self._call))

    async def save(self, fields: Mapping[str, Any]) -> Case:
        """Merge ``fields`` into the call's draft, making it if need be."""
        verified = self._ctx.session.subject is not None
        kept = await self._ctx.claims.save_fields(
            self._call, self._subject, self._ctx.hidden(fields), verified=verified
        )
        return self._sure(kept)

    async def file(self) -> Case:
        """File the call's draft.

        Raises:
            ClaimWaits: it will be filed, but nobody may be given a number yet.
        """
        return self._sure(await self._ctx.claims.file(self._call))

    async def filed(self) -> Sequence[Case]:
        """Cases of this subject, the newest first."""
        return [self._sure(one) for one in await self._ctx.claims.list(limit=_LOOKED_AT, policy_id=self._subject)]

    async def broken_off(self, since: datetime) -> Case | None:
        """The newest draft of this subject whose call is over."""
        return self._case(await self._ctx.claims.broken_off(self._subject, since))

    async def adopt(self, earlier_call: str, call_id: str | None = None) -> Case | None:
        """Go on with the draft of an earlier call, in this call or in ``call_id``."""
        return self._case(await self._ctx.claims.adopt(earlier_call, call_id or self._call))

    async def discard(self) -> None:
        """Forget the call's draft."""
        await self._ctx.claims.discard(self._call)

    async def add_note(self, number: str, text: str) -> None:
        """Add what the caller says to a filed case."""
        await self._ctx.claims.add_note(number, self._call, self._ctx.hidden(text))

    def _case(self, record: ClaimRecord | None) -> Case | None:
        return self._sure(record) if record is not None else None

    def _sure(self, record: ClaimRecord) -> Case:
        notes = tuple(CaseNote(note.at, note.call_id, note.text) for note in record.notes)
        return Case(
            record.call_id, self._form, record.policy_id, record.status, record.fields, record.updated_at,
            record.claim_id, record.filed_at, record.verified, notes, record.earlier_calls,
        )  # fmt: skip
