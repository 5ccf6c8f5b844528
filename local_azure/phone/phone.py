"""A telephone: a :class:`~local_azure.telephony.Party` that tests, personas and the command line hold."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Literal

import numpy as np
import soxr

from backend.domain.audio import PCM_16K, AudioFormat
from local_azure.phone.dialogue import DialogueTurn, PhoneEvent, PhoneEventKind
from local_azure.phone.ear import BookWords, Ear, WordSource
from local_azure.phone.mouth import Mouth, Speech
from local_azure.soundbook import SoundBook
from local_azure.telephony import EndReason, Line
from local_azure.voices import Voices
from local_azure.wav_file import stereo_wav

__all__ = ["Phone", "PhoneState"]

PhoneState = Literal["idle", "dialling", "ringing", "connected", "ended"]

_SEGMENT_MS = 400.0
"""The agent has said something when it was silent for so long."""
_ENDED_MS = 700.0
"""Who has said what was waited for, and been silent for so long, has come to an end."""
_OVERLAP_MS = 100.0
_RECORDED_MS = 60 * 60 * 1000
_BETWEEN_KEYS_MS = 400.0
_KEY_LIMIT_S = 10.0
"""A call whose clock stands still does not keep whoever presses."""


class Phone:
    """One telephone for one call. Words that it hears come from ``words`` (the sound book unless told otherwise)."""

    def __init__(
        self,
        number: str,
        sounds: SoundBook,
        voices: Voices,
        *,
        words: Callable[[int], WordSource] | None = None,
        on_ring: Callable[["Phone"], None] | None = None,
    ) -> None:
        self._number = number
        self._sounds = sounds
        self._voices = voices
        self._words = words or partial(BookWords, sounds)
        self._on_ring = on_ring
        self._mouth = Mouth()
        self._left = bytearray()
        self._right = bytearray()
        self._silence = bytes(PCM_16K.frame_bytes)
        self._frames = 0
        self._waiters: dict[asyncio.Future[None], Callable[[], bool]] = {}
        self.line: Line | None = None
        self.ear: Ear | None = None
        self.audio: AudioFormat = PCM_16K
        self.state: PhoneState = "idle"
        self.connection_id = ""
        """The call connection that the application knows this call by."""
        self.reason: EndReason | None = None
        """Why the call is over."""
        self.moved_to: str | None = None
        """Who was put through to this phone last."""
        self.tones: list[str] = []
        """Keys that the other side pressed."""
        self.turns: list[DialogueTurn] = []
        self.listeners: list[Callable[[PhoneEvent], None]] = []

    @property
    def number(self) -> str:
        """E.164 number."""
        return self._number

    @property
    def now_ms(self) -> float:
        """Time since the call was connected."""
        return self._frames * 20.0

    @property
    def heard(self) -> str:
        """Everything that the agent was heard to say."""
        said = [turn.said for turn in self.turns if turn.said]
        fresh = self.ear.words.peek() if self.ear is not None else ""
        return " ".join([*said, fresh] if fresh else said)

    @property
    def answer(self) -> str:
        """What the agent was heard to say since the owner spoke last."""
        said = self.turns[-1].said if self.turns else ""
        fresh = self.ear.words.peek() if self.ear is not None else ""
        return f"{said} {fresh}".strip()

    @property
    def speaking(self) -> bool:
        """The owner is speaking."""
        return self._mouth.speaking is not None

    @property
    def silent_ms(self) -> float:
        """How long the other side has been silent."""
        return self.ear.silent_ms(self.now_ms) if self.ear else 0.0

    @property
    def quiet_ms(self) -> float:
        """How long nobody has spoken."""
        if self.speaking or not self.turns:
            return 0.0
        return min(self.silent_ms, self.now_ms - (self.turns[-1].caller_ended_ms or 0.0))

    # what the owner does

    async def say(self, pcm: bytes, text: str, *, name: str = "", sample_rate: int = 16_000) -> None:
        """Say 16-bit mono PCM whose words are ``text``; returns when it was said or the call ended."""
        if sample_rate != self.audio.sample_rate:
            pcm = _resampled(pcm, sample_rate, self.audio.sample_rate)
        self._sounds.learn(pcm, text, kind="caller", sample_rate=self.audio.sample_rate)
        await self._say(Speech(text, pcm, name))

    async def say_text(self, text: str, *, name: str = "") -> None:
        """Say ``text`` with a voice from the machine."""
        await self._say(Speech(text, await self._voices.speak(text, "caller", self.audio.sample_rate), name))

    def hush(self) -> None:
        """Stop speaking in the middle of the word."""
        self._mouth.hush()

    def press(self, tones: str) -> None:
        """Press keys, one after the other."""
        for tone in tones:
            self._tell("tone", tone=tone)
            if self.line is not None:
                self.line.press(tone)

    async def press_keys(self, tones: str, *, name: str = "") -> None:
        """Press keys as a person does, one after the other; they count as the owner's turn."""
        if self.state != "connected" or not tones:
            return
        self._note_words()
        self.turns.append(DialogueTurn(tones, name))
        self._tell("caller_said", text=tones, utterance=name, interrupted=False)
        for tone in tones:
            if self.state != "connected":
                return
            self.press(tone)
            self.turns[-1].caller_ended_ms = self.now_ms
            until = self.now_ms + _BETWEEN_KEYS_MS
            await self.until(lambda until=until: self.now_ms >= until or self.state == "ended", _KEY_LIMIT_S)

    def hang_up(self) -> None:
        """End the call."""
        if self.line is not None:
            self.line.hang_up()

    def pick_up(self) -> None:
        """Take the call that rings."""
        if self.line is not None:
            self.line.pick_up()

    # what the owner waits for

    async def until(self, condition: Callable[[], bool], limit: float) -> None:
        """Wait for ``condition``.

        Raises:
            TimeoutError: it did not hold within ``limit`` seconds.
        """
        if condition():
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters[waiter] = condition
        try:
            async with asyncio.timeout(limit):
                await waiter
        finally:
            self._waiters.pop(waiter, None)

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

    def recording(self) -> bytes:
        """The call so far as a stereo WAV file: owner left, other side right."""
        return stereo_wav(bytes(self._left), bytes(self._right), self.audio.sample_rate)

    # what the network does (Party)

    def ring(self, line: Line) -> None:
        """A call comes in."""
        self.line = line
        self.state = "ringing"
        self._tell("ringing")
        if self._on_ring is not None:
            self._on_ring(self)

    def dialled(self, line: Line) -> None:
        """The owner has dialled; it rings on the other side."""
        self.line = line
        self.state = "dialling"
        self._tell("dialling")

    def connected(self, connection_id: str, sample_rate: int) -> None:
        """The call stands."""
        if self.state == "connected":
            return
        self.state = "connected"
        self.connection_id = connection_id
        self.audio = AudioFormat(sample_rate)
        self._silence = bytes(self.audio.frame_bytes)
        self.ear = Ear(self._words(sample_rate))
        self.turns.append(DialogueTurn(caller_ended_ms=0.0))
        self._tell("connected", connection_id=connection_id)

    def speak(self) -> bytes | None:
        """The next 20 ms of the owner's voice."""
        speech = self._mouth.speaking
        if speech is not None and speech.started_ms is None:
            self._began(speech)
        frame, finished = self._mouth.next(len(self._silence), self.now_ms)
        if finished is not None:
            self.turns[-1].caller_ended_ms = finished.last_sound_ms or self.now_ms
        self._record(self._left, frame)
        return frame

    def hear(self, pcm: bytes | None) -> None:
        """20 ms of the other side."""
        if self.ear is None:
            return
        sound = self.ear.hear(pcm, len(self._silence), self.now_ms)
        if len(self._left) == len(self._right):  # the owner has no voice yet
            self._record(self._left, None)
        self._record(self._right, pcm)
        turn = self.turns[-1]
        if sound:
            if turn.response_ms is None and not turn.overlapping and turn.caller_ended_ms is not None:
                turn.response_ms = self.now_ms - turn.caller_ended_ms
        elif turn.overlapping and self.silent_ms >= _OVERLAP_MS:
            turn.overlapping = False
        self._frames += 1
        if not sound and abs(self.silent_ms - _SEGMENT_MS) < 10.0:
            self._note_words()
        self._wake()

    def key(self, tone: str) -> None:
        """The other side pressed a key."""
        self.tones.append(tone)

    def moved(self, number: str) -> None:
        """Put through to somebody else."""
        self.moved_to = number
        self._note_words()
        self._tell("transferred", to=number)

    def ended(self, reason: EndReason) -> None:
        """The call is over."""
        self._note_words()
        self._mouth.hush()
        self.state = "ended"
        self.reason = reason
        self._tell("ended", reason=reason)

    async def close(self) -> None:
        """Hang up and let go of the ear."""
        self.hang_up()
        if self.ear is not None:
            await self.ear.words.close()

    async def _say(self, speech: Speech) -> None:
        if self.state != "connected":
            return
        self._mouth.say(speech)
        await speech.done.wait()

    def _began(self, speech: Speech) -> None:
        self._note_words()
        talking = self.ear is not None and self.ear.last_sound_ms is not None and self.silent_ms < _OVERLAP_MS
        self.turns.append(DialogueTurn(speech.text, speech.name, interrupted=talking, overlapping=talking))
        self._tell("caller_said", text=speech.text, utterance=speech.name, interrupted=talking)

    def _note_words(self) -> None:
        words = self.ear.words.take() if self.ear is not None else ""
        if not words:
            return
        turn = self.turns[-1]
        turn.said = f"{turn.said} {words}".strip()
        self._tell("agent_said", text=words, response_ms=turn.response_ms)

    def _record(self, track: bytearray, frame: bytes | None) -> None:
        if self.now_ms < _RECORDED_MS:
            track += self._silence if frame is None else frame

    def _tell(self, kind: PhoneEventKind, **data: object) -> None:
        event = PhoneEvent(kind, self.now_ms, dict(data))
        for listener in list(self.listeners):
            listener(event)
        self._wake()

    def _wake(self) -> None:
        for waiter, condition in list(self._waiters.items()):
            if not waiter.done() and condition():
                waiter.set_result(None)


def _resampled(pcm: bytes, given: int, wanted: int) -> bytes:
    samples = np.frombuffer(pcm, dtype="<i2")
    return soxr.resample(samples, given, wanted).astype("<i2").tobytes()
