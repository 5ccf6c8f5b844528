"""Values that must not leak: phone numbers, names, words of callers, secrets."""

from typing import final

__all__ = ["Private"]


@final
class Private(str):
    """A string that shows itself only to those who ask for it.

    It is a plain ``str`` to code that works with it (encoding, comparing, storing), but
    ``repr`` and ``format`` into logs show ``***``. Use ``str.__str__(value)`` or
    ``value.reveal()`` where the text itself is wanted.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "***"

    def __str__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return "***"

    def reveal(self) -> str:
        """The text itself."""
        return str.__str__(self)
