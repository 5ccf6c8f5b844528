"""Keys that callers press, as Call Automation collects and reports them.

Result codes are those of its error-code page: 8510 initial silence, 8531 all tones collected, 8514 stop tone,
8532 inter-digit silence.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from local_azure.acs.events import Result

__all__ = ["TONE_NAMES", "ToneRecognition", "tone_of"]

TONE_NAMES: Mapping[str, str] = {
    **dict(
        zip("0123456789", ("zero one two three four five six seven eight nine").split(), strict=True),
    ),
    "A": "a",
    "B": "b",
    "C": "c",
    "D": "d",
    "#": "pound",
    "*": "asterisk",
}
"""Key to the service's name for it."""

_KEYS = {name: key for key, name in TONE_NAMES.items()}


def tone_of(name: str) -> str:
    """The key that the service calls ``name``.

    Raises:
        ValueError: there is no such key.
    """
    key = _KEYS.get(name)
    if key is None:
        raise ValueError(f"tone {name!r} is unknown")
    return key


class ToneRecognition:
    """One ``:recognize`` of keys: collects until something ends it, then calls ``done`` once."""

    def __init__(self, body: Mapping[str, Any], done: Callable[[list[str], Result], None]) -> None:
        options: Mapping[str, Any] = body.get("recognizeOptions") or {}
        keys: Mapping[str, Any] = options.get("dtmfOptions") or {}
        self._initial = float(options.get("initialSilenceTimeoutInSeconds") or 5)
        self._between = float(keys.get("interToneTimeoutInSeconds") or 2)
        self._most = int(keys.get("maxTonesToCollect") or 1)
        self._stops = {str(tone) for tone in keys.get("stopTones") or []}
        self._done = done
        self._tones: list[str] = []
        self._timer: asyncio.TimerHandle | None = None
        self._over = False

    def start(self) -> None:
        """Begin to wait for the first key."""
        self._arm(self._initial)

    def press(self, name: str) -> None:
        """A key by the service's name for it."""
        if self._over:
            return
        self._tones.append(name)
        if name in self._stops:
            self._end(Result(200, 8514, "Action completed as stop tone was detected."))
        elif len(self._tones) >= self._most:
            self._end(Result(200, 8531, "Action completed, max digits received."))
        else:
            self._arm(self._between)

    def cancel(self) -> None:
        """Stop collecting; ``done`` is not called."""
        self._over = True
        if self._timer is not None:
            self._timer.cancel()

    def _arm(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._silent)

    def _silent(self) -> None:
        if self._tones:
            self._end(Result(400, 8532, "Action failed, inter-digit silence timeout reached."))
        else:
            self._end(Result(400, 8510, "Action failed, initial silence timeout reached."))

    def _end(self, result: Result) -> None:
        if not self._over:
            self.cancel()
            self._done(self._tones, result)
