"""Everybody who may use the API: the key of the settings, keys of the database, and Entra ID."""

from collections.abc import Mapping, Sequence

from backend.api.bearer import bearer_token
from backend.api.entra import EntraPeople
from backend.api.fixed_key import API_KEY, FixedKey
from backend.api.key_ring import KeyRing
from backend.domain.api_key import key_id
from backend.domain.principal import Principal
from backend.errors import AuthError

__all__ = ["People"]


class People:
    """``Authenticator``: a token is looked at by the one whose kind it is, and by no other.

    Args:
        fixed: the key of ``API_KEY``.
        ring: keys of the database; ``None``: there are none.
        entra: tokens of Entra ID; ``None``: they are not taken.
    """

    def __init__(self, fixed: FixedKey, ring: KeyRing | None = None, entra: EntraPeople | None = None) -> None:
        self._fixed = fixed
        self._ring = ring
        self._entra = entra

    def __repr__(self) -> str:
        return "People(***)"

    async def who(
        self, headers: Sequence[tuple[str, str]], cookies: Mapping[str, str], query: Mapping[str, str]
    ) -> Principal | None:
        """Who it is, or ``None`` where no token is shown.

        Raises:
            AuthError: a token is shown that does not hold.
            Unavailable: nobody can tell now.
        """
        token = bearer_token(headers)
        if token is None:
            return None
        if self._fixed.fits(token):
            return API_KEY
        if self._ring is not None and key_id(token) is not None:
            return await self._ring.holder(token)
        if self._entra is not None and token.count(".") == 2:
            return await self._entra.holder(token)
        raise AuthError("wrong API key")
