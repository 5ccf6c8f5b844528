"""A telephone that tests, personas and the command line hold: a handset, and what its owner waits for."""

from collections.abc import Callable

from local_azure.phone.handset import Handset
from local_azure.telephony import EndReason

__all__ = ["Phone"]

_ENDED_MS = 700.0
"""Who has said what was waited for, and been silent for so long, has come to an end."""


class Phone(Handset):
    """One telephone for one call, whose owner can wait for what is said or happens."""

    async def until(self, condition: Callable[[], bool], limit: float) -> None:
        """Wait for ``condition``.

        Raises:
            TimeoutError: it did not hold within ``limit`` seconds.
        """
        await self._waits.until(condition, limit)

    async def until_connected(self, limit: float = 30.0) -> None:
        """Wait until the call stands.

        Raises:
            TimeoutError: it does not yet, or ended before.
        """
        await self.until(lambda: self.state in ("connected", "ended"), limit)
        if self.state == "ended":
            raise TimeoutError(f"the call never came about: {self.reason}")

    async def until_ended(self, limit: float = 30.0) -> EndReason:
        """Wait until the call is over, and say why."""
        await self.until(lambda: self.state == "ended", limit)
        return self.reason or "failed"

    async def until_heard(self, words: str, limit: float = 30.0) -> None:
        """Wait until the agent was heard to say ``words`` (any case)."""
        await self.until(lambda: words.lower() in self.heard.lower(), limit)

    async def until_silent(self, milliseconds: float = 700.0, limit: float = 30.0) -> None:
        """Wait until the agent has spoken since the owner did, and been silent for so long.

        Raises:
            TimeoutError: with what was heard instead; sounds without words are not the agent's silence.
        """
        try:
            await self.until(lambda: self.silent_ms >= milliseconds and bool(self.answer), limit)
        except TimeoutError as error:
            last = self.ear.last_sound_ms if self.ear is not None else None
            sounds = "no sound" if last is None else f"the last sound {self.now_ms - last:.0f} ms ago"
            words = f"words {self.answer!r}" if self.answer else "no words"
            raise TimeoutError(f"not answered within {limit:g} s: {self.state}, {sounds}, {words}") from error

    async def until_answered(self, words: str, limit: float = 60.0) -> None:
        """Wait until the agent was heard to say ``words`` (any case) since the owner spoke, and has come to an end.

        Raises:
            TimeoutError: it has not, or the call ended before.
        """

        def said() -> bool:
            return words.lower() in self.answer.lower()

        try:
            await self.until(lambda: self.state == "ended" or (self.silent_ms >= _ENDED_MS and said()), limit)
        except TimeoutError as error:
            raise TimeoutError(f"expected {words!r}, heard {self.answer!r}") from error
        if not said():
            raise TimeoutError(f"expected {words!r}, the call ended with {self.answer!r}")
