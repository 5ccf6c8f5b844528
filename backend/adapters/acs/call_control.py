"""Call control by the async client of ``azure-communication-callautomation``.

The client does not repeat what failed with a bare 429, 502 or a broken connection (measured on
1.6.0), so those are repeated here, a few times and quickly: somebody is listening to a ringing
tone. A repeated request has its own Repeatability id, which is safe for answering (the service
answers a call once) and is not done for creating calls or transferring.
"""

import contextlib
import importlib
import logging
from collections.abc import Awaitable, Callable, Generator, Mapping
from typing import Any, TypeVar

from azure.communication.callautomation import (
    AudioFormat,
    CallRejectReason,
    CommunicationUserIdentifier,
    DtmfTone,
    MediaStreamingAudioChannelType,
    MediaStreamingContentType,
    MediaStreamingOptions,
    PhoneNumberIdentifier,
    StreamingTransportType,
    TextSource,
)
from azure.communication.callautomation.aio import CallAutomationClient

from backend.adapters.acs.addresses import CallAddresses
from backend.adapters.acs.credential import AcsCredential
from backend.adapters.acs.faults import once
from backend.adapters.acs.recorder import AcsRecorder
from backend.adapters.acs.repeating import found, repeated, status_of
from backend.domain.call import CallConnection, IncomingCall, WayOut
from backend.errors import CallNotFound, CallRefused, ProviderRejected, TimedOut

importlib.import_module("azure.core.rest._aiohttp")  # the SDK leaves it to the first request: 50 ms for every call

__all__ = ["AcsCallControl", "sip_headers"]

log = logging.getLogger(__name__)

_T = TypeVar("_T")
_PROVIDER = "calls"
_HEADER = "X-MS-Custom-"
_CONFLICT = 409
_MOST_HEADERS = 5
_LONGEST_HEADER = 256

_TONES = {
    **dict(zip("0123456789", DtmfTone, strict=False)),
    "*": DtmfTone.ASTERISK,
    "#": DtmfTone.POUND,
}
"""The service names keys; its digits come first, in their order."""

_NO_CALL = "00000000-0000-0000-0000-000000000000"


