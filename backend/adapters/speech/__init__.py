"""Azure Speech: recognition and synthesis over the SDK, with pools of opened connections."""

from backend.adapters.speech.azure_speech import AzureSpeech

__all__ = ["AzureSpeech"]
