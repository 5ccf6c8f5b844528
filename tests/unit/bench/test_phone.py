"""The load's phone reads WebSocket frames with code of its own."""

import asyncio

import pytest

from bench.phone import Phone
from bench.talk import TalkPhone

AUDIO = b'{"kind":"AudioData","audioData":{"data":"AAAA"}}'


class Wire(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)


def frame(opcode: int, payload: bytes) -> bytes:
    """A frame of a server, which masks nothing."""
    return bytes([0x80 | opcode, len(payload)]) + payload


@pytest.mark.parametrize("kind", [Phone, TalkPhone])
@pytest.mark.parametrize("behind", [b"", frame(1, AUDIO), frame(9, b"next")], ids=["nothing", "audio", "a ping"])
async def test_a_ping_is_answered_with_its_own_bytes_whatever_came_with_it(kind: type[Phone], behind: bytes) -> None:
    phone, wire = kind(), Wire()
    phone.connection_made(wire)
    phone.data_received(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")
    phone.data_received(frame(9, b"\x01\x02\x03\x04") + behind)
    assert wire.written.startswith(b"\x8a\x84" + bytes(4) + b"\x01\x02\x03\x04")
    assert wire.written[10:] in (b"", b"\x8a\x84" + bytes(4) + b"next")
