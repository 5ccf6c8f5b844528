"""Reads WAV as it comes: what is in it, and its sound, without having all of it at once."""

import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass

from backend.errors import ProtocolError

__all__ = ["Sound", "WaveForm", "read_wave"]

_PCM, _EXTENSIBLE = 1, 0xFFFE
_LARGEST_HEAD = 1 << 20
_MOST_CHANNELS = 16


@dataclass(frozen=True, slots=True)
class WaveForm:
    """What is in a WAV file of 16-bit samples."""

    channels: int
    rate: int


Sound = AsyncIterator[bytes]


async def read_wave(pieces: AsyncIterator[bytes]) -> tuple[WaveForm, Sound]:
    """The form of a file, and its samples by turns of its channels, some at a time and whole ones only.

    Raises:
        ProtocolError: it is no WAV file of 16-bit samples.
    """
    head = _Head()
    async for piece in pieces:
        if head.feed(piece):
            break
    if head.form is None:
        raise ProtocolError("the file of a recording is no WAV file")
    return head.form, _samples(head, pieces)


async def _samples(head: "_Head", pieces: AsyncIterator[bytes]) -> Sound:
    assert head.form is not None
    each, left, rest = head.form.channels * 2, head.length, bytes(head.waiting)
    while True:
        whole = rest[: left if left is not None else len(rest)]
        if left is not None:
            left -= len(whole)
        end = len(whole) - len(whole) % each
        if end:
            yield whole[:end]
        rest = whole[end:]
        piece = b"" if left == 0 else await anext(pieces, b"")
        if not piece:
            return
        if left is not None:
            left += len(rest)
        rest += piece


class _Head:
    """What stands before the samples."""

    def __init__(self) -> None:
        self.waiting = bytearray()
        self.form: WaveForm | None = None
        self.length: int | None = None
        """Bytes of sound; none where the file does not say: to its end."""

    def feed(self, piece: bytes) -> bool:
        """More of it has come; true once the samples begin, which are what waits then."""
        self.waiting += piece
        beginning = bytes(self.waiting[:12])
        if len(beginning) == 12 and (beginning[:4] != b"RIFF" or beginning[8:] != b"WAVE"):
            raise ProtocolError("the file of a recording is no WAV file")
        form: WaveForm | None = None
        at = 12
        while len(self.waiting) >= at + 8:
            name, size = bytes(self.waiting[at : at + 4]), int.from_bytes(self.waiting[at + 4 : at + 8], "little")
            if name == b"data" and form is not None:
                self.form, self.length = form, None if size in (0, 0xFFFFFFFF) else size
                del self.waiting[: at + 8]
                return True
            if size > _LARGEST_HEAD or name == b"data":
                raise ProtocolError("the file of a recording says nothing of its sound before it")
            if len(self.waiting) < at + 8 + size:
                return False
            if name == b"fmt ":
                form = _form(bytes(self.waiting[at + 8 : at + 8 + size]))
            at += 8 + size + size % 2
        return False


def _form(raw: bytes) -> WaveForm:
    if len(raw) < 16:
        raise ProtocolError("the file of a recording does not say what is in it")
    kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", raw)
    if kind not in (_PCM, _EXTENSIBLE) or bits != 16 or not 1 <= channels <= _MOST_CHANNELS:
        raise ProtocolError(f"expected 16-bit samples in the file of a recording, got kind {kind} of {bits} bits")
    return WaveForm(channels, rate)
