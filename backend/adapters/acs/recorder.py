"""Call recording by ACS itself, over the async client of ``azure-communication-callautomation``.

The file is WAV with a channel for each side ("unmixed"): the caller's is set to be the first by channel affinity, and
that of our media socket takes the next. A pause is not in the file, which goes on behind it (learn.microsoft.com, "Call
Recording overview").
"""

from typing import Any

from azure.communication.callautomation import (
    ChannelAffinity,
    CommunicationUserIdentifier,
    PhoneNumberIdentifier,
    RecordingChannel,
    RecordingContent,
    RecordingFormat,
)
from azure.communication.callautomation.aio import CallAutomationClient

from backend.adapters.acs.addresses import CallAddresses
from backend.adapters.acs.faults import once
from backend.adapters.acs.repeating import found, repeated

__all__ = ["AcsRecorder"]

_PROVIDER = "recording"
_WHAT = "this recording"


class AcsRecorder:
    """``ServiceRecorder`` on ACS.

    Args:
        client: of Call Automation; whoever made it closes it.
        addresses: where reports go.
        limit_s: limit on one operation, repeats included.
    """

    def __init__(self, client: CallAutomationClient, addresses: CallAddresses, limit_s: float) -> None:
        self._client = client
        self._addresses = addresses
        self._limit_s = limit_s

    async def start(self, connection_id: str, *, token: str, caller: str, paused: bool) -> str:
        """Begin. Not repeated: one that began unnoticed would make the next be refused."""
        affinity = [ChannelAffinity(_who(caller), 0)] if caller else None
        with found():
            started: Any = await once(
                _PROVIDER,
                lambda: self._client.start_recording(
                    call_connection_id=connection_id,
                    recording_state_callback_url=self._addresses.callbacks(token),
                    recording_content_type=RecordingContent.AUDIO,
                    recording_channel_type=RecordingChannel.UNMIXED,
                    recording_format_type=RecordingFormat.WAV,
                    channel_affinity=affinity,
                    pause_on_start=paused,
                ),
            )
        return str(started.recording_id)

    async def pause(self, recording_id: str) -> None:
        """Leave out what is heard from now on."""
        with found(_WHAT):
            await repeated(_PROVIDER, lambda: self._client.pause_recording(recording_id), self._limit_s)

    async def resume(self, recording_id: str) -> None:
        """Go on."""
        with found(_WHAT):
            await repeated(_PROVIDER, lambda: self._client.resume_recording(recording_id), self._limit_s)

    async def active(self, recording_id: str) -> bool:
        """Does it go on now?"""
        with found(_WHAT):
            told: Any = await repeated(
                _PROVIDER, lambda: self._client.get_recording_properties(recording_id), self._limit_s
            )
        return str(told.recording_state).lower() == "active"

    async def stop(self, recording_id: str) -> None:
        """End it."""
        with found(_WHAT):
            await repeated(_PROVIDER, lambda: self._client.stop_recording(recording_id), self._limit_s)


def _who(number: str) -> PhoneNumberIdentifier | CommunicationUserIdentifier:
    return PhoneNumberIdentifier(number) if number.startswith("+") else CommunicationUserIdentifier(number)
