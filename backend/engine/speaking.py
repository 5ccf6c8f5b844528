"""Speaking: an answer goes from the model's tokens to the caller's ear, clause by clause."""

import asyncio
import logging
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

from backend.domain.audio import AudioFormat
from backend.domain.speech import SpeechEvent, Voice, WordBoundary
from backend.engine.clauses import ClauseSplitter
from backend.engine.line_cache import LineCache
from backend.engine.playout import Playout
from backend.engine.speakable import speakable
from backend.engine.turn import Passage
from backend.errors import ProviderError
from backend.ports import TextToSpeech

__all__ = ["Answer", "Moments", "Voicebox"]

log = logging.getLogger(__name__)

_AHEAD_MS = 6000
"""Speech is made at most this far ahead of the caller's ear; an interruption would waste more."""

_SAME_MS = 1.0
"""Times that differ by less are the same time, reckoned in two ways."""

_WORD_END = re.compile(r"\s")


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


@dataclass(slots=True)
class _Spoken:
    """One clause on the playout's time line."""

    passage: Passage
    text: str
    voice: Voice
    fixed: bool
    filler: bool = False
    start_ms: float = -1
    end_ms: float = -1
    words: list[WordBoundary] = field(default_factory=list[WordBoundary])

    def heard(self, position_ms: float) -> str:
        if self.start_ms < 0 or position_ms <= self.start_ms:
            return ""
        if 0 <= self.end_ms <= position_ms + _SAME_MS:
            return self.text
        played = position_ms - self.start_ms
        return self._by_words(played) if self.words else self._by_length(played)

    def complete(self, end_ms: float) -> bool:
        """Is every word in the audio up to ``end_ms``? Only the voice's own boundaries can tell."""
        if self.start_ms < 0 or not self.words:
            return False
        rest = self.text.removeprefix(self._by_words(end_ms - self.start_ms))
        return not any(letter.isalnum() for letter in rest)

    def _by_words(self, played_ms: float) -> str:
        end = cursor = 0
        for word in self.words:
            at = self.text.find(word.text, cursor)
            if word.offset_ms + word.duration_ms > played_ms + _SAME_MS:
                break
            if at >= 0:
                end = cursor = at + len(word.text)
        return self.text[:end]

    def _by_length(self, played_ms: float) -> str:
        # No word boundaries: the voice speaks about 15 characters a second.
        length = (self.end_ms - self.start_ms) if self.end_ms > 0 else len(self.text) / 0.015
        share = int(len(self.text) * played_ms / max(length, 1.0))
        cut = _WORD_END.search(self.text[:share][::-1])
        return self.text[: share - cut.end()] if cut else ""


