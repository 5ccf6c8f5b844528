"""The media socket: the service dials the application's WebSocket and carries the call's audio both ways.

What is known of it stands in the names of the SDK's enum only (``streamConnectionReestablished`` and the like): the
service comes back when a socket breaks. Here it tries four times within six seconds, then reports
``MediaStreamingFailed``; an application that closes normally (1000) has ended streaming itself.
"""

import asyncio
import logging
import os
import socket as socketlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import uuid4

import aiohttp

from backend.domain.audio import PCM_16K, PCM_24K, AudioFormat
from local_azure.acs.playout import Playout
from local_azure.acs.wire import StopOut, audio_data, audio_metadata, dtmf_data, read_message
from local_azure.faults import Fault, Faults

__all__ = ["MediaOptions", "MediaStream", "StreamStatus"]

_log = logging.getLogger(__name__)

StreamStatus = Literal["started", "stopped", "failed"]

_RETRY_SECONDS = (0.3, 1.0, 2.0, 3.0)
_CONNECT_SECONDS = 5.0
_STEADY_SECONDS = 5.0
"""A socket that held for so long has all its tries again."""
_OUTBOX = 100
"""Messages to an application that does not read: two seconds, then the oldest go."""
_REFUSED = {400: "badRequest", 401: "authenticationFailure", 403: "forbidden", 429: "tooManyRequests"}
_FAULT_EVERY = 10


@dataclass(frozen=True, slots=True)
class MediaOptions:
    """``mediaStreamingOptions`` of the request that answered or placed the call."""

    url: str
    audio: AudioFormat = PCM_16K
    unmixed: bool = False
    start: bool = False
    bidirectional: bool = False
    tones: bool = False

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> "MediaOptions":
        """Read the options.

        Raises:
            ValueError: they are not what the service takes.
        """
        url = str(body.get("transportUrl") or "")
        if urlsplit(url).scheme not in ("ws", "wss"):
            raise ValueError("transportUrl must be a WebSocket address")
        if body.get("transportType") != "websocket" or body.get("contentType") != "audio":
            raise ValueError("transportType must be websocket and contentType audio")
        rate = {"pcm16KMono": PCM_16K, "pcm24KMono": PCM_24K}.get(str(body.get("audioFormat") or "pcm16KMono"))
        if rate is None:
            raise ValueError("audioFormat must be pcm16KMono or pcm24KMono")
        return cls(
            url=url,
            audio=rate,
            unmixed=body.get("audioChannelType") == "unmixed",
            start=bool(body.get("startMediaStreaming")),
            bidirectional=bool(body.get("enableBidirectional")),
            tones=bool(body.get("enableDtmfTones")),
        )


