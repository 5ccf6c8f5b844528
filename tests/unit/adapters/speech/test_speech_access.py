"""Settings become the SDK's configuration, one for each recognizer and synthesizer."""

from time import time

import pytest
from azure.cognitiveservices.speech import PropertyId
from azure.core.credentials import AccessToken

from backend.adapters.speech.access import SpeechAccess
from backend.adapters.speech.service import SpeechService
from backend.domain.audio import PCM_16K, PCM_24K, AudioFormat
from backend.errors import ConfigError


class Identity:
    def __init__(self) -> None:
        self.scopes: list[str] = []

    def get_token(self, *scopes: str, **_: object) -> AccessToken:
        self.scopes.extend(scopes)
        return AccessToken("token", int(time()) + 3600)


def settings(endpoint: str = "", region: str = "", key: str = "", resource_id: str = "") -> SpeechService:
    return SpeechService(endpoint=endpoint, region=region, key=key, resource_id=resource_id)


def test_no_service_is_a_config_error_that_names_the_variables() -> None:
    with pytest.raises(ConfigError, match=r"AZURE_SPEECH_ENDPOINT.*AZURE_SPEECH_REGION"):
        SpeechAccess(settings(key="k"))


def test_an_identity_in_a_region_needs_the_resource() -> None:
    with pytest.raises(ConfigError, match="AZURE_SPEECH_RESOURCE_ID"):
        SpeechAccess(settings(region="eastus"), Identity())


def test_plain_http_means_a_plain_web_socket() -> None:
    config = SpeechAccess(settings("http://127.0.0.1:1", key="k")).recognition()
    assert config.get_property(PropertyId.SpeechServiceConnection_Endpoint) == "ws://127.0.0.1:1"


def test_endpoint_and_key() -> None:
    config = SpeechAccess(settings("ws://127.0.0.1:1/", key="k")).recognition()
    assert config.get_property(PropertyId.SpeechServiceConnection_Endpoint) == "ws://127.0.0.1:1"
    assert config.subscription_key == "k"


def test_region_and_key() -> None:
    config = SpeechAccess(settings(region="eastus", key="k")).recognition()
    assert (config.region, config.subscription_key) == ("eastus", "k")


def test_endpoint_and_identity_leave_the_token_to_the_sdk() -> None:
    identity = Identity()
    config = SpeechAccess(settings("ws://127.0.0.1:1"), identity).recognition()
    assert config.token_credential is identity
    assert identity.scopes == []


def test_region_and_identity_put_the_token_in() -> None:
    identity = Identity()
    config = SpeechAccess(settings(region="eastus", resource_id="/subscriptions/1"), identity).recognition()
    assert config.authorization_token == "aad#/subscriptions/1#token"
    assert identity.scopes == ["https://cognitiveservices.azure.com/.default"]


def test_signing_in_asks_the_identity_once_and_a_key_never() -> None:
    identity = Identity()
    SpeechAccess(settings("ws://127.0.0.1:1"), identity).sign_in()
    SpeechAccess(settings("ws://127.0.0.1:1", key="k"), identity).sign_in()
    assert len(identity.scopes) == 1


def test_configurations_are_never_shared() -> None:
    access = SpeechAccess(settings("ws://127.0.0.1:1", key="k"))
    assert access.recognition() is not access.recognition()


@pytest.mark.parametrize(
    ("audio", "name"), [(PCM_16K, "raw-16khz-16bit-mono-pcm"), (PCM_24K, "raw-24khz-16bit-mono-pcm")]
)
def test_synthesis_is_raw_pcm_in_the_format_of_the_link(audio: AudioFormat, name: str) -> None:
    config = SpeechAccess(settings("ws://127.0.0.1:1", key="k")).synthesis(audio)
    assert config.speech_synthesis_output_format_string == name


@pytest.mark.parametrize(
    ("endpoint", "region", "url"),
    [
        ("ws://127.0.0.1:1", "", "ws://127.0.0.1:1/tts/cognitiveservices/websocket/v2"),
        (
            "https://x.cognitiveservices.azure.com",
            "",
            "wss://x.cognitiveservices.azure.com/tts/cognitiveservices/websocket/v2",
        ),
        ("", "eastus", "wss://eastus.tts.speech.microsoft.com/cognitiveservices/websocket/v2"),
    ],
)
def test_text_streaming_has_its_own_path(endpoint: str, region: str, url: str) -> None:
    config = SpeechAccess(settings(endpoint, region, "k")).synthesis(PCM_16K, text_streaming=True)
    assert config.get_property(PropertyId.SpeechServiceConnection_Endpoint) == url


def test_text_streaming_with_an_identity_in_a_region() -> None:
    access = SpeechAccess(settings(region="eastus", resource_id="/r"), Identity())
    assert access.synthesis(PCM_16K, text_streaming=True).authorization_token == "aad#/r#token"


def test_no_word_of_a_caller_is_masked() -> None:
    settings = SpeechService(endpoint="ws://127.0.0.1:9", key="k")
    config = SpeechAccess(settings).recognition()
    assert config.get_property(PropertyId.SpeechServiceResponse_ProfanityOption) == "raw"


def test_a_recognizer_looks_for_news_every_20_ms() -> None:
    config = SpeechAccess(settings(region="eastus", key="k")).recognition()
    assert config.get_property_by_name("SPEECH-USPRunPollingInterval") == "20"


def test_a_voice_tells_words_and_no_commas() -> None:
    config = SpeechAccess(settings("ws://127.0.0.1:1", key="k")).synthesis(PCM_16K)
    assert config.get_property(PropertyId.SpeechServiceResponse_RequestPunctuationBoundary) == "false"
    assert not config.get_property(PropertyId.SpeechServiceResponse_RequestWordBoundary), (
        "words as it tells them by itself"
    )
