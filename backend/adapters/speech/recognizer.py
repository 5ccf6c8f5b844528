"""One SpeechRecognizer of the SDK, with a connection that is open before anybody needs it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from azure.cognitiveservices.speech import (
    AutoDetectSourceLanguageConfig,
    Connection,
    PhraseListGrammar,
    PropertyId,
    SpeechRecognizer,
)
from azure.cognitiveservices.speech.audio import AudioConfig

from backend.adapters.speech.access import SpeechAccess
from backend.adapters.speech.audio_source import AudioSource
from backend.adapters.speech.cancellation import PROVIDER, REFUSALS, refused
from backend.adapters.speech.contexts import keep_contexts
from backend.adapters.speech.heard import Heard, Listener
from backend.adapters.speech.pipe_stream import PipeStream
from backend.adapters.speech.threads import GRACE_S, SdkThreads
from backend.domain.audio import AudioFormat
from backend.domain.speech import RecognitionEvent, RecognitionFailed, RecognitionOptions
from backend.errors import ProviderError, TimedOut, Unavailable

__all__ = ["Recognizer", "RecognizerKind"]

_BACK_S = 1.0
"""A connection that broke in mid-call is back after 0.3 s, or the SDK has given it up, sometimes without a
word (close code 1000)."""

_LANGUAGES = ("en-US", "es-ES")
"""Put into a recognizer that tells languages apart when it is made; the caller's own replace them at start."""


@dataclass(frozen=True, slots=True)
class RecognizerKind:
    """All that must be known before the connection is opened.

    Language, silence, segmentation, phrases and the languages to tell apart are sent in ``speech.context``
    when recognition starts, and may be set on a recognizer that has been connected for minutes; only the
    audio format is in ``speech.config`` at the connection's beginning, and only the use of language
    identification is fixed when the object is made (captured from 1.53.0). So any warm recognizer suits
    any agent.
    """

    audio: AudioFormat
    identifies_language: bool = False

    @classmethod
    def of(cls, options: RecognitionOptions) -> "RecognizerKind":
        """The kind that suits these options."""
        return cls(options.audio, len(options.languages) > 1)


class _Parts:
    """The SDK's objects. Held together, because their callbacks must not outlive any of them."""

    def __init__(self, kind: RecognizerKind, access: SpeechAccess, source: AudioSource, heard: Heard) -> None:
        self.source = source
        self.heard = heard
        self.stream: PipeStream | None = PipeStream(source.open(), kind.audio)
        config, audio = access.recognition(), AudioConfig(stream=self.stream)
        if kind.identifies_language:
            languages = AutoDetectSourceLanguageConfig(list(_LANGUAGES))
            recognizer = SpeechRecognizer(config, audio, auto_detect_source_language_config=languages)
        else:
            recognizer = SpeechRecognizer(config, audio, language=_LANGUAGES[0])
        self.recognizer: SpeechRecognizer | None = recognizer
        self.connection: Connection | None = Connection.from_recognizer(recognizer)
        heard.attach(recognizer, self.connection)

    def open(self) -> None:
        """Connect; returns before the connection is there (but after a credential has given its token)."""
        assert self.connection
        self.connection.open(True)

    def begin(self, options: RecognitionOptions) -> None:
        """Start to listen."""
        assert self.recognizer
        properties = self.recognizer.properties
        if len(options.languages) > 1:
            properties.set_property(
                PropertyId.SpeechServiceConnection_AutoDetectSourceLanguages, ",".join(options.languages)
            )
        else:
            language = next(iter(options.languages), _LANGUAGES[0])
            properties.set_property(PropertyId.SpeechServiceConnection_RecoLanguage, language)
        if options.semantic_segmentation:
            properties.set_property(PropertyId.Speech_SegmentationStrategy, "Semantic")
        else:
            properties.set_property(PropertyId.Speech_SegmentationSilenceTimeoutMs, str(options.silence_ms))
        if options.phrases:
            phrases = PhraseListGrammar.from_recognizer(self.recognizer)
            for phrase in options.phrases:
                phrases.addPhrase(phrase)
        self.recognizer.start_continuous_recognition_async().get()

    def dispose(self) -> None:
        """Stop, disconnect and free, in this order. Up to 2 s when the service is silent."""
        self.source.finish()
        recognizer, connection = self.recognizer, self.connection
        if recognizer is None or connection is None:
            return
        try:
            recognizer.stop_continuous_recognition_async().get()
            connection.close()
        except RuntimeError:
            pass  # it was closed by the other side, or never open: there is nothing left to stop
        self.heard.detach(recognizer, connection)
        time.sleep(GRACE_S)
        keep_contexts(recognizer, connection, self.stream)
        self.recognizer = self.connection = self.stream = None
        del recognizer, connection  # the last that knew the pipe
        self.source.close()


