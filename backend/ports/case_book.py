"""Cases, drafts included (SQL)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from backend.domain.case import Case
from backend.domain.case_number import NumberPattern

__all__ = ["CaseBook"]


class CaseBook(Protocol):
    """Cases, drafts included (SQL). A call has one case at most of each form."""

    async def draft(self, call_id: str, form: str) -> Case | None:
        """What this call has gathered so far with this form, filed or not."""
        ...

    async def save_fields(
        self, call_id: str, form: str, subject: str, fields: Mapping[str, Any], *, verified: bool = True
    ) -> Case:
        """Merge ``fields`` into the call's draft, making it if need be. A filed case is not changed.

        The draft of a caller who is verified only then becomes one about their subject.
        """
        ...

    async def file(self, call_id: str, form: str, numbers: NumberPattern, number: str = "") -> Case:
        """File the call's draft, under ``number`` where that is free, otherwise under one that ``numbers`` makes.
        Asked again, gives the case that was filed the first time.

        Raises:
            CaseWaits: it will be filed, but nobody may be given a number yet.
        """
        ...

    async def get(self, number: str) -> Case | None:
        """One filed case."""
        ...

    async def list(self, *, limit: int = 50, form: str | None = None, subject: str | None = None) -> Sequence[Case]:
        """Filed cases, the newest first."""
        ...

    async def broken_off(self, form: str, subject: str, since: datetime) -> Case | None:
        """The newest draft of a verified caller about this subject, changed after ``since``, whose call is over."""
        ...

    async def adopt(self, earlier_call: str, call_id: str, form: str) -> Case | None:
        """Go on with the draft of an earlier call in this one; ``None`` when somebody else was quicker, when it has
        been filed, or when this call has a draft of its own."""
        ...

    async def discard(self, call_id: str, form: str) -> None:
        """Forget the call's draft: what it held has been put elsewhere. A filed case stays."""
        ...

    async def correct(self, number: str, revision: int, changes: Mapping[str, Any], who: str) -> Case | None:
        """Put fields of a filed case right, beside what the caller said; ``None`` when there is no such case.

        Args:
            number: the case.
            revision: the one that was seen when the changes were made.
            changes: JSON values by field name, checked already. What stands there already is left out.
            who: corrects it.

        Raises:
            CaseConflict: it has been corrected since, or as often as a case can be.
        """
        ...

    async def add_note(self, number: str, call_id: str, text: str) -> Case | None:
        """Add what a caller says later to a filed case; ``None`` when there is no such case."""
        ...
