"""Azure endpoints and keys. An empty key means managed identity."""

import base64
from typing import Annotated

from pydantic import SecretStr, field_validator

from config.address import HttpAddress, Issuer, PageAddress, ServiceAddress, http_address
from config.concern import Concern
from config.connection_string import parts_of
from config.shapes import HeaderKey, PhoneNumber, shaped

__all__ = ["AzureSettings"]

_WHOLE = "expected endpoint=https://...;accesskey=..."


class AzureSettings(Concern):
    """Call control (ACS), speech and model endpoints."""

    acs_connection_string: SecretStr = SecretStr("")
    """``endpoint=https://...;accesskey=...`` as the portal shows it; takes the place of the next two."""
    acs_endpoint: HttpAddress = ""
    """``https://NAME.communication.azure.com``; the local Azure is plain http on loopback."""
    acs_access_key: SecretStr = SecretStr("")
    """Base64 access key of the ACS resource. Empty: managed identity."""
    acs_resource_id: Annotated[
        str, shaped(r"[^/\s]+", "the immutable resource id, a UUID, and not the path that begins with /subscriptions/")
    ] = ""
    """Immutable resource id of ACS: the audience of the tokens on callbacks and media sockets."""
    acs_issuer: Issuer = "https://acscallautomation.communication.azure.com"
    """Issuer of those tokens."""
    acs_jwks_url: PageAddress = "https://acscallautomation.communication.azure.com/calling/keys"
    """Where the keys for those tokens are published."""
    acs_source_number: PhoneNumber = ""
    """E.164 number that outbound calls and transfers come from."""
    acs_show_caller: bool = False
    """Show a colleague the caller's own number in a transfer, and not ours. Only where the carrier allows it; it is
    in the transfer's context always."""
    acs_sms_number: Annotated[
        str,
        shaped(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}|[A-Za-z0-9]{1,11}", "a number such as +18005550123, or a short name"),
    ] = ""
    """Number or name that text messages come from. Empty: no text messages are offered."""
    azure_search_endpoint: HttpAddress = ""
    """``https://NAME.search.windows.net``. Empty: ``search_knowledge`` searches the agent store's Markdown."""
    azure_search_index: Annotated[str, shaped(r"[a-z0-9_-]+", "the name of an index, in small letters")] = ""
    """Index whose documents have ``title``, ``content`` and ``line``."""
    azure_search_key: HeaderKey = SecretStr("")
    """Query key of the search service. Empty: managed identity."""
    azure_speech_endpoint: ServiceAddress = ""
    """``https://NAME.cognitiveservices.azure.com``; ``ws://`` for the local Azure."""
    azure_speech_region: Annotated[str, shaped(r"[a-z0-9]+", "a region such as eastus2")] = ""
    """Region, when there is no endpoint of our own."""
    azure_speech_key: HeaderKey = SecretStr("")
    """Key of the speech resource. Empty: managed identity."""
    azure_speech_resource_id: Annotated[
        str, shaped(r"/subscriptions/\S+", "a resource id such as /subscriptions/.../accounts/NAME")
    ] = ""
    """Resource id of speech, needed with managed identity and a region."""

    @field_validator("acs_connection_string")
    @classmethod
    def _has_both(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value():
            return value
        parts = parts_of(value)
        missing = [name for name in ("endpoint", "accesskey") if name not in parts]
        if missing:
            raise ValueError(f"{_WHOLE}, got no {' and no '.join(missing)}")
        try:
            http_address(parts["endpoint"])
        except ValueError as error:
            raise ValueError(f"{_WHOLE}; its endpoint: {error}, got {parts['endpoint']!r}") from error
        if not _is_base64(parts["accesskey"]):
            raise ValueError(f"{_WHOLE}; its accesskey: expected base64, got something else")
        return value

    @field_validator("acs_access_key")
    @classmethod
    def _has_base64(cls, value: SecretStr) -> SecretStr:
        if not _is_base64(value.get_secret_value()):
            raise ValueError("expected base64, as the portal shows the key")
        return value

    @property
    def acs_address(self) -> str:
        """Where ACS is, whichever way it was given."""
        return parts_of(self.acs_connection_string).get("endpoint", "").rstrip("/") or self.acs_endpoint

    @property
    def acs_key(self) -> str:
        """Its access key; empty for managed identity."""
        return parts_of(self.acs_connection_string).get("accesskey") or self.acs_access_key.get_secret_value()


def _is_base64(key: str) -> bool:
    try:
        base64.b64decode(key, validate=True)
    except ValueError:
        return False
    return True
