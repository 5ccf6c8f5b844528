"""What every server under test is spoken to with: the ACS media-streaming format and the script of the calls.

The servers differ in the framework in the middle and in nothing else. Needs the standard library only, because
the other frameworks' servers import it from their own environments.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = [
    "END_FRAME",
    "END_OF_SPEECH",
    "FRAME_BYTES",
    "FRAME_SECONDS",
    "NOISE",
    "SAMPLE_RATE",
    "START_FRAME",
    "START_OF_SPEECH",
    "STOP_AUDIO",
    "TRANSCRIPT",
    "TTS_FRAME",
    "Script",
    "caller_audio",
    "decode_audio",
    "encode_audio",
    "metadata",
    "script",
]

SAMPLE_RATE = 16_000
FRAME_SECONDS = 0.02
FRAME_BYTES = 640
"""20 ms of 16 kHz mono 16-bit PCM."""

# In-band markers stand in for the acoustic events that a recogniser would detect.
START_OF_SPEECH = b"\x7f\x01\x7f\x01SOS\x00"
END_OF_SPEECH = b"\x7f\x02\x7f\x02EOS\x00"

NOISE = bytes((i * 37 + 11) % 7 for i in range(FRAME_BYTES))
"""A telephone line on which nobody speaks."""
START_FRAME = START_OF_SPEECH + NOISE[len(START_OF_SPEECH) :]
END_FRAME = END_OF_SPEECH + NOISE[len(END_OF_SPEECH) :]
TTS_FRAME = bytes((i * 53 + 5) % 251 for i in range(FRAME_BYTES))

TRANSCRIPT = "Where is my order number four five six"
STOP_AUDIO = '{"kind":"StopAudio","stopAudio":{}}'

_LONG = (
    "Your order number four five six left our warehouse this morning and should "
    "reach your home address before Friday evening. "
    "If nobody is at home the driver will leave it with a neighbour and send you "
    "a short text message straight after."
)
_ANSWERS = {"long": _LONG, "opener": "Okay. " + _LONG}


@dataclass(slots=True)
class Script:
    """How the fakes of a server behave. Set by ``POST /bench/reset``, so that one process serves all experiments."""

    answer: str = "long"
    """``long``: 42 words in two sentences; ``opener``: the same after "Okay."."""
    token_seconds: float = 0.0
    """Time between two tokens of the model."""
    sentence_frames: int = 10
    """Frames of audio that the voice makes of one sentence."""
    vad: bool = False
    """Does a local voice-activity detector look at every frame?"""

    def apply(self, values: Mapping[str, Any]) -> None:
        """Go back to the defaults, then take these values."""
        fresh = Script(**values)
        for name in self.__slots__:
            setattr(self, name, getattr(fresh, name))

    def tokens(self) -> list[str]:
        """The answer as the model writes it."""
        return [word if i == 0 else " " + word for i, word in enumerate(_ANSWERS[self.answer].split(" "))]


script = Script()
"""The script of this process."""


def metadata() -> str:
    """The first frame of a media socket."""
    return json.dumps(
        {
            "kind": "AudioMetadata",
            "audioMetadata": {
                "subscriptionId": "bench",
                "encoding": "PCM",
                "sampleRate": SAMPLE_RATE,
                "channels": 1,
                "length": FRAME_BYTES,
            },
        }
    )


def caller_audio(pcm: bytes) -> str:
    """One inbound frame, as ACS sends it."""
    return (
        '{"kind":"AudioData","audioData":{"timestamp":"2026-01-01T00:00:00.000Z",'
        '"participantRawID":"4:+15550100","data":"' + base64.b64encode(pcm).decode() + '","silent":false}}'
    )


def encode_audio(pcm: bytes) -> str:
    """One outbound frame, as ACS expects it."""
    return '{"kind":"AudioData","audioData":{"data":"' + base64.b64encode(pcm).decode() + '"}}'


def decode_audio(message: str) -> bytes | None:
    """The PCM in an inbound message; ``None`` when it carries no audio."""
    body = json.loads(message)
    if body.get("kind") != "AudioData":
        return None
    return base64.b64decode(body["audioData"]["data"])