class Recognizer:
    """Connects, then listens to one caller, then is thrown away.

    It is never used for a second caller: the SDK would send the first one's unanswered audio again.

    Args:
        kind: what cannot be changed later.
        access: where the service is.
        threads: for the SDK's blocking calls.
        on_lost: called on the loop when the connection is lost before anybody listens.
    """

    def __init__(
        self,
        kind: RecognizerKind,
        access: SpeechAccess,
        threads: SdkThreads,
        on_lost: Callable[["Recognizer"], None],
    ) -> None:
        self.kind = kind
        self._threads = threads
        self._on_lost = on_lost
        self._loop = asyncio.get_running_loop()
        self._source = AudioSource(kind.audio)
        self._heard = Heard(self._loop, self._source, self)
        self._building = threads.submit(_Parts, kind, access, self._source, self._heard)
        self._up: asyncio.Future[None] = self._loop.create_future()
        self._connected = False
        self._listener: Listener | None = None
        self._ended = False
        self._discarded = False
        self._gone: asyncio.TimerHandle | None = None

    @property
    def up(self) -> bool:
        """Is the connection open?"""
        return self._connected and not self._ended

    async def open(self, limit_s: float) -> None:
        """Connect.

        Raises:
            ProviderError: refused, not reached, or not up within ``limit_s`` (the SDK would wait for ever).
        """
        try:
            async with asyncio.timeout(limit_s):
                parts = await self._parts()
                await self._threads.call(parts.open)
                await self._up
        except TimeoutError:
            raise TimedOut(PROVIDER, f"recognizer not connected after {limit_s:.1f} s") from None
        except REFUSALS as error:
            raise refused(error) from error

    async def start(self, options: RecognitionOptions, base_ms: float, listener: Listener) -> None:
        """Listen. Events carry ``base_ms`` more than the service says.

        Raises:
            Unavailable: the SDK could not start.
        """
        self._listener = listener
        self._heard.base_ms = base_ms
        try:
            parts = await self._parts()
            await self._threads.call(parts.begin, options)
        except REFUSALS as error:
            raise refused(error) from error
        if self._ended:
            raise Unavailable(PROVIDER, "connection lost at the start of recognition")

    def write(self, pcm: bytes, *, within_ms: int) -> None:
        """Hand over some audio, which goes out once there are ``within_ms`` of it."""
        if not self._discarded:
            self._source.write(pcm, within_ms=within_ms)

    @property
    def dropped_ms(self) -> float:
        """Audio that the SDK did not fetch in time."""
        return self._source.dropped_ms

    def discard(self) -> None:
        """Let go of it, in the background. No event comes after this. Safe to call twice."""
        if self._discarded:
            return
        self._discarded = self._ended = True
        self._listener = None
        self._forget_gone()
        if not self._up.done():
            self._up.cancel()
        self._threads.clean_built(self._building)

    # -- what Heard brings from the SDK's threads, on the loop -----------------------------------------

    def connected(self) -> None:
        """The socket is open, for the first time or again."""
        self._connected = True
        self._forget_gone()
        if not self._up.done():
            self._up.set_result(None)

    def disconnected(self) -> None:
        """The socket is closed."""
        self._connected = False
        if self._listener is None:
            self.failed(Unavailable(PROVIDER, "connection closed"))
        elif self._gone is None:
            self._gone = self._loop.call_later(
                _BACK_S, self.failed, Unavailable(PROVIDER, "connection lost and not restored")
            )

    def failed(self, error: ProviderError) -> None:
        """It is of no more use."""
        if self._ended:
            return
        self._ended = True
        self._forget_gone()
        if not self._up.done():
            self._up.set_exception(error)
        elif self._listener:
            self._listener(RecognitionFailed(error))
        else:
            self._on_lost(self)

    def recognized(self, event: RecognitionEvent) -> None:
        """Something was heard."""
        if self._listener and not self._ended:
            self._listener(event)

    def _forget_gone(self) -> None:
        if self._gone:
            self._gone.cancel()
            self._gone = None

    async def _parts(self) -> "_Parts":
        return await asyncio.wrap_future(self._building)
