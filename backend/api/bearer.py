"""Reads the ``Authorization`` header as RFC 6750 and RFC 9110 have it."""

import re
from collections.abc import Sequence

from backend.errors import AuthError

__all__ = ["LONGEST_TOKEN", "bearer_token"]

LONGEST_TOKEN = 8 * 1024
_CREDENTIALS = re.compile(r"bearer +([A-Za-z0-9\-._~+/]+=*) *", re.IGNORECASE)


def bearer_token(headers: Sequence[tuple[str, str]]) -> str | None:
    """The token of a request, or ``None`` where it has no ``Authorization``.

    Args:
        headers: every header line, names in lower case.

    Raises:
        AuthError: two of them (which one counts is not for us to guess), another scheme, or no token68.
    """
    given = [value for name, value in headers if name == "authorization"]
    if not given:
        return None
    if len(given) > 1:
        raise AuthError("two Authorization headers")
    if len(given[0]) > LONGEST_TOKEN:
        raise AuthError("the token is too long")
    found = _CREDENTIALS.fullmatch(given[0])
    if found is None:
        raise AuthError("expected Authorization: Bearer KEY")
    return found[1]
