"""What a browser keeps for us in a cookie: sealed, so that nobody reads, makes or changes it, and with an end.

Nothing of it is kept on the server, so every worker knows it.
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from backend.errors import AuthError, SealBroken, SignInExpired
from backend.ports import Cipher

__all__ = ["SealedNote"]


class SealedNote:
    """One kind of such notes. A note of another kind does not open.

    Args:
        cipher: what they are sealed with; one that seals nothing would let anybody write them.
        kind: which kind it is.
        now: seconds since 1970.
    """

    def __init__(self, cipher: Cipher, kind: str, now: Callable[[], float] = time.time) -> None:
        self._cipher = cipher
        self._kind = kind
        self._now = now

    def seal(self, note: Mapping[str, Any], life_s: int) -> str:
        """The value of a cookie; letters that need no quotes there.

        Args:
            note: what JSON can hold.
            life_s: for so many seconds from now it opens.
        """
        clear = json.dumps([int(self._now()) + life_s, note], separators=(",", ":"))
        return self._cipher.seal(clear.encode(), self._kind).decode("ascii").rstrip("=")

    def open(self, value: str) -> dict[str, Any]:
        """What was sealed.

        Raises:
            AuthError: it is not ours, or has been changed.
            SignInExpired: it is over.
        """
        try:
            sealed = value.encode("ascii")
            sealed += b"=" * (-len(sealed.rpartition(b".")[2]) % 4)
            clear = self._cipher.open(sealed, self._kind)
            if clear == sealed:  # what never was sealed comes back as it is
                raise ValueError
            ends, note = json.loads(clear)
        except (ValueError, SealBroken) as error:
            raise AuthError("the browser's cookie is not one of this server") from error
        if ends <= self._now():
            raise SignInExpired("the browser's sign-in has expired")
        return note
