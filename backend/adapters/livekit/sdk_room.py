"""A LiveKit room by LiveKit's own SDK (``livekit.rtc``).

Importing this loads 30 MB of native code: only a server with ``LIVEKIT_URL`` does. The SDK calls back on the loop.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from livekit import rtc

from backend.adapters.livekit.room import Participant, RoomEvents
from backend.adapters.livekit.sdk_audio import Microphone, Voice
from backend.adapters.livekit.sdk_entry import SdkEntry
from backend.adapters.livekit.sdk_texts import SdkTexts
from backend.errors import TimedOut, Unavailable

__all__ = ["SdkRoom"]

log = logging.getLogger(__name__)

_PROVIDER = "calls"
_JOIN_LIMIT_S = 8.0
_PUBLISH_LIMIT_S = 5.0
_LEAVE_LIMIT_S = 3.0
_VOICE = "agent-voice"
_KEYS, _KEY_S, _PRESS_LIMIT_S = "0123456789*#", 0.2, 10.0
"""Keys, the time from one to the next that telephones tell apart, and the limit on all of them."""
_PRESSED = "ringmaster.pressed"


class SdkRoom(SdkTexts):
    """``CallRoom`` on ``rtc.Room``."""

    def __init__(self) -> None:
        super().__init__()
        self._room = rtc.Room()
        self._entry = SdkEntry(self._room)
        self._voice = Voice()
        self._listener: RoomEvents | None = None
        self._wanted: set[str] = set()
        self._microphones: dict[str, Microphone] = {}
        self._hearing: asyncio.Task[None] | None = None
        self._gone = False
        self._apart = False
        """The SDK has lost the connection, and tries to get it back."""

    @property
    def _events(self) -> RoomEvents:
        assert self._listener is not None
        return self._listener

    @property
    def people(self) -> Sequence[Participant]:
        """Everybody else who can be seen."""
        return [_participant(one) for one in self._room.remote_participants.values()]

    async def join(self, url: str, token: str, events: RoomEvents) -> None:
        """Enter."""
        self._listener = events
        for name, handle in self._handlers().items():
            self._room.on(name, handle)
        options = rtc.RoomOptions(auto_subscribe=False, connect_timeout=_JOIN_LIMIT_S)
        try:
            await self._entry.enter(url, token, options, _JOIN_LIMIT_S)
        except TimeoutError as error:
            raise TimedOut(_PROVIDER, "the LiveKit room was not entered in time") from error
        except rtc.ConnectError as error:
            raise Unavailable(_PROVIDER, "the LiveKit room cannot be entered") from error

    def _handlers(self) -> dict[Any, Callable[..., None]]:
        return {
            "participant_connected": self._joined,
            "participant_disconnected": self._left,
            "participant_attributes_changed": self._changed,
            "track_published": self._published,
            "track_unpublished": self._unpublished,
            "track_subscribed": self._subscribed,
            "track_unsubscribed": self._unsubscribed,
            "sip_dtmf_received": self._tone,
            "reconnecting": self._apart_from_all,
            "reconnected": self._back,
            "disconnected": self._closed,
        }

    def _joined(self, who: rtc.RemoteParticipant) -> None:
        self._events.on_joined(_participant(who))

    def _left(self, who: rtc.RemoteParticipant) -> None:
        if self._apart:
            self._events.on_away(who.identity)
        else:
            self._events.on_left(who.identity, int(who.disconnect_reason or 0))

    def _apart_from_all(self) -> None:
        self._apart = True

    def _back(self) -> None:
        self._apart = False
        self._events.on_back()

    def _changed(self, _changes: object, who: rtc.Participant) -> None:
        if isinstance(who, rtc.RemoteParticipant):
            self._events.on_changed(_participant(who))

    def _published(self, publication: rtc.RemoteTrackPublication, who: rtc.RemoteParticipant) -> None:
        if _is_microphone(publication):
            self._events.on_track(who.identity, publication.sid)

    def _unpublished(self, publication: rtc.RemoteTrackPublication, who: rtc.RemoteParticipant) -> None:
        self._events.on_track_gone(who.identity, publication.sid)

    def _tone(self, tone: rtc.SipDTMF) -> None:
        if tone.participant is not None:
            self._events.on_tone(tone.participant.identity, tone.digit)

    def _closed(self, reason: int) -> None:
        self._gone = True
        self._events.on_closed(int(reason))

    # -- our voice ------------------------------------------------------------------------

    async def publish(self) -> None:
        """Have a voice in the room."""
        track = rtc.LocalAudioTrack.create_audio_track(_VOICE, self._voice.source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        try:
            async with asyncio.timeout(_PUBLISH_LIMIT_S):
                publication = await self._room.local_participant.publish_track(track, options)
        except TimeoutError as error:
            raise TimedOut(_PROVIDER, "the voice was not published in time") from error
        except rtc.participant.PublishTrackError as error:
            raise Unavailable(_PROVIDER, "the voice cannot be published in the LiveKit room") from error
        self._hearing = asyncio.get_running_loop().create_task(self._until_heard(publication), name="until-heard")

    async def _until_heard(self, publication: rtc.LocalTrackPublication) -> None:
        await publication.wait_for_subscription()
        self._events.on_heard()

    async def send(self, pcm: bytes) -> None:
        """Queue 20 ms of our voice."""
        if self._gone:
            raise Unavailable(_PROVIDER, "the LiveKit room is gone")
        await self._voice.send(pcm)

    async def press(self, keys: str) -> None:
        """Press keys of a telephone (RFC 4733 numbers them: 10 is the star, 11 the hash)."""
        local = self._room.local_participant
        try:
            async with asyncio.timeout(_PRESS_LIMIT_S):
                await local.set_attributes({_PRESSED: keys[-1:]})  # what comes before a round trip is lost in silence
                for key in keys:
                    await local.publish_dtmf(code=_KEYS.index(key), digit=key)
                    await asyncio.sleep(_KEY_S)
        except TimeoutError as error:
            raise TimedOut(_PROVIDER, "the keys were not sent in time") from error
        except Exception as error:  # the SDK raises a kind of its own for each of its calls
            raise Unavailable(_PROVIDER, "the keys cannot be sent into the LiveKit room") from error

    def clear(self) -> None:
        """Throw away what is queued."""
        if not self._gone:
            self._voice.clear()

    # -- the voices of others -------------------------------------------------------------

    def listen(self, track: str, *, on: bool) -> None:
        """Have the audio of a microphone reported from now on, or no longer."""
        if on:
            self._wanted.add(track)
        else:
            self._wanted.discard(track)
            self._unhear(track)
        for who in self._room.remote_participants.values():
            if (publication := who.track_publications.get(track)) is not None:
                publication.set_subscribed(on)

    def _subscribed(self, track: rtc.Track, publication: rtc.RemoteTrackPublication, _who: object) -> None:
        sid = publication.sid
        if sid in self._wanted and sid not in self._microphones and not self._gone:
            self._microphones[sid] = Microphone(track, partial(self._heard, sid))

    def _heard(self, sid: str, pcm: bytes) -> None:
        if sid in self._wanted and not self._gone:
            self._events.on_audio(sid, pcm)

    def _unsubscribed(self, _track: object, publication: rtc.RemoteTrackPublication, _who: object) -> None:
        self._unhear(publication.sid)

    def _unhear(self, sid: str) -> None:
        if (microphone := self._microphones.pop(sid, None)) is not None:
            microphone.close()

    # -- the end --------------------------------------------------------------------------

    async def leave(self) -> None:
        """Go."""
        self._gone = True
        for sid in list(self._microphones):
            self._unhear(sid)
        if self._hearing is not None:
            self._hearing.cancel()  # nobody may ever have subscribed to us
            await asyncio.gather(self._hearing, return_exceptions=True)
        try:
            await self._entry.undone(_LEAVE_LIMIT_S)
            async with asyncio.timeout(_LEAVE_LIMIT_S):
                await self._room.disconnect()
                await self._voice.close()
        except Exception as error:  # the SDK raises plain ones; whoever leaves must get away
            log.info(
                "LiveKit room was left without a goodbye; the server will notice by itself",
                extra={"event": "livekit.left_roughly", "error": type(error).__name__},
            )


def _is_microphone(publication: rtc.TrackPublication) -> bool:
    """Is it a voice? Screens that are shared have sound of their own, which is not listened to."""
    return (
        publication.kind == rtc.TrackKind.KIND_AUDIO and publication.source != rtc.TrackSource.SOURCE_SCREENSHARE_AUDIO
    )


def _participant(who: rtc.RemoteParticipant) -> Participant:
    tracks = tuple(one.sid for one in who.track_publications.values() if _is_microphone(one))
    return Participant(who.identity, int(who.kind), who.sid, dict(who.attributes), tracks)
