"""What is found out once of what never changes, as the choices of a store: found again by being the very same object.

To look up a field's hundreds of words by what they say takes as long as to read an answer.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

__all__ = ["same_once"]

_MOST = 256
_P = ParamSpec("_P")
_T = TypeVar("_T")


def same_once(make: Callable[_P, _T]) -> Callable[_P, _T]:
    """What ``make`` gave of the very same objects, which can't be changed, nor can what it gives.

    The last few hundred are kept, never what a caller said.
    """
    kept: dict[tuple[int, ...], tuple[tuple[object, ...], _T]] = {}

    @wraps(make)
    def once(*things: _P.args, **named: _P.kwargs) -> _T:
        key = tuple(map(id, things))
        known = kept.get(key)
        if known is None:
            if len(kept) >= _MOST:
                kept.clear()  # of stores that have had their day
            # While these are kept, no others have their ids.
            known = kept[key] = (things, make(*things, **named))
        return known[1]

    return once
