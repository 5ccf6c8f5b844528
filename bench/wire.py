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
    "ANSWER_FRAME",
    "END_FRAME",
    "END_OF_SPEECH",
    "FILLER_FRAME",
    "FRAME_BYTES",
    "FRAME_SECONDS",
    "LOUDEST_FILLER",
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
    "utterance_frame",
    "utterance_in",
]

SAMPLE_RATE = 16_000
FRAME_SECONDS = 0.02
FRAME_BYTES = 640
"""20 ms of 16 kHz mono 16-bit PCM."""

# In-band markers stand in for the acoustic events that a recognizer would detect.
START_OF_SPEECH = b"\x7f\x01\x7f\x01SOS\x00"
END_OF_SPEECH = b"\x7f\x02\x7f\x02EOS\x00"
_UTTERANCE = b"\x7f\x00\x7f\x00UTT\x00"

NOISE = bytes((i * 37 + 11) % 7 for i in range(FRAME_BYTES))
"""A telephone line on which nobody speaks."""
START_FRAME = START_OF_SPEECH + NOISE[len(START_OF_SPEECH) :]
END_FRAME = END_OF_SPEECH + NOISE[len(END_OF_SPEECH) :]
TTS_FRAME = bytes((i * 53 + 5) % 251 for i in range(FRAME_BYTES))

_HUM = 8
"""Samples of half a wave: a hum of 1 kHz, whose loudness tells what is said."""
LOUDEST_FILLER = 5000
"""What is louder than this is the answer; what is not, only fills the wait for it."""


def _hum(loudness: int) -> bytes:
    wave = (loudness.to_bytes(2, "little", signed=True) * _HUM) + (
        (-loudness).to_bytes(2, "little", signed=True) * _HUM
    )
    return wave * (FRAME_BYTES // len(wave))


ANSWER_FRAME = _hum(8000)
FILLER_FRAME = _hum(4000)

TRANSCRIPT = "Where is my order number four five six"
STOP_AUDIO = '{"kind":"StopAudio","stopAudio":{}}'

_LONG = (
    "Your order number four five six left our warehouse this morning and should "
    "reach your home address before Friday evening. "
    "If nobody is at home the driver will leave it with a neighbor and send you "
    "a short text message straight after."
)
_NOTED = "All right, I have noted that down for you. Please tell me what else you know about it."
_ANSWERS = {"long": _LONG, "opener": "Okay. " + _LONG, "noted": _NOTED}


@dataclass(slots=True)
class Script:
    """How the fakes of a server behave. Set by ``POST /bench/reset``, so that one process serves all experiments."""

    answer: str = "long"
    """``long``: 42 words in two sentences; ``opener``: the same after "Okay."; ``noted``: 18 words in two."""
    first_token_seconds: float = 0.0
    """Time to the first token of the model."""
    token_seconds: float = 0.0
    """Time between two tokens of the model."""
    sentence_frames: int = 10
    """Frames of audio that the voice makes of one sentence."""
    word_frames: int = 0
    """Frames of audio that the voice makes of each word, instead."""
    first_audio_seconds: float = 0.0
    """Time to the first audio of each sentence."""
    utterances: str = ""
    """File of what callers say; see bench.heard_words. Empty: markers stand for their words."""
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

    def sound(self, text: str) -> list[bytes]:
        """The frames that the voice makes of ``text``."""
        if not self.word_frames:
            return [TTS_FRAME] * self.sentence_frames
        frame = ANSWER_FRAME if text.strip() in _ANSWERS[self.answer] else FILLER_FRAME
        return [frame] * (self.word_frames * len(text.split()))


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


def utterance_frame(number: int) -> bytes:
    """Near silence that announces an utterance of ``Script.utterances`` by its number."""
    return (_UTTERANCE + number.to_bytes(2, "little")).ljust(FRAME_BYTES, b"\0")


def utterance_in(pcm: bytes) -> int | None:
    """The number of the utterance that this frame announces."""
    if not pcm.startswith(_UTTERANCE):
        return None
    return int.from_bytes(pcm[len(_UTTERANCE) : len(_UTTERANCE) + 2], "little")


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
