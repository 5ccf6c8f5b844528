"""A directory of people, such as Entra ID, that signs them in on a page of its own."""

from typing import Protocol

from backend.domain.signing_in import Departure, SignedIn

__all__ = ["Directory"]


class Directory(Protocol):
    """Signs people in by OpenID Connect: authorization code with PKCE. It keeps nothing between the steps."""

    def begin(self, *, choose: bool = False) -> Departure:
        """Where a browser goes to sign in, and what it must bring back.

        Args:
            choose: have the person choose an account, even where the directory knows one.
        """
        ...

    async def finish(self, departure: Departure, query: str) -> SignedIn:
        """Who has come back.

        Args:
            departure: what the browser has kept.
            query: of the address that it came back to.

        Raises:
            SignInRefused: it is not proven who they are.
        """
        ...

    async def renew(self, renewal: str) -> SignedIn:
        """Does it still stand by somebody, and with which roles?

        Raises:
            SignInRefused: no more.
            Unavailable: it cannot be asked now.
        """
        ...

    def farewell(self, hint: str = "") -> str:
        """Where a browser goes to be signed out there, too.

        Args:
            hint: whom to sign out where several people are signed in; as the directory named them (``login_hint``).
        """
        ...
