"""What must be set before anything is connected."""

from backend.boot.people import require_people
from backend.errors import ConfigError
from config import Settings

__all__ = ["require_services"]


def require_services(settings: Settings) -> None:
    """Is every address that a server needs set?

    Raises:
        ConfigError: naming each variable that is missing.
    """
    problems = [*_addresses(settings), *_tokens(settings), *_livekit(settings), *require_people(settings)]
    if problems:
        raise ConfigError("\n".join(problems))


def _addresses(settings: Settings) -> list[str]:
    azure, ai = settings.azure, settings.ai
    problems: list[str] = []
    if not settings.ways:
        problems.append(
            "ACS_ENDPOINT or LIVEKIT_URL: expected the address of the ACS resource, of a LiveKit server, or both, so "
            "that calls can come; neither is set"
        )
    if azure.acs_sms_number and not azure.acs_address:
        problems.append("ACS_ENDPOINT: expected with ACS_SMS_NUMBER, it is not set")
    if not azure.azure_speech_endpoint and not azure.azure_speech_region:
        problems.append("AZURE_SPEECH_ENDPOINT (or AZURE_SPEECH_REGION): expected an address, it is not set")
    if not ai.azure_openai_endpoint and not ai.openai_base_url:
        problems.append("AZURE_OPENAI_ENDPOINT (or OPENAI_BASE_URL): expected an address, it is not set")
    return problems


def _tokens(settings: Settings) -> list[str]:
    azure, security = settings.azure, settings.security
    problems: list[str] = []
    if security.check_acs_tokens and azure.acs_address and not azure.acs_resource_id:
        problems.append(
            "ACS_RESOURCE_ID: expected the immutable id of the ACS resource (the audience of its tokens), it is not "
            "set; CHECK_ACS_TOKENS=false leaves callbacks to the secret in their path"
        )
    if security.event_grid_audience and not (security.event_grid_issuer and security.event_grid_jwks_url):
        problems.append(
            "EVENT_GRID_ISSUER and EVENT_GRID_JWKS_URL: expected with EVENT_GRID_AUDIENCE, they are not set"
        )
    return problems


def _livekit(settings: Settings) -> list[str]:
    livekit = settings.livekit
    if livekit.livekit_url and not (livekit.livekit_api_key and livekit.livekit_api_secret.get_secret_value()):
        return ["LIVEKIT_API_KEY and LIVEKIT_API_SECRET: expected with LIVEKIT_URL, they are not set"]
    return []
