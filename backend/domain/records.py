"""Business records that tools read: policies."""

from dataclasses import dataclass, field

__all__ = ["Policyholder", "Vehicle"]


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
