"""Pressed keys: digits collected into an answer, and single keys that are commands."""

import asyncio
from collections.abc import Callable

__all__ = ["Tones"]


class Tones:
    """Collects keys until the terminator, or until none comes for a while.

    Args:
        inter_digit_s: pause that completes an input, in seconds.
        terminator: key that completes it at once.
        on_input: called with the keys, without the terminator; never with none.
    """

    _LONGEST = 32

    def __init__(self, inter_digit_s: float, terminator: str, on_input: Callable[[str], None]) -> None:
        self._pause = inter_digit_s
        self._terminator = terminator
        self._on_input = on_input
        self._keys = ""
        self._timer: asyncio.TimerHandle | None = None

    def press(self, key: str) -> None:
        """A key was pressed."""
        self._stop_timer()
        if key == self._terminator:
            self._complete()
            return
        self._keys += key
        if len(self._keys) >= self._LONGEST:
            self._complete()
            return
        self._timer = asyncio.get_running_loop().call_later(self._pause, self._complete)

    def close(self) -> None:
        """Forget what was pressed."""
        self._stop_timer()
        self._keys = ""

    @property
    def collecting(self) -> bool:
        """Is an input under way?"""
        return bool(self._keys)

    def _complete(self) -> None:
        self._stop_timer()
        keys, self._keys = self._keys, ""
        if keys:
            self._on_input(keys)

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
