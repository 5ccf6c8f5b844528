"""Long lists of ids, some at a time: a statement takes so many parameters, and no more."""

from collections.abc import Iterator, Sequence

__all__ = ["in_parts"]

_MOST = 5000
"""SQLite takes 32,766 parameters in one statement, PostgreSQL's driver 32,767."""


def in_parts(ids: Sequence[str]) -> Iterator[list[str]]:
    """All of them, in lists that one statement takes."""
    for at in range(0, len(ids), _MOST):
        yield list(ids[at : at + _MOST])
