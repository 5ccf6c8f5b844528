"""A callback that keeps nothing alive, so that a call that is over is gone at once, without Python's collector."""

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakMethod

__all__ = ["weakly"]

_T = TypeVar("_T")


def weakly(method: Callable[..., _T], otherwise: _T) -> Callable[..., _T]:
    """Calls a bound ``method`` for a part that its owner holds; gives ``otherwise`` once the owner is gone."""
    reference = WeakMethod(method)

    def call(*arguments: Any, **named: Any) -> _T:
        found = reference()
        return otherwise if found is None else found(*arguments, **named)

    return call