class Answer:
    """Everything an agent says in one turn. It may be written and synthesised before it may be heard.

    ``on_first_frame`` is called once, when the first audio of the answer goes to the playout.
    """

    def __init__(self, box: Voicebox, voice: Voice, *, on_heard: Callable[[], None] | None = None) -> None:
        self._box = box
        self.voice = voice
        self._splitter = ClauseSplitter()
        self._passage: Passage | None = None
        self._clauses: asyncio.Queue[_Spoken | None] = asyncio.Queue()
        self._spoken: list[_Spoken] = []
        self._ended = False
        self._open = asyncio.Event()
        self._on_heard = on_heard
        self.moments = Moments()
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(self._synthesise(), name="synthesis")

    # -- writing --------------------------------------------------------------------------

    def begin(self, passage: Passage) -> None:
        """The words that follow belong to ``passage``."""
        self.end_passage()
        self._passage = passage

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

    def end_passage(self) -> None:
        """The passage is complete; what is left of it may be spoken."""
        if self._passage is not None:
            for clause in self._splitter.finish():
                self._say(clause, fixed=False)

    def end(self) -> None:
        """Nothing more will be written."""
        self.end_passage()
        self._ended = True
        self._clauses.put_nowait(None)

    @property
    def has_words(self) -> bool:
        """Has the agent written anything that can be spoken, fillers aside?"""
        return any(not spoken.filler for spoken in self._spoken)

    @property
    def began_ms(self) -> float | None:
        """Playout position at which the answer began to sound; ``None`` if it has not."""
        return next((s.start_ms for s in self._spoken if s.start_ms >= 0), None)

    @property
    def last_heard_at(self) -> float | None:
        """Loop time at which the caller last heard it; ``None`` while nothing but fillers has sounded."""
        own = any(spoken.start_ms >= 0 and not spoken.filler for spoken in self._spoken)
        return self._box.playout.quiet_since if own else None

    @property
    def sounded(self) -> bool:
        """Is it written to its end, and has every clause of its own begun to sound?"""
        own = [spoken for spoken in self._spoken if not spoken.filler]
        return self._ended and bool(own) and all(spoken.start_ms >= 0 for spoken in own)

    def _say(self, clause: str, *, fixed: bool, filler: bool = False) -> None:
        words = speakable(clause)
        if not words or self._passage is None:
            return
        if self.moments.first_clause is None and not filler:
            self.moments.first_clause = self._loop.time()
        spoken = _Spoken(self._passage, words, self.voice, fixed, filler)
        self._spoken.append(spoken)
        self._clauses.put_nowait(spoken)

    # -- sounding -------------------------------------------------------------------------

    def open(self) -> None:
        """From now on the answer may be heard."""
        self._open.set()

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
        if self._spoken:
            await self._box.playout.wait_heard(self._spoken[-1].end_ms)

    async def _synthesise(self) -> None:
        playout = self._box.playout
        while (spoken := await self._clauses.get()) is not None:
            await playout.wait_heard(playout.end_ms - _AHEAD_MS)
            try:
                await self._speak(spoken)
            except ProviderError as error:
                await self._mend(spoken, error)
            if self._clauses.empty():
                playout.flush()
        playout.flush()

    async def _mend(self, spoken: _Spoken, error: ProviderError) -> None:
        """A clause that broke off is said again, once; one of which only the end is missing is not."""
        if spoken.complete(self._box.playout.end_ms):
            log.warning("synthesis did not end after its last word", extra={"code": error.code})
            spoken.end_ms = self._box.playout.end_ms
            return
        log.warning("synthesis failed, saying the clause again", extra={"code": error.code})
        spoken.words.clear()
        await self._speak(spoken)

    async def _speak(self, spoken: _Spoken) -> None:
        playout, kept = self._box.playout, bytearray()
        async with aclosing(self._speech(spoken)) as speech:
            async for event in speech:
                if isinstance(event, WordBoundary):
                    spoken.words.append(event)
                    continue
                if self.moments.first_audio is None and not spoken.filler:
                    self.moments.first_audio = self._loop.time()
                if not self._open.is_set():
                    kept += event.pcm
                    continue
                self._begin_to_sound(spoken)
                if kept:
                    playout.play(bytes(kept))
                    kept.clear()
                playout.play(event.pcm)
        if kept:
            await self._open.wait()
            self._begin_to_sound(spoken)
            playout.play(bytes(kept))
        if spoken.start_ms >= 0:
            spoken.end_ms = playout.end_ms

    def _speech(self, spoken: _Spoken) -> AsyncGenerator[SpeechEvent, None]:
        source = self._box.lines if spoken.fixed else self._box.tts
        return source.speak(spoken.text, spoken.voice, self._box.audio)

    def _begin_to_sound(self, spoken: _Spoken) -> None:
        if spoken.start_ms < 0:
            spoken.start_ms = self._box.playout.end_ms
            self._box.playout.mark(lambda at: self._note_frame(spoken, at))
            if self._on_heard:
                self._on_heard()
                self._on_heard = None

    def _note_frame(self, spoken: _Spoken, at: float) -> None:
        if spoken.filler:
            self.moments.filler = self.moments.filler or at
        elif self.moments.first_frame is None:
            self.moments.first_frame = at

    # -- what was heard -------------------------------------------------------------------

    def settle(self, position_ms: float, *, interrupted: bool) -> None:
        """Write into each passage what of it was heard, given how far the caller listened."""
        for passage in {id(s.passage): s.passage for s in self._spoken}.values():
            parts = [(s.heard(position_ms), s.text) for s in self._spoken if s.passage is passage]
            passage.heard = " ".join(heard for heard, _ in parts if heard)
            passage.interrupted = interrupted and any(heard != text for heard, text in parts)

    async def cancel(self) -> None:
        """Stop synthesis at once and wait until it has let go of its voice."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def cancel_nowait(self) -> None:
        """Stop synthesis; the voice is let go in the background."""
        self._task.cancel()
