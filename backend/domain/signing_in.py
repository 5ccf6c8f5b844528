"""How people sign in with a directory of theirs, such as Entra ID: what leaves and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Departure", "SignedIn"]


@dataclass(frozen=True, slots=True)
class Departure:
    """A browser that leaves for the directory's page. The browser keeps all but the address, sealed, until it is back.

    Args:
        address: where it goes.
        state: comes back with it.
        nonce: comes back in the proof.
        verifier: the secret of PKCE (RFC 7636), which is shown when the code is exchanged.
    """

    address: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody whom the directory has vouched for.

    Args:
        claims: what it says of them, checked.
        renewal: with this it says so again, as long as it stands by them; empty where it gave none.
    """

    claims: Mapping[str, Any] = field(repr=False)
    renewal: str = field(default="", repr=False)
