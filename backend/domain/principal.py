"""Who uses the API: a key, somebody of Entra ID, or a program of this machine; and what they may do."""

from dataclasses import dataclass, field
from typing import Literal, TypeGuard

__all__ = ["LOCAL", "ROLES", "Principal", "Role", "is_role", "with_lesser"]

Role = Literal["viewer", "operator", "editor", "admin"]
"""What somebody may do. Each includes those before it."""

ROLES: tuple[Role, ...] = ("viewer", "operator", "editor", "admin")
"""All of them, the one that may least first."""


def is_role(word: str) -> TypeGuard[Role]:
    """Is there a role of this name?"""
    return word in ROLES


def with_lesser(role: Role) -> frozenset[Role]:
    """A role and those that it includes."""
    return frozenset(ROLES[: ROLES.index(role) + 1])


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody whose word has been checked. Without a role they may nothing.

    Args:
        name: what the audit calls them; no secret.
        kind: how they showed who they are.
        roles: what was granted to them; see ``may``.
        lines: the lines whose calls, cases and call-backs they see; ``None`` for all.
        destinations: beginnings of numbers that they may place calls to, such as +1312; empty: what the line allows.
    """

    name: str
    kind: Literal["key", "entra", "local"]
    roles: frozenset[Role] = frozenset()
    lines: frozenset[str] | None = None
    destinations: tuple[str, ...] = field(default=(), repr=False)

    def may(self, role: Role) -> bool:
        """Have they this role, or one that includes it?"""
        return any(role in with_lesser(granted) for granted in self.roles)

    def sees(self, line: str) -> bool:
        """Is this line one of theirs?"""
        return self.lines is None or line in self.lines

    @property
    def who(self) -> str:
        """As the audit has it: how they showed who they are, and their name."""
        return self.name if self.kind == "local" else f"{self.kind}:{self.name}"


LOCAL = Principal("local", "local", frozenset[Role]({"admin"}))
"""A program of this machine, where the server asks those for no key."""
