"""The form of a segment: what it begins with, then one sealed piece behind the other.

A file begins with eight bytes that say what it is. Each piece has a head in clear (its kind, how many samples of
sound it holds, its length in bytes) and a body that is sealed by itself and bound to its call, its segment and its
place. So a file that breaks off anywhere is readable up to its last whole piece, none can be moved, left out in the
middle or put into another file unnoticed, and to find a moment the bodies need not be opened.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from backend.domain.recording import RecordingMarker, SegmentName
from backend.engine.recording.track import Chunk
from backend.errors import SealBroken
from backend.ports import Cipher

__all__ = ["BEGINNING", "HEAD_BYTES", "Head", "Piece", "PieceKind", "SegmentFile"]

BEGINNING = b"RMREC\x01\r\n"
"""What a file begins with: ours, and the version of its form."""

PieceKind = Literal["head", "sound", "marker", "end"]
_KINDS: tuple[PieceKind, ...] = ("head", "sound", "marker", "end")

_HEAD = struct.Struct(">BII")
HEAD_BYTES = _HEAD.size
_LENGTHS = struct.Struct(">II")
_LONGEST = 8 << 20
"""Bytes; no piece of ours is longer than a megabyte."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a piece: what it is, how many samples of each voice it has, how long its sealed body is."""

    kind: PieceKind
    samples: int
    size: int

    @classmethod
    def read(cls, raw: bytes) -> "Head | None":
        """``None``: this is none, or not all of one."""
        if len(raw) != HEAD_BYTES:
            return None
        kind, samples, size = _HEAD.unpack(raw)
        return cls(_KINDS[kind], samples, size) if kind < len(_KINDS) and size <= _LONGEST else None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a file, found by its head."""

    number: int
    head: Head
    body_at: int
    """Where its body begins in the file."""


class SegmentFile:
    """Writes and reads the pieces of one segment.

    Args:
        name: which one.
        cipher: seals it.
    """

    def __init__(self, name: SegmentName, cipher: Cipher) -> None:
        self._name = name
        self._cipher = cipher
        self._count = 0

    def beginning(self, about: Mapping[str, Any]) -> bytes:
        """How a file begins: what it is, and a piece that says of what."""
        return BEGINNING + self._piece("head", json.dumps(dict(about)).encode())

    def sound(self, chunk: Chunk) -> bytes:
        """A piece with both voices, one behind the other."""
        lengths = _LENGTHS.pack(len(chunk.caller), len(chunk.agent))
        return self._piece("sound", b"".join((lengths, chunk.caller, chunk.agent)), chunk.samples)

    def marker(self, marker: RecordingMarker) -> bytes:
        """A piece that says what a listener is to know."""
        return self._piece("marker", json.dumps(asdict(marker)).encode())

    def end(self) -> bytes:
        """The last piece of a segment that ended as it should."""
        return self._piece("end", b"{}")

    def _piece(self, kind: PieceKind, clear: bytes, samples: int = 0) -> bytes:
        body = self._cipher.seal_raw(clear, self._bound(self._count))
        self._count += 1
        return _HEAD.pack(_KINDS.index(kind), samples, len(body)) + body

    def _bound(self, number: int) -> str:
        return f"recording/{self._name.call_id}/{self._name.began_ms}/{number}"

    # -- reading --------------------------------------------------------------------------

    def open_sound(self, piece: Piece, body: bytes) -> Chunk:
        """Both voices of a piece of sound.

        Raises:
            SealBroken: the key is another one, or the piece is not what it was.
        """
        clear = self._open(piece, body)
        if len(clear) < _LENGTHS.size:
            raise SealBroken("not the sound that was written")
        caller, agent = _LENGTHS.unpack_from(clear)
        first = _LENGTHS.size
        if len(clear) != first + caller + agent:
            raise SealBroken("not the sound that was written")
        return Chunk(piece.head.samples, clear[first : first + caller], clear[first + caller :])

    def open_marker(self, piece: Piece, body: bytes) -> RecordingMarker:
        """What a piece with a marker says. Raises like ``open_sound``."""
        return RecordingMarker(**self._fields(piece, body))

    def open_head(self, piece: Piece, body: bytes) -> Mapping[str, Any]:
        """What the first piece says of the segment. Raises like ``open_sound``."""
        return self._fields(piece, body)

    def _fields(self, piece: Piece, body: bytes) -> dict[str, Any]:
        try:
            return dict(json.loads(self._open(piece, body)))
        except ValueError as error:
            raise SealBroken("not what was written") from error

    def _open(self, piece: Piece, body: bytes) -> bytes:
        return self._cipher.open_raw(body, self._bound(piece.number))
