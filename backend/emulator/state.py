"""What the services of the local Azure share."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Literal

from backend.emulator.faults import Faults
from backend.emulator.latency import PROFILES, Latency
from backend.emulator.soundbook import SoundBook

__all__ = ["EmulatorState", "SttEngine", "TtsEngine"]

SttEngine = Literal["sphinx", "scripted"]
TtsEngine = Literal["espeak", "tone"]


@dataclass
class EmulatorState:
    """One local Azure."""

    engine_stt: SttEngine = "sphinx"
    engine_tts: TtsEngine = "espeak"
    latency: Latency = field(default_factory=lambda: PROFILES["none"])
    faults: Faults = field(default_factory=Faults)
    sounds: SoundBook = field(default_factory=SoundBook)
    """What the phone and the voice say, by its sound: see ``soundbook``."""
    access_key: str = field(default_factory=lambda: base64.b64encode(hashlib.sha256(b"local azure").digest()).decode())
    """Base64 key that signs requests to call control."""
    acs_resource_id: str = "b0d6f6c4-1c3f-4f0e-9a52-7d1a5b1c0a11"
    """Audience of the tokens on callbacks and media sockets."""
    issuer: str = "https://acscallautomation.communication.azure.com"
    run_id: str = field(default_factory=lambda: secrets.token_hex(4))
