"""Listening: a caller's audio goes to local voice activity and to the recognizer, in order, unbroken."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from backend.domain.agent import SpeechSpec
from backend.domain.audio import AudioFormat
from backend.domain.call_use import CallUse
from backend.domain.speech import Final, Partial, RecognitionEvent, RecognitionFailed, RecognitionOptions
from backend.engine.listening.voice_activity import VoiceActivity
from backend.errors import PoolExhausted, ProviderError, RingmasterError
from backend.ports import Recognition, SpeechToText

__all__ = ["Listener"]

log = logging.getLogger(__name__)

_BACKLOG_FRAMES = 250
"""Five seconds of audio are kept while no recognizer is open; then the oldest go."""

_SWAP_LIMIT_S = 3.0

_RETRY_S = (0.2, 1.0, 3.0)
_SLOW_RETRY_S = 5.0
"""Recognition that is away may come back in this call."""


class Listener:
    """One caller being listened to, across agents and across broken recognizers.

    Args:
        stt: where recognizers come from.
        audio: format of the caller's audio.
        activity: local voice activity; ``None`` where a test has none.
        on_event: what was recognized.
        on_deaf: recognition is away; the caller must be told. It is tried again all the while.
        use: where it is counted what the recognizer is given.
    """

    def __init__(
        self,
        stt: SpeechToText,
        audio: AudioFormat,
        activity: VoiceActivity | None,
        on_event: Callable[[RecognitionEvent], None],
        on_deaf: Callable[[RingmasterError], None],
        use: CallUse | None = None,
    ) -> None:
        self._stt = stt
        self._audio = audio
        self._use = use or CallUse()
        self._byte_s = 0.001 / audio.bytes_per_ms
        self.activity = activity
        self._on_event = on_event
        self._on_deaf = on_deaf
        self._options: RecognitionOptions | None = None
        self._recognition: Recognition | None = None
        self._generation = 0
        self._backlog: deque[bytes] = deque(maxlen=_BACKLOG_FRAMES)
        self._opening: asyncio.Task[None] | None = None
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._silent = asyncio.Event()
        self._silent.set()
        self._closing: set[asyncio.Task[None]] = set()

    def tune(self, speech: SpeechSpec) -> None:
        """Listen as this agent wants it. The old recognizer goes on until the new one is there."""
        options = replace(speech.options(), audio=self._audio)
        if options != self._options:
            self._options = options
            self._open()

    def renew(self) -> None:
        """The caller spoke and nothing came of it: put another recognizer in the place of this one."""
        if self._options is not None and (self._opening is None or self._opening.done()):
            self._open()

    def hear(self, pcm: bytes) -> bool:
        """One frame of the caller. True exactly when speech begins."""
        if self._recognition:
            self._recognition.write(pcm)
            self._use.heard_s += len(pcm) * self._byte_s
        else:
            self._backlog.append(pcm)
        if self.activity is None:
            return False
        begins = self.activity.feed(pcm)
        if self.activity.speaking is self._silent.is_set():
            (self._silent.clear if self.activity.speaking else self._silent.set)()
        return begins

    @property
    def listening(self) -> bool:
        """Is there a recognizer that hears the caller?"""
        return self._recognition is not None

    @property
    def speaking(self) -> bool:
        """Does the caller speak now, as far as their voice can tell?"""
        return self.activity is not None and self.activity.speaking

    async def close(self) -> None:
        """Stop listening for good."""
        self._generation += 1
        if self._opening:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        recognition, self._recognition = self._recognition, None
        if recognition:
            await recognition.close()
        await asyncio.gather(*self._closing, return_exceptions=True)

    def _open(self) -> None:
        self._generation += 1
        if self._opening:
            self._opening.cancel()
        self._opening = asyncio.get_running_loop().create_task(self._keep_trying(self._generation), name="listen")

    async def _keep_trying(self, generation: int) -> None:
        last: RingmasterError = PoolExhausted("no recognizer")
        for attempt, pause in enumerate((0.0, *_RETRY_S)):
            await asyncio.sleep(pause)
            try:
                await self._open_once(generation)
                return
            except (ProviderError, PoolExhausted) as error:
                log.warning(
                    "speech recognizer could not be connected",
                    extra={"event": "recognizer.not_open", "code": error.code, "attempt": attempt},
                )
                last = error
        if not self._recognition:
            self._on_deaf(last)
        await self._try_on(generation)

    async def _try_on(self, generation: int) -> None:
        while True:
            await asyncio.sleep(_SLOW_RETRY_S)
            try:
                await self._open_once(generation)
                return
            except (ProviderError, PoolExhausted) as error:
                log.info(
                    "speech recognizer still cannot be connected",
                    extra={"event": "recognizer.not_open_yet", "code": error.code},
                )

    async def _open_once(self, generation: int) -> None:
        assert self._options is not None
        recognition = await self._stt.open(self._options, lambda event: self._receive(generation, event))
        if generation != self._generation:
            await recognition.close()
            return
        if self._recognition:
            await self._until_quiet()
        if generation != self._generation:
            await recognition.close()
            return
        old, self._recognition = self._recognition, recognition
        while self._backlog:
            recognition.write(pcm := self._backlog.popleft())
            self._use.heard_s += len(pcm) * self._byte_s
        if old:
            self._let_go(old)

    async def _until_quiet(self) -> None:
        """A recognizer is not taken away from a caller in the middle of a sentence, nor before its final."""
        try:
            async with asyncio.timeout(_SWAP_LIMIT_S):
                while not (self._quiet.is_set() and self._silent.is_set()):
                    await self._silent.wait()
                    await self._quiet.wait()
        except TimeoutError:
            log.info("speech recognizer replaced while the caller was speaking", extra={"event": "recognizer.replaced"})

    def _receive(self, generation: int, event: RecognitionEvent) -> None:
        if isinstance(event, RecognitionFailed):
            if generation == self._generation:
                log.warning("speech recognition failed", extra={"event": "recognizer.failed", "code": event.error.code})
                broken, self._recognition = self._recognition, None
                self._quiet.set()
                if broken:
                    self._let_go(broken)
                self._open()
            return
        if isinstance(event, Partial):
            self._quiet.clear()
        elif isinstance(event, Final):
            self._quiet.set()
        self._on_event(event)

    def _let_go(self, recognition: Recognition) -> None:
        task = asyncio.get_running_loop().create_task(recognition.close(), name="stop-listening")
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
