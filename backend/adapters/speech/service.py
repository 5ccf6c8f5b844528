"""Which speech service is used, and within which limits."""

from dataclasses import dataclass, field

__all__ = ["SpeechLimits", "SpeechService"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechService:
    """Where the service is, and by which right it is used. An endpoint stands before a region."""

    endpoint: str = ""
    """An address such as ``https://NAME.cognitiveservices.azure.com``."""
    region: str = ""
    """Such as ``eastus``."""
    key: str = field(default="", repr=False)
    """Without one an identity of Entra ID is shown."""
    resource_id: str = ""
    """Of the resource, as an identity needs it beside a region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechLimits:
    """Sizes of the pools, and how long anybody waits."""

    recognizers: int
    """Kept connected, of each kind."""
    most_recognizers: int
    """In use at once."""
    synthesizers: int
    most_synthesizers: int
    wait_s: float
    """For one that comes back, where all are in use."""
    start_s: float
    """For a recognizer that connects."""
    silence_s: float
    """A recognizer that is given speech and says nothing for so long is replaced."""
    first_audio_s: float
    """For the first audio of a sentence."""
    text_streaming: bool = False
    """Is text sent to the voice while it is being written?"""
