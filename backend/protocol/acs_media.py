"""ACS media streaming: the JSON text frames of the bidirectional audio WebSocket.

Inbound frames have camelCase keys and a PascalCase kind; .NET and older samples use PascalCase
throughout, so both are read. Outbound frames are camelCase. Sources: Microsoft's
audio-streaming quickstart (2024-11), and the readers of the .NET SDK (``StreamingData.cs``).
"""

import binascii
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from backend.domain.audio import PCM_16K, PCM_24K, AudioFormat
from backend.errors import ProtocolError

__all__ = [
    "LARGEST_FRAME",
    "AudioData",
    "AudioMetadata",
    "Inbound",
    "Tone",
    "audio_frame",
    "read_audio",
    "read_frame",
    "stop_frame",
]

LARGEST_FRAME = 16 * 1024
"""Bytes of the largest frame that is read; one of 24 kHz audio has about 1,500."""

_AUDIO_HEAD, _AUDIO_TAIL = b'{"kind":"AudioData","audioData":{"data":', b"}}"
_STOP = b'{"kind":"StopAudio","stopAudio":{}}'
_TONES = frozenset("0123456789*#ABCD")


@dataclass(frozen=True, slots=True)
class AudioMetadata:
    """The first frame: the format of everything that follows."""

    subscription_id: str
    audio: AudioFormat


@dataclass(frozen=True, slots=True)
class AudioData:
    """20 ms of the caller's voice."""

    pcm: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tone:
    """A key was pressed."""

    tone: str = field(repr=False)


class _Audio(msgspec.Struct, forbid_unknown_fields=True):
    data: bytes
    timestamp: str | None = None
    participant: str | None = msgspec.field(name="participantRawID", default=None)
    silent: bool | None = None


class _AudioFrame(msgspec.Struct, forbid_unknown_fields=True):
    """As the service writes frames of audio; what differs in a single letter is read more slowly, by ``read_frame``."""

    kind: Literal["AudioData"]
    audio: _Audio = msgspec.field(name="audioData")


_decode_audio = msgspec.json.Decoder(_AudioFrame).decode
_encode = msgspec.json.Encoder().encode

Inbound = AudioMetadata | AudioData | Tone


def read_frame(text: str | bytes) -> Inbound | None:
    """One frame; ``None`` for kinds that we do not know (the service may add some).

    Raises:
        ProtocolError: it is not what the protocol says.
    """
    if len(text) > LARGEST_FRAME:
        raise ProtocolError(f"media frame of {len(text)} characters, expected at most {LARGEST_FRAME}")
    return _read(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)


def read_audio(text: bytes, size: int) -> bytes | None:
    """The audio of a frame that is as frames usually are, in a fraction of the time; ``None`` means ask ``read_frame``.

    Args:
        size: bytes of audio in a frame.
    """
    if len(text) > LARGEST_FRAME:
        return None
    try:
        pcm = _decode_audio(text).audio.data  # JSON and base64 in one pass
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return pcm if len(pcm) == size else None


def audio_frame(pcm: bytes) -> bytes:
    """20 ms of the agent's voice, as the text of a frame in UTF-8."""
    return _AUDIO_HEAD + _encode(pcm) + _AUDIO_TAIL


def stop_frame() -> bytes:
    """Throw away what was sent but not yet heard."""
    return _STOP


def _read(text: bytes) -> Inbound | None:
    try:
        frame = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ProtocolError("media frame is not JSON") from error
    if not isinstance(frame, dict):
        raise ProtocolError("media frame is not a JSON object")
    body = _lower(frame)
    kind = str(body.get("kind", "")).lower()
    match kind:
        case "audiodata":
            return AudioData(_pcm(_text(_part(body, "audiodata"), "data")))
        case "audiometadata":
            return _metadata(_part(body, "audiometadata"))
        case "dtmfdata":
            tone = _text(_part(body, "dtmfdata"), "data").upper()
            if tone not in _TONES:
                raise ProtocolError("DtmfData holds no key")
            return Tone(tone)
        case "":
            raise ProtocolError("media frame has no kind")
        case _:
            return None


def _metadata(body: dict[str, Any]) -> AudioMetadata:
    rate, channels = body.get("samplerate"), body.get("channels", 1)
    formats = {PCM_16K.sample_rate: PCM_16K, PCM_24K.sample_rate: PCM_24K}
    if not isinstance(rate, int) or rate not in formats:
        raise ProtocolError(f"AudioMetadata sampleRate: expected 16000 or 24000, got {str(rate)[:20]}")
    if channels not in (1, "mono", "Mono"):
        raise ProtocolError(f"AudioMetadata channels: expected 1, got {str(channels)[:20]}")
    if str(body.get("encoding", "PCM")).upper() != "PCM":
        raise ProtocolError("AudioMetadata encoding: expected PCM")
    return AudioMetadata(str(body.get("subscriptionid", ""))[:100], formats[rate])


def _pcm(data: str) -> bytes:
    try:
        pcm = binascii.a2b_base64(data, strict_mode=True)
    except (binascii.Error, ValueError) as error:
        raise ProtocolError("AudioData is not base64") from error
    return _whole_samples(pcm)


def _whole_samples(pcm: bytes) -> bytes:
    if len(pcm) % 2:
        raise ProtocolError("AudioData is not 16-bit audio")
    return pcm


def _part(body: dict[str, Any], name: str) -> dict[str, Any]:
    part = body.get(name)
    if not isinstance(part, dict):
        raise ProtocolError(f"media frame has no {name}")
    return _lower(part)


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise ProtocolError(f"media frame has no text in {name}")
    return value


def _lower(body: dict[Any, Any]) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in body.items()}