@dataclass(slots=True)
class MediaStream:
    """The socket of one call. ``report`` hears (status, details of the SDK's enum) whenever streaming changes."""

    options: MediaOptions
    headers: Mapping[str, str] = field(repr=False)
    web: aiohttp.ClientSession
    faults: Faults
    report: Callable[[StreamStatus, str], None]
    participant: str = ""
    subscription_id: str = field(default_factory=lambda: str(uuid4()))
    playout: Playout = field(init=False)
    connections: int = 0
    """How often the socket has been opened."""
    bad_messages: int = 0
    dropped: int = 0
    """Frames that the application did not take in time."""
    _outbox: asyncio.Queue[str] = field(init=False, repr=False)
    _silence: bytes = field(init=False, repr=False)
    _flows: bool = False
    """Nothing waits to be sent, so that the next message goes at once."""
    _active: bool = False
    _stopped: bool = False
    _ticks: int = 0
    _stalled_ticks: int = 0
    _socket: aiohttp.ClientWebSocketResponse | None = None
    _pending: list[tuple[int, Fault]] = field(default_factory=list[tuple[int, Fault]])

    def __post_init__(self) -> None:
        self.playout = Playout(self.options.audio)
        self._outbox = asyncio.Queue(_OUTBOX)
        self._silence = bytes(self.options.audio.frame_bytes)

    @property
    def active(self) -> bool:
        """Audio flows."""
        return self._active

    async def run(self) -> None:
        """Stream until the application closes normally, refuses, or cannot be reached any more."""
        tries = 0
        details = "subscriptionStarted"
        while True:
            before, began = self.connections, asyncio.get_running_loop().time()
            ended = await self._once(details)
            if ended is not None:
                self.report(*ended)
                return
            if self.connections > before:
                details = "streamConnectionReestablished"
                if asyncio.get_running_loop().time() - began > _STEADY_SECONDS:
                    tries = 0
            if tries == len(_RETRY_SECONDS):
                first = self.connections == 0
                self.report("failed", "streamConnectionUnsuccessful" if first else "streamConnectionInterrupted")
                return
            await asyncio.sleep(_RETRY_SECONDS[tries])
            if self._stopped:
                return
            tries += 1

    async def stop(self) -> None:
        """Close the socket from our side, as at the end of the call."""
        socket, self._socket = self._socket, None
        self._active, self._stopped = False, True
        self.playout.stop()
        if socket is not None and not socket.closed:
            await socket.close()

    def send_audio(self, pcm: bytes | None) -> None:
        """One 20 ms frame of what the caller says."""
        if not self._active:
            return
        self._ticks += 1
        self._look_for_faults()
        if self._stalled_ticks > 0:
            self._stalled_ticks -= 1
            return
        who = self.participant if self.options.unmixed else None
        self._put(audio_data(self._silence if pcm is None else pcm, silent=pcm is None, participant=who))

    def send_tone(self, tone: str) -> None:
        """A key was pressed."""
        if self._active and self.options.tones:
            self._put(dtmf_data(tone))

    def next_frame(self) -> bytes | None:
        """The next 20 ms for the caller's ear."""
        return self.playout.next()

    async def _once(self, details: str) -> tuple[StreamStatus, str] | None:
        """One connection from upgrade to end: what to report, or ``None`` to come back."""
        fault = self.faults.take("media", self.options.url)
        if fault is not None and fault.kind in ("hang", "status"):
            await asyncio.sleep(fault.seconds if fault.kind == "hang" else 0)
            return None
        if fault is not None:
            self._pending.append((self._ticks + fault.after, fault))
        limit = aiohttp.ClientWSTimeout(ws_close=1.0)  # pyright: ignore[reportCallIssue] - its decorator hides it
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                socket = await self.web.ws_connect(
                    self.options.url, headers=self.headers, timeout=limit, max_msg_size=1 << 22
                )
        except aiohttp.WSServerHandshakeError as error:
            known = _REFUSED.get(error.status)
            return ("failed", known) if known else None
        except (aiohttp.ClientError, TimeoutError, OSError):
            return None
        async with socket:
            if self._stopped:  # while it was being opened
                return ("stopped", "subscriptionStopped")
            self.connections += 1
            self._socket = socket
            await socket.send_str(audio_metadata(self.subscription_id, self.options.audio))
            self._outbox = asyncio.Queue(_OUTBOX)
            self._active = True
            self.report("started", details)
            return await self._converse(socket)

    async def _converse(self, socket: aiohttp.ClientWebSocketResponse) -> tuple[StreamStatus, str] | None:
        sender = asyncio.create_task(self._send(socket), name="media-send")
        try:
            async for message in socket:
                if message.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
                    self._take(message.data)
        finally:
            self._active = False
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)
        self.playout.stop()
        if self._socket is None or socket.close_code == aiohttp.WSCloseCode.OK:
            return ("stopped", "subscriptionStopped")
        return None

    async def _send(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        try:
            while True:
                self._flows = self._outbox.empty()
                message = await self._outbox.get()
                self._flows = False
                await socket.send_str(message)
        except (aiohttp.ClientError, OSError):
            await socket.close()

    def _take(self, text: str | bytes) -> None:
        try:
            message = read_message(text)
        except ValueError:
            self.bad_messages += 1
            return
        if message is None or not self.options.bidirectional:
            return
        if isinstance(message, StopOut):
            self.playout.stop()
        else:
            self.playout.add(message.pcm)

    def _put(self, message: str) -> None:
        if self._flows and self._socket is not None:
            sent, self._flows = _send_now(self._socket, message)
            if sent:
                return
        if self._outbox.full():
            self._outbox.get_nowait()
            self.dropped += 1
        self._outbox.put_nowait(message)

    def _look_for_faults(self) -> None:
        if self._ticks % _FAULT_EVERY == 0 and (fault := self.faults.take("media", self.options.url)) is not None:
            self._pending.append((self._ticks + fault.after, fault))
        if not self._pending:
            return
        due = [fault for at, fault in self._pending if at <= self._ticks]
        self._pending = [(at, fault) for at, fault in self._pending if at > self._ticks]
        for fault in due:
            self._strike(fault)

    def _strike(self, fault: Fault) -> None:
        _log.info("media fault", extra={"fault": fault.kind})
        if fault.kind in ("stall", "slow", "hang"):
            self._stalled_ticks = round((fault.seconds or 3600) * 50)
        elif fault.kind == "garbage":
            self._put('{"kind":"AudioData","audioData":')
        elif self._socket is not None:
            self._break(self._socket, fault)

    def _break(self, socket: aiohttp.ClientWebSocketResponse, fault: Fault) -> None:
        """Lose the connection: with a close frame for ``close``, without for ``abort``."""
        if fault.kind == "close":
            asyncio.ensure_future(socket.close(code=fault.code))  # noqa: RUF006 - the socket's reader ends with it
            return
        wire = socket.get_extra_info("socket")
        if wire is not None:
            # uvloop shows a socket that can do nothing but tell its number.
            with socketlib.socket(fileno=os.dup(wire.fileno())) as same:
                same.shutdown(socketlib.SHUT_RDWR)


def _send_now(socket: aiohttp.ClientWebSocketResponse, message: str) -> tuple[bool, bool]:
    """Send it without a task that is woken for it: was it sent, and is there room for the next?"""
    sending = socket.send_str(message)
    try:
        sending.send(None)
    except StopIteration:
        return True, True
    except (aiohttp.ClientError, OSError):
        return False, False
    sending.close()  # it is written, and would wait for room
    return True, False
