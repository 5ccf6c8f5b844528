"""People and programs of Entra ID, by their access tokens."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.api.services import TokenCheck
from backend.domain.principal import Principal, is_role

__all__ = ["EntraPeople", "person_of"]

_LINE = "line."
_NAMES = ("preferred_username", "upn", "azp", "appid")


class EntraPeople:
    """Finds out who shows a token. Signature, issuer, audience and times are the check's.

    Args:
        tokens: checks an ``Authorization`` value.
    """

    def __init__(self, tokens: TokenCheck) -> None:
        self._tokens = tokens

    async def holder(self, token: str) -> Principal:
        """Whoever shows it, with the app roles that Entra grants them.

        Raises:
            AuthError: it does not hold.
            Unavailable: the keys to check it cannot be had.
        """
        return person_of(await self._tokens.check(f"Bearer {token}"))


def person_of(claims: Mapping[str, Any]) -> Principal:
    """Who it is: app roles of our names are roles, ``line.NAME`` limits to a line, others say nothing here."""
    granted = _texts(claims.get("roles"))
    lines = frozenset(role.removeprefix(_LINE) for role in granted if role.startswith(_LINE))
    return Principal(_name(claims), "entra", frozenset(role for role in granted if is_role(role)), lines or None)


def _name(claims: Mapping[str, Any]) -> str:
    """What people know them by, and the id that stays when that changes."""
    shown = next((str(claims[name]) for name in _NAMES if claims.get(name)), "")
    lasting = str(claims.get("oid") or claims.get("sub") or "")
    whole = f"{shown} ({lasting})" if shown and lasting and shown != lasting else shown or lasting
    return "".join(letter for letter in whole if letter.isprintable())[:200] or "unknown"


def _texts(value: Any) -> Sequence[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
