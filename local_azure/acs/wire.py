"""Messages of the media socket as the service writes and reads them.

Outgoing keys are camelCase with PascalCase kinds; incoming ones are read whatever their case, because Microsoft's
own code writes both (azure-sdk-for-net ``OutStreamingData``, microsoft/call-center-ai).
"""

import base64
import binascii
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal, cast

import msgspec

from backend.domain.audio import AudioFormat

__all__ = ["AudioOut", "StopOut", "audio_data", "audio_metadata", "dtmf_data", "read_message"]


@dataclass(frozen=True, slots=True)
class AudioOut:
    """PCM that the application wants heard."""

    pcm: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class StopOut:
    """The application takes back what was not heard yet."""


class _Audio(msgspec.Struct):
    data: bytes


class _Message(msgspec.Struct):
    """Audio as nearly all of it is written; whatever differs is read key by key, and told what is wrong with it."""

    kind: Literal["AudioData"]
    audio: _Audio = msgspec.field(name="audioData")


_usual = msgspec.json.Decoder(_Message).decode


def audio_metadata(subscription_id: str, audio: AudioFormat) -> str:
    """The first message of every socket."""
    return (
        f'{{"kind":"AudioMetadata","audioMetadata":{{"subscriptionId":"{subscription_id}","encoding":"PCM",'
        f'"sampleRate":{audio.sample_rate},"channels":1,"length":{audio.frame_bytes}}}}}'
    )


def audio_data(pcm: bytes, *, silent: bool, participant: str | None) -> str:
    """One frame of what callers say. ``participant`` is told only in unmixed streams."""
    raw = f'"participantRawID":"{participant}",' if participant else ""
    data = _text_of(pcm) if silent else base64.b64encode(pcm).decode()
    flag = "true" if silent else "false"
    return f'{{"kind":"AudioData","audioData":{{"timestamp":"{_now()}",{raw}"data":"{data}","silent":{flag}}}}}'


def dtmf_data(tone: str) -> str:
    """A key that was pressed."""
    return f'{{"kind":"DtmfData","dtmfData":{{"data":"{tone}","timestamp":"{_now()}"}}}}'


def read_message(text: str | bytes) -> AudioOut | StopOut | None:
    """What the application sent; ``None`` for kinds that the service does not know.

    Raises:
        ValueError: it is not what the protocol says.
    """
    try:
        return AudioOut(_usual(text).audio.data)
    except msgspec.DecodeError:
        return _read_slowly(text)


def _read_slowly(text: str | bytes) -> AudioOut | StopOut | None:
    try:
        message = _folded(msgspec.json.decode(text))
    except msgspec.DecodeError as error:
        raise ValueError("not JSON") from error
    kind = str(message.get("kind", "")).lower()
    if kind == "stopaudio":
        return StopOut()
    if kind != "audiodata":
        return None
    data = _folded(message.get("audiodata")).get("data")
    if not isinstance(data, str):
        raise ValueError("AudioData without data")
    try:
        return AudioOut(base64.b64decode(data, validate=True))
    except binascii.Error as error:
        raise ValueError("AudioData is not base64") from error


def _folded(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return {str(key).lower(): item for key, item in cast("dict[str, Any]", value).items()}


@lru_cache(4)
def _text_of(silence: bytes) -> str:
    return base64.b64encode(silence).decode()


def _now() -> str:
    second, fraction = divmod(time.time(), 1)
    return f"{_second(int(second))}.{int(fraction * 1000):03}Z"


@lru_cache(4)
def _second(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")
