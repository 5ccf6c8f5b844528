"""One call that the application has answered or placed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from backend.domain.audio import PCM_16K, AudioFormat
from local_azure.acs.callbacks import Callbacks
from local_azure.acs.events import DONE, CallIds, Result, call_event, streaming_update
from local_azure.acs.identifiers import identifier, phone_number
from local_azure.acs.leg import Leg
from local_azure.acs.media import MediaOptions, MediaStream, StreamStatus
from local_azure.acs.playout import Playout
from local_azure.acs.recording import Recording
from local_azure.acs.tones import TONE_NAMES, ToneRecognition

__all__ = ["Call", "CallState"]

CallState = Literal["connecting", "connected", "transferring", "transferAccepted", "disconnecting", "disconnected"]

_ENDED = Result(200, 7000, "The conversation has ended. DiagCode: 0#7000.@")
_STREAM_FAILED = Result(500, 8603, "Action failed, not able to establish websocket connection.")


@dataclass(slots=True)
class Call:
    """State and far ends of one call connection. ``ended`` is called once, when it is over for everybody."""

    ids: CallIds
    callback_url: str
    context: str | None
    callbacks: Callbacks
    ended: Callable[["Call"], None]
    caller: str
    called: str
    outbound: bool = False
    options: MediaOptions | None = None
    state: CallState = "connecting"
    leg: Leg | None = None
    media: MediaStream | None = None
    playing: Playout = field(init=False)
    """What ``:play`` wants heard."""
    recognition: ToneRecognition | None = None
    recordings: dict[str, Recording] = field(default_factory=dict[str, Recording])
    transfer: Callable[[], None] | None = None
    """Gives up the transfer that is under way."""
    _sequence: int = 0
    _tone_sequence: int = 0
    _continuous: str | None = None
    _listening: bool = False

    def __post_init__(self) -> None:
        self.playing = Playout(self.audio)

    @property
    def audio(self) -> AudioFormat:
        """Format of the call's audio, as its media options ask for."""
        return self.options.audio if self.options else PCM_16K

    @property
    def peer(self) -> str:
        """Number of the party at the other end."""
        return self.called if self.outbound else self.caller

    def properties(self) -> dict[str, Any]:
        """``CallConnectionProperties`` as answers carry it."""
        body: dict[str, Any] = {
            "callConnectionId": self.ids.connection_id,
            "serverCallId": self.ids.server_call_id,
            "correlationId": self.ids.correlation_id,
            "targets": [identifier(self.called)],
            "source": identifier(self.caller),
            "callConnectionState": self.state,
            "callbackUri": self.callback_url,
        }
        if self.outbound:
            body["sourceCallerIdNumber"] = {"value": self.caller}
        if self.options is not None:
            stream = self.media
            body["mediaStreamingSubscription"] = {
                "id": stream.subscription_id if stream else "",
                "state": "active" if stream is not None and stream.active else "inactive",
                "subscribedContentTypes": ["audio"],
            }
        return body

    def emit(
        self,
        kind: str,
        *,
        result: Result | None = DONE,
        context: str | None = None,
        url: str | None = None,
        **more: Any,
    ) -> None:
        """Send an event. Its operation context is that of the operation, else the call's own."""
        event = call_event(kind, self.ids, context=context or self.context, result=result, more=more)
        self.callbacks.send(url or self.callback_url, event)

    def connect(self, leg: Leg) -> None:
        """The party is on the line: both sides hear each other from now on."""
        self.leg = leg
        leg.far_end = self
        self.state = "connected"
        leg.party.connected(self.ids.connection_id, self.audio.sample_rate)
        self.emit("CallConnected")
        self.tell_participants()

    def tell_participants(self) -> None:
        """ParticipantsUpdated with everybody who is on the call."""
        self._sequence += 1
        self.emit("ParticipantsUpdated", result=None, participants=self.participants(), sequenceNumber=self._sequence)

    def participants(self) -> list[dict[str, Any]]:
        """Everybody who is on the call, as Call Automation lists them."""
        return [{"identifier": phone_number(self.peer), "isMuted": False, "isOnHold": False}]

    def tick(self) -> None:
        """20 ms pass."""
        if self.leg is None or self.leg.over:
            return
        said = self.leg.party.speak()
        if self.media is not None:
            self.media.send_audio(said)
        heard = self.playing.next() or (self.media.next_frame() if self.media is not None else None)
        self.leg.party.hear(heard)
        for recording in self.recordings.values():
            recording.add(said, heard)

    def streaming(self, status: StreamStatus, details: str) -> None:
        """The media socket came, went, or could not be had."""
        name = f"MediaStreaming{status.capitalize()}"
        result = _STREAM_FAILED if status == "failed" else DONE
        self.emit(name, result=result, **streaming_update(name[0].lower() + name[1:], details))

    def listen(self, *, on: bool, context: str | None) -> None:
        """Report every key, or no more."""
        if self._listening and not on:
            self.emit("ContinuousDtmfRecognitionStopped", context=context or self._continuous)
        self._listening, self._continuous = on, context

    def disconnect(self, result: Result = _ENDED) -> None:
        """The call connection is over; nothing of it is heard any more. The leg may live on elsewhere."""
        if self.state == "disconnected":
            return
        self.state = "disconnected"
        if self.recognition is not None:
            self.recognition.cancel()
        if self.transfer is not None:
            self.transfer()
        self.playing.stop()
        self.emit("CallDisconnected", result=result)
        self.callbacks.finish()
        self.ended(self)

    def picked_up(self, leg: Leg) -> None:
        """It stands already."""

    def declined(self, leg: Leg) -> None:
        """As good as hanging up."""
        leg.hang_up()

    def pressed(self, leg: Leg, tone: str) -> None:
        """A key: into the media socket, to those who recognize, to those who listen."""
        if self.media is not None:
            self.media.send_tone(tone)
        name = TONE_NAMES[tone]
        if self.recognition is not None:
            self.recognition.press(name)
        if self._listening:
            self._tone_sequence += 1
            self.emit(
                "ContinuousDtmfRecognitionToneReceived",
                result=Result(message="DTMF tone received successfully."),
                context=self._continuous,
                sequenceId=self._tone_sequence,
                tone=name,
            )

    def hung_up(self, leg: Leg) -> None:
        """The party has hung up."""
        self.disconnect()
