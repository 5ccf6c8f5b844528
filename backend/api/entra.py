"""People and programs of Entra ID, by their access tokens."""

from backend.api.entra_claims import person_of
from backend.api.services import TokenCheck
from backend.domain.principal import Principal
from backend.errors import AuthError

__all__ = ["EntraPeople"]


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
        claims = await self._tokens.check(f"Bearer {token}")
        if "nonce" in claims:
            raise AuthError("an ID token, which proves a sign-in, is no access token")
        return person_of(claims)
