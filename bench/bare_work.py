"""What a bare program has to do so that its threads can be compared with a server's: what was heard and said there."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from backend.adapters.speech.audibility import Audibility
from backend.adapters.speech.haste import Haste
from backend.domain.audio import FRAME_MS, PCM_16K

__all__ = ["BareWork", "Said", "pieces"]

_SILENCE_MS = 500
_ANSWERED_MS = _SILENCE_MS + 400
"""So long after a voice its final has come."""


@dataclass(frozen=True, slots=True)
class Said:
    """One synthesis."""

    at_s: float
    """Since the work began."""
    text: str


@dataclass(frozen=True, slots=True)
class BareWork:
    """Callers' voices as 16 kHz mono, one each and of one length, and all that agents had a voice say meanwhile."""

    callers: list[bytes] = field(repr=False)
    said: list[Said]
    voices: int
    """Synthesizers with an open connection."""
    idle: int
    """Recognizers with an open connection that listen to nobody."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return max(PCM_16K.duration_ms(len(caller)) for caller in self.callers) / 1000

    def write(self, folder: Path) -> None:
        """Put it down for another process."""
        for number, caller in enumerate(self.callers):
            (folder / f"{number}.pcm").write_bytes(caller)
        rest = {"calls": len(self.callers), "voices": self.voices, "idle": self.idle}
        (folder / "work.json").write_text(json.dumps(rest | {"said": [asdict(said) for said in self.said]}))

    @classmethod
    def read(cls, folder: Path) -> "BareWork":
        """What another process put down."""
        rest = json.loads((folder / "work.json").read_text())
        callers = [(folder / f"{number}.pcm").read_bytes() for number in range(rest["calls"])]
        return cls(callers, [Said(**said) for said in rest["said"]], rest["voices"], rest["idle"])


def pieces(caller: bytes) -> Iterator[bytes]:
    """What a server hands to the recognizer with each frame of a caller's: nothing, or a piece as long as it may be."""
    audibility, haste, waiting = Audibility(PCM_16K), Haste(_SILENCE_MS), bytearray()
    for at in range(0, len(caller), PCM_16K.frame_bytes):
        frame = caller[at : at + PCM_16K.frame_bytes]
        audibility.hear(frame)
        if audibility.quiet_ms >= _ANSWERED_MS:
            haste.answered()
        waiting += frame
        if len(waiting) >= haste.within_ms(FRAME_MS, audibility.quiet_ms) * PCM_16K.bytes_per_ms:
            yield bytes(waiting)
            waiting.clear()
        else:
            yield b""
