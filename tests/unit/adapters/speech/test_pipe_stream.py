"""The system's own ``read`` is what the SDK asks for audio."""

import ctypes
import os
import threading
from typing import Any

import pytest

from backend.adapters.speech import pipe_stream
from backend.adapters.speech.audio_source import AudioSource
from backend.adapters.speech.pipe_stream import PipeStream
from backend.domain.audio import PCM_16K, PCM_24K

Reader = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint8), ctypes.c_uint32)
"""``CUSTOM_AUDIO_PULL_STREAM_READ_CALLBACK`` of the C headers: context, buffer, size; it gives how much it filled."""


class Sdk:
    """Takes what a stream says of its reader, in the place of the SDK, and reads as it does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, status: int = 0) -> None:
        self.given: tuple[Any, ...] = ()
        self._status = status
        monkeypatch.setattr(pipe_stream, "_set_callbacks", self._take)
        monkeypatch.setattr(pipe_stream, "_set_property_callback", self._know_nothing)

    def _take(self, *given: Any) -> int:
        self.given = given
        return self._status

    def _know_nothing(self, *_: Any) -> int:
        return 0

    def read(self, size: int = 3200) -> bytes:
        _, number, address, _ = self.given
        buffer = (ctypes.c_uint8 * size)()
        return bytes(buffer[: Reader(address.value)(number, buffer, size)])


@pytest.mark.parametrize("audio", [PCM_16K, PCM_24K], ids=["16 kHz", "24 kHz"])
def test_the_sdk_reads_what_is_written_as_it_comes_and_then_the_end(
    audio: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sdk, source = Sdk(monkeypatch), AudioSource(audio)
    stream = PipeStream(source.open(), audio)
    source.write(b"ab" * 500, within_ms=0)
    assert sdk.read() == b"ab" * 500
    source.write(b"cd" * 2000, within_ms=0)
    assert [sdk.read(), sdk.read()] == [b"cd" * 1600, b"cd" * 400]
    source.finish()
    assert sdk.read() == b""
    assert stream is not None
    source.close()


def test_a_reader_that_waits_does_not_keep_python_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    sdk, source = Sdk(monkeypatch), AudioSource(PCM_16K)
    stream, got = PipeStream(source.open(), PCM_16K), list[bytes]()
    thread = threading.Thread(target=lambda: got.append(sdk.read()))
    thread.start()
    source.write(b"word", within_ms=0)
    thread.join(5)
    assert got == [b"word"]
    assert stream is not None
    source.close()


def test_the_real_sdk_takes_the_reader_and_a_refusal_of_its_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    out_of, into = os.pipe()
    PipeStream(out_of, PCM_16K)
    Sdk(monkeypatch, status=0x21)
    with pytest.raises(RuntimeError, match="takes no reader \\(0x21\\)"):
        PipeStream(out_of, PCM_16K)
    os.close(out_of)
    os.close(into)
