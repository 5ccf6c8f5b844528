"""Text in a LiveKit room by LiveKit's own SDK: streams that are sent, streams that come, and what is known of us."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager

from livekit import rtc

from backend.errors import TimedOut, Unavailable

__all__ = ["SdkTexts"]

_PROVIDER = "calls"
_LIMIT_S = 5.0
_LONGEST = 4000
"""Letters of a text that are waited for; who sends more is not read further."""
_MOST_AT_ONCE = 8


class SdkTexts:
    """``TextRoom`` on ``rtc.Room``, for the room that this is a part of."""

    _room: rtc.Room

    def __init__(self) -> None:
        self._reading: set[asyncio.Task[None]] = set()

    def voice(self) -> str:
        """Id of our own voice."""
        return next(iter(self._room.local_participant.track_publications), "")

    async def open_text(self, topic: str, attributes: Mapping[str, str], sender: str) -> "_Writer":
        """Begin a text stream."""
        async with _within_limit():
            stream = await self._room.local_participant.stream_text(
                topic=topic, attributes=dict(attributes), sender_identity=sender or None
            )
        return _Writer(stream)

    async def set_attribute(self, name: str, value: str) -> None:
        """Let everybody know something of us."""
        async with _within_limit():
            await self._room.local_participant.set_attributes({name: value})

    def on_text(self, topic: str, told: Callable[[str, str], None]) -> None:
        """Have what comes by a topic told, with the identity of who sent it: as a stream, or as one plain packet."""

        def begin(reader: rtc.TextStreamReader, sender: str) -> None:
            if len(self._reading) < _MOST_AT_ONCE:
                task = asyncio.get_running_loop().create_task(_read(reader, sender, told), name="room-text")
                self._reading.add(task)
                task.add_done_callback(self._reading.discard)

        def packet(came: rtc.DataPacket) -> None:
            if came.topic == topic and came.participant is not None and len(came.data) <= _LONGEST:
                with contextlib.suppress(UnicodeDecodeError):  # it is no text
                    told(came.data.decode(), came.participant.identity)

        with contextlib.suppress(ValueError):  # it is told already
            self._room.register_text_stream_handler(topic, begin)
            self._room.on("data_received", packet)


class _Writer:
    """A text stream of ours."""

    def __init__(self, stream: rtc.TextStreamWriter) -> None:
        self._stream = stream

    async def write(self, text: str) -> None:
        """Some more."""
        async with _within_limit():
            await self._stream.write(text)

    async def aclose(self, *, attributes: dict[str, str] | None = None) -> None:
        """The end of it."""
        async with _within_limit():
            await self._stream.aclose(attributes=attributes)


async def _read(reader: rtc.TextStreamReader, sender: str, told: Callable[[str, str], None]) -> None:
    text = ""
    with contextlib.suppress(TimeoutError, rtc.StreamError):  # half a message is none
        async with asyncio.timeout(_LIMIT_S):
            async for piece in reader:
                text += piece
                if len(text) > _LONGEST:
                    return
        told(text, sender)


@asynccontextmanager
async def _within_limit() -> AsyncGenerator[None]:
    """What goes wrong with the SDK, or takes too long, as an error of ours."""
    try:
        async with asyncio.timeout(_LIMIT_S):
            yield
    except TimeoutError as error:
        raise TimedOut(_PROVIDER, "the LiveKit room did not take a text in time") from error
    except Exception as error:  # the SDK raises plain ones
        raise Unavailable(_PROVIDER, "the LiveKit room does not take texts") from error
