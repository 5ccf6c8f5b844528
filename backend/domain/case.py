"""A case: what a form has taken down in a call, while it is a draft and once it is filed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

__all__ = ["Case", "CaseNote", "CaseStatus"]

CaseStatus = Literal["draft", "filed"]


@dataclass(frozen=True, slots=True)
class CaseNote:
    """Something that a caller added to a case that was filed already."""

    at: datetime
    call_id: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Case:
    """What was taken down with one form in one call. ``fields`` holds JSON values by field name."""

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
