"""The audio of LiveKit's SDK, past its queues.

The SDK hands every frame that comes, and every receipt for one that was sent, to every room and every stream of the
process; each looks at it and throws it away, so that what ten rooms cost grows with their square. Here a frame goes to
where it belongs, and all else takes the SDK's own way. This needs private names of ``livekit`` 1.2 (the lock pins it);
the tests of rooms on a real server see it when another version has others.
"""

import asyncio
import ctypes
from collections.abc import Callable
from typing import Any

from livekit import rtc
from livekit.rtc._ffi_client import FfiClient, FfiHandle, FfiQueue  # pyright: ignore[reportPrivateUsage]
from livekit.rtc._proto import audio_frame_pb2, ffi_pb2

from backend.domain.audio import FRAME_MS, PCM_16K
from backend.errors import TimedOut, Unavailable

__all__ = ["Microphone", "Voice", "load_sdk"]

_PROVIDER = "calls"
_RATE, _CHANNELS = PCM_16K.sample_rate, 1
_SAMPLES = _RATE * FRAME_MS // 1000
_QUEUE_MS = 600
"""More than the longest ``PLAYOUT_LEAD_MS``, so that handing over a frame never waits for one to be heard."""
_HEARD_FRAMES = 300
"""Of 10 ms, before the SDK throws away what a caller says because this process is late: three seconds, where it
would keep a tenth of one. Who is heard late is asked late; words that are lost are asked for again."""
_RECEIPT_S = 2.0
_kept = list[object]()


class _Sorted(FfiQueue[Any]):
    """The SDK's queue of events, with our audio taken out in front. ``put`` is called by threads of the SDK."""

    def __init__(self, before: FfiQueue[Any]) -> None:
        super().__init__()
        self._lock, self._subscribers = before._lock, before._subscribers  # pyright: ignore[reportPrivateUsage]
        self.loop = asyncio.get_running_loop()
        self.streams: dict[int, Callable[[Any], None]] = {}
        self.receipts: dict[int, asyncio.Future[str]] = {}

    def put(self, item: Any) -> None:
        """SDK: something happened."""
        kind = item.WhichOneof("message")
        if kind == "audio_stream_event" or kind == "capture_audio_frame":
            try:
                self.loop.call_soon_threadsafe(self._sort, kind, item)
            except RuntimeError:
                super().put(item)  # that loop is closed, and has no audio of ours; others of this process may go on
        else:
            super().put(item)

    def _sort(self, kind: str, item: Any) -> None:
        if kind == "audio_stream_event":
            heard = self.streams.get(item.audio_stream_event.stream_handle)
            if heard is not None:
                heard(item.audio_stream_event)
                return
        else:
            receipt = self.receipts.get(item.capture_audio_frame.async_id)
            if receipt is not None:
                if not receipt.done():
                    receipt.set_result(item.capture_audio_frame.error)
                return
        super().put(item)


def _sorted() -> _Sorted:
    """The queue of this process; a loop that begins to use it gets its events."""
    client = FfiClient.instance
    queue = client._queue  # pyright: ignore[reportPrivateUsage]
    if not isinstance(queue, _Sorted):
        queue = client._queue = _Sorted(queue)  # pyright: ignore[reportPrivateUsage]
    queue.loop = asyncio.get_running_loop()
    return queue


async def load_sdk() -> None:
    """Load the native code, and have it start its threads: before the first call comes, which would wait for it.

    They end with the last track, so one is kept that nobody hears.
    """
    await asyncio.to_thread(lambda: FfiClient.instance)
    silent = rtc.AudioSource(_RATE, _CHANNELS, queue_size_ms=0)  # without a queue it has no thread of its own
    _kept[:] = [silent, rtc.LocalAudioTrack.create_audio_track("nobody", silent)]


class Microphone:
    """Somebody's voice, from now on until it is closed.

    Args:
        track: a track of theirs that is subscribed.
        on_audio: called with each 20 ms of it, 16 kHz, 16-bit mono.
    """

    def __init__(self, track: rtc.Track, on_audio: Callable[[bytes], None]) -> None:
        self._queue = _sorted()
        self._on_audio = on_audio
        request = ffi_pb2.FfiRequest()
        asked = request.new_audio_stream
        asked.track_handle = track._ffi_handle.handle  # pyright: ignore[reportPrivateUsage]
        asked.sample_rate, asked.num_channels, asked.frame_size_ms = _RATE, _CHANNELS, FRAME_MS
        asked.queue_size_frames = _HEARD_FRAMES
        asked.type = audio_frame_pb2.AudioStreamType.AUDIO_STREAM_NATIVE
        stream = FfiClient.instance.request(request).new_audio_stream.stream
        self._handle = FfiHandle(stream.handle.id)
        self._queue.streams[self._handle.handle] = self._heard

    def _heard(self, event: Any) -> None:
        if event.WhichOneof("message") != "frame_received":
            return
        frame = event.frame_received.frame
        size = frame.info.num_channels * frame.info.samples_per_channel * 2
        pcm = ctypes.string_at(frame.info.data_ptr, size)
        FfiHandle(frame.handle.id).dispose()
        self._on_audio(pcm)

    def close(self) -> None:
        """Hear no more. What is on its way goes nowhere."""
        if not self._handle.disposed:
            self._handle.dispose()
            self._queue.loop.call_later(_RECEIPT_S, self._queue.streams.pop, self._handle.handle, None)
            self._on_audio = _nothing


class Voice:
    """Our voice, in 20 ms frames of 16 kHz, 16-bit mono."""

    def __init__(self) -> None:
        self._queue = _sorted()
        self.source = rtc.AudioSource(_RATE, _CHANNELS, queue_size_ms=_QUEUE_MS)
        """What a track is made of."""
        self._request = ffi_pb2.FfiRequest()
        frame = self._request.capture_audio_frame
        frame.source_handle = self.source._ffi_handle.handle  # pyright: ignore[reportPrivateUsage]
        frame.buffer.sample_rate, frame.buffer.num_channels = _RATE, _CHANNELS
        frame.buffer.samples_per_channel = _SAMPLES

    async def send(self, pcm: bytes) -> None:
        """Queue a frame. One at a time: the SDK keeps no order between two that are on their way.

        Raises:
            TimedOut, Unavailable: it was not taken.
        """
        address = ctypes.cast(ctypes.c_char_p(pcm), ctypes.c_void_p).value
        self._request.capture_audio_frame.buffer.data_ptr = address or 0
        number = FfiClient.instance.request(self._request).capture_audio_frame.async_id
        receipt = self._queue.receipts[number] = self._queue.loop.create_future()
        try:
            # Whoever sends has no task of its own before the first wait, and a timeout would ask for it.
            await asyncio.wait([receipt], timeout=_RECEIPT_S)
        finally:
            del self._queue.receipts[number]
        if not receipt.done():
            receipt.cancel()
            raise TimedOut(_PROVIDER, "the SDK of LiveKit takes no audio")
        if receipt.result():
            raise Unavailable(_PROVIDER, "the SDK of LiveKit takes no audio")

    def clear(self) -> None:
        """Throw away what is queued."""
        self.source.clear_queue()

    async def close(self) -> None:
        """Say no more."""
        await self.source.aclose()


def _nothing(_pcm: bytes) -> None:
    """Nobody listens."""
