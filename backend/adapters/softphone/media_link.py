"""The softphone's WebSocket as a ``MediaLink``: PCM as binary frames both ways, keys and words as messages."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from backend.adapters.softphone.loudspeaker import Loudspeaker
from backend.adapters.softphone.pace import AudioPace
from backend.adapters.softphone.screen import SoftphoneScreen
from backend.domain.audio import FRAME_MS, AudioFormat
from backend.domain.storable import written_words
from backend.errors import ProtocolError, Unavailable
from backend.ports import MediaSink
from backend.protocol.close_reason import close_reason
from backend.protocol.softphone import Bye, Hello, Key, Mute, Played, SoftphoneMessage, Text, event_text, read_message

__all__ = ["DONE", "SoftphoneLink"]

log = logging.getLogger(__name__)

DONE, BAD_DATA, POLICY = 1000, 1007, 1008
"""Close codes of RFC 6455, 7.4.1."""
_FRAME_S = FRAME_MS / 1000
_MUTED_S, _HELD_BACK_S = 0.1, 1.0
"""Silence is filled in once nothing came for so long, of a caller who is muted and of one whose microphone is on. What
a busy browser or a network holds back comes all at once a moment later: silence before it would cut a word in two."""
_NOTHING_S = 15.0
"""A microphone that is on sends without a pause; a client that sends nothing for so long is gone."""
_MOST_MALFORMED = 50
_MOST_FRAMES = 10
"""Frames that may come in one binary message."""
_MOST_WORDS = 20
"""Texts and keys in one second; nobody types faster."""

Message = MutableMapping[str, Any]


class SoftphoneLink:
    """One accepted socket.

    Args:
        receive, send: the ASGI callables of the socket.
        audio: format of both directions.
        muted: does no voice come from the beginning?
    """

    def __init__(
        self,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
        audio: AudioFormat,
        *,
        muted: bool = False,
    ) -> None:
        self._receive, self._send, self._audio = receive, send, audio
        self._loop = asyncio.get_running_loop()
        self._silence = bytes(audio.frame_bytes)
        self._pace = AudioPace(self._loop.time(), _FRAME_S)
        self._words = AudioPace(self._loop.time(), 1 / _MOST_WORDS, most_dropped=_MOST_WORDS * 10)
        self._muted = muted
        self._sink: MediaSink | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._heard_at = self._came_at = self._loop.time()
        self._closed = asyncio.Event()
        self._closing: asyncio.Task[None] | None = None
        self.malformed = 0
        self._loudspeaker = Loudspeaker(FRAME_MS)
        self.screen = self.captions = SoftphoneScreen(self._send_text)
        self.on_bye: Callable[[], None] = lambda: None
        """Called when the caller hangs up, before ``receive`` returns."""

    @property
    def audio(self) -> AudioFormat:
        """Format of both directions."""
        return self._audio

    @property
    def delay_ms(self) -> float:
        """How late the client plays what it is sent, as it tells."""
        return self._loudspeaker.delay_ms

    @property
    def gone(self) -> bool:
        """Is the socket closed?"""
        return self._closed.is_set()

    # -- what comes in --------------------------------------------------------------------

    async def receive(self, sink: MediaSink) -> None:
        """Deliver to ``sink`` until the caller hangs up or the socket is gone, by whoever closes it.

        Raises:
            Unavailable: it broke otherwise than sockets do.
        """
        self._sink = sink
        self._heard_at = self._came_at = self._loop.time()
        self._look()
        reading, closed = self._loop.create_task(self._read()), self._loop.create_task(self._closed.wait())
        try:
            await asyncio.wait((reading, closed), return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                reading.result()
        finally:
            self._sink = None
            self._stop_watch()
            for end in (reading, closed):
                end.cancel()

    async def _read(self) -> None:
        try:
            while self._take(await self._receive()):
                pass
        except Exception as error:  # whatever it is, nobody hears this caller any more
            self._closed.set()
            raise Unavailable("calls", "the softphone's connection broke") from error

    def _take(self, message: Message) -> bool:
        """One message; false when the caller hangs up or is gone."""
        if message["type"] == "websocket.disconnect":
            self._closed.set()
            return False
        self._came_at = self._loop.time()
        try:
            pcm = message.get("bytes")
            if isinstance(pcm, bytes):
                self._on_audio(pcm)
                return True
            return self._on_message(read_message(str(message.get("text") or "")))
        except ProtocolError as error:
            self._count(error)
            return True

    def _on_audio(self, pcm: bytes) -> None:
        size = self._audio.frame_bytes
        count, rest = divmod(len(pcm), size)
        if rest or not 0 < count <= _MOST_FRAMES:
            raise ProtocolError(f"audio of {len(pcm)} bytes, expected 1 to {_MOST_FRAMES} frames of {size}")
        for at in range(0, len(pcm), size):
            if not self._pace.take(self._loop.time()):
                self._refuse_pace(self._pace)
            elif not self._muted:
                self._heard_at = self._loop.time()
                self._deliver(pcm[at : at + size] if count > 1 else pcm)

    def _on_message(self, message: SoftphoneMessage) -> bool:
        match message:
            case Bye():
                self._stop_watch()
                self.on_bye()
                return False
            case Mute():
                self._muted, self._heard_at = message.on, self._loop.time()
            case Played():
                self._loudspeaker.played(self._loop.time(), message.ms)
            case Key() | Text():
                if self._words.take(self._loop.time()):
                    self._tell(message)
                else:
                    self._refuse_pace(self._words)
            case Hello():
                raise ProtocolError("hello came a second time")
        return True

    def _tell(self, message: Key | Text) -> None:
        if isinstance(message, Text):
            if words := written_words(message.text):
                self.screen.written(words)
        elif self._sink is not None:
            self._sink.on_tone(message.key)

    def _deliver(self, pcm: bytes) -> None:
        if self._sink is not None:
            self._sink.on_audio(pcm)

    # -- what is not as it should be ------------------------------------------------------

    def _refuse_pace(self, pace: AudioPace) -> None:
        if pace.dropped == 1:
            log.warning("a softphone sends faster than time passes", extra={"event": "softphone.too_fast"})
        if pace.too_fast:
            self._close_soon(POLICY, "more came than time has passed for")

    def _count(self, error: ProtocolError) -> None:
        self.malformed += 1
        if self.malformed == 1:
            log.warning(
                "malformed message of a softphone",
                extra={"event": "softphone.malformed", "code": error.code, "why": str(error)[:120]},
            )
            self.screen.show("error", code=error.code, message=str(error))
        if self.malformed > _MOST_MALFORMED:
            self._close_soon(BAD_DATA, "too many messages outside the protocol")

    def _close_soon(self, code: int, why: str) -> None:
        if self._closing is None:
            self._closing = self._loop.create_task(self.close(code, why), name="close-softphone")

    def _look(self) -> None:
        """Fill in one frame of silence where no voice comes, and look again."""
        now = self._loop.time()
        if not self._muted and now - self._came_at > _NOTHING_S:
            self._close_soon(POLICY, f"nothing came for {_NOTHING_S:.0f} seconds")
            return
        missing = now - self._heard_at >= (_MUTED_S if self._muted else _HELD_BACK_S) - _FRAME_S / 2
        if missing:
            self._deliver(self._silence)
        self._watch = self._loop.call_later(_FRAME_S if missing else _MUTED_S, self._look)

    def _stop_watch(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    # -- what goes out --------------------------------------------------------------------

    async def send_audio(self, pcm: bytes) -> None:
        """Send one 20 ms frame."""
        self._loudspeaker.sent(self._loop.time())
        await self._send_out({"type": "websocket.send", "bytes": pcm})

    async def stop_audio(self) -> None:
        """Have the client throw away what it has not played."""
        if not self.gone:
            self._loudspeaker.cleared(self._loop.time())
            try:
                await self._send_text(event_text("clear"))
            except Unavailable:
                return

    async def _send_text(self, text: str) -> None:
        await self._send_out({"type": "websocket.send", "text": text})

    async def _send_out(self, message: Message) -> None:
        if self.gone:
            raise Unavailable("calls", "the softphone is gone")
        try:
            await self._send(message)
        except Exception as error:  # whatever a server of sockets raises for one that is gone
            self._closed.set()
            raise Unavailable("calls", "the softphone's connection broke") from error

    async def close(self, code: int = DONE, why: str = "") -> None:
        """Send what is still to be shown, and close the socket."""
        if self.gone:
            self.screen.close()
            return
        await self.screen.flush()
        if self.gone:
            return
        self._closed.set()
        try:
            await self._send({"type": "websocket.close", "code": code, "reason": close_reason(why)})
        except Exception as error:  # as above: nobody is there to be told good-bye
            log.info(
                "a softphone was gone when its socket was closed",
                extra={"event": "media.gone", "error": type(error).__name__},
            )
