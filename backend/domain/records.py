"""Business records that tools read and write: policies and claims."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

__all__ = ["ClaimNote", "ClaimRecord", "Policyholder", "Vehicle"]


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle on a policy."""

    make: str
    model: str
    year: int


@dataclass(frozen=True, slots=True)
class Policyholder:
    """One policy and the person who holds it. Nothing of it may reach a log."""

    policy_id: str
    full_name: str = field(repr=False)
    zip_code: str = field(repr=False)
    last4: str = field(repr=False)
    """Last four digits of the social security number."""
    vehicles: tuple[Vehicle, ...] = field(default=(), repr=False)
    deductible: int = 0
    """US dollars."""
    coverage: str = ""


@dataclass(frozen=True, slots=True)
class ClaimNote:
    """Something that a caller added to a claim that was filed already."""

    at: datetime
    call_id: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A first notice of loss, draft or filed. ``fields`` holds JSON values by field name."""

    call_id: str
    """The call that it was taken in; of a draft that was taken up again, the latest."""
    policy_id: str
    """Empty where the caller could not be verified."""
    status: Literal["draft", "filed"]
    fields: Mapping[str, Any] = field(repr=False)
    updated_at: datetime
    claim_id: str | None = None
    """``CLA-YYYY-XXXXXX`` once filed."""
    filed_at: datetime | None = None
    verified: bool = True
    """False: nobody knows whether the caller is who they say."""
    notes: tuple[ClaimNote, ...] = field(default=(), repr=False)
    """What was added after it was filed, the oldest first."""
    earlier_calls: tuple[str, ...] = ()
    """Calls in which this draft was begun and broke off."""
