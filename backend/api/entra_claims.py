"""Who somebody is, by what Entra ID says of them in a token."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.domain.principal import Principal, is_role

__all__ = ["person_of", "role_names"]

_LINE = "line."
_NAMES = ("preferred_username", "upn", "azp", "appid")


def person_of(claims: Mapping[str, Any]) -> Principal:
    """Who it is: app roles of our names are roles, ``line.NAME`` limits to a line, others say nothing here."""
    granted = role_names(claims)
    lines = frozenset(role.removeprefix(_LINE) for role in granted if role.startswith(_LINE))
    return Principal(_name(claims), "entra", frozenset(role for role in granted if is_role(role)), lines or None)


def role_names(claims: Mapping[str, Any]) -> frozenset[str]:
    """The app roles of theirs that say something here."""
    return frozenset(role for role in _texts(claims.get("roles")) if is_role(role) or role.startswith(_LINE))


def _name(claims: Mapping[str, Any]) -> str:
    """What people know them by, and the id that stays when that changes."""
    shown = next((str(claims[name]) for name in _NAMES if claims.get(name)), "")
    lasting = str(claims.get("oid") or claims.get("sub") or "")
    whole = f"{shown} ({lasting})" if shown and lasting and shown != lasting else shown or lasting
    return "".join(letter for letter in whole if letter.isprintable())[:200] or "unknown"


def _texts(value: Any) -> Sequence[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
