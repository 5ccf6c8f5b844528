"""Reads the JSON with which the SDK says how it wants to be understood and spoken to.

Field names are as captured from azure-cognitiveservices-speech 1.53.0. What is missing or of another type falls
back to the service's default: the service is as lenient, and newer SDKs add fields.
"""

from dataclasses import dataclass
from typing import Any, cast

from backend.errors import ProtocolError
from local_azure.speech.engine import RecognitionRequest

__all__ = ["SynthesisRequest", "read_recognition", "read_sample_rate", "read_synthesis"]

_DEFAULT_SILENCE_MS = 500
_INITIAL_SILENCE_MS = {"CONVERSATION": 15_000, "INTERACTIVE": 5_000}
"""After so much silence the service says that nobody speaks, again and again; of other modes nothing is known."""
_FORMATS = {
    "raw-8khz-16bit-mono-pcm": 8_000,
    "raw-16khz-16bit-mono-pcm": 16_000,
    "raw-22050hz-16bit-mono-pcm": 22_050,
    "raw-24khz-16bit-mono-pcm": 24_000,
    "raw-44100hz-16bit-mono-pcm": 44_100,
    "raw-48khz-16bit-mono-pcm": 48_000,
    "riff-8khz-16bit-mono-pcm": 8_000,
    "riff-16khz-16bit-mono-pcm": 16_000,
    "riff-24khz-16bit-mono-pcm": 24_000,
    "riff-48khz-16bit-mono-pcm": 48_000,
}


@dataclass(frozen=True, slots=True)
class SynthesisRequest:
    """What ``synthesis.context`` asks for."""

    sample_rate: int
    riff: bool
    word_boundaries: bool
    punctuation: bool
    session_end: bool
    voice: str = ""
    """Voice for streamed text (v2); SSML names its own."""


def read_recognition(body: dict[str, Any], language: str, sample_rate: int) -> RecognitionRequest:
    """Read ``speech.context``. ``language`` is what the address named (old paths), else empty."""
    detection = _object(body, "phraseDetection")
    mode = detection.get("mode")
    segmentation = _object(_object(detection, mode if isinstance(mode, str) else ""), "segmentation")
    identified = tuple(_strings(_object(body, "languageId").get("languages")))
    spoken = detection.get("language")
    single = spoken if isinstance(spoken, str) and spoken else language or "en-US"
    return RecognitionRequest(
        languages=identified or (single,),
        phrases=_phrases(body),
        silence_ms=_positive(segmentation.get("segmentationSilenceTimeoutMs"), _DEFAULT_SILENCE_MS),
        initial_silence_ms=_positive(detection.get("initialSilenceTimeout"), _INITIAL_SILENCE_MS.get(str(mode), 0)),
        detailed=str(_object(body, "phraseOutput").get("format", "")).lower() == "detailed",
        identify_language=bool(identified),
        sample_rate=sample_rate,
    )


def read_sample_rate(header: bytes) -> int:
    """Samples a second, from the RIFF header that goes before the audio.

    Raises:
        ProtocolError: it is no header of 16-bit mono PCM.
    """
    if len(header) < 36 or header[:4] != b"RIFF" or header[8:12] != b"WAVE":
        raise ProtocolError("audio: no RIFF header")
    coding, channels = int.from_bytes(header[20:22], "little"), int.from_bytes(header[22:24], "little")
    bits = int.from_bytes(header[34:36], "little")
    if (coding, channels, bits) != (1, 1, 16):
        raise ProtocolError(f"audio: 16-bit mono PCM only, not format {coding}, {channels} channels, {bits} bit")
    return int.from_bytes(header[24:28], "little")


def read_synthesis(body: dict[str, Any]) -> SynthesisRequest:
    """Read ``synthesis.context``.

    Raises:
        ProtocolError: an output format that the local voices do not make (only 16-bit mono PCM is).
    """
    synthesis = _object(body, "synthesis")
    audio = _object(synthesis, "audio")
    options = _object(audio, "metadataOptions")
    name = audio.get("outputFormat")
    if not isinstance(name, str) or name not in _FORMATS:
        raise ProtocolError("synthesis.context: unsupported audio output format")
    voice = _object(synthesis, "input").get("voiceName")
    return SynthesisRequest(
        sample_rate=_FORMATS[name],
        riff=name.startswith("riff"),
        word_boundaries=_true(options.get("wordBoundaryEnabled")),
        punctuation=_true(options.get("punctuationBoundaryEnabled")),
        session_end=_true(options.get("sessionEndEnabled")),
        voice=voice if isinstance(voice, str) else "",
    )


def _phrases(body: dict[str, Any]) -> tuple[str, ...]:
    groups = _object(body, "dgi").get("Groups")
    found: list[str] = []
    for group in cast(list[Any], groups) if isinstance(groups, list) else []:
        items = cast(dict[str, Any], group).get("Items") if isinstance(group, dict) else None
        for item in cast(list[Any], items) if isinstance(items, list) else []:
            text = cast(dict[str, Any], item).get("Text") if isinstance(item, dict) else None
            if isinstance(text, str) and text.strip():
                found.append(text.strip())
    return tuple(found)


def _object(value: dict[str, Any], name: str) -> dict[str, Any]:
    inner = value.get(name)
    return cast(dict[str, Any], inner) if isinstance(inner, dict) else {}


def _strings(value: object) -> list[str]:
    return [item for item in cast(list[Any], value) if isinstance(item, str)] if isinstance(value, list) else []


def _positive(value: object, default: int) -> int:
    try:
        number = int(value) if isinstance(value, str | int | float) else default
    except (ValueError, OverflowError):
        return default
    return number if number > 0 else default


def _true(value: object) -> bool:
    return value is True or str(value).lower() == "true"
