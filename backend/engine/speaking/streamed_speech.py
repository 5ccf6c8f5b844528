"""Streamed speech: clauses that share one synthesis, whose text is handed over while it is written."""

import asyncio
import re
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from itertools import pairwise

from backend.domain.audio import FRAME_MS, AudioFormat
from backend.domain.speech import WordBoundary
from backend.engine.speaking.clause_audio import MS_PER_CHARACTER, ClauseAudio
from backend.engine.speaking.clause_queue import ClauseQueue
from backend.engine.speaking.playout import Playout
from backend.ports import TextToSpeech

__all__ = ["StreamedSpeech"]

_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*$")


class StreamedSpeech:
    """One synthesis, from its first clause to the last that belongs to it.

    Where a clause begins on the time line is known from the first word boundary whose text offset lies in it.
    A service that names no words leaves it to be reckoned from the length of the text.

    Args:
        first: the clause it begins with.
        written: where the clauses come from that follow.
        ahead_ms: no text is handed over while so much of what was handed over is not heard.
    """

    def __init__(self, playout: Playout, first: ClauseAudio, written: ClauseQueue, *, ahead_ms: float) -> None:
        self._playout = playout
        self._written = written
        self._most_ms = ahead_ms
        self._clauses = [first]
        self._offsets = [0]
        self._at = 0  # index of the clause that the last word belongs to
        self._waiting: list[WordBoundary] = []  # until it is known where the audio begins
        self._named = False  # has the service named any word?
        self._origin_ms = -1.0
        self._news = asyncio.Event()

    async def say(self, tts: TextToSpeech, audio: AudioFormat, on_sound: Callable[[ClauseAudio], None]) -> None:
        """Speak, and return when the last clause is in the playout. Cancelled, it lets go of the voice at once.

        Args:
            on_sound: called before the first audio goes to the playout.

        Raises:
            PoolExhausted, ProviderError: see ``broken`` for what is missing.
        """
        first = self._clauses[0]
        async with aclosing(tts.speak_stream(self._pieces(), first.voice, audio)) as speech:
            async for event in speech:
                if isinstance(event, WordBoundary):
                    self._name(event)
                else:
                    if self._origin_ms < 0:
                        on_sound(first)
                        self._origin_ms = first.start_ms
                    self._play(event.pcm)
                self._news.set()
        self._finish()

    @property
    def handed_over(self) -> int:
        """So many characters of text the voice has been given."""
        return self._offsets[-1] + len(self._clauses[-1].text)

    def broken(self) -> list[ClauseAudio]:
        """After an error: the clauses that are not whole in the audio, in order, ready to be said again."""
        end_ms, missing = self._playout.end_ms, list[ClauseAudio]()
        for clause in self._clauses:
            if 0 <= clause.end_ms <= end_ms:
                continue
            if clause.complete(end_ms):
                clause.end_ms = end_ms
            else:
                clause.again(end_ms)
                missing.append(clause)
        return missing

    # -- handing over ---------------------------------------------------------------------

    async def _pieces(self) -> AsyncIterator[str]:
        yield self._clauses[0].text + " "
        while await self._written.goes_on():
            await self._room()
            before, clause = self._clauses[-1], self._written.take()
            self._offsets.append(self._offsets[-1] + len(before.text) + 1)
            self._clauses.append(clause)
            yield clause.text + " "

    async def _room(self) -> None:
        """Return when more may be handed over.

        In the middle of a sentence that is at once: a service may wait for its end before it says a word.
        """
        while _SENTENCE_END.search(self._clauses[-1].text) and (over := self._ahead_ms - self._most_ms) > 0:
            whole_ms = self._playout.end_ms - FRAME_MS  # the last frame may still want its other half
            if self._playout.heard_ms < whole_ms:
                await self._playout.wait_heard(min(self._playout.heard_ms + over, whole_ms))
            elif self._origin_ms < 0:
                self._news.clear()
                await self._news.wait()
            else:
                return  # all was heard, whatever the reckoning says

    @property
    def _ahead_ms(self) -> float:
        """Speech that was handed over and not heard; what is not made yet is reckoned."""
        end_ms = self._playout.end_ms
        owed = sum(len(clause.text) for clause in self._clauses if not 0 <= clause.start_ms < end_ms)
        return self._playout.queued_ms + owed * MS_PER_CHARACTER

    # -- placing --------------------------------------------------------------------------

    def _name(self, word: WordBoundary) -> None:
        self._named = True
        self._waiting.append(word)
        if self._origin_ms >= 0:
            self._place()

    def _play(self, pcm: bytes) -> None:
        self._playout.play(pcm)
        if self._named:
            self._place()
        else:
            self._reckon(MS_PER_CHARACTER)

    def _place(self) -> None:
        """Give each word to its clause."""
        for word in self._waiting:
            at_ms = self._origin_ms + word.offset_ms
            self._enter(bisect_right(self._offsets, word.text_offset) - 1, at_ms)
            clause = self._clauses[self._at]
            clause.words.append(replace(word, offset_ms=at_ms - clause.start_ms, text_offset=-1))
        self._waiting.clear()

    def _enter(self, index: int, start_ms: float) -> None:
        """From ``start_ms`` on it is this clause; those between it and the last one have no words of their own."""
        while self._at < index:
            self._clauses[self._at].end_ms = start_ms
            self._at += 1
            self._clauses[self._at].start_ms = start_ms

    def _reckon(self, ms_per_character: float) -> None:
        """Without words a clause begins where its share of the text does."""
        for clause, offset in zip(self._clauses, self._offsets, strict=True):
            start_ms = self._origin_ms + offset * ms_per_character
            if start_ms < self._playout.end_ms:
                clause.start_ms = start_ms
        for before, after in pairwise(self._clauses):
            before.end_ms = after.start_ms

    def _finish(self) -> None:
        if self._origin_ms < 0:
            return
        end_ms = self._playout.end_ms
        if self._named:
            self._enter(len(self._clauses) - 1, end_ms)
        else:
            length = self._offsets[-1] + len(self._clauses[-1].text)
            self._reckon((end_ms - self._origin_ms) / length)
        self._clauses[-1].end_ms = end_ms
