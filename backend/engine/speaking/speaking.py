"""Speaking: an answer goes from the model's tokens to the caller's ear, clause by clause or in one stream."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from backend.domain.let_go import let_go
from backend.domain.speech import Voice, WordBoundary
from backend.engine.speaking.bridge import Bridge
from backend.engine.speaking.clause_audio import ClauseAudio
from backend.engine.speaking.clause_queue import ClauseQueue
from backend.engine.speaking.clauses import ClauseSplitter
from backend.engine.speaking.delivery import Delivery, Moments
from backend.engine.speaking.speech_output import SpeechOutput
from backend.engine.speaking.utterance import Utterance
from backend.engine.turn.speakable import speakable
from backend.engine.turn.turn import SpokenSegment
from backend.language.named import language_named

__all__ = ["Answer", "Moments", "SpeechOutput"]

_BRIDGE_S, _SLOW_S = 1.2, 0.7
"""Silence, and time that a voice has been asked for, after which something that is kept is said in its place. A voice
that is well begins after 0.1 to 0.5 s."""

_MIDST_S = 2.2
_LOOK_S = 0.1


class _Bridging:
    """Looks out for a voice that does not begin, from a moment later on: most do."""

    def __init__(self, keep: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._next: asyncio.Handle | asyncio.Task[None]
        self._next = asyncio.get_running_loop().call_later(_LOOK_S, self._begin, keep)  # not kept: it leads back to us

    def _begin(self, keep: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._next = task = asyncio.get_running_loop().create_task(keep(), name="bridge")
        task.add_done_callback(let_go)

    def cancel(self) -> None:
        self._next.cancel()


class Answer:
    """Everything an agent says in one turn. It may be written and synthesized before it may be heard.

    The clause that a caller waits for has a synthesis of its own, so that it sounds as soon as it can. Where the
    voice takes text that is still being written, the clauses that follow it share one (see ``StreamedSpeech``).

    Args:
        on_heard: called once, when the first audio of the answer goes to the playout.
        bridge: what may be said while the voice does not begin.
        after: the answer in whose place this one is given; what is still to be heard of it is settled with this one.
    """

    def __init__(
        self,
        box: SpeechOutput,
        voice: Voice,
        *,
        on_heard: Callable[[], None] | None = None,
        bridge: Bridge | None = None,
        after: "Answer | None" = None,
    ) -> None:
        self._box = box
        self._before = after
        self.voice = voice
        self._splitter = ClauseSplitter(language_named(voice.language).clauses)
        self._passage: SpokenSegment | None = None
        self._passage_closed = True
        self._is_rest = False
        """Is the passage the rest of one that was bridged over?"""
        self._ended = False
        self._written = ClauseQueue()
        self.utterance = Utterance()
        """What is said, clause by clause, and what of it was heard."""
        self._delivery = Delivery(box, self._written, bridge=bridge, on_heard=on_heard)
        self._loop = asyncio.get_running_loop()
        self._bridge = bridge
        self._bridging: _Bridging | None = None
        self._delivery.task.add_done_callback(lambda _: self._bridging and self._bridging.cancel())

    # -- writing --------------------------------------------------------------------------

    def begin(self, passage: SpokenSegment) -> None:
        """The words that follow belong to ``passage``."""
        self.end_passage()
        self._passage = passage
        self._passage_closed = self._is_rest = False

    def write(self, text: str) -> None:
        """Some more of the model's text."""
        assert self._passage is not None
        self._passage.text += text
        for clause in self._splitter.feed(text):
            self._say(clause, fixed=False)

    def phrase(self, passage: SpokenSegment, text: str, *, filler: bool = False) -> None:
        """A phrase, said whole and kept for the next time."""
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
    def _writing(self) -> bool:
        if self._passage is None or self._passage_closed:
            return False
        return self._is_rest or bool(self._passage.text.strip())

    def _say(self, text: str, *, fixed: bool, filler: bool = False) -> None:
        words = speakable(text)
        if not words or self._passage is None:
            return
        if self.moments.first_clause is None and not filler:
            self.moments.first_clause = self._loop.time()
        clause = ClauseAudio(self._passage, words, self.voice, fixed, filler, opens=self._written.closed)
        self.utterance.add(clause)
        self._written.add(clause)

    # -- sounding -------------------------------------------------------------------------

    @property
    def moments(self) -> Moments:
        """When what happened."""
        return self._delivery.moments

    def due(self) -> None:
        """From now on the caller waits for it, whether or not it may be heard yet."""
        self._delivery.due()

    def open(self) -> None:
        """From now on the answer may be heard."""
        if self._bridge is not None and self._bridging is None and not self._delivery.task.done():
            since = None if self._passage is None or self._awaited is None else self._loop.time()
            self._bridging = _Bridging(partial(self._keep_bridged, self._bridge, since))
        self._delivery.open()

    def on_failed(self, told: Callable[[BaseException], None]) -> None:
        """Have it told, at once, when the voice fails."""

        def done(task: asyncio.Task[None]) -> None:
            if not task.cancelled() and (error := task.exception()) is not None:
                told(error)

        self._delivery.task.add_done_callback(done)

    @property
    def may_be_heard(self) -> bool:
        """Has it been opened?"""
        return self._delivery.may_be_heard

    @property
    def all_said(self) -> bool:
        """Is the voice done with it?"""
        return self._delivery.task.done()

    async def wait_said(self) -> None:
        """Return when all that was written has been synthesized, or the synthesis was cancelled.

        Raises:
            ProviderError, PoolExhausted: the voice failed; what it said until then stands.
        """
        await asyncio.wait([self._delivery.task])
        if not self._delivery.task.cancelled():
            self._delivery.task.result()

    async def wait_heard(self) -> None:
        """Return when the caller has heard all of it. Raises like ``wait_said``."""
        await self.wait_said()
        if (end_ms := self.utterance.end_ms) is not None:
            await self._box.playout.wait_heard(end_ms)

    async def _keep_bridged(self, bridge: Bridge, since: float | None) -> None:
        """While what is on its way does not sound, something that is kept is said before the silence is long."""
        while not self._delivery.task.done():
            if self._awaited is None or (self._delivery.streaming and not self._starves):
                since = None
            elif since is None:
                since = self._loop.time()
            elif self._delivery.silent_s >= self._patience_s and self._loop.time() - since >= _SLOW_S:
                if not (phrase := bridge.phrase(self.voice)):
                    return
                if self._delivery.streaming:
                    self._written.close()  # nothing can be said inside a stream; it ends, and what follows has another
                else:
                    self._say_kept(phrase, bridge, self._awaited)
                    since = None
            await asyncio.sleep(max(_LOOK_S, self._box.playout.queued_ms / 1000))

    @property
    def _patience_s(self) -> float:
        """In an answer that sounds already, only what is certainly a fault is bridged over."""
        return _MIDST_S if self.utterance.sounds and not self._delivery.broken else _BRIDGE_S

    @property
    def _starves(self) -> bool:
        """Does all that was written sound, so that only the model can go on?"""
        return self._written.empty and self.utterance.next_unheard is None

    @property
    def _awaited(self) -> SpokenSegment | None:
        """The passage that is on its way and does not sound yet: at the voice, or being written."""
        unheard = self.utterance.next_unheard
        if unheard is not None:
            return unheard.passage
        return self._passage if self._writing else None

    def _say_kept(self, phrase: str, bridge: Bridge, awaited: SpokenSegment) -> None:
        playout = self._box.playout
        passage = bridge.passage(before=None if self.utterance.sounds else awaited)
        passage.text = phrase
        if self._writing and self._starves:
            self._go_on_in(bridge.passage(before=None))
        filler = ClauseAudio(passage, phrase, self.voice, fixed=True, filler=True)
        self.utterance.put_before_unheard(filler)
        self._delivery.begin_to_sound(filler)
        for event in self._box.phrases.kept(phrase, self.voice, self._box.audio):
            if isinstance(event, WordBoundary):
                filler.words.append(event)
            else:
                playout.play(event.pcm)
        playout.flush()
        filler.end_ms = playout.end_ms

    def _go_on_in(self, rest: SpokenSegment) -> None:
        """What is still to be said of the passage being written comes behind what is said now, and is noted there."""
        assert self._passage is not None
        rest.text = self._splitter.waiting
        self._passage.text = self._passage.text.removesuffix(rest.text)
        self._passage, self._is_rest = rest, True

    # -- what was heard -------------------------------------------------------------------

    @property
    def has_words(self) -> bool:
        """Has the agent written anything that can be spoken, fillers aside?"""
        return self.utterance.has_words

    @property
    def began_ms(self) -> float | None:
        """Playout position at which the answer began to sound; ``None`` if it has not."""
        return self.utterance.began_ms

    @property
    def last_heard_at(self) -> float | None:
        """Loop time at which the caller last heard it; ``None`` while nothing but fillers has sounded."""
        return self._box.playout.quiet_since if self.utterance.sounds else None

    @property
    def sounded(self) -> bool:
        """Is it written to its end, and has every clause of its own begun to sound?"""
        return self._ended and self.utterance.has_words and self.utterance.all_sound

    @property
    def on_its_way(self) -> bool:
        """Does it need no filler: is it being written or made into sound, or has it been said to its end?

        A filler would then come in the middle of it, or after it. Between two passages, while a tool is at work,
        there is nothing on its way.
        """
        return self._writing or not self.utterance.all_sound or (self._ended and self.utterance.has_words)

    def settle(self, position_ms: float, *, interrupted: bool) -> None:
        """Write into each passage what of it was heard, given how far the caller listened."""
        if self._before:
            self._before.settle(position_ms, interrupted=True)
        self.utterance.settle(position_ms, interrupted=interrupted)

    async def cancel(self) -> None:
        """Stop synthesis at once and wait until it has let go of its voice."""
        self._delivery.task.cancel()
        await asyncio.gather(self._delivery.task, return_exceptions=True)

    def cancel_nowait(self) -> None:
        """Stop synthesis; the voice is let go in the background."""
        self._delivery.task.cancel()
