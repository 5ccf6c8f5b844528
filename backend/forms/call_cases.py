"""The cases of one form, as one call sees them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from backend.domain.case import Case
from backend.domain.case_number import NumberPattern
from backend.domain.form_spec import FormSpec
from backend.tool_store.context import ToolContext

__all__ = ["CallCases"]

_LOOKED_AT = 20


class CallCases:
    """Drafts and filed cases of one form; the call's own, and its subject's.

    Args:
        ctx: the tool call.
        form: the form.
    """

    def __init__(self, ctx: ToolContext, form: FormSpec) -> None:
        self._cases, self._ctx, self._call = ctx.cases, ctx, ctx.session.call_id
        self._form, self._numbers = form.name, form.number

    @property
    def _subject(self) -> str:
        return self._ctx.session.subject.id if self._ctx.session.subject else ""

    async def draft(self) -> Case | None:
        """What this call has gathered so far, filed or not."""
        return await self._cases.draft(self._call, self._form)

    async def draft_of(self, call_id: str) -> Case | None:
        """What another call has gathered."""
        return await self._cases.draft(call_id, self._form)

    async def save(self, fields: Mapping[str, Any]) -> Case:
        """Merge ``fields`` into the call's draft, making it if need be."""
        verified = self._ctx.session.subject is not None
        hidden = self._ctx.hidden(fields)
        return await self._cases.save_fields(self._call, self._form, self._subject, hidden, verified=verified)

    async def file(self) -> Case:
        """File the call's draft.

        Raises:
            CaseWaits: it will be filed, but nobody may be given a number yet.
        """
        return await self._cases.file(self._call, self._form, NumberPattern(self._numbers))

    async def filed(self) -> Sequence[Case]:
        """Cases of this subject, the newest first."""
        return await self._cases.list(limit=_LOOKED_AT, form=self._form, subject=self._subject)

    async def broken_off(self, since: datetime) -> Case | None:
        """The newest draft of this subject whose call is over."""
        return await self._cases.broken_off(self._form, self._subject, since)

    async def adopt(self, earlier_call: str, call_id: str | None = None) -> Case | None:
        """Go on with the draft of an earlier call, in this call or in ``call_id``."""
        return await self._cases.adopt(earlier_call, call_id or self._call, self._form)

    async def discard(self) -> None:
        """Forget the call's draft."""
        await self._cases.discard(self._call, self._form)

    async def add_note(self, number: str, text: str) -> None:
        """Add what the caller says to a filed case."""
        await self._cases.add_note(number, self._call, self._ctx.hidden(text))
