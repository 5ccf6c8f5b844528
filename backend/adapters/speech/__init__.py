"""Azure Speech over the SDK: recognition and the voice, each by itself, with a pool of opened connections."""

from backend.adapters.speech.speech_to_text import AzureSpeechToText
from backend.adapters.speech.text_to_speech import AzureTextToSpeech

__all__ = ["AzureSpeechToText", "AzureTextToSpeech"]
