"""One SpeechSynthesizer of the SDK, with a connection that is open before anybody needs it."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from azure.cognitiveservices.speech import (
    Connection,
    PropertyId,
    SpeechSynthesisRequest,
    SpeechSynthesizer,
)
from azure.cognitiveservices.speech.enums import SpeechSynthesisRequestInputType

from backend.adapters.speech.access import SpeechAccess
from backend.adapters.speech.cancellation import PROVIDER, REFUSALS, refused
from backend.adapters.speech.contexts import keep_contexts
from backend.adapters.speech.spoken import Speech, Spoken
from backend.adapters.speech.threads import GRACE_S, SdkThreads
from backend.domain.audio import AudioFormat
from backend.domain.speech import Voice
from backend.errors import TimedOut

__all__ = ["Synthesizer", "SynthesizerKind"]


@dataclass(frozen=True, slots=True)
class SynthesizerKind:
    """All that must be known before the connection is opened; the voice is in each request.

    The output format is read when the object is made; changed later it is ignored (captured from 1.53.0).
    """

    audio: AudioFormat
    text_streaming: bool = False


class _Parts:
    """The SDK's objects. Held together, because their callbacks must not outlive any of them."""

    def __init__(self, kind: SynthesizerKind, access: SpeechAccess, spoken: Spoken) -> None:
        self.spoken = spoken
        config = access.synthesis(kind.audio, text_streaming=kind.text_streaming)
        synthesizer = SpeechSynthesizer(config, None)
        self.synthesizer: SpeechSynthesizer | None = synthesizer
        self.connection: Connection | None = Connection.from_speech_synthesizer(synthesizer)
        self._request: SpeechSynthesisRequest | None = None
        spoken.attach(synthesizer, self.connection)

    def open(self) -> None:
        """Connect; returns before the connection is there (but after a credential has given its token)."""
        assert self.connection
        self.connection.open(True)

    def speak(self, ssml: str) -> None:
        """Begin. The future of ``start_speaking`` resolves at once, that of ``speak`` at the end."""
        assert self.synthesizer
        self.synthesizer.start_speaking_ssml_async(ssml).get()

    def speak_stream(self, voice: Voice) -> SpeechSynthesisRequest:
        """Begin a synthesis whose text is still being written."""
        assert self.synthesizer
        self.synthesizer.properties.set_property(PropertyId.SpeechServiceConnection_SynthVoice, voice.name)
        request = SpeechSynthesisRequest(SpeechSynthesisRequestInputType.TextStream)
        for name in ("style", "rate", "pitch"):
            value = getattr(voice, name)
            if value:
                setattr(request, name, value)
        self._request = request
        self.synthesizer.start_speaking(request)
        return request

    def stop(self) -> None:
        """End what is being said: 21 ms, and the socket is closed (captured from 1.53.0)."""
        request, self._request = self._request, None
        if request:
            # Without an end of its text the SDK would wait for more, and freeing it would take for ever.
            with suppress(RuntimeError):
                request.input_stream.close()
        if self.synthesizer:
            self.synthesizer.stop_speaking_async().get()

    def dispose(self) -> None:
        """Stop, disconnect and free, in this order."""
        synthesizer, connection = self.synthesizer, self.connection
        if synthesizer is None or connection is None:
            return
        with suppress(RuntimeError):  # closed by the other side, or never open
            self.stop()
            connection.close()
        self.spoken.detach(synthesizer, connection)
        time.sleep(GRACE_S)
        keep_contexts(synthesizer, connection)
        self.synthesizer = self.connection = None


class Synthesizer:
    """Says one thing at a time, for one owner at a time.

    Args:
        kind: what cannot be changed later.
        access: where the service is.
        threads: for the SDK's blocking calls.
        on_lost: called on the loop when the connection is lost while nothing is being said.
    """

    def __init__(
        self,
        kind: SynthesizerKind,
        access: SpeechAccess,
        threads: SdkThreads,
        on_lost: Callable[["Synthesizer"], None],
    ) -> None:
        self.kind = kind
        self._threads = threads
        self._on_lost = on_lost
        self._loop = asyncio.get_running_loop()
        self._spoken = Spoken(self._loop, self, kind.audio)
        self._building = threads.submit(_Parts, kind, access, self._spoken)
        self._connected = asyncio.Event()
        self._speaking = False
        self._ended = False
        self._starting: Future[Any] | None = None

    @property
    def up(self) -> bool:
        """Is the connection open, and nothing being said?"""
        return self._connected.is_set() and not self._speaking and not self._ended

    async def open(self, limit_s: float) -> None:
        """Connect, ending first what is still being said.

        Raises:
            TimedOut: not up within ``limit_s``. The SDK does not tell why: a refused opening gives no event
                at all; the next synthesis tells.
            Unavailable: the SDK refused.
        """
        try:
            async with asyncio.timeout(limit_s):
                parts = await self._parts()
                if self._starting and not self._starting.done():
                    # Whoever began to speak was cancelled; that beginning must not come after our stop.
                    await asyncio.wait([asyncio.wrap_future(self._starting)])
                if self._speaking:
                    await self._threads.call(parts.stop)
                    self._connected.clear()
                    self._speaking = False
                await self._threads.call(parts.open)
                await self._connected.wait()
        except TimeoutError:
            raise TimedOut(PROVIDER, f"synthesizer not connected after {limit_s:.1f} s") from None
        except REFUSALS as error:
            raise refused(error) from error

    async def speak(self, speech: Speech, ssml: str) -> None:
        """Begin to say something; what comes of it arrives in ``speech``. Connects first if it must.

        Raises:
            Unavailable: the SDK refused.
        """
        try:
            parts = await self._begin(speech)
            self._starting = starting = self._threads.submit(parts.speak, ssml)
            await asyncio.wrap_future(starting)
        except REFUSALS as error:
            raise refused(error) from error

    async def speak_stream(self, speech: Speech, voice: Voice) -> Callable[[str | None], None]:
        """Begin to say text that is still being written.

        Returns:
            A function that takes the next piece, or ``None`` for the end; a call costs 0.1 ms.

        Raises:
            Unavailable: the SDK refused.
        """
        try:
            parts = await self._begin(speech)
            self._starting = starting = self._threads.submit(parts.speak_stream, voice)
            request = await asyncio.wrap_future(starting)
        except REFUSALS as error:
            raise refused(error) from error
        stream = request.input_stream
        return lambda piece: stream.close() if piece is None else stream.write(piece)

    def discard(self) -> None:
        """Let go of it, in the background. Safe to call twice."""
        if self._ended:
            return
        self._ended = True
        self._spoken.speech = None
        self._threads.clean_built(self._building)

    # -- what Spoken brings from the SDK's threads, on the loop -----------------------------------------

    def connected(self) -> None:
        """The socket is open."""
        self._connected.set()

    def disconnected(self) -> None:
        """The socket is closed."""
        self._connected.clear()
        if not self._speaking and not self._ended:
            self._on_lost(self)

    def finished(self, speech: Speech) -> None:
        """Everything was said, and the connection is as good as before."""
        if self._spoken.speech is speech:
            self._spoken.speech = None
            self._speaking = False

    async def _begin(self, speech: Speech) -> _Parts:
        self._speaking = True
        self._spoken.speech = speech
        return await self._parts()

    async def _parts(self) -> _Parts:
        return await asyncio.wrap_future(self._building)
