"""A voice by espeak-ng, from the library that ``espeakng-loader`` carries.

espeak-ng has one global state a process, so one thread does all the work; the library lets go of the
interpreter lock while it speaks, and is about a hundred times faster than real time.
"""

import asyncio
import ctypes
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from backend.errors import ConfigError
from local_azure.soundbook import SpokenWord
from local_azure.speech.engine import Rendering, Segment

__all__ = ["EspeakVoice"]

_AUDIO_RETRIEVAL = 1
_RATE, _PITCH = 1, 3
_POSITION_IN_CHARACTERS = 1
_UTF8, _END_PAUSE = 1, 0x1000
_EVENT_WORD, _EVENT_LAST = 1, 0
_BUFFER_MS = 200
_WORDS_A_MINUTE = 172
_FEMALE = ("f1", "f2", "f3", "f4")
_MALE = ("m1", "m2", "m3", "m4")
_MALE_NAMES = ("Andrew", "Brian", "Christopher", "Davis", "Eric", "Guy", "Jason", "Roger", "Ryan", "Steffan", "Tony")


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_int64),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class EspeakVoice:
    """Speaks with one of espeak-ng's voices, chosen by the name of the Azure voice."""

    async def render(self, segment: Segment, sample_rate: int) -> Rendering:
        """Speak ``segment`` in the voice thread.

        Raises:
            ConfigError: espeak-ng cannot be loaded.
        """
        if not segment.text.strip():
            return Rendering(bytes(segment.pause_ms * sample_rate // 1000 * 2), ())
        work = partial(_render, segment, sample_rate)
        return await asyncio.get_running_loop().run_in_executor(_thread(), work)

    async def close(self) -> None:
        """The thread is the process's, like espeak's state; it ends with it."""


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="espeak")


def _render(segment: Segment, sample_rate: int) -> Rendering:
    text = " ".join(segment.text.replace(" ", "")) if segment.digits else segment.text
    library, own_rate = _library()
    library.espeak_SetVoiceByName(_voice(segment.voice).encode())
    library.espeak_SetParameter(_RATE, min(450, max(80, round(_WORDS_A_MINUTE * segment.rate))), 0)
    library.espeak_SetParameter(_PITCH, min(99, max(1, round(50 * segment.pitch))), 0)
    samples, starts = _speak(library, text)
    words = _words(text, starts, len(samples) * 1000 / own_rate)
    if sample_rate != own_rate:
        samples = soxr.resample(samples, own_rate, sample_rate, quality="HQ")
    pause = bytes(segment.pause_ms * sample_rate // 1000 * 2)
    return Rendering(samples.astype("<i2").tobytes() + pause, words)


def _speak(library: ctypes.CDLL, text: str) -> tuple[NDArray[np.int16], list[tuple[int, int]]]:
    """Samples, and for each word event where it is in the text (characters) and in the audio (ms)."""
    sound = bytearray()
    starts: list[tuple[int, int]] = []

    def take(wave: Any, count: int, events: Any) -> int:  # pointers; ctypes keeps their types to itself
        if wave and count > 0:
            sound.extend(ctypes.string_at(wave, count * 2))
        place = 0
        while events[place].type != _EVENT_LAST:
            if events[place].type == _EVENT_WORD:
                starts.append((events[place].text_position - 1, events[place].audio_position))
            place += 1
        return 0

    callback = _Callback(take)
    library.espeak_SetSynthCallback(callback)
    data = text.encode()
    flags = _UTF8 | _END_PAUSE
    library.espeak_Synth(data, len(data) + 1, 0, _POSITION_IN_CHARACTERS, 0, flags, None, None)
    library.espeak_Synchronize()
    return np.frombuffer(bytes(sound), dtype=np.int16), starts


def _words(text: str, starts: list[tuple[int, int]], total_ms: float) -> tuple[SpokenWord, ...]:
    """One word for each stretch between spaces; espeak may report parts of it, or none of it."""
    begins: dict[int, int] = {}
    for position, at_ms in starts:
        begins.setdefault(len(text[: position + 1].split()) - 1, at_ms)
    words = text.split()
    spoken: list[SpokenWord] = []
    known = sorted((index, at) for index, at in begins.items() if 0 <= index < len(words))
    for place, (index, at_ms) in enumerate(known):
        after = known[place + 1] if place + 1 < len(known) else (len(words), total_ms)
        share = max(0.0, after[1] - at_ms) / max(1, after[0] - index)
        for step, word in enumerate(words[index : after[0]]):
            spoken.append(SpokenWord(word, at_ms + step * share, at_ms + (step + 1) * share))
    return tuple(spoken)


def _voice(name: str) -> str:
    """An espeak voice for an Azure one: same language, a variant that stays the same for the name."""
    language, _, rest = name.partition("-")
    region, _, person = rest.partition("-")
    tag = f"{language}-{region}".lower()
    if tag not in ("en-us", "en-gb", "pt-br", "fr-fr", "fr-be", "fr-ch", "es-419"):
        tag = language.lower() if language and language.lower() != "en" else "en-us"
    variants = _MALE if person.startswith(_MALE_NAMES) else _FEMALE
    return f"{tag}+{variants[hashlib.blake2b(name.encode()).digest()[0] % len(variants)]}"


@cache
def _library() -> tuple[ctypes.CDLL, int]:
    """The library, ready to speak, and its sample rate. Call it in the voice thread only."""
    try:
        import espeakng_loader  # an extra: only who speaks needs it
    except ImportError as error:
        raise ConfigError("engine_tts=espeak needs espeakng-loader (pip install ringmaster[local])") from error
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    initialize: Callable[..., int] = library.espeak_Initialize
    rate = initialize(_AUDIO_RETRIEVAL, _BUFFER_MS, espeakng_loader.get_data_path().encode(), 0)
    if rate <= 0:
        raise ConfigError("espeak-ng does not find its data")
    return library, rate
