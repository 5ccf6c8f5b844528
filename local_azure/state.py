"""What the services of the local Azure share."""

import base64
import secrets
from dataclasses import dataclass, field
from typing import Literal
from uuid import uuid4

from local_azure.entra_people import Directory
from local_azure.faults import Faults
from local_azure.latency import Latency, LatencyProfile, latency
from local_azure.livekit.access import LiveKitAccess
from local_azure.soundbook import SoundBook
from local_azure.tokens import Signer
from stand_in.manner import Manner

__all__ = ["EmulatorState", "SttEngine", "Subscription", "TtsEngine", "new_access_key"]

SttEngine = Literal["moonshine", "sphinx", "whisper", "scripted"]
TtsEngine = Literal["espeak", "tone"]

_signer = Signer()


def new_access_key() -> str:
    """A random access key of an ACS resource, base64 as the portal shows it."""
    return base64.b64encode(secrets.token_bytes(48)).decode()


@dataclass(slots=True)
class Subscription:
    """A webhook that Event Grid delivers to."""

    name: str
    url: str
    validated: bool = False
    audience: str = ""
    """Entra application that deliveries carry a token for; empty: none, as Event Grid does without set-up."""


@dataclass(slots=True, kw_only=True)
class EmulatorState:
    """One local Azure. Services look at it when they work, so what is changed here holds from then on."""

    engine_stt: SttEngine = "sphinx"
    """Engine behind speech to text: a recognizer, or words looked up in :attr:`sounds`."""
    engine_tts: TtsEngine = "espeak"
    """Engine behind text to speech: a voice, or tones that cost nothing."""
    model_manner: Manner = "usual"
    """How clever the stand-in model is."""
    latency: Latency = field(default_factory=lambda: latency("typical"))
    faults: Faults = field(default_factory=Faults)
    sounds: SoundBook = field(default_factory=SoundBook)
    """Everything that phones and voices have said, found again by its samples."""
    access_key: str = field(default_factory=new_access_key, repr=False)
    """Key that requests to ACS are signed with."""
    acs_resource_id: str = field(default_factory=lambda: str(uuid4()))
    """Audience of the tokens on callbacks and media sockets."""
    signer: Signer = field(default=_signer, repr=False)
    """Signs every token; one key a process."""
    directory: Directory = field(default_factory=Directory)
    """Who can sign in with Entra ID."""
    livekit: LiveKitAccess | None = None
    """A real LiveKit server that phones call in by, too; its SIP API is answered here."""
    base_url: str = "http://127.0.0.1:8090"
    """Where this local Azure is reached."""
    subscriptions: list[Subscription] = field(default_factory=list[Subscription])
    """Webhooks that Event Grid delivers to."""
    loading: bool = False
    """Are models being loaded, and nobody subscribed until they are?"""

    def set_latency(self, profile: LatencyProfile) -> None:
        """Change the pace of every service."""
        self.latency = latency(profile)
