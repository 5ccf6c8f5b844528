"""A LiveKit room as this server sees it: who is in it, one voice that is listened to, one that speaks.

The real one is ``SdkRoom``; tests have one without a network. Everything is called and reported on the event loop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

__all__ = ["AGENT", "SIP", "STANDARD", "CallRoom", "Participant", "RoomEvents"]

STANDARD, SIP, AGENT = 0, 3, 4
"""Kinds of participants (livekit_models.proto, ``ParticipantInfo.Kind``); 1 and 2 are ingress and egress."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a room besides us."""

    identity: str = field(repr=False)
    """Unique in the room; that of a phone holds its number."""
    kind: int
    sid: str = ""
    """Of this stay: who leaves and comes back has another."""
    attributes: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    tracks: tuple[str, ...] = ()
    """Ids of the microphones that they publish, the oldest first."""


class RoomEvents(Protocol):
    """What a room reports. Plain functions, since audio comes 50 times a second; none of them may raise."""

    def on_joined(self, who: Participant) -> None:
        """Somebody came, or came back."""
        ...

    def on_left(self, identity: str, reason: int) -> None:
        """Somebody is gone, for a reason of ``DisconnectReason`` in livekit_models.proto."""
        ...

    def on_away(self, identity: str) -> None:
        """Somebody cannot be seen, since we have lost the connection ourselves: they may be there, or come as we do."""
        ...

    def on_back(self) -> None:
        """We have the connection again. Whoever is there comes as if they joined."""
        ...

    def on_changed(self, who: Participant) -> None:
        """Somebody's attributes are others now."""
        ...

    def on_track(self, identity: str, track: str) -> None:
        """Somebody publishes a microphone."""
        ...

    def on_track_gone(self, identity: str, track: str) -> None:
        """Somebody publishes it no longer."""
        ...

    def on_audio(self, track: str, pcm: bytes) -> None:
        """20 ms of a microphone that is listened to: 16 kHz, 16-bit mono."""
        ...

    def on_tone(self, identity: str, tone: str) -> None:
        """Somebody pressed a key."""
        ...

    def on_heard(self) -> None:
        """Somebody has subscribed to our voice."""
        ...

    def on_closed(self, reason: int) -> None:
        """We are not in the room any more, and do not come back by ourselves."""
        ...


class CallRoom(Protocol):
    """One room that this server is in, or is about to enter."""

    @property
    def people(self) -> Sequence[Participant]:
        """Everybody else who is there and can be seen, those who came first in front."""
        ...

    async def join(self, url: str, token: str, events: RoomEvents) -> None:
        """Enter. Nothing is listened to, and nothing is said yet.

        Raises:
            ProviderError: it cannot be entered.
        """
        ...

    async def publish(self) -> None:
        """Have a voice in the room: for a phone that rings this is the answer.

        Raises:
            ProviderError: it cannot be had.
        """
        ...

    def listen(self, track: str, *, on: bool) -> None:
        """Have the audio of a microphone reported from now on, or no longer."""
        ...

    async def send(self, pcm: bytes) -> None:
        """Queue 20 ms of our voice: 16 kHz, 16-bit mono.

        Raises:
            Unavailable: the room is gone.
        """
        ...

    async def press(self, keys: str) -> None:
        """Press keys of a telephone, one after the other: digits, ``*`` and ``#``.

        Raises:
            ProviderError: the room does not take them.
        """
        ...

    def clear(self) -> None:
        """Throw away what of our voice is queued."""
        ...

    async def leave(self) -> None:
        """Go. Safe to call twice, and never fails."""
        ...
