"""Azure endpoints and keys. An empty key means managed identity."""

from pydantic import SecretStr

from config.concern import Concern

__all__ = ["AzureSettings"]


class AzureSettings(Concern):
    """Call control (ACS), speech and model endpoints."""

    acs_endpoint: str = ""
    """``https://NAME.communication.azure.com``; the local Azure is plain http on loopback."""
    acs_access_key: SecretStr = SecretStr("")
    """Base64 access key of the ACS resource. Empty: managed identity."""
    acs_resource_id: str = ""
    """Immutable resource id of ACS: the audience of the tokens on callbacks and media sockets."""
    acs_issuer: str = "https://acscallautomation.communication.azure.com"
    """Issuer of those tokens."""
    acs_jwks_url: str = "https://acscallautomation.communication.azure.com/calling/keys"
    """Where the keys for those tokens are published."""
    acs_source_number: str = ""
    """E.164 number that outbound calls and transfers come from."""
    acs_sms_number: str = ""
    """Number or name that text messages come from. Empty: no text messages are offered."""
    azure_search_endpoint: str = ""
    """``https://NAME.search.windows.net``. Empty: ``search_knowledge`` searches the agent store's Markdown."""
    azure_search_index: str = ""
    """Index whose documents have ``title``, ``content`` and ``line``."""
    azure_search_key: SecretStr = SecretStr("")
    """Query key of the search service. Empty: managed identity."""
    azure_speech_endpoint: str = ""
    """``https://NAME.cognitiveservices.azure.com``; ``ws://`` for the local Azure."""
    azure_speech_region: str = ""
    """Region, when there is no endpoint of our own."""
    azure_speech_key: SecretStr = SecretStr("")
    """Key of the speech resource. Empty: managed identity."""
    azure_speech_resource_id: str = ""
    """Resource id of speech, needed with managed identity and a region."""
