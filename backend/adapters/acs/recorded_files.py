"""Files of recordings that ACS made, fetched and deleted by the async client of ``azure-communication-callautomation``.

The client goes to Microsoft's own hosts only (``recording_url_validator``). The local Azure tells addresses there, too;
what is asked of them goes to the local Azure itself.
"""

import contextlib
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from azure.communication.callautomation.aio import CallAutomationClient
from azure.core.exceptions import AzureError, HttpResponseError
from azure.core.pipeline.transport import AioHttpTransport
from azure.core.rest import HttpRequest

from backend.adapters.acs.credential import AcsCredential
from backend.adapters.acs.faults import once
from backend.adapters.acs.repeating import found
from backend.errors import CallNotFound, ProviderError, ProviderRejected, TimedOut

__all__ = ["AcsRecordedFiles"]

_PROVIDER = "recording"


class AcsRecordedFiles:
    """``RecordedFiles`` of ACS. Lives on one event loop, that of the recording thread.

    Args:
        endpoint: address of the ACS resource.
        access_key: base64 key; empty for managed identity.
        local: is it the local Azure, on this machine?
    """

    def __init__(self, endpoint: str, access_key: str, *, local: bool = False) -> None:
        self._endpoint = endpoint
        self._access_key = access_key
        self._local = local
        self._credential: AcsCredential | None = None
        self._opened: CallAutomationClient | None = None

    async def read(self, place: str) -> AsyncIterator[bytes]:
        """The bytes of a file."""
        answer: Any = await once(_PROVIDER, lambda: self._ask(self._client().download_recording(place)))
        try:
            async for piece in answer.iter_bytes():
                yield piece
        except AzureError as error:
            raise TimedOut(_PROVIDER, f"the file did not come to its end ({type(error).__name__})") from error
        finally:
            await answer.close()

    async def delete(self, place: str) -> None:
        """Delete a file."""
        with contextlib.suppress(CallNotFound), found("this file"):
            await once(_PROVIDER, lambda: self._ask(self._client().delete_recording(place)))

    async def close(self) -> None:
        """Let go of connections."""
        if self._opened is not None:
            await self._opened.close()
        if self._credential is not None:
            await self._credential.close()

    @staticmethod
    async def _ask(asked: Any) -> Any:
        try:
            return await asked
        except HttpResponseError as error:
            answer: Any = error.response
            if answer is not None:
                await answer.close()  # of a stream nobody else does
            raise
        except (TypeError, ValueError) as error:  # the client's own check of where its credentials may go
            raise ProviderRejected(_PROVIDER, "the file is at a place that is none of ACS") from error

    def _client(self) -> CallAutomationClient:
        if self._opened is None:
            self._credential = self._credential or AcsCredential(self._access_key)
            more: dict[str, Any] = {"transport": _Near(self._endpoint)} if self._local else {}
            try:
                self._opened = CallAutomationClient(
                    self._endpoint,
                    self._credential.shown,
                    retry_total=2,
                    connection_timeout=5,
                    read_timeout=30,
                    **more,
                )
            except ValueError as error:
                raise ProviderError(_PROVIDER, f"ACS_ENDPOINT or ACS_ACCESS_KEY: {error}") from error
        return self._opened


class _Near(AioHttpTransport):
    """Asks the local Azure for whatever is at another host."""

    def __init__(self, endpoint: str) -> None:
        super().__init__()
        self._near = urlsplit(endpoint)

    async def send(self, request: HttpRequest, **config: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        asked = urlsplit(request.url)
        request.url = asked._replace(scheme=self._near.scheme, netloc=self._near.netloc).geturl()
        return await super().send(request, **config)
