"""A case: what a form has taken down in a call, while it is a draft and once it is filed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

__all__ = ["Case", "CaseNote", "CaseStatus", "Correction"]

CaseStatus = Literal["draft", "filed", "open", "called", "done"]
"""The last three are of wishes to be called back, which no form took down."""


@dataclass(frozen=True, slots=True)
class CaseNote:
    """Something that a caller added to a case that was filed already."""

    at: datetime
    call_id: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of a filed case that a person has put right. Both values are JSON, as the form keeps them."""

    at: datetime
    who: str
    """As the audit names them: ``key:NAME``, ``entra:NAME``, ``local``."""
    name: str
    """Of the field."""
    before: Any = field(repr=False)
    """What stood there, be it the caller's or an earlier correction; ``None`` where nothing did."""
    after: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Case:
    """What was taken down with one form in one call. ``fields`` holds JSON values by field name, as the caller said
    them: corrections stand beside them, and never take their place."""

    call_id: str
    """The call that it was taken in; of a draft that was taken up again, the latest."""
    form: str
    """Name of the form in the agent store."""
    subject: str
    """Id of the subject that it is about, as its book has it; empty where the caller could not be verified."""
    status: CaseStatus
    fields: Mapping[str, Any] = field(repr=False)
    updated_at: datetime
    number: str | None = None
    """Given when it is filed, by the form's pattern."""
    filed_at: datetime | None = None
    verified: bool = True
    """False: nobody knows whether the caller is who they say."""
    notes: tuple[CaseNote, ...] = field(default=(), repr=False)
    """What was added after it was filed, the oldest first."""
    earlier_calls: tuple[str, ...] = ()
    """Calls in which this draft was begun and broke off."""
    corrections: tuple[Correction, ...] = field(default=(), repr=False)
    """What people put right after it was filed, the oldest first."""
    revision: int = 0
    """How many times it was corrected; whoever corrects it names the one that they have seen."""

    @property
    def as_corrected(self) -> Mapping[str, Any]:
        """The fields as they stand: the caller's, with every correction."""
        return {**self.fields, **{one.name: one.after for one in self.corrections}}

    def differing(self, changes: Mapping[str, Any], who: str, at: datetime) -> tuple[Correction, ...]:
        """What these values would put right; none for those that stand there already."""
        now = self.as_corrected
        return tuple(
            Correction(at, who, name, now.get(name), value)
            for name, value in changes.items()
            if name not in now or not _same(now[name], value)
        )


def _same(one: Any, other: Any) -> bool:
    """A yes is not the number one."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)
