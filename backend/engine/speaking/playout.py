"""Playout: audio leaves at the pace it is heard, so that what was heard is always known."""

import asyncio
from collections import deque
from collections.abc import Callable

from backend.domain.audio import FRAME_MS
from backend.engine.speaking.at_once import at_once
from backend.engine.speaking.pacer import PacedCall, Pacer
from backend.errors import ProviderError
from backend.ports import Delayed, MediaLink

__all__ = ["Playout"]

_BATCH = 2
"""Frames sent at one wake-up. Two halve the wake-ups and keep gaps at 40 ms, under the limit of 60."""


_HALF_FRAME_S = FRAME_MS / 2000
"""A clock that wakes us a little late must not make the next batch a frame longer, and the gap after it 60 ms.

The grid of wake-ups is half of it at most."""

_EPSILON = 1e-6
"""Frames; a frame boundary reached by adding 0.02 s many times is a boundary."""


class Playout:
    """One call's loudspeaker.

    Positions are in milliseconds of audio since the call began; silence between answers does
    not count. Frames are kept until they are heard, so that a held voice can go on from where
    the caller last heard it.

    Args:
        link: where it sounds.
        lead_ms: so far ahead of the caller's ear it is sent.
        pacer: wakes all calls of a worker together.
    """

    def __init__(self, link: MediaLink, lead_ms: int, pacer: Pacer | None = None) -> None:
        self._link = link
        self._loop = asyncio.get_running_loop()
        self._lead = lead_ms / 1000
        self._frame_bytes = link.audio.frame_bytes
        self._partial = bytearray()
        self._frames: deque[bytes] = deque()
        self._kept = 0  # position, in frames, of the oldest frame still kept
        self._sent = 0  # frames sent, as a position
        self._run_at = 0.0  # when the frame at _run_from was heard to begin
        self._run_from = 0
        self._delayed = link if isinstance(link, Delayed) else None
        self._late = 0.0  # seconds that the far end is behind; the same all through a run, so that no voice is unheard
        self._held = False
        self._stops = 0
        self._moved = asyncio.Event()
        self._pacer = pacer or Pacer()
        self._started = False
        self._next: asyncio.Handle | PacedCall | asyncio.Task[None] | None = None
        """What sends the next frames, when it is its time; none while there is nothing to send."""
        self._marks: deque[tuple[int, Callable[[float], None]]] = deque()
        self.on_sent: Callable[[bytes], None] | None = None
        """Given every frame that goes out, while somebody listens in."""
        self.on_cut: Callable[[], None] | None = None
        """Told when frames that went out are thrown away unheard, while somebody listens in."""

    def start(self) -> None:
        """Begin to send what is played."""
        self._started = True
        self._go_on()

    async def close(self) -> None:
        """Stop sending for good."""
        self._started = False
        last, self._next = self._next, None
        if last is not None:
            last.cancel()
        if isinstance(last, asyncio.Task):
            await asyncio.gather(last, return_exceptions=True)

    # -- what is to be played -------------------------------------------------------------

    @property
    def end_ms(self) -> float:
        """Position at which the next audio that is played will begin."""
        return self._end * FRAME_MS + len(self._partial) / self._link.audio.bytes_per_ms

    @property
    def queued_ms(self) -> float:
        """Audio that is not heard yet."""
        return self.end_ms - self.heard_ms

    @property
    def _end(self) -> int:
        return self._kept + len(self._frames)

    def play(self, pcm: bytes) -> None:
        """Append PCM of any length."""
        size = self._frame_bytes
        if not self._partial and len(pcm) == size:
            self._frames.append(pcm)
        else:
            partial = self._partial
            partial += pcm
            whole = len(partial) - len(partial) % size
            self._frames.extend(bytes(partial[i : i + size]) for i in range(0, whole, size))
            del partial[:whole]
        if self._next is None:
            self._go_on()

    def flush(self) -> None:
        """Fill the last frame up with silence, so that it is sent although nothing follows."""
        if self._partial:
            self._partial += bytes(self._frame_bytes - len(self._partial))
            self.play(b"")

    def mark(self, on_sent: Callable[[float], None]) -> None:
        """Tell the loop time at which the next audio that is played goes out."""
        self._marks.append((self._end, on_sent))

    # -- what was heard -------------------------------------------------------------------

    @property
    def heard_ms(self) -> float:
        """How far the caller has heard, in milliseconds."""
        return self._heard() * FRAME_MS

    @property
    def playing(self) -> bool:
        """Is there audio that the caller has not heard yet, and the voice is not held?"""
        return not self._held and self._heard() < self._end

    @property
    def held(self) -> bool:
        """Is the voice held back?"""
        return self._held

    @property
    def quiet_since(self) -> float:
        """Loop time at which the caller stopped hearing the voice; ahead of us while there is more that was sent."""
        return self._run_at + (self._sent - self._run_from) * FRAME_MS / 1000

    def _heard(self) -> float:
        if self._held or self._sent == self._run_from:
            return float(self._run_from)
        played = (self._loop.time() - self._run_at - self._late) * 1000 / FRAME_MS
        return min(self._sent, self._run_from + max(0.0, played))

    async def wait_heard(self, position_ms: float) -> None:
        """Return once the caller has heard up to ``position_ms`` (or it was stopped before)."""
        target, stops = position_ms / FRAME_MS, self._stops
        while (heard := self._heard()) < target and stops == self._stops:
            if self._held or self._sent <= heard:
                self._moved.clear()
                await self._moved.wait()
            else:
                until = self._run_at + (min(target, self._sent) - self._run_from) * FRAME_MS / 1000
                await asyncio.sleep(max(0.001, until + self._late - self._loop.time()))

    # -- holding, going on, stopping ------------------------------------------------------

    def hold(self) -> None:
        """Silence the voice at once, keeping what was not heard."""
        if self._held:
            return
        heard = int(self._heard() + _EPSILON)
        unheard = self._sent > heard
        self._forget(heard)
        self._run_at = min(self._loop.time(), self.quiet_since)
        self._sent = self._run_from = heard
        self._held = True
        if unheard:
            self._send_stop()

    def resume(self) -> None:
        """Go on from where the caller last heard the voice."""
        if self._held:
            self._held = False
            self._wake()

    def stop(self) -> float:
        """Silence the voice and drop what was not heard; gives the position that was heard.

        Sends one StopAudio, or none when a hold has sent it already or nothing was playing.
        """
        held, heard = self._held, int(self._heard() + _EPSILON)
        unheard = self._sent > heard
        self._frames.clear()
        self._partial.clear()
        self._run_at = min(self._loop.time(), self.quiet_since)
        self._kept = self._sent = self._run_from = heard
        self._held = False
        self._stops += 1
        self._marks.clear()
        if unheard and not held:
            self._send_stop()
        self._wake()
        return heard * FRAME_MS

    def _send_stop(self) -> None:
        if self.on_cut is not None:
            self.on_cut()
        self._stopping = at_once(self._link.stop_audio(), name="stop-audio")

    def _wake(self) -> None:
        self._go_on()
        self._moved.set()

    def _forget(self, heard: int) -> None:
        while self._kept < heard:
            self._frames.popleft()
            self._kept += 1

    # -- sending --------------------------------------------------------------------------

    def _go_on(self) -> None:
        """There may be something to send."""
        if self._started and self._next is None:
            self._next = self._loop.call_soon(self._send)

    def _send(self) -> None:
        """Send what is due, and plan when to do so again. No task is needed where the link takes it without a wait."""
        self._next = None
        if self._held or self._sent >= self._end:
            return
        try:
            rest = at_once(self._send_due(), name="playout")
        except ProviderError:
            self._started = False  # the link is gone; whoever reads from it ends the call
            return
        if rest is None:
            self._plan()
        else:
            self._next = rest
            rest.add_done_callback(self._sent_at_last)

    def _sent_at_last(self, sending: asyncio.Task[None]) -> None:
        if sending.cancelled() or not self._started:
            return
        self._next = None
        error = sending.exception()
        self._started = error is None
        if error is None:
            self._plan()
        elif not isinstance(error, ProviderError):  # the link tells of its own; a fault of ours must not be silent
            self._loop.call_exception_handler({"message": "a playout could not go on", "exception": error})

    async def _send_due(self) -> None:
        now = self._loop.time()
        buffered_until = self._run_at + (self._sent - self._run_from) * FRAME_MS / 1000
        if self._sent == self._run_from or now >= buffered_until:
            self._run_at, self._run_from = now, self._sent
            self._late = self._delayed.delay_ms / 1000 if self._delayed else 0.0
            buffered_until = now
            self._moved.set()
        enough = now + self._lead + self._pacer.ahead_s - _HALF_FRAME_S
        while buffered_until < enough and not self._held and self._sent < self._end:
            frame = self._frames[self._sent - self._kept]
            if self._marks and self._sent >= self._marks[0][0]:
                self._marks.popleft()[1](now)
            self._sent += 1
            if self.on_sent is not None:
                self.on_sent(frame)
            await self._link.send_audio(frame)
            buffered_until += FRAME_MS / 1000
        self._moved.set()  # who had heard all that was sent, while a frame was slow to leave, has more to wait for
        self._forget(int(self._heard() + _EPSILON))

    def _plan(self) -> None:
        buffered = (self._sent - self._run_from) * FRAME_MS / 1000
        due = self._run_at + buffered - self._lead - self._pacer.ahead_s + _BATCH * FRAME_MS / 1000
        late = due <= self._loop.time()
        self._next = self._loop.call_soon(self._send) if late else self._pacer.at(due, self._send)
