"""Every call of the local ACS, from ring to end."""

import asyncio
import base64
import secrets
from collections.abc import Mapping
from uuid import uuid4

import aiohttp

from local_azure.acs.arrival import Arrival
from local_azure.acs.call import Call
from local_azure.acs.callbacks import Callbacks
from local_azure.acs.events import CallIds, Result, cloud_time
from local_azure.acs.identifiers import identifier
from local_azure.acs.leg import Bridge, Dialling, Leg
from local_azure.acs.media import MediaOptions, MediaStream
from local_azure.acs.recording import Recording
from local_azure.background import Background
from local_azure.event_grid import EventGrid, GridEvent
from local_azure.pacing import Ticker
from local_azure.state import EmulatorState
from local_azure.telephony import EndReason, Exchange, Line, Party
from local_azure.tokens import ACS_ISSUER, MEDIA_SECONDS

__all__ = ["RING_SECONDS", "Switchboard"]

RING_SECONDS = 30.0
"""So long a phone rings before somebody gives up."""

_RECORDINGS_KEPT = 20
_FILES = "https://local.asm.skype.com/v1/objects"
"""Where files of recordings are told to be: the SDK goes to hosts of this name only."""
_KEPT = 500
"""Calls that are remembered after their end, for GET and the control routes."""

_FAILED: dict[EndReason, Result] = {
    "busy": Result(486, 560486, "The called party is busy.", 486, "Busy Here"),
    "no_answer": Result(480, 560480, "The called party did not answer.", 480, "Temporarily Unavailable"),
    "rejected": Result(603, 560603, "The call was declined.", 603, "Decline"),
}


