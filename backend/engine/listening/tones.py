"""Pressed keys: digits collected into an answer, and single keys that are commands."""

import asyncio
from collections.abc import Callable

__all__ = ["Tones"]


class Tones:
    """Collects keys until the terminator, until as many are there as were asked for, or until none comes for a while.

    Args:
        inter_digit_s: pause that completes an input of unknown length, in seconds.
        terminator: key that completes it at once.
        on_input: called with the keys, without the terminator; never with none.
        missing: how many digits the caller has still to give; 0 where no number of known length is expected.
        slow_s: pause after which a number that is too short is given up, in seconds: people look digits up.
    """

    _LONGEST = 32

    def __init__(
        self,
        inter_digit_s: float,
        terminator: str,
        on_input: Callable[[str], None],
        *,
        missing: Callable[[], int] | None = None,
        slow_s: float = 6.0,
    ) -> None:
        self._pause = inter_digit_s
        self._slow = max(slow_s, inter_digit_s)
        self._terminator = terminator
        self._on_input = on_input
        self._missing = missing or _none_missing
        self._keys = ""
        self._timer: asyncio.TimerHandle | None = None

    def press(self, key: str) -> None:
        """A key was pressed."""
        self._stop_timer()
        if key == self._terminator:
            self._complete()
            return
        self._keys += key
        missing = self._missing()
        if len(self._keys) >= (missing or self._LONGEST):
            self._complete()
            return
        self._timer = asyncio.get_running_loop().call_later(self._slow if missing else self._pause, self._complete)

    def close(self) -> None:
        """Forget what was pressed, and whom to tell, for good."""
        self._stop_timer()
        self._keys = ""
        self._on_input, self._missing = _told_nobody, _none_missing

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


def _told_nobody(_: str) -> None: ...


def _none_missing() -> int:
    return 0
