"""What a recognizer makes of the utterances that callers speak, with the delays of a healthy Azure.

The callers' own audio goes through each server, so local voice activity and models that listen to it work as they
do in life; only the words come from the script. Needs the standard library only, like ``wire``.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from bench import wire

__all__ = [
    "FINAL_MS",
    "PARTIAL_MS",
    "SEGMENT_MS",
    "HeardEvent",
    "HeardUtterance",
    "WordTime",
    "WordTimes",
    "read_table",
    "recognized",
    "write_table",
]

PARTIAL_MS = 150.0
"""Partials are so far behind the words."""
SEGMENT_MS = 500.0
"""Silence after which the service ends an utterance: Azure's default."""
FINAL_MS = 150.0
"""The final is so far behind that silence."""

_FRAME_MS = wire.FRAME_SECONDS * 1000


@dataclass(frozen=True, slots=True)
class WordTime:
    """A word and where it lies, in milliseconds from the frame that announces the utterance."""

    text: str
    start_ms: float
    end_ms: float


@dataclass(frozen=True, slots=True)
class HeardEvent:
    """Something the service says, ``due_ms`` after the frame that announces the utterance."""

    due_ms: float
    kind: Literal["began", "partial", "final"]
    text: str
    offset_ms: float
    duration_ms: float


@dataclass(frozen=True, slots=True)
class HeardUtterance:
    """One utterance as a recognizer hears it; ``asked`` is the field that the question before it was about."""

    asked: str
    events: tuple[HeardEvent, ...]


def recognized(asked: str, words: Sequence[WordTime]) -> HeardUtterance:
    """What the service says of these words: a partial a word, a final where a pause is long enough."""
    events: list[HeardEvent] = []
    said: list[WordTime] = []
    for word, following in zip(words, [*words[1:], None], strict=True):
        said.append(word)
        start, text = said[0].start_ms, " ".join(one.text for one in said)
        if len(said) == 1:
            events.append(HeardEvent(start + PARTIAL_MS, "began", "", start, 0.0))
        events.append(HeardEvent(word.end_ms + PARTIAL_MS, "partial", text, start, word.end_ms - start))
        if following is None or following.start_ms - word.end_ms >= SEGMENT_MS:
            due = word.end_ms + SEGMENT_MS + FINAL_MS
            events.append(HeardEvent(due, "final", text, start, word.end_ms - start))
            said = []
    return HeardUtterance(asked, tuple(sorted(events, key=lambda event: event.due_ms)))


def write_table(path: Path, utterances: Sequence[HeardUtterance]) -> None:
    """Keep them for the servers' recognizers."""
    path.write_text(json.dumps([asdict(utterance) for utterance in utterances]))


@cache
def read_table(path: str) -> tuple[HeardUtterance, ...]:
    """What ``write_table`` kept."""
    return tuple(
        HeardUtterance(row["asked"], tuple(HeardEvent(**event) for event in row["events"]))
        for row in json.loads(Path(path).read_text())
    )


class WordTimes:
    """One call's recognizer: counts frames from the one that announces an utterance, and says what is due.

    Args:
        on_event: what is due now.
        on_question: the field that was asked for, as soon as an utterance is announced.
    """

    def __init__(
        self, on_event: Callable[[HeardEvent], None], on_question: Callable[[str], None] = lambda _: None
    ) -> None:
        self._on_event = on_event
        self._on_question = on_question
        self._due: list[HeardEvent] = []
        self._now_ms = 0.0

    def feed(self, pcm: bytes) -> None:
        """One frame of the caller."""
        number = wire.utterance_in(pcm)
        if number is not None:
            utterance = read_table(wire.script.utterances)[number]
            self._due, self._now_ms = list(utterance.events), 0.0
            self._on_question(utterance.asked)
            return
        self._now_ms += _FRAME_MS
        while self._due and self._due[0].due_ms <= self._now_ms:
            self._on_event(self._due.pop(0))
