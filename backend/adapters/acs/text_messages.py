"""Text messages by the async client of ``azure-communication-sms``.

The client gives each recipient a repeatability id and keeps it in its own retries, so one ``send``
sends one message however often the request is repeated (read in 1.1.0).
"""

from azure.communication.sms.aio import SmsClient

from backend.adapters.acs.credential import AcsCredential
from backend.adapters.acs.faults import once
from backend.errors import ProviderRejected

__all__ = ["AcsTextMessages"]

_PROVIDER = "messages"


class AcsTextMessages:
    """``TextMessages`` on ACS.

    Args:
        endpoint: address of the ACS resource.
        access_key: base64 key; empty for managed identity.
        source: number or name that messages come from.
    """

    def __init__(self, endpoint: str, access_key: str, source: str) -> None:
        self._credential = AcsCredential(access_key)
        self._source = source
        self._client = SmsClient(
            endpoint,
            self._credential.shown,
            retry_total=2,
            retry_backoff_factor=0.2,
            connection_timeout=3,
            read_timeout=5,
        )

    async def send(self, to: str, text: str) -> None:
        """Send one message."""
        results = await once(_PROVIDER, lambda: self._client.send(self._source, to, text))
        if not results or not results[0].successful:
            status = results[0].http_status_code if results else 0
            raise ProviderRejected(_PROVIDER, f"ACS took the request but not the recipient ({status})")

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()
        await self._credential.close()
