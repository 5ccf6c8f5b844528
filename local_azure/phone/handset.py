"""A handset: a :class:`~local_azure.telephony.Party` that speaks, hears, presses keys and keeps what was said."""

from collections.abc import Callable
from functools import partial
from typing import Literal, Self

import numpy as np
import soxr

from backend.domain.audio import PCM_16K, AudioFormat
from local_azure.phone.dialogue import Dialogue, DialogueTurn, PhoneEvent, PhoneEventKind
from local_azure.phone.ear import BookWords, Ear, WordSource
from local_azure.phone.mouth import Mouth, Speech
from local_azure.phone.tracks import Tracks
from local_azure.phone.waits import Waits
from local_azure.soundbook import SoundBook
from local_azure.telephony import EndReason, Line
from local_azure.voices import Voices

__all__ = ["Handset", "PhoneState"]

PhoneState = Literal["idle", "dialling", "ringing", "connected", "ended"]

_SEGMENT_MS = 400.0
"""The agent has said something when it was silent for so long."""
_OVERLAP_MS = 100.0
_BETWEEN_KEYS_MS = 400.0
_KEY_LIMIT_S = 10.0
"""A call whose clock stands still does not keep whoever presses."""


class Handset:
    """One telephone for one call. Words that it hears come from ``words`` (the sound book unless told otherwise)."""

    def __init__(
        self,
        number: str,
        sounds: SoundBook,
        voices: Voices,
        *,
        words: Callable[[int], WordSource] | None = None,
        on_ring: Callable[[Self], None] | None = None,
    ) -> None:
        self._number = number
        self._sounds = sounds
        self._voices = voices
        self._words = words or partial(BookWords, sounds)
        self._on_ring = on_ring
        self._mouth = Mouth()
        self._tracks = Tracks()
        self._silence = bytes(PCM_16K.frame_bytes)
        self._frames = 0
        self._waits = Waits()
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
        self._dialogue = Dialogue()
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
    def turns(self) -> list[DialogueTurn]:
        """What was said and what came back, the greeting first."""
        return self._dialogue.turns

    @property
    def heard(self) -> str:
        """Everything that the agent was heard to say."""
        return self._dialogue.heard(self._fresh)

    @property
    def answer(self) -> str:
        """What the agent was heard to say since the owner spoke last."""
        return self._dialogue.answer(self._fresh)

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
        self._dialogue.began(tones, name, talking=False)
        self._tell("caller_said", text=tones, utterance=name, interrupted=False)
        for tone in tones:
            if self.state != "connected":
                return
            self.press(tone)
            self._dialogue.ended(self.now_ms)
            until = self.now_ms + _BETWEEN_KEYS_MS
            await self._waits.until(lambda until=until: self.now_ms >= until or self.state == "ended", _KEY_LIMIT_S)

    def hang_up(self) -> None:
        """End the call."""
        if self.line is not None:
            self.line.hang_up()

    def pick_up(self) -> None:
        """Take the call that rings."""
        if self.line is not None:
            self.line.pick_up()

    def recording(self) -> bytes:
        """The call so far as a stereo WAV file: owner left, other side right."""
        return self._tracks.wav()

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
        self._tracks = Tracks(self.audio)
        self.ear = Ear(self._words(sample_rate))
        self._dialogue.began("", "", talking=False)
        self._dialogue.ended(0.0)
        self._tell("connected", connection_id=connection_id)

    def speak(self) -> bytes | None:
        """The next 20 ms of the owner's voice."""
        speech = self._mouth.speaking
        if speech is not None and speech.started_ms is None:
            self._began(speech)
        frame, finished = self._mouth.next(len(self._silence), self.now_ms)
        if finished is not None:
            self._dialogue.ended(finished.last_sound_ms or self.now_ms)
        self._tracks.say(frame)
        return frame

    def hear(self, pcm: bytes | None) -> None:
        """20 ms of the other side."""
        if self.ear is None:
            return
        sound = self.ear.hear(pcm, len(self._silence), self.now_ms)
        self._tracks.hear(pcm)
        if sound:
            self._dialogue.sounded(self.now_ms)
        elif self._dialogue.turns[-1].overlapping and self.silent_ms >= _OVERLAP_MS:
            self._dialogue.turns[-1].overlapping = False
        self._frames += 1
        if not sound and abs(self.silent_ms - _SEGMENT_MS) < 10.0:
            self._note_words()
        self._waits.look()

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

    @property
    def _fresh(self) -> str:
        return self.ear.words.peek() if self.ear is not None else ""

    async def _say(self, speech: Speech) -> None:
        if self.state != "connected":
            return
        self._mouth.say(speech)
        await speech.done.wait()

    def _began(self, speech: Speech) -> None:
        self._note_words()
        talking = self.ear is not None and self.ear.last_sound_ms is not None and self.silent_ms < _OVERLAP_MS
        self._dialogue.began(speech.text, speech.name, talking=talking)
        self._tell("caller_said", text=speech.text, utterance=speech.name, interrupted=talking)

    def _note_words(self) -> None:
        words = self.ear.words.take() if self.ear is not None else ""
        if not words:
            return
        self._tell("agent_said", text=words, response_ms=self._dialogue.note(words).response_ms)

    def _tell(self, kind: PhoneEventKind, **data: object) -> None:
        event = PhoneEvent(kind, self.now_ms, dict(data))
        for listener in list(self.listeners):
            listener(event)
        self._waits.look()


def _resampled(pcm: bytes, given: int, wanted: int) -> bytes:
    samples = np.frombuffer(pcm, dtype="<i2")
    return soxr.resample(samples, given, wanted).astype("<i2").tobytes()
