"""Everybody's phones: dials for tests and personas, and answers for the numbers that the application calls."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from local_azure.background import Background
from local_azure.phone.caller import CallLimits, PersonaCaller
from local_azure.phone.ear import RecognizedWords, WordSource
from local_azure.phone.persona import Persona, PersonaError
from local_azure.phone.phone import Phone
from local_azure.phone.wave_book import WaveBook, WaveWords
from local_azure.speech.engine import Recognizer
from local_azure.state import EmulatorState
from local_azure.telephony import Line, Party
from local_azure.voices import Voices

__all__ = ["Behavior", "Desk", "NumberRule"]

Behavior = Literal["answers", "busy", "no_answer", "rejects", "voicemail"]

_KEPT = 50
_VOICEMAIL = "The person you have called is not available. Please leave a message after the tone."
_ALONE_SECONDS = 300.0
_BEFORE_BEEP_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class NumberRule:
    """What happens at a number that nobody holds."""

    behavior: Behavior = "answers"
    seconds: float = 0.2
    """How long it rings before it is answered or refused."""
    says: str = ""
    """Said once when it is answered."""
    persona: Persona | None = None
    """Who answers."""


class Desk:
    """Makes phones, keeps the latest, and is the :class:`~local_azure.telephony.Exchange` of the network."""

    def __init__(self, state: EmulatorState, voices: Voices, background: Background) -> None:
        self._state = state
        self._voices = voices
        self._background = background
        self._dials: dict[str, Callable[[Party, str, Mapping[str, str]], Line]] = {}
        self._recognizer: Recognizer | None = None
        self._waves = WaveBook(state.sounds) if state.livekit else None
        self._waiting: dict[str, Phone] = {}
        self.rules: dict[str, NumberRule] = {}
        """Rules by number; ``*`` is for all others."""
        self.phones: list[Phone] = []
        """The latest phones, the newest last."""

    def connect_to(self, dial: Callable[[Party, str, Mapping[str, str]], Line], via: str = "acs") -> None:
        """Name the switchboard that numbers go to which are dialled this way."""
        self._dials[via] = dial

    def require(self, via: str) -> None:
        """Check that calls can go this way.

        Raises:
            PersonaError: they cannot.
        """
        if via not in self._dials:
            raise PersonaError(f"no call goes out via {via} here")

    def phone(
        self,
        number: str,
        *,
        on_ring: Callable[[Phone], None] | None = None,
        words: Callable[[int], WordSource] | None = None,
    ) -> Phone:
        """A new phone at ``number``."""
        phone = Phone(number, self._state.sounds, self._voices, words=words, on_ring=on_ring)
        self.phones.append(phone)
        del self.phones[:-_KEPT]
        return phone

    def dial(
        self,
        to: str,
        *,
        caller: str = "+12065550123",
        headers: Mapping[str, str] | None = None,
        words: Callable[[int], WordSource] | None = None,
        via: str = "acs",
    ) -> Phone:
        """A new phone that dials ``to``. It is not connected yet: see :meth:`Phone.until_connected`.

        Args:
            via: the carrier that takes the call to the application: ``acs`` or ``livekit``.
        """
        self.require(via)
        phone = self.phone(caller, words=words or (self.through_codec if via == "livekit" else None))
        phone.dialled(self._dials[via](phone, to, headers or {}))
        return phone

    def wait_at(self, number: str, *, pick_up: bool = True) -> Phone:
        """A phone that waits for the next call to ``number``, held by whoever asked for it."""
        phone = self.phone(number, on_ring=Phone.pick_up if pick_up else None)
        self._waiting[number] = phone
        return phone

    def through_codec(self, sample_rate: int) -> WordSource:
        """Words of the local voice whose samples a codec has changed, as LiveKit's do."""
        assert self._waves is not None
        return WaveWords(self._waves, sample_rate)

    def by_ear(self, sample_rate: int) -> WordSource:
        """Words as the recognizer of this machine understands them, for phones that are not to know."""
        if self._recognizer is None:
            self._recognizer = _sphinx()
        return RecognizedWords(self._recognizer, sample_rate)

    def party(self, number: str, *, codec: bool = False) -> Party:
        """Who is at ``number``: a phone that waits, or one that follows the number's rule."""
        waiting = self._waiting.pop(number, None)
        if waiting is not None:
            return waiting
        rule = self.rules.get(number) or self.rules.get("*") or NumberRule()

        def ring(phone: Phone) -> None:
            self._background.spawn(self._follow(phone, rule), "phone-rule")

        return self.phone(number, on_ring=ring, words=self.through_codec if codec else None)

    async def close(self) -> None:
        """Hang up every phone."""
        for phone in self.phones:
            await phone.close()
        if self._recognizer is not None:
            await self._recognizer.close()

    async def _follow(self, phone: Phone, rule: NumberRule) -> None:
        await asyncio.sleep(rule.seconds)
        if rule.behavior == "no_answer" or phone.line is None:
            return
        if rule.behavior == "busy":
            phone.line.decline()
        elif rule.behavior == "rejects":
            phone.line.hang_up()
        else:
            await self._talk(phone, rule)

    async def _talk(self, phone: Phone, rule: NumberRule) -> None:
        phone.pick_up()
        if rule.persona is not None:
            await PersonaCaller(phone, rule.persona, CallLimits()).run()
            return
        says = rule.says or (_VOICEMAIL if rule.behavior == "voicemail" else "")
        if says:
            await phone.say_text(says)
        if rule.behavior == "voicemail":
            await asyncio.sleep(_BEFORE_BEEP_SECONDS)
            await phone.say(_beep(phone.audio.sample_rate), "", sample_rate=phone.audio.sample_rate)
        try:
            await phone.until_ended(_ALONE_SECONDS)
        except TimeoutError:
            phone.hang_up()


def _beep(sample_rate: int) -> bytes:
    """What a machine that takes messages says last: 1 kHz for 0.4 s."""
    at = np.arange(int(sample_rate * 0.4)) / sample_rate
    return np.asarray(np.sin(2 * np.pi * 1000 * at) * 8000, np.int16).tobytes()


def _sphinx() -> Recognizer:
    from local_azure.speech.sphinx import SphinxRecognizer

    return SphinxRecognizer()
