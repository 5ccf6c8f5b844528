"""Whether anybody is hurt and where the caller is, as far as their words say so."""

from dataclasses import dataclass

__all__ = ["Safety"]


@dataclass(frozen=True, slots=True)
class Safety:
    """What an answer says; ``None`` where it says nothing. ``urgent``: somebody needs help now; ``unsure``: they think
    that nobody is hurt, and do not know it; ``driving``: they drive while they speak."""

    injured: bool | None = None
    safe: bool | None = None
    urgent: bool = False
    cared_for: bool = False
    minor: bool = False
    unsure: bool = False
    driving: bool = False
