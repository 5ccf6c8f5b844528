"""Utterances with pauses in the middle, as callers make them, and what an agent did with each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.domain.audio import FRAME_MS
from backend.domain.session import CallSession
from backend.testing.link import FakeLink
from backend.yaml_loader import load_yaml

__all__ = ["PausedUtterance", "note_asked", "overlap_ms", "paused_utterances"]


_PAUSE = re.compile(r"\{(\d+)\}")


@dataclass(frozen=True, slots=True)
class PausedUtterance:
    """``pieces`` of words with ``pauses_ms`` between them.

    ``asked`` is what an answer to the last question is made of, with its digits where it has some: ``digits:5``.
    """

    asked: str
    pieces: tuple[str, ...]
    pauses_ms: tuple[int, ...]

    @classmethod
    def read(cls, asked: str, says: str) -> "PausedUtterance":
        """From ``one two {600} three``."""
        parts = _PAUSE.split(says)
        return cls(asked, tuple(p.strip() for p in parts[::2]), tuple(int(p) for p in parts[1::2]))

    @property
    def text(self) -> str:
        """All of the words."""
        return " ".join(self.pieces)

    @property
    def dictated(self) -> bool:
        """Is it a number or an address, in which nobody may be interrupted?"""
        return self.asked.startswith("digits") or self.asked == "place"


def note_asked(session: CallSession, asked: str) -> None:
    """Leave in the session what a tool would have left that had put such a question."""
    kind, _, digits = asked.partition(":")
    session.expects = "confirmation" if kind == "decision" else "asked" if kind else None
    session.facts["_question"] = {"name": session.expects, "kind": kind, "digits": int(digits or 0)}


def paused_utterances(path: Path) -> list[PausedUtterance]:
    """Every utterance of a YAML file."""
    rows = load_yaml(path.read_text("utf-8"))
    return [PausedUtterance.read(row["asked"], row["says"]) for row in rows]


def overlap_ms(link: FakeLink, speech: Sequence[tuple[float, float]]) -> float:
    """How long agent and caller were heard at once; ``speech`` are the caller's beginnings and ends (loop time)."""
    total = 0.0
    for begin, end in speech:
        for at, _ in link.played:
            total += max(0.0, min(end, at + FRAME_MS / 1000) - max(begin, at))
    return total * 1000
