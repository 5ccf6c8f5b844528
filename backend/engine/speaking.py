"""Speaking: an answer goes from the model's tokens to the caller's ear, clause by clause or in one stream."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from backend.domain.audio import AudioFormat
from backend.domain.speech import SpeechEvent, Voice, WordBoundary
from backend.engine.bridge import Bridge
from backend.engine.clause_audio import ClauseAudio
from backend.engine.clauses import ClauseSplitter
from backend.engine.line_cache import LineCache
from backend.engine.manuscript import Manuscript
from backend.engine.playout import Playout
from backend.engine.speakable import speakable
from backend.engine.streamed_speech import StreamedSpeech
from backend.engine.turn import Passage
from backend.errors import PoolExhausted, ProviderError
from backend.ports import TextToSpeech

__all__ = ["Answer", "Moments", "Voicebox"]

log = logging.getLogger(__name__)

_AHEAD_MS = 6000
"""Speech is made at most this far ahead of the caller's ear; an interruption would waste more."""

_BRIDGE_S, _SLOW_S = 1.2, 0.7
"""Silence, and time that a voice has been asked for, after which something that is kept is said in its place. A voice
that is well begins after 0.1 to 0.5 s."""

_MIDST_S = 2.2
_LOOK_S = 0.1
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


@dataclass(frozen=True, slots=True)
class Voicebox:
    """What one call speaks with."""

    tts: TextToSpeech
    lines: LineCache
    playout: Playout
    audio: AudioFormat


