"""The voices that the speech service has, by its own list."""

import json
from typing import Any

import aiohttp
from azure.core.exceptions import AzureError

from backend.adapters.speech.service import SpeechService
from backend.errors import ConfigError, ProtocolError, ProviderRejected, TimedOut, Unavailable

__all__ = ["listed_voices"]

_SCOPE = "https://cognitiveservices.azure.com/.default"
_LIMIT_S = 15.0
_LARGEST = 16 * 1024 * 1024
_PATH = "/cognitiveservices/voices/list"


async def listed_voices(service: SpeechService) -> frozenset[str]:
    """Ask for them.

    https://learn.microsoft.com/azure/ai-services/speech-service/rest-text-to-speech#get-a-list-of-voices

    Raises:
        ConfigError: there is neither an endpoint nor a region.
        Unavailable, TimedOut: no answer.
        ProviderRejected: it does not take our key or identity.
        ProtocolError: the answer is no list of voices.
    """
    url, headers = _address(service), await _credentials(service)
    try:
        timeout = aiohttp.ClientTimeout(total=_LIMIT_S)
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.get(url, headers=headers, allow_redirects=False) as answer,
        ):
            if answer.status != 200:
                kind = ProviderRejected if answer.status < 500 else Unavailable
                raise kind("speech", f"the list of voices was answered with status {answer.status}")
            raw = bytearray()
            async for piece in answer.content.iter_any():
                raw += piece
                if len(raw) > _LARGEST:
                    raise ProtocolError("the list of voices is too long")
            return _names(bytes(raw))
    except TimeoutError as error:
        raise TimedOut("speech", f"no list of voices within {_LIMIT_S:g} s") from error
    except aiohttp.ClientError as error:
        raise Unavailable("speech", f"the list of voices cannot be fetched ({type(error).__name__})") from error


def _address(service: SpeechService) -> str:
    endpoint = service.endpoint.rstrip("/")
    if endpoint.startswith("ws"):
        endpoint = endpoint.replace("ws", "http", 1)
    if endpoint:
        return f"{endpoint}/tts{_PATH}"
    if service.region:
        return f"https://{service.region}.tts.speech.microsoft.com{_PATH}"
    raise ConfigError("AZURE_SPEECH_ENDPOINT: expected an address, or AZURE_SPEECH_REGION; got neither")


async def _credentials(service: SpeechService) -> dict[str, str]:
    key = service.key
    if key:
        return {"Ocp-Apim-Subscription-Key": key}
    from azure.identity.aio import DefaultAzureCredential  # heavy; not with a key

    async with DefaultAzureCredential() as identity:
        try:
            token = (await identity.get_token(_SCOPE)).token
        except AzureError as error:
            raise ProviderRejected(
                "speech", f"no Azure identity is available to sign in with ({type(error).__name__})"
            ) from error
    resource = service.resource_id
    return {"Authorization": f"Bearer aad#{resource}#{token}" if resource else f"Bearer {token}"}


def _names(raw: bytes) -> frozenset[str]:
    try:
        found: Any = json.loads(raw)
        return frozenset(str(voice["ShortName"]) for voice in found)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ProtocolError("the list of voices has an unexpected form") from error
