"""Where the speech service is and as whom we speak to it.

The SDK's ``SpeechConfig`` is mutable and is read when a recognizer or synthesizer is made, so every one
of them gets its own; nothing here is shared but the credential.
"""

from azure.cognitiveservices.speech import (
    OutputFormat,
    ProfanityOption,
    PropertyId,
    SpeechConfig,
    SpeechSynthesisOutputFormat,
)
from azure.core.credentials import TokenCredential

from backend.adapters.speech.service import SpeechService
from backend.domain.audio import PCM_16K, PCM_24K, AudioFormat
from backend.errors import ConfigError

__all__ = ["SpeechAccess"]

_SCOPE = "https://cognitiveservices.azure.com/.default"
_FORMATS = {
    PCM_16K: SpeechSynthesisOutputFormat.Raw16Khz16BitMonoPcm,
    PCM_24K: SpeechSynthesisOutputFormat.Raw24Khz16BitMonoPcm,
}

_STOP_TIMEOUT = "SPEECH-StopRecognitionTimeoutInSeconds"
"""Stopping waits so long for a silent service. 10 s by default, and threads of a recognizer that is
let go of earlier may abort the process at exit; with 1 s neither was seen (1.53.0)."""

_RETRIES = "SPEECH-Error-MaxRetryCount"
"""Reconnections inside the SDK. One heals a broken socket in 0.3 s, with a replay of its own; the
default of four only delays the news of an outage by another second."""


_POLLING, _POLLING_MS = "SPEECH-USPRunPollingInterval", "20"
"""How often a thread of the SDK looks whether the service has said something, 10 ms by default. It is most of what a
connection costs: a recognizer that hears silence takes 0.40 s of processor a minute with 10 ms, 0.29 s with 20 ms and
0.26 s with 50 ms, while a final comes 5 ms later with 20 ms and 65 ms later with 50 ms (1.53.0). Recognizers heed it,
voices do not."""


class SpeechAccess:
    """Makes the configuration of one recognizer or synthesizer.

    With a key, or with a managed identity: the SDK asks the credential for a token whenever it connects,
    on a thread of its own (``Connection.open`` waits for it, so that is never called on the loop). With
    an identity and only a region, the token is put into the configuration when it is made, and is as old
    as that recognizer; whoever is refused in mid-call gets a new recognizer and with it a new token.

    Raises:
        ConfigError: neither endpoint nor region, or an identity without what it needs.
    """

    def __init__(self, service: SpeechService, credential: TokenCredential | None = None) -> None:
        self._endpoint = _address(service.endpoint)
        self._region = service.region
        self._key = service.key
        self._resource_id = service.resource_id
        if not self._endpoint and not self._region:
            raise ConfigError("AZURE_SPEECH_ENDPOINT: expected an address, or AZURE_SPEECH_REGION; got neither")
        if not self._key and not self._endpoint and not self._resource_id:
            raise ConfigError(
                "AZURE_SPEECH_RESOURCE_ID: expected with AZURE_SPEECH_REGION and no AZURE_SPEECH_KEY; got nothing"
            )
        self._credential = credential
        if not self._key and credential is None:
            from azure.identity import DefaultAzureCredential  # heavy, and not needed with a key

            self._credential = DefaultAzureCredential()

    def sign_in(self) -> None:
        """Fetch the first token, so that the first call does not wait for it. Blocks; nothing with a key."""
        if not self._key and self._credential:
            self._credential.get_token(_SCOPE)

    def recognition(self) -> SpeechConfig:
        """Configuration of one recognizer."""
        config = self._config(self._endpoint)
        # Masked words are lost words: a name, or what was shouted at the scene, would reach claim and record as stars.
        config.set_profanity(ProfanityOption.Raw)
        config.output_format = OutputFormat.Detailed  # the only one that tells the confidence
        config.set_property_by_name(_STOP_TIMEOUT, "1")
        config.set_property_by_name(_RETRIES, "1")
        config.set_property_by_name(_POLLING, _POLLING_MS)
        # Read only when languages are to be told apart. Unlike the languages themselves it must be there
        # when the recognizer is made, else it says "DetectAtAudioStart" (captured).
        config.set_property(PropertyId.SpeechServiceConnection_LanguageIdMode, "Continuous")
        return config

    def synthesis(self, audio: AudioFormat, *, text_streaming: bool = False) -> SpeechConfig:
        """Configuration of one synthesizer. Text streaming is spoken at another path, which must be given."""
        config = self._config(self._streaming_endpoint() if text_streaming else self._endpoint)
        config.set_speech_synthesis_output_format(_FORMATS[audio])
        # Nobody asks where a comma is heard, and each costs a call from the SDK's threads into Python.
        config.set_property(PropertyId.SpeechServiceResponse_RequestPunctuationBoundary, "false")
        return config

    def _config(self, endpoint: str) -> SpeechConfig:
        if endpoint and self._key:
            return SpeechConfig(subscription=self._key, endpoint=endpoint)
        if endpoint and self._endpoint:
            return SpeechConfig(endpoint=endpoint, token_credential=self._credential)
        if self._key:
            return SpeechConfig(subscription=self._key, region=self._region)
        if not endpoint:
            return SpeechConfig(auth_token=self._regional_token(), region=self._region)
        config = SpeechConfig(endpoint=endpoint)
        config.authorization_token = self._regional_token()
        return config

    def _streaming_endpoint(self) -> str:
        if not self._endpoint:
            return f"wss://{self._region}.tts.speech.microsoft.com/cognitiveservices/websocket/v2"
        return f"{self._endpoint.replace('http', 'ws', 1)}/tts/cognitiveservices/websocket/v2"

    def _regional_token(self) -> str:
        assert self._credential is not None
        return f"aad#{self._resource_id}#{self._credential.get_token(_SCOPE).token}"


def _address(endpoint: str) -> str:
    # Speech is a web socket; the SDK takes https for one, but not http.
    if endpoint.startswith("http://"):
        endpoint = endpoint.replace("http", "ws", 1)
    return endpoint.rstrip("/")
