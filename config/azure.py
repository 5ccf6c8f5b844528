"""Azure endpoints and keys. An empty key means managed identity."""

import base64
import binascii

from pydantic import SecretStr, field_validator

from config.address import HttpAddress, ServiceAddress
from config.concern import Concern

__all__ = ["AzureSettings"]


class AzureSettings(Concern):
    """Call control (ACS), speech and model endpoints."""

    acs_connection_string: SecretStr = SecretStr("")
    """``endpoint=https://...;accesskey=...`` as the portal shows it; takes the place of the next two."""
    acs_endpoint: HttpAddress = ""
    """``https://NAME.communication.azure.com``; the local Azure is plain http on loopback."""
    acs_access_key: SecretStr = SecretStr("")
    """Base64 access key of the ACS resource. Empty: managed identity."""
    acs_resource_id: str = ""
    """Immutable resource id of ACS: the audience of the tokens on callbacks and media sockets."""
    acs_issuer: str = "https://acscallautomation.communication.azure.com"
    """Issuer of those tokens."""
    acs_jwks_url: HttpAddress = "https://acscallautomation.communication.azure.com/calling/keys"
    """Where the keys for those tokens are published."""
    acs_source_number: str = ""
    """E.164 number that outbound calls and transfers come from."""
    acs_sms_number: str = ""
    """Number or name that text messages come from. Empty: no text messages are offered."""
    azure_search_endpoint: HttpAddress = ""
    """``https://NAME.search.windows.net``. Empty: ``search_knowledge`` searches the agent store's Markdown."""
    azure_search_index: str = ""
    """Index whose documents have ``title``, ``content`` and ``line``."""
    azure_search_key: SecretStr = SecretStr("")
    """Query key of the search service. Empty: managed identity."""
    azure_speech_endpoint: ServiceAddress = ""
    """``https://NAME.cognitiveservices.azure.com``; ``ws://`` for the local Azure."""
    azure_speech_region: str = ""
    """Region, when there is no endpoint of our own."""
    azure_speech_key: SecretStr = SecretStr("")
    """Key of the speech resource. Empty: managed identity."""
    azure_speech_resource_id: str = ""
    """Resource id of speech, needed with managed identity and a region."""

    @field_validator("acs_connection_string")
    @classmethod
    def _has_both(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not {"endpoint", "accesskey"} <= _parts(value).keys():
            raise ValueError("expected endpoint=https://...;accesskey=...")
        return value

    @field_validator("acs_access_key")
    @classmethod
    def _is_base64(cls, value: SecretStr) -> SecretStr:
        try:
            base64.b64decode(value.get_secret_value(), validate=True)
        except binascii.Error as error:
            raise ValueError("expected base64, as the portal shows the key") from error
        return value

    @property
    def acs_address(self) -> str:
        """Where ACS is, whichever way it was given."""
        return _parts(self.acs_connection_string).get("endpoint", "").rstrip("/") or self.acs_endpoint

    @property
    def acs_key(self) -> str:
        """Its access key; empty for managed identity."""
        return _parts(self.acs_connection_string).get("accesskey") or self.acs_access_key.get_secret_value()


def _parts(connection_string: SecretStr) -> dict[str, str]:
    pairs = (part.partition("=") for part in connection_string.get_secret_value().split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value.strip()}