class Answer:
    """Everything an agent says in one turn. It may be written and synthesised before it may be heard.

    The clause that a caller waits for has a synthesis of its own, so that it sounds as soon as it can. Where the
    voice takes text that is still being written, the clauses that follow it share one (see ``StreamedSpeech``).

    Args:
        on_heard: called once, when the first audio of the answer goes to the playout.
        bridge: what may be said while the voice does not begin.
        after: the answer in whose place this one is given; what is still to be heard of it is settled with this one.
    """

    def __init__(
        self,
        box: Voicebox,
        voice: Voice,
        *,
        on_heard: Callable[[], None] | None = None,
        bridge: Bridge | None = None,
        after: "Answer | None" = None,
    ) -> None:
        self._box = box
        self._before = after
        self._bridge = bridge
        self._opened_at = 0.0
        self._broken = self._streaming = False
        self.voice = voice
        self._splitter = ClauseSplitter()
        self._passage: Passage | None = None
        self._passage_closed = True
        self._written = Manuscript()
        self._clauses: list[ClauseAudio] = []
        self._ended = False
        self._names_words = False
        self._may_stream = True
        self._open = asyncio.Event()
        self._on_heard = on_heard
        self.moments = Moments()
        self._loop = asyncio.get_running_loop()
        self._bridging: asyncio.Task[None] | None = None
        self._task = self._loop.create_task(self._synthesise(), name="synthesis")
        self._task.add_done_callback(self._stop_bridging)
        if bridge is not None:
            self._bridging = self._loop.create_task(self._keep_bridged(bridge), name="bridge")

    # -- writing --------------------------------------------------------------------------

    def begin(self, passage: Passage) -> None:
        """The words that follow belong to ``passage``."""
        self.end_passage()
        self._passage = passage
        self._passage_closed = False

    def write(self, text: str) -> None:
        """Some more of the model's text."""
        assert self._passage is not None
        self._passage.text += text
        for clause in self._splitter.feed(text):
            self._say(clause, fixed=False)

    def line(self, passage: Passage, text: str, *, filler: bool = False) -> None:
        """A fixed line, said whole and kept for the next time."""
        self.begin(passage)
        passage.text = text
        self._say(text, fixed=True, filler=filler)
        self._written.close()
        self._passage_closed = True

    def end_passage(self) -> None:
        """The passage is complete; what is left of it may be spoken."""
        if self._passage is not None:
            for clause in self._splitter.finish():
                self._say(clause, fixed=False)
            self._written.close()
            self._passage_closed = True

    def end(self) -> None:
        """Nothing more will be written."""
        self.end_passage()
        self._ended = True
        self._written.end()

    @property
    def has_words(self) -> bool:
        """Has the agent written anything that can be spoken, fillers aside?"""
        return any(not clause.filler for clause in self._clauses)

    @property
    def began_ms(self) -> float | None:
        """Playout position at which the answer began to sound; ``None`` if it has not."""
        return next((c.began_ms for c in self._clauses if c.began_ms >= 0), None)

    @property
    def last_heard_at(self) -> float | None:
        """Loop time at which the caller last heard it; ``None`` while nothing but fillers has sounded."""
        own = any(clause.began_ms >= 0 and not clause.filler for clause in self._clauses)
        return self._box.playout.quiet_since if own else None

    @property
    def sounded(self) -> bool:
        """Is it written to its end, and has every clause of its own begun to sound?"""
        own = [clause for clause in self._clauses if not clause.filler]
        return self._ended and bool(own) and all(clause.start_ms >= 0 for clause in own)

    @property
    def on_its_way(self) -> bool:
        """Does it need no filler: is it being written or made into sound, or has it been said to its end?

        A filler would then come in the middle of it, or after it. Between two passages, while a tool is at work,
        there is nothing on its way.
        """
        own = [clause for clause in self._clauses if not clause.filler]
        writing = self._passage is not None and not self._passage_closed and bool(self._passage.text.strip())
        return writing or any(clause.start_ms < 0 for clause in own) or (self._ended and bool(own))

    def _say(self, text: str, *, fixed: bool, filler: bool = False) -> None:
        words = speakable(text)
        if not words or self._passage is None:
            return
        if self.moments.first_clause is None and not filler:
            self.moments.first_clause = self._loop.time()
        clause = ClauseAudio(self._passage, words, self.voice, fixed, filler, opens=self._written.closed)
        self._clauses.append(clause)
        self._written.add(clause)

    # -- sounding -------------------------------------------------------------------------

    def due(self) -> None:
        """From now on the caller waits for it, whether or not it may be heard yet."""
        self._opened_at = self._opened_at or self._loop.time()

    def open(self) -> None:
        """From now on the answer may be heard."""
        self.due()
        self._open.set()

    def on_failed(self, told: Callable[[BaseException], None]) -> None:
        """Have it told, at once, when the voice fails."""

        def done(task: asyncio.Task[None]) -> None:
            if not task.cancelled() and (error := task.exception()) is not None:
                told(error)

        self._task.add_done_callback(done)

    @property
    def may_be_heard(self) -> bool:
        """Has it been opened?"""
        return self._open.is_set()

    async def wait_said(self) -> None:
        """Return when all that was written has been synthesised, or the synthesis was cancelled.

        Raises:
            ProviderError, PoolExhausted: the voice failed; what it said until then stands.
        """
        await asyncio.wait([self._task])
        if not self._task.cancelled():
            self._task.result()

    async def wait_heard(self) -> None:
        """Return when the caller has heard all of it. Raises like ``wait_said``."""
        await self.wait_said()
        if self._clauses:
            await self._box.playout.wait_heard(self._clauses[-1].end_ms)

    async def _synthesise(self) -> None:
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
        self._streaming = True
        try:
            await stream.say(self._box.tts, self._box.audio, self._begin_to_sound)
            return
        except (ProviderError, PoolExhausted) as error:
            log.warning("text streaming broke off, going on clause by clause", extra={"code": error.code})
        finally:
            self._streaming = False
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
            log.warning("synthesis did not end after its last word", extra={"code": error.code})
            clause.end_ms = end_ms
            return
        log.warning("synthesis failed, saying the clause again", extra={"code": error.code})
        clause.again(end_ms)
        self._broken = True
        await self._synthesise_once(clause)

    def _may_take_time(self, clause: ClauseAudio) -> bool:
        """Is there time for a second try: has the caller heard something just now, or can they hear something kept?"""
        bridged = self._bridge is not None and bool(self._bridge.phrase(clause.voice))
        return bridged or self._silent_s < _NO_SECOND_TRY_S

    async def _keep_bridged(self, bridge: Bridge) -> None:
        """While what is on its way does not sound, something that is kept is said before the silence is long."""
        await self._open.wait()
        since: float | None = None
        while not self._task.done():
            if self._awaited is None or self._streaming:
                since = None
            elif since is None:
                since = self._loop.time()
            elif self._silent_s >= self._patience_s and self._loop.time() - since >= _SLOW_S:
                if not (phrase := bridge.phrase(self.voice)):
                    return
                self._say_kept(phrase, bridge, self._awaited)
                since = None
            await asyncio.sleep(max(_LOOK_S, self._box.playout.queued_ms / 1000))

    @property
    def _patience_s(self) -> float:
        """In an answer that sounds already, only what is certainly a fault is bridged over."""
        return _MIDST_S if self._sounds and not self._broken else _BRIDGE_S

    @property
    def _awaited(self) -> Passage | None:
        """The passage that is on its way and does not sound yet: at the voice, or being written."""
        unheard = next((clause.passage for clause in self._clauses if clause.start_ms < 0), None)
        writing = self._passage is not None and not self._passage_closed and bool(self._passage.text.strip())
        return unheard or (self._passage if writing else None)

    def _say_kept(self, phrase: str, bridge: Bridge, awaited: Passage) -> None:
        playout = self._box.playout
        passage = bridge.passage(before=None if self._sounds else awaited)
        passage.text = phrase
        filler = ClauseAudio(passage, phrase, self.voice, fixed=True, filler=True)
        at = next((index for index, clause in enumerate(self._clauses) if clause.start_ms < 0), len(self._clauses))
        self._clauses.insert(at, filler)
        self._begin_to_sound(filler)
        for event in self._box.lines.kept(phrase, self.voice, self._box.audio):
            if isinstance(event, WordBoundary):
                filler.words.append(event)
            else:
                playout.play(event.pcm)
        playout.flush()
        filler.end_ms = playout.end_ms

    def _stop_bridging(self, _: object) -> None:
        if self._bridging:
            self._bridging.cancel()

    @property
    def _sounds(self) -> bool:
        """Has anything of its own begun to sound?"""
        return any(clause.began_ms >= 0 and not clause.filler for clause in self._clauses)

    @property
    def _silent_s(self) -> float:
        """For how long the caller, who is next to hear something, has heard nothing of us."""
        playout, now = self._box.playout, self._loop.time()
        if playout.playing or playout.held or not self._open.is_set():
            return 0.0
        return now - max(self._opened_at, min(playout.quiet_since, now))

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
                self._begin_to_sound(clause)
                if kept:
                    playout.play(bytes(kept))
                    kept.clear()
                playout.play(event.pcm)
        if kept:
            await self._open.wait()
            self._begin_to_sound(clause)
            playout.play(bytes(kept))
        if clause.start_ms >= 0:
            clause.end_ms = playout.end_ms

    def _speech(self, clause: ClauseAudio) -> AsyncGenerator[SpeechEvent, None]:
        source = self._box.lines if clause.fixed else self._box.tts
        return source.speak(clause.text, clause.voice, self._box.audio)

    def _note_audio(self, clause: ClauseAudio) -> None:
        if self.moments.first_audio is None and not clause.filler:
            self.moments.first_audio = self._loop.time()

    def _begin_to_sound(self, clause: ClauseAudio) -> None:
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

    @property
    def text(self) -> str:
        """What it says, fillers aside, clause by clause."""
        return " ".join(clause.text for clause in self._clauses if not clause.filler)

    def pause_after(self, position_ms: float) -> float | None:
        """Position at which the clause ends that is being heard; ``None`` when it is not known yet."""
        return next((c.end_ms for c in self._clauses if c.start_ms <= position_ms < c.end_ms), None)

    def between(self, from_ms: float, to_ms: float) -> str:
        """What a caller heard of it between two positions, fillers included, to the word."""
        parts: list[str] = []
        for clause in self._clauses:
            before, heard = clause.heard(from_ms), clause.heard(to_ms)
            parts.append(heard[len(before) :])
        return " ".join(part.strip() for part in parts if part.strip())

    def unheard(self, position_ms: float) -> int:
        """Length of the end of ``text`` that has not been heard by who has listened up to ``position_ms``."""
        own = [clause for clause in self._clauses if not clause.filler]
        missing = [len(c.text) - len(c.heard(position_ms)) for c in own]
        return sum(missing) + sum(1 for count in missing[1:] if count)

    # -- what was heard -------------------------------------------------------------------

    def settle(self, position_ms: float, *, interrupted: bool) -> None:
        """Write into each passage what of it was heard, given how far the caller listened."""
        if self._before:
            self._before.settle(position_ms, interrupted=True)
        for passage in {id(c.passage): c.passage for c in self._clauses}.values():
            parts = [(c.heard(position_ms), c.text) for c in self._clauses if c.passage is passage]
            passage.heard = " ".join(heard for heard, _ in parts if heard)
            passage.interrupted = interrupted and any(heard != text for heard, text in parts)

    async def cancel(self) -> None:
        """Stop synthesis at once and wait until it has let go of its voice."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def cancel_nowait(self) -> None:
        """Stop synthesis; the voice is let go in the background."""
        self._task.cancel()
