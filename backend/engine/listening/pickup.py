"""The first seconds of a placed call: has a person picked up, or does a machine take messages?"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Literal

from backend.domain.audio import FRAME_MS, AudioFormat
from backend.engine.listening.beep import BeepDetector
from backend.engine.listening.voice_activity import VoiceActivity
from backend.language.named import language_named

__all__ = ["Answerer", "Pickup"]

Answerer = Literal["person", "machine"]

_HELLO_MS = 2000
"""So long a hello is waited for."""

_HELLO_OVER_MS = 600
"""Silence after which a hello is over; within one, machines and people breathe."""

_SHORT_HELLO_MS = 1500
"""Speech that long is more than a hello, and may be a machine's first sentence: its words are waited for, too."""

_LONG_HELLO_MS = 3000
"""Speech that long is more often a machine's, whose beep comes soon: waited for, unless the words are a person's."""

_PATIENCE_MS = 1500
"""But no longer than until this much silence: who said much and hears nothing asks whether anybody is there."""

_MACHINE_MS = 5000
"""Speech without a pause that long is no hello, unless its words are those of a person."""

_SURELY_MACHINE_MS = 10_000
"""Nobody says hello for so long, whatever the words."""

_SPOKEN_BEFORE_BEEP_MS = 800
_WATCH_MS = 45_000
"""Machines are told from people for so long; later a beep is a microwave oven."""

_GREETING_OVER_MS = 2500
"""A machine that falls silent so long without a beep takes the message now."""

_LONGEST_GREETING_S = 40.0
_LONGEST_HELLO_S = 15.0
"""In a noise that never pauses and is no machine either, somebody must speak first."""


class Pickup:
    """Who answered? Hears every frame and all words from the moment the call is taken up.

    A machine is told by its words, by its beep, or by speech that goes on and on. Any of these counts later, too:
    many a machine pauses as a person would, and is spoken to before it gives itself away.

    Args:
        activity: the callee's voice activity; ``None`` where there is none, then words alone tell.
        languages: those of the line: nobody knows yet which of them is spoken there.
        on_machine: told once that it is a machine.
    """

    def __init__(
        self,
        audio: AudioFormat,
        activity: VoiceActivity | None,
        languages: Sequence[str],
        on_machine: Callable[[], None],
    ) -> None:
        self._beep = BeepDetector(audio)
        self._activity = activity
        self._on_machine = on_machine
        self._talks = [language_named(tag).talk for tag in languages]
        self._loop = asyncio.get_running_loop()
        self._who: asyncio.Future[Answerer] = self._loop.create_future()
        self._message_time = asyncio.Event()
        self._elapsed_ms = self._stretch_ms = self._spoken_ms = self._quiet_ms = 0
        self._first_stretch = True
        self._text = ""
        self._worded = False
        """Are the words known of all that was said so far?"""
        self._machine = False
        self._timer = self._loop.call_later(_HELLO_MS / 1000, self._nobody_spoke)

    @property
    def watching(self) -> bool:
        """Is there still something to find out?"""
        return self._elapsed_ms < _WATCH_MS and not self._message_time.is_set()

    def hear(self, pcm: bytes) -> None:
        """One frame; the voice activity has had it already."""
        self._elapsed_ms += FRAME_MS
        if self._beep.hear(pcm) and self._spoken_ms >= _SPOKEN_BEFORE_BEEP_MS:
            self._found_machine()
            self._message_time.set()
        activity = self._activity
        if activity is not None:
            self._count(voiced=activity.silence_ms == 0)
        if not self._who.done():
            self._judge()
        if self._machine and self._quiet_ms >= _GREETING_OVER_MS:
            self._message_time.set()

    def _count(self, *, voiced: bool) -> None:
        if voiced:
            self._worded = False
            self._spoken_ms += FRAME_MS
            self._stretch_ms += FRAME_MS + (self._quiet_ms if self._stretch_ms else 0)
            self._quiet_ms = 0
            if self._first_stretch and self._stretch_ms >= _SURELY_MACHINE_MS:
                self._found_machine()
            return
        self._quiet_ms += FRAME_MS
        if self._quiet_ms >= _HELLO_OVER_MS and self._stretch_ms:
            # Decided at its end: a receptionist's hello is as long as a machine's, and ends with a question.
            if self._first_stretch and self._stretch_ms >= _MACHINE_MS and not self._is_person():
                self._found_machine()
            self._stretch_ms = 0
            self._first_stretch = False

    def _judge(self) -> None:
        if self._spoken_ms > 0 and self._quiet_ms >= _HELLO_OVER_MS:
            told = self._spoken_ms < (_LONG_HELLO_MS if self._worded else _SHORT_HELLO_MS)
            if told or self._quiet_ms >= _PATIENCE_MS or self._is_person():
                self._who.set_result("person")

    def _nobody_spoke(self) -> None:
        if not self._spoken_ms and not self._text and not self._who.done():
            self._who.set_result("person")

    def recognized(self, text: str, *, final: bool) -> None:
        """Words of whoever answered; those of a partial replace the partial's before."""
        self._text = text
        self._worded = self._worded or final
        if any(talk.sounds_like_machine(text) for talk in self._talks):
            self._found_machine()
        elif final and self._activity is None and not self._who.done():
            self._who.set_result("person")

    def _is_person(self) -> bool:
        return any(talk.sounds_like_person(self._text) for talk in self._talks)

    def _found_machine(self) -> None:
        if self._machine:
            return
        self._machine = True
        if not self._who.done():
            self._who.set_result("machine")
        self._on_machine()

    async def wait(self) -> Answerer:
        """Return when a hello is over, none has come, or a machine has been found."""
        try:
            async with asyncio.timeout(_LONGEST_HELLO_S):
                return await asyncio.shield(self._who)
        except TimeoutError:
            return "person"
        finally:
            self._timer.cancel()

    async def wait_for_message_time(self) -> None:
        """Return after a machine's beep, or when it is silent and takes the message without one."""
        try:
            async with asyncio.timeout(_LONGEST_GREETING_S):
                await self._message_time.wait()
        except TimeoutError:
            return
