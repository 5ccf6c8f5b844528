"""Azure speech synthesis behind the engine's ``TextToSpeech``."""

import asyncio
import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing

from backend.adapters.speech.access import SpeechAccess
from backend.adapters.speech.cancellation import PROVIDER, refused
from backend.adapters.speech.pool import WarmPool
from backend.adapters.speech.pooled_part import PooledPart
from backend.adapters.speech.service import SpeechLimits
from backend.adapters.speech.spoken import SENTENCE_ENDED, TEXT_ENDED, Speech, SpokenItem
from backend.adapters.speech.ssml import SpokenText, needs_ssml, script
from backend.adapters.speech.synthesizer import Synthesizer, SynthesizerKind
from backend.domain.audio import PCM_16K, AudioFormat
from backend.domain.speech import SpeechAudio, SpeechEvent, Voice
from backend.errors import TimedOut, Unavailable

__all__ = ["AzureTextToSpeech"]

log = logging.getLogger(__name__)

_STALL_S = 2.0
"""Audio comes faster than it is heard; a service that is silent for so long has stalled (the SDK notices
after 4 s)."""

_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*\s*$")


class AzureTextToSpeech(PooledPart[SynthesizerKind, Synthesizer]):
    """``VoiceProvider`` over a pool of connected synthesizers.

    Args:
        access: where the service is and as whom we speak to it; recognition may share it.
        limits: the size of the pool, and how long anybody waits.
    """

    def __init__(self, access: SpeechAccess, limits: SpeechLimits) -> None:
        super().__init__(access)
        self._first_s = limits.first_audio_s
        self._text_streaming = limits.text_streaming
        self.pool = WarmPool(
            "synthesizers",
            lambda kind, lost: Synthesizer(kind, access, self._threads, lost),
            size=limits.synthesizers,
            most=limits.most_synthesizers,
            wait_s=limits.wait_s,
            open_s=self._first_s,
        )

    async def start(self) -> None:
        """Begin to keep voices connected; waits 10 s at most, and raises nothing where the service is down."""
        kinds = [SynthesizerKind(PCM_16K)]
        if self._text_streaming:
            kinds.append(SynthesizerKind(PCM_16K, text_streaming=True))
        await self._begin(kinds)

    async def speak(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        """Say ``text``. A connection that turns out to be dead before the first audio is replaced once.

        Raises (while iterating):
            PoolExhausted: too many are speaking.
            TimedOut: no audio within ``tts_first_audio_ms``, or a stall of 2 s later.
            ProviderError: also in the middle; what came before stands.
        """
        if not text.strip():
            return
        for attempt in (1, 2):
            heard = False
            try:
                async with aclosing(self._speak_once(text, voice, audio)) as events:
                    async for event in events:
                        heard = heard or isinstance(event, SpeechAudio)
                        yield event
                return
            except Unavailable:
                if heard or attempt == 2:
                    raise

    def streams(self, voice: Voice) -> bool:
        """Is the endpoint a v2, and does the voice need no SSML?"""
        return self._text_streaming and not needs_ssml(voice)

    async def speak_stream(
        self, pieces: AsyncIterator[str], voice: Voice, audio: AudioFormat
    ) -> AsyncGenerator[SpeechEvent, None]:
        """Say text while it is being written (text streaming, v2). Nothing is tried twice.

        ``text_offset`` of the words counts in all pieces together. The limit on the first audio runs from
        the end of the first sentence that was handed over whole, and again from the end of the text, because
        the service speaks when it has enough of it.

        Raises (while iterating):
            As ``speak``, and whatever ``pieces`` raises.
        """
        text = SpokenText()
        speech = Speech(text.locate)
        synthesizer = await self.pool.acquire(SynthesizerKind(audio, text_streaming=True))
        feeding: asyncio.Task[None] | None = None
        try:
            write = await synthesizer.speak_stream(speech, voice)
            feeding = asyncio.create_task(_feed(pieces, text, write, speech), name="speak-stream")
            async with aclosing(_events(speech, None, self._first_s)) as events:
                async for event in events:
                    yield event
            synthesizer.finished(speech)
        finally:
            if feeding:
                feeding.cancel()
                await asyncio.gather(feeding, return_exceptions=True)
            self.pool.release(synthesizer, reusable=True)

    async def _speak_once(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        due = asyncio.get_running_loop().time() + self._first_s
        plan = script(text, voice)
        plain = SpokenText(plan.text)
        speech = Speech(lambda word, offset: plain.locate(word, plan.plain_offset(offset)))
        synthesizer = await self.pool.acquire(SynthesizerKind(audio))
        try:
            await synthesizer.speak(speech, plan.ssml)
            async with aclosing(_events(speech, due, self._first_s)) as events:
                async for event in events:
                    yield event
            synthesizer.finished(speech)
        finally:
            self.pool.release(synthesizer, reusable=True)


async def _events(speech: Speech, due: float | None, first_s: float) -> AsyncGenerator[SpeechEvent, None]:
    """What comes of a synthesis, until it is done; ``due`` is when the first audio must be there.

    Without it the text is still being written, and whoever waits for more of it may be silent.
    """
    loop = asyncio.get_running_loop()
    complete, sounding = due is not None, False
    while True:
        event = await _next(speech, due)
        if event is None:
            return
        if isinstance(event, Exception):
            raise event
        if event is TEXT_ENDED:
            complete, due = True, loop.time() + first_s
        elif event is SENTENCE_ENDED:
            due = None if sounding else due or loop.time() + first_s
        elif isinstance(event, SpeechAudio):
            sounding, due = True, loop.time() + _STALL_S if complete else None
            yield event
        else:
            yield event


async def _next(speech: Speech, due: float | None) -> SpokenItem:
    if not speech.events.empty():
        return speech.events.get_nowait()  # no limit is set up, nor a task asked for, where nothing is waited for
    try:
        async with asyncio.timeout_at(due):
            return await speech.events.get()
    except TimeoutError:
        raise TimedOut(PROVIDER, "synthesis stalled") from None


async def _feed(
    pieces: AsyncIterator[str], text: SpokenText, write: Callable[[str | None], None], speech: Speech
) -> None:
    try:
        async for piece in pieces:
            if piece:
                text.add(piece)
                write(piece)
                if _SENTENCE_END.search(piece):
                    speech.put(SENTENCE_ENDED)
        write(None)
    except RuntimeError as error:
        speech.put(refused(error))
    except Exception as error:  # the writer's own failure; whoever listens to the speech is told
        log.warning(
            "text stream to the voice broke off", extra={"event": "voice.text_broke", "reason": type(error).__name__}
        )
        speech.put(error)
    else:
        speech.put(TEXT_ENDED)
