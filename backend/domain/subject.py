"""Who a caller has been shown to be."""

from collections.abc import Mapping
from typing import Any, Self

import msgspec

__all__ = ["Subject"]

_NAME = "full_name"
_WHOLE = ("id", "attributes", "identity", "grants")
"""What the version before this one does not keep of a subject."""


class Subject(msgspec.Struct, frozen=True):
    """Who a caller has been shown to be, and what they may therefore hear and do."""

    id: str
    """Of the record that they are: what a case, a draft and a log of calls is about."""
    name: str
    attributes: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    """What else of the record the identity lets out; JSON values. ``bound: subject.NAME`` and prompts see them."""
    identity: str = ""
    """Name of the identity that showed it."""
    grants: tuple[str, ...] = ()
    """What tools may want of a caller besides being known."""

    @property
    def first_name(self) -> str:
        """For greetings."""
        return self.name.split(" ")[0]

    def value(self, name: str) -> Any:
        """``id``, ``name`` or an attribute; ``None`` when there is no such thing."""
        return {**self.attributes, "id": self.id, "name": self.name}.get(name)

    def kept(self) -> dict[str, Any]:
        """As a session keeps it.

        The version before this one kept the id under the name that its only business had for it, and the caller's
        name; it finds both here, as long as the identity gives the id under that name, too.
        """
        known_as = {name: value for name, value in self.attributes.items() if value == self.id}
        return known_as | {_NAME: self.name} | {key: getattr(self, key) for key in _WHOLE}

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> Self:
        """What a session has kept, of this version or of the one before it."""
        name = str(kept.get(_NAME, ""))
        if "id" in kept:
            return cls(
                kept["id"], name, kept.get("attributes", {}), kept.get("identity", ""), tuple(kept.get("grants", ()))
            )
        ids = {key: value for key, value in kept.items() if key != _NAME}
        return cls(str(next(iter(ids.values()), "")), name, ids)

    def __repr__(self) -> str:
        return "Subject(***)"