class Switchboard:
    """Answers, places, transfers and ends calls for the REST routes, and rings parties of the exchange."""

    def __init__(
        self,
        state: EmulatorState,
        web: aiohttp.ClientSession,
        grid: EventGrid,
        exchange: Exchange,
        ticker: Ticker,
        background: Background,
    ) -> None:
        self.state = state
        self.web = web
        self.background = background
        self.ring_seconds = RING_SECONDS
        self._grid = grid
        self._exchange = exchange
        self._ticker = ticker
        self.arrivals: dict[str, Arrival] = {}
        """Calls that ring, by their incoming call context."""
        self.calls: dict[str, Call] = {}
        """Calls by connection id; those that are over stay for a while."""
        self.recordings: dict[str, tuple[Call, Recording]] = {}

    def live(self) -> list[Call]:
        """Calls that are not over."""
        return [call for call in self.calls.values() if call.state != "disconnected"]

    def dial(self, party: Party, number: str, headers: Mapping[str, str] | None = None) -> Line:
        """A party dials one of the application's numbers: an IncomingCall is raised, and it rings."""
        arrival = Arrival(party, number, new_ids(), self.ring_seconds, self._gave_up)
        self.arrivals[arrival.context] = arrival
        self._grid.publish(arrival.event(headers or {}))
        return arrival.leg

    def answer(self, arrival: Arrival, *, callback_url: str, context: str | None, media: MediaOptions | None) -> Call:
        """The application takes a ringing call."""
        del self.arrivals[arrival.context]
        arrival.settle()
        call = self._open(arrival.ids, callback_url, context, media, caller=arrival.caller, called=arrival.called)
        self.background.spawn(self._connect(call, arrival.leg), "connect")
        return call

    def reject(self, arrival: Arrival, reason: str) -> None:
        """The application refuses a ringing call."""
        del self.arrivals[arrival.context]
        arrival.settle()
        arrival.leg.end("busy" if reason == "busy" else "rejected")

    def redirect(self, arrival: Arrival, number: str) -> None:
        """The application sends a ringing call elsewhere."""
        del self.arrivals[arrival.context]
        arrival.settle()

        def done(leg: Leg | None, reason: EndReason) -> None:
            if leg is None:
                arrival.leg.end(reason)
                return
            arrival.leg.party.moved(number)
            Bridge(arrival.leg, leg, MediaOptions("").audio, self._ticker)

        Dialling(self._exchange.party(number), self.ring_seconds, done)

    def create(
        self, *, to: str, source: str, callback_url: str, context: str | None, media: MediaOptions | None
    ) -> Call:
        """The application calls somebody."""
        call = self._open(new_ids(), callback_url, context, media, caller=source, called=to, outbound=True)

        def done(leg: Leg | None, reason: EndReason) -> None:
            if leg is not None:
                self._begin(call, leg)
                return
            call.transfer = None
            call.emit("CreateCallFailed", result=_FAILED[reason])
            call.disconnect(_FAILED[reason])

        call.transfer = Dialling(self._exchange.party(to), self.ring_seconds, done).cancel
        return call

    def transfer(
        self, call: Call, number: str, *, context: str | None, url: str | None, headers: Mapping[str, str]
    ) -> None:
        """Hand the party over to ``number``: our connection ends when that one answers."""
        call.state = "transferring"

        def done(leg: Leg | None, reason: EndReason) -> None:
            call.transfer = None
            if call.leg is None or call.leg.over:
                if leg is not None:
                    leg.end("far_end")
                return
            if leg is None:
                call.state = "connected"
                call.emit("CallTransferFailed", result=_FAILED[reason], context=context, url=url)
                return
            self._hand_over(call, leg, number, context, url)

        call.transfer = Dialling(self._exchange.party(number), self.ring_seconds, done, headers).cancel

    def start_streaming(self, call: Call) -> None:
        """Open the media socket, unless it is open."""
        if call.options is None or (call.media is not None and call.media.active):
            return
        if call.media is not None:
            self.background.spawn(call.media.stop(), "media-stop")
        token = self.state.signer.sign(issuer=ACS_ISSUER, audience=self.state.acs_resource_id, seconds=MEDIA_SECONDS)
        headers = {
            "Authorization": f"Bearer {token}",
            "x-ms-call-connection-id": call.ids.connection_id,
            "x-ms-call-correlation-id": call.ids.correlation_id,
        }
        participant = str(identifier(call.peer)["rawId"])
        call.media = MediaStream(call.options, headers, self.web, self.state.faults, call.streaming, participant)
        self.background.spawn(call.media.run(), "media")

    def stop_streaming(self, call: Call) -> None:
        """Close the media socket."""
        if call.media is not None:
            self.background.spawn(call.media.stop(), "media-stop")

    def hang_up(self, call: Call) -> None:
        """The application leaves the call. With two parties that ends it for both."""
        leg = call.leg
        call.disconnect()
        if leg is not None and leg.far_end is call:
            leg.end("far_end")

    def tell_recorded(self, call: Call, recording: Recording) -> None:
        """Event Grid hears that a recording can be fetched."""
        place = f"{_FILES}/{recording.recording_id}"
        chunk = {
            "documentId": recording.recording_id,
            "index": 0,
            "endReason": "SessionEnded",
            "contentLocation": f"{place}/content/acsrecording",
            "metadataLocation": f"{place}/content/acsmetadata",
            "deleteLocation": place,
        }
        data = {
            "recordingStorageInfo": {"recordingChunks": [chunk]},
            "recordingContentType": "Audio",
            "recordingChannelType": "Unmixed",
            "recordingFormatType": "Wav",
            "recordingStartTime": cloud_time(recording.started_at),
            "recordingDurationMs": round(recording.duration_ms),
            "sessionEndReason": "CallEnded",
        }
        subject = f"/recording/call/{call.ids.server_call_id}/recordingId/{recording.recording_id}"
        self._grid.publish(GridEvent("Microsoft.Communication.RecordingFileStatusUpdated", subject, data))

    def keep(self, call: Call, recording: Recording) -> None:
        """Remember a recording; only the latest are."""
        call.recordings[recording.recording_id] = recording
        self.recordings[recording.recording_id] = (call, recording)
        for old in list(self.recordings)[: max(0, len(self.recordings) - _RECORDINGS_KEPT)]:
            del self.recordings[old]

    def _gave_up(self, arrival: Arrival) -> None:
        self.arrivals.pop(arrival.context, None)

    async def _connect(self, call: Call, leg: Leg) -> None:
        """The call stands a moment after it was answered; the answer itself still says ``connecting``."""
        await asyncio.sleep(self.state.latency.acs_event / 1000)
        if leg.over:
            call.disconnect()
        elif call.state == "connecting":
            self._begin(call, leg)

    def _begin(self, call: Call, leg: Leg) -> None:
        call.transfer = None
        call.connect(leg)
        self._ticker.join(call.tick)
        if call.options is not None and call.options.start:
            self.start_streaming(call)

    def _open(
        self,
        ids: CallIds,
        callback_url: str,
        context: str | None,
        media: MediaOptions | None,
        *,
        caller: str,
        called: str,
        outbound: bool = False,
    ) -> Call:
        callbacks = Callbacks(self.state, self.web)
        call = Call(ids, callback_url, context, callbacks, self._over, caller, called, outbound, media)
        self.calls[ids.connection_id] = call
        self.background.spawn(callbacks.run(), "callbacks")
        for old in list(self.calls)[: max(0, len(self.calls) - _KEPT)]:
            if self.calls[old].state == "disconnected":
                del self.calls[old]
        return call

    def _hand_over(self, call: Call, leg: Leg, number: str, context: str | None, url: str | None) -> None:
        caller = call.leg
        if caller is None:
            return
        call.state = "transferAccepted"
        call.emit(
            "CallTransferAccepted",
            result=Result(200, 7015, "The transfer operation completed successfully."),
            context=context,
            url=url,
            transferTarget=identifier(number),
            transferee=identifier(call.peer),
        )
        call.disconnect()
        caller.party.moved(number)
        Bridge(caller, leg, call.audio, self._ticker)

    def _over(self, call: Call) -> None:
        self._ticker.leave(call.tick)
        self.stop_streaming(call)
        for recording in call.recordings.values():
            recording.change("inactive")
            recording.stopped = True
            self.tell_recorded(call, recording)


def new_ids() -> CallIds:
    """Identifiers of a new call, of the service's own kind: a GUID-like connection, a base64 server call id."""
    server = base64.b64encode(f"https://local.conv.skype.com/conv/{secrets.token_urlsafe(12)}".encode()).decode()
    return CallIds(str(uuid4()), server, str(uuid4()))
