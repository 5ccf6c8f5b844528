"""Reads SSML into segments of plain text with a voice and a speed.

Taken of SSML: ``voice``, ``prosody`` rate and pitch, ``break``, ``say-as`` digits and characters, ``sub``,
``p`` and ``s``. ``mstts:express-as`` and ``lang`` are passed through: the local voices have one mood.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, replace

from backend.errors import ProtocolError
from local_azure.speech.engine import Segment

__all__ = ["read_ssml", "split_sentences"]

_MAX_SSML = 256 * 1024
_NAMED_RATES = {"x-slow": 0.5, "slow": 0.64, "medium": 1.0, "fast": 1.55, "x-fast": 2.0, "default": 1.0}
_NAMED_PITCHES = {"x-low": 0.55, "low": 0.8, "medium": 1.0, "high": 1.2, "x-high": 1.45, "default": 1.0}
_NAMED_BREAKS = {"none": 0, "x-weak": 250, "weak": 500, "medium": 750, "strong": 1000, "x-strong": 1250}
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+")


@dataclass(frozen=True, slots=True)
class _Way:
    voice: str = ""
    rate: float = 1.0
    pitch: float = 1.0
    digits: bool = False


def read_ssml(ssml: str) -> list[Segment]:
    """Segments in the order they are to be spoken; sentences are segments of their own.

    Raises:
        ProtocolError: not well-formed, not SSML, or without a voice; the service closes with 1007 then.
    """
    if len(ssml) > _MAX_SSML or "<!DOCTYPE" in ssml or "<!ENTITY" in ssml:
        raise ProtocolError("ssml: too long, or declares entities")
    try:
        root = ElementTree.fromstring(ssml)  # noqa: S314 - entities are refused above
    except ElementTree.ParseError as error:
        raise ProtocolError("ssml: not well-formed") from error
    if _name(root) != "speak":
        raise ProtocolError("ssml: the root is not speak")
    segments: list[Segment] = []
    for piece, way in _walk(root, _Way()):
        if isinstance(piece, int):
            _pause(segments, piece, way)
        else:
            segments.extend(_segments(piece, way))
    return segments


def split_sentences(text: str) -> list[str]:
    """Cut after sentences, so that the first can be heard while the next is made."""
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


def _segments(text: str, way: _Way) -> Iterator[Segment]:
    if not way.voice:
        raise ProtocolError("ssml: text outside of a voice")
    for sentence in split_sentences(text):
        words = " ".join(sentence.split())
        yield Segment(words, way.voice, way.rate, way.pitch, way.digits)


def _pause(segments: list[Segment], milliseconds: int, way: _Way) -> None:
    if segments:
        segments[-1] = replace(segments[-1], pause_ms=segments[-1].pause_ms + milliseconds)
    else:
        segments.append(Segment("", way.voice, pause_ms=milliseconds))


def _walk(element: ElementTree.Element, way: _Way) -> Iterator[tuple[str | int, _Way]]:
    """Text and pauses (milliseconds) below ``element`` in reading order."""
    name = _name(element)
    if name == "break":
        yield _break_ms(element), way
    elif name == "sub":
        yield element.get("alias", ""), way
    else:
        inner = _enter(element, name, way)
        yield from _text(element.text, inner)
        for child in element:
            yield from _walk(child, inner)
            yield from _text(child.tail, inner)


def _text(text: str | None, way: _Way) -> Iterator[tuple[str | int, _Way]]:
    if text and text.strip():
        yield text, way


def _enter(element: ElementTree.Element, name: str, way: _Way) -> _Way:
    if name == "voice":
        return replace(way, voice=element.get("name", way.voice))
    if name == "prosody":
        rate = way.rate * _factor(element.get("rate", ""), _NAMED_RATES)
        return replace(way, rate=rate, pitch=way.pitch * _factor(element.get("pitch", ""), _NAMED_PITCHES))
    if name == "say-as":
        how = element.get("interpret-as", "")
        return replace(way, digits=how in ("digits", "characters", "spell-out", "telephone", "number_digit"))
    return way


def _factor(value: str, named: dict[str, float]) -> float:
    """``+10%``, ``0.9`` or a name, as a factor; what is not understood changes nothing."""
    value = value.strip().lower()
    if value in named:
        return named[value]
    try:
        if value.endswith("%"):
            return min(3.0, max(0.3, 1 + float(value[:-1]) / 100))
        return min(3.0, max(0.3, float(value)))
    except ValueError:
        return 1.0


def _break_ms(element: ElementTree.Element) -> int:
    time = element.get("time", "").strip().lower()
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s)", time)
    if match:
        return min(20_000, round(float(match[1]) * (1000 if match[2] == "s" else 1)))
    return _NAMED_BREAKS.get(element.get("strength", "medium"), 750)


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
