"""WAV as it comes over the net: in pieces of any length, with more in it than sound."""

import struct
from collections.abc import AsyncIterator

import pytest

from backend.engine.recording.wave_reader import WaveForm, read_wave
from backend.errors import ProtocolError


def wav(sound: bytes, *, channels: int = 2, bits: int = 16, size: int | None = None, more: bytes = b"") -> bytes:
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, 16_000, 16_000 * channels * 2, channels * 2, bits)
    data = struct.pack("<4sI", b"data", len(sound) if size is None else size)
    return struct.pack("<4sI4s", b"RIFF", 0, b"WAVE") + more + form + data + sound


async def pieces(content: bytes, length: int) -> AsyncIterator[bytes]:
    for at in range(0, len(content), length):
        yield content[at : at + length]


async def read(content: bytes, length: int) -> tuple[WaveForm, bytes]:
    form, sound = await read_wave(pieces(content, length))
    found = [piece async for piece in sound]
    assert all(len(piece) % (form.channels * 2) == 0 for piece in found), "only whole samples of all channels"
    return form, b"".join(found)


SOUND = bytes(range(240))


@pytest.mark.parametrize("length", [1, 3, 7, 64, 10_000])
@pytest.mark.parametrize("more", [b"", struct.pack("<4sI", b"LIST", 5) + b"abcde\0"])
async def test_sound_is_the_same_in_whatever_pieces_it_comes(length: int, more: bytes) -> None:
    form, sound = await read(wav(SOUND, more=more), length)
    assert (form, sound) == (WaveForm(2, 16_000), SOUND)


@pytest.mark.parametrize("length", [1, 50, 10_000])
async def test_what_stands_behind_the_sound_is_none(length: int) -> None:
    assert (await read(wav(SOUND) + b"LIST\4\0\0\0abcd", length))[1] == SOUND


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
async def test_a_file_that_does_not_say_how_long_it_is_goes_to_its_end(size: int) -> None:
    assert (await read(wav(SOUND, size=size), 33))[1] == SOUND


@pytest.mark.parametrize(
    "content",
    [b"", b"RIFF", b"<html>nothing here</html>", wav(SOUND, bits=8), wav(SOUND, channels=0), wav(SOUND)[:30]],
)
async def test_what_is_no_wav_of_16_bits_is_refused(content: bytes) -> None:
    with pytest.raises(ProtocolError):
        await read(content, 11)
