"""Delivery: what is written of an answer becomes sound, clause by clause or in one stream."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from backend.domain.let_go import let_go
from backend.domain.speech import SpeechEvent, WordBoundary
from backend.engine.speaking.bridge import Bridge
from backend.engine.speaking.clause_audio import ClauseAudio
from backend.engine.speaking.clause_queue import ClauseQueue
from backend.engine.speaking.speech_output import SpeechOutput
from backend.engine.speaking.streamed_speech import StreamedSpeech
from backend.errors import PoolExhausted, ProviderError

__all__ = ["Delivery", "Moments"]

log = logging.getLogger(__name__)

_AHEAD_MS = 6000
"""Speech is made at most this far ahead of the caller's ear; an interruption would waste more."""

_NO_SECOND_TRY_S = 1.0
"""A voice that needed so long to fail is not asked once more while the caller hears nothing."""


@dataclass(slots=True)
class Moments:
    """Loop times of an answer, in seconds; ``None`` until they happen."""

    first_clause: float | None = None
    first_audio: float | None = None
    first_frame: float | None = None
    filler: float | None = None
    """First frame of a filler; the moments above are the answer's own."""


class Delivery:
    """One answer on its way to the caller. It may be synthesized before it may be heard.

    Args:
        written: the clauses, in the order in which they are said.
        bridge: tells whether there is time for a second try.
        on_heard: called once, when the first audio goes to the playout.
    """

    def __init__(
        self,
        box: SpeechOutput,
        written: ClauseQueue,
        *,
        bridge: Bridge | None,
        on_heard: Callable[[], None] | None,
    ) -> None:
        self._box = box
        self._written = written
        self._bridge = bridge
        self._on_heard = on_heard
        self._loop = asyncio.get_running_loop()
        self._open = asyncio.Event()
        self._opened_at = 0.0
        self._names_words = False
        self._may_stream = True
        self.streaming = False
        """Is a stream under way? Whatever else is said would come in the middle of it."""
        self.broken = False
        """Did the voice break off in the middle of it?"""
        self.moments = Moments()
        self.task = self._loop.create_task(self._synthesize(), name="synthesis")
        """Done when all that was written is in the playout; it fails as the voice does."""
        self.task.add_done_callback(let_go)

    def due(self) -> None:
        """From now on the caller waits for it, whether or not it may be heard yet."""
        self._opened_at = self._opened_at or self._loop.time()

    def open(self) -> None:
        """From now on it may be heard."""
        self.due()
        self._open.set()

    @property
    def may_be_heard(self) -> bool:
        """Has it been opened?"""
        return self._open.is_set()

    @property
    def silent_s(self) -> float:
        """For how long the caller, who is next to hear something, has heard nothing of us."""
        playout, now = self._box.playout, self._loop.time()
        if playout.playing or playout.held or not self._open.is_set():
            return 0.0
        return now - max(self._opened_at, min(playout.quiet_since, now))

    async def _synthesize(self) -> None:
        playout = self._box.playout
        while (clause := await self._written.next()) is not None:
            await playout.wait_heard(playout.end_ms - _AHEAD_MS)
            if self._streams(clause):
                await self._stream(clause)
            else:
                await self._speak(clause)
            if self._written.empty:
                playout.flush()
        playout.flush()

    def _streams(self, clause: ClauseAudio) -> bool:
        """What was heard of a voice that names no words can only be guessed; the guess is better by the clause."""
        follows = not clause.opens and not clause.fixed
        return follows and self._may_stream and self._names_words and self._box.tts.streams(clause.voice)

    async def _stream(self, first: ClauseAudio) -> None:
        """Say ``first`` and all that belongs to it. What is missing after a break is said clause by clause."""
        await self._open.wait()
        stream = StreamedSpeech(self._box.playout, first, self._written, ahead_ms=_AHEAD_MS)
        self.streaming = True
        try:
            await stream.say(self._box.tts, self._box.audio, self.begin_to_sound)
            return
        except (ProviderError, PoolExhausted) as error:
            log.warning(
                "streamed synthesis broke off; continuing clause by clause",
                extra={"event": "voice.streaming_broke", "code": error.code},
            )
        finally:
            self.streaming = False
            self._box.use.spoken += stream.handed_over
        self._may_stream = False
        for clause in stream.broken():
            # One that was begun has had its second chance with this.
            await (self._synthesise_once(clause) if clause.began_ms >= 0 else self._speak(clause))

    async def _speak(self, clause: ClauseAudio) -> None:
        try:
            await self._synthesise_once(clause)
        except ProviderError as error:
            await self._mend(clause, error)

    async def _mend(self, clause: ClauseAudio, error: ProviderError) -> None:
        """A clause that broke off is said again, once; one of which only the end is missing is not."""
        end_ms = self._box.playout.end_ms
        if clause.start_ms < 0 and not self._may_take_time(clause):
            raise error
        if clause.complete(end_ms):
            log.warning(
                "synthesis did not end after its last word", extra={"event": "voice.no_end", "code": error.code}
            )
            clause.end_ms = end_ms
            return
        log.warning(
            "speech synthesis failed; saying the clause again", extra={"event": "voice.failed", "code": error.code}
        )
        clause.again(end_ms)
        self.broken = True
        await self._synthesise_once(clause)

    def _may_take_time(self, clause: ClauseAudio) -> bool:
        """Is there time for a second try: has the caller heard something just now, or can they hear something kept?"""
        bridged = self._bridge is not None and bool(self._bridge.phrase(clause.voice))
        return bridged or self.silent_s < _NO_SECOND_TRY_S

    async def _synthesise_once(self, clause: ClauseAudio) -> None:
        playout, kept = self._box.playout, bytearray()
        async with aclosing(self._speech(clause)) as speech:
            async for event in speech:
                if isinstance(event, WordBoundary):
                    self._names_words = True
                    clause.words.append(event)
                    continue
                if not self._open.is_set():
                    self._note_audio(clause)
                    kept += event.pcm
                    continue
                if clause.start_ms < 0:
                    self.begin_to_sound(clause)
                if kept:
                    playout.play(bytes(kept))
                    kept.clear()
                playout.play(event.pcm)
        if kept:
            await self._open.wait()
            self.begin_to_sound(clause)
            playout.play(bytes(kept))
        if clause.start_ms >= 0:
            clause.end_ms = playout.end_ms

    def _speech(self, clause: ClauseAudio) -> AsyncGenerator[SpeechEvent, None]:
        box = self._box
        known = box.phrases.knows(clause.text, clause.voice, box.audio)
        if not known:
            box.use.spoken += len(clause.text)
        source = box.phrases if known or clause.fixed else box.tts
        return source.speak(clause.text, clause.voice, box.audio)

    def _note_audio(self, clause: ClauseAudio) -> None:
        if self.moments.first_audio is None and not clause.filler:
            self.moments.first_audio = self._loop.time()

    def begin_to_sound(self, clause: ClauseAudio) -> None:
        """The first audio of a clause goes to the playout now."""
        self._note_audio(clause)
        if clause.start_ms < 0:
            clause.start_ms = self._box.playout.end_ms
            self._box.playout.mark(lambda at: self._note_frame(clause, at))
            if self._on_heard:
                self._on_heard()
                self._on_heard = None

    def _note_frame(self, clause: ClauseAudio, at: float) -> None:
        if clause.filler:
            self.moments.filler = self.moments.filler or at
        elif self.moments.first_frame is None:
            self.moments.first_frame = at
