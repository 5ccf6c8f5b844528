"""A caller in a LiveKit room as a ``MediaLink``: 16 kHz mono, 20 ms frames both ways."""

import asyncio
from contextvars import Context, copy_context

from backend.adapters.livekit.captions import RoomCaptions, TextRoom
from backend.adapters.livekit.room import CallRoom
from backend.domain.audio import FRAME_MS, PCM_16K, AudioFormat
from backend.errors import Unavailable
from backend.ports import MediaSink

__all__ = ["RoomMediaLink"]

_SILENCE = bytes(PCM_16K.frame_bytes)
_FRAME_S = FRAME_MS / 1000
_ON_THE_WAY_S = 0.3
"""From a frame's handing over, 100 ms ahead of the playout's clock, to the far ear: 50 to 70 ms of way, and a jitter
buffer that has grown."""
_MISSING_S = 0.1
"""A caller of whom nothing came for so long is muted, not there yet, or on their way back: silence is filled in."""


class RoomMediaLink:
    """The voice of one caller, and the agent's to everybody in the room.

    A caller may publish a microphone late, twice, or anew after a break: the newest that there is is listened to, and
    only that one. While there is none, silence is delivered at the pace of a voice, as a telephone service does it.
    """

    def __init__(self, room: CallRoom) -> None:
        self._room = room
        self._loop = asyncio.get_running_loop()
        self._tracks: list[str] = []
        self._open = False
        self._sink: MediaSink | None = None
        self._context: Context | None = None
        self._ended = asyncio.Event()
        self._last = 0.0
        self._sent_at = -_ON_THE_WAY_S
        self._watch: asyncio.TimerHandle | None = None
        self.captions = RoomCaptions(room, room) if isinstance(room, TextRoom) else None
        """Where the call is shown."""

    @property
    def audio(self) -> AudioFormat:
        """Format of both directions."""
        return PCM_16K

    # -- what the room reports of the caller ----------------------------------------------

    def open(self) -> None:
        """The call is answered: the caller is listened to from now on."""
        self._open = True
        self._listen(None)

    def on_track(self, track: str) -> None:
        """The caller publishes a microphone."""
        before = self._track
        if track in self._tracks:
            return
        self._tracks.append(track)
        self._listen(before)

    def on_track_gone(self, track: str) -> None:
        """The caller publishes it no longer."""
        before = self._track
        if track in self._tracks:
            self._tracks.remove(track)
            self._listen(before)

    def on_left(self) -> None:
        """The caller is away, and so are their microphones."""
        before = self._track
        self._tracks.clear()
        self._listen(before)

    def on_audio(self, track: str, pcm: bytes) -> None:
        """20 ms of a microphone."""
        if track == self._track and len(pcm) == len(_SILENCE):
            self._last = self._loop.time()
            self._deliver(pcm)

    def on_tone(self, tone: str) -> None:
        """The caller pressed a key."""
        sink, context = self._sink, self._context
        if sink is not None and context is not None and not self._ended.is_set():
            context.run(sink.on_tone, tone)

    def end(self) -> None:
        """Nothing comes any more."""
        self._ended.set()
        self._stop_watch()
        if self.captions is not None:
            self.captions.close()

    @property
    def _track(self) -> str | None:
        return self._tracks[-1] if self._tracks else None

    def _listen(self, before: str | None) -> None:
        """Listen to the newest microphone, and to no other."""
        now = self._track
        if not self._open or now == before:
            return
        if before is not None:
            self._room.listen(before, on=False)
        if now is not None:
            self._room.listen(now, on=True)
            if self.captions is not None:
                self.captions.heard_by(now)

    # -- for the engine -------------------------------------------------------------------

    async def receive(self, sink: MediaSink) -> None:
        """Deliver to ``sink`` until the caller, or the room, is gone."""
        self._context, self._sink = copy_context(), sink  # what the room calls back knows nothing of this call
        self._last = self._loop.time()
        self._look(self._last)
        try:
            await self._ended.wait()
        finally:
            self._sink = None
            self._stop_watch()

    async def send_audio(self, pcm: bytes) -> None:
        """Send one 20 ms frame."""
        if self._ended.is_set():
            raise Unavailable("calls", "the LiveKit room is gone")
        self._sent_at = self._loop.time()
        await self._room.send(pcm)

    async def stop_audio(self) -> None:
        """Throw away what was sent but not yet heard."""
        self._sent_at = -_ON_THE_WAY_S
        if not self._ended.is_set():
            self._room.clear()

    async def heard_out(self) -> None:
        """Wait until the last that was sent has been heard far away, so that hanging up cuts no word off."""
        left_s = self._sent_at + _ON_THE_WAY_S - self._loop.time()
        if left_s > 0 and not self._ended.is_set():
            await asyncio.sleep(left_s)

    async def close(self) -> None:
        """Let ``receive`` return. The room itself is left by whoever entered it."""
        self.end()

    # -- silence --------------------------------------------------------------------------

    def _deliver(self, pcm: bytes) -> None:
        sink, context = self._sink, self._context
        if sink is not None and context is not None and not self._ended.is_set():
            context.run(sink.on_audio, pcm)

    def _look(self, due: float | None) -> None:
        """Fill in one frame of silence where nothing comes, and look again.

        Args:
            due: when this look was to be. After one that is late itself what has come meanwhile is heard first, and
                then looked without asking when.
        """
        now = self._loop.time()
        if due is not None and now - due >= _FRAME_S:
            self._watch = self._loop.call_later(_FRAME_S, self._look, None)
        elif now - self._last < _MISSING_S - _FRAME_S / 2:
            self._again(now + _MISSING_S)
        else:
            self._again(now + _FRAME_S)
            self._deliver(_SILENCE)

    def _again(self, due: float) -> None:
        self._watch = self._loop.call_at(due, self._look, due)

    def _stop_watch(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
