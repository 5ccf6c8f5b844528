"""While a colleague's phone rings: the caller hears something now and then, and is answered."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from backend.domain.phrases import Phrases
from backend.engine.turn.words import CallerWords
from backend.language.named import language_named

__all__ = ["Ringing"]

_LOOK_S = 0.25
"""How often is looked at what becomes of it."""


@dataclass(frozen=True, slots=True)
class Ringing:
    """One transfer under way.

    Args:
        phrases: what is said meanwhile.
        waiting_s: silence after which something is said.
        words: what the caller says meanwhile.
        speaking: does the caller make a sound now?
        keep: told what the caller said, before it is answered.
        say: says a phrase to its end.
        language: of the call, as "es-MX".
        emergency: nothing calls it off.
    """

    phrases: Phrases
    waiting_s: float
    words: CallerWords
    speaking: Callable[[], bool]
    keep: Callable[[str], None]
    say: Callable[[str], Awaitable[object]]
    language: str
    emergency: bool = False

    async def wait(self, transfer: Awaitable[bool]) -> bool | None:
        """Did a person take the call? ``None`` when the caller would rather not wait; their words are still there."""
        loop = asyncio.get_running_loop()
        ringing = asyncio.ensure_future(transfer)
        prompts = itertools.cycle(self.phrases.still_trying) if self.phrases.still_trying else None
        quiet_since = loop.time()
        try:
            while not ringing.done():
                await asyncio.wait([ringing], timeout=_LOOK_S)
                if ringing.done():
                    break
                quiet_s = loop.time() - quiet_since
                if self._wants_out:
                    return None
                phrase = self._answer() or (next(prompts) if prompts and self._is_due(quiet_s) else "")
                if phrase:
                    await self.say(phrase)
                    quiet_since = loop.time()
            return ringing.result()
        finally:
            ringing.cancel()
            await asyncio.gather(ringing, return_exceptions=True)

    @property
    def _wants_out(self) -> bool:
        settled = not self.speaking() and not self.words.in_flux
        return settled and not self.emergency and language_named(self.language).talk.calls_off(self.words.text)

    def _answer(self) -> str:
        """What is said to the caller's words; empty while they have said nothing, or are still speaking."""
        if self.speaking() or self.words.in_flux or not self.words.text:
            return ""
        self.keep(self.words.take().text)
        return self.phrases.emergency if self.emergency else self.phrases.still_ringing

    def _is_due(self, quiet_s: float) -> bool:
        """In a noise that never ends the next phrase comes later, but it comes."""
        return quiet_s >= self.waiting_s * (2 if self.speaking() else 1)