class AcsCallControl:
    """``CallControl`` on ACS.

    Args:
        endpoint: address of the ACS resource.
        access_key: base64 key; empty for managed identity.
        base_url: public address of this server, to which callbacks and media come.
        source_number: number that outbound calls and transfers come from.
        limit_s: limit on one operation, repeats included.
        show_caller: let a transfer come from the caller's own number (``Caller`` in its context), where there is one.
    """

    def __init__(
        self,
        endpoint: str,
        access_key: str,
        base_url: str,
        source_number: str,
        limit_s: float = 8.0,
        *,
        show_caller: bool = False,
    ) -> None:
        self._credential = AcsCredential(access_key)
        self._client = CallAutomationClient(
            endpoint,
            self._credential.shown,
            retry_total=2,
            retry_backoff_factor=0.2,
            connection_timeout=3,
            read_timeout=5,
        )
        self._source = PhoneNumberIdentifier(source_number) if source_number else None
        self._addresses = CallAddresses(base_url)
        self._limit_s = limit_s
        self._show_caller = show_caller
        self.recorder = AcsRecorder(self._client, self._addresses, limit_s)
        """Records calls at the service itself."""

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()
        await self._credential.close()

    async def check(self) -> None:
        """Does the service take our key or identity? Asks for a call that there is not.

        Raises:
            ProviderError: it does not, or cannot be asked.
        """
        connection = self._client.get_call_connection(_NO_CALL)
        with contextlib.suppress(CallNotFound), found():
            await once(_PROVIDER, connection.get_call_properties)

    async def answer(self, call: IncomingCall, *, token: str) -> CallConnection:
        """Answer with bidirectional 16 kHz media streaming."""
        broken: list[Exception] = []
        try:
            with found():
                answered = await self._repeat(
                    lambda: self._client.answer_call(
                        incoming_call_context=call.context,
                        callback_url=self._addresses.callbacks(token),
                        media_streaming=_streaming(self._addresses.media(token)),
                    ),
                    broken.append,
                )
        except CallNotFound as error:
            if broken:
                raise TimedOut(
                    _PROVIDER, "the call no longer rings: an earlier attempt whose answer was lost has taken it"
                ) from error
            raise
        return _connection(answered)

    async def reject(self, call: IncomingCall, *, busy: bool = True) -> None:
        """Refuse a ringing call."""
        reason = CallRejectReason.BUSY if busy else CallRejectReason.NONE
        with found():
            await self._repeat(lambda: self._client.reject_call(call.context, call_reject_reason=reason))

    async def redirect(self, call: IncomingCall, *, to: str) -> None:
        """Send a ringing call to another number."""
        with found():
            await self._repeat(lambda: self._client.redirect_call(call.context, PhoneNumberIdentifier(to)))

    async def create(self, *, to: str, token: str, out: WayOut) -> CallConnection:
        """Place a call from a number of the resource. There is no trunk to choose, and no header to send, here."""
        source = PhoneNumberIdentifier(out.number) if out.number else self._source
        if source is None:
            raise ProviderRejected(_PROVIDER, "ACS_SOURCE_NUMBER is not set; outbound calls need it")
        created = await once(
            _PROVIDER,
            lambda: self._client.create_call(
                PhoneNumberIdentifier(to),
                self._addresses.callbacks(token),
                source_caller_id_number=source,
                media_streaming=_streaming(self._addresses.media(token)),
            ),
        )
        return _connection(created)

    async def transfer(
        self, connection_id: str, *, to: str, context: Mapping[str, str], token: str, operation: str = ""
    ) -> None:
        """Ask for a transfer; the outcome comes as a callback."""
        connection = self._client.get_call_connection(connection_id)
        with found(), _call_up():
            await once(
                _PROVIDER,
                lambda: connection.transfer_call_to_participant(
                    PhoneNumberIdentifier(to),
                    sip_headers=sip_headers(context),
                    operation_context=operation or None,
                    operation_callback_url=self._addresses.callbacks(token),
                    source_caller_id_number=self._transfer_source(context),
                ),
            )

    def _transfer_source(self, context: Mapping[str, str]) -> PhoneNumberIdentifier | None:
        caller = context.get("Caller", "")
        return PhoneNumberIdentifier(caller) if self._show_caller and caller.startswith("+") else self._source

    async def press(self, connection_id: str, keys: str, *, to: str) -> None:
        """Press keys for the other side to hear. Not repeated: keys that come twice dial another number."""
        connection = self._client.get_call_connection(connection_id)
        tones = [_TONES[key] for key in keys]
        with found(), _call_up():
            await once(_PROVIDER, lambda: connection.send_dtmf_tones(tones, _other_side(to)))

    async def hang_up(self, connection_id: str) -> None:
        """End the call for everyone."""
        connection = self._client.get_call_connection(connection_id)
        with contextlib.suppress(CallNotFound), found():
            await self._repeat(lambda: connection.hang_up(is_for_everyone=True))

    async def start_media(self, connection_id: str, *, token: str) -> None:
        """Ask for the media socket again; it comes to the address that the call was answered with."""
        connection = self._client.get_call_connection(connection_id)
        with found():
            await self._repeat(connection.start_media_streaming)

    async def say(self, connection_id: str, text: str, voice: str, *, operation: str = "") -> None:
        """Have the service say a line. It needs a speech resource joined to ACS, which refuses it otherwise."""
        connection = self._client.get_call_connection(connection_id)
        source = TextSource(text=text, voice_name=voice)
        with found():
            await self._repeat(lambda: connection.play_media_to_all(source, operation_context=operation or None))

    async def _repeat(
        self, operation: Callable[[], Awaitable[_T]], on_broken: Callable[[Exception], None] = lambda _: None
    ) -> _T:
        return await repeated(_PROVIDER, operation, self._limit_s, on_broken)


@contextlib.contextmanager
def _call_up() -> Generator[None]:
    """A call that still rings, or is being moved already, cannot be moved: not our fault, and not for ever."""
    try:
        yield
    except ProviderRejected as error:
        if status_of(error) == _CONFLICT:
            raise CallRefused("ACS cannot transfer this call now: it still rings, or is being transferred") from error
        raise


def _streaming(url: str) -> MediaStreamingOptions:
    return MediaStreamingOptions(
        transport_url=url,
        transport_type=StreamingTransportType.WEBSOCKET,
        content_type=MediaStreamingContentType.AUDIO,
        audio_channel_type=MediaStreamingAudioChannelType.MIXED,
        start_media_streaming=True,
        enable_bidirectional=True,
        audio_format=AudioFormat.PCM16_K_MONO,
        enable_dtmf_tones=True,
    )


def _connection(properties: Any) -> CallConnection:
    return CallConnection(
        properties.call_connection_id, properties.server_call_id or "", properties.correlation_id or ""
    )


def sip_headers(context: Mapping[str, str]) -> dict[str, str]:
    """Headers as ACS lets them pass: five, of its own prefix; what is beyond that shares the last one."""
    named = [(name, _printable(value)) for name, value in context.items() if value]
    if len(named) > _MOST_HEADERS:
        rest = "; ".join(f"{name}={value}" for name, value in named[_MOST_HEADERS - 1 :])
        named = [*named[: _MOST_HEADERS - 1], ("More", _printable(rest))]
    return {f"{_HEADER}{name}": value for name, value in named}


def _other_side(number: str) -> PhoneNumberIdentifier | CommunicationUserIdentifier:
    return PhoneNumberIdentifier(number) if number.startswith("+") else CommunicationUserIdentifier(number)


def _printable(value: str) -> str:
    return "".join(character for character in value if 32 <= ord(character) < 127)[:_LONGEST_HEADER]
