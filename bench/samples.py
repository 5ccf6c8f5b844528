"""Samples of stacks, as a sampling profiler writes them ("folded"), and what they add up to."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["AREAS", "Sample", "by_area", "by_function", "read_samples"]

AREAS: Mapping[str, str] = {
    "handing audio to the recognizer": r"adapters/speech/audio_source\.py",
    "frames going out": r"playout\.py|pacer\.py|media_socket\.py:MediaSocket\.(write|send)",
    "frames coming in": (
        r"media_socket\.py|reading_round\.py|acs/media_link\.py|engine/listening|on_audio$|speech/(recognition\.py:.*write|audib|replay|haste)"
    ),
    "what the recognizer says": r"adapters/speech/recogn",
    "the model": r"adapters/openai|openai/|httpx|httpcore|h11",
    "the voice": r"engine/speaking|adapters/speech/(spoken|text_to_speech|synthesizer)",
    "turns": r"engine/(conversation|thinking|turn|call)|backend/agents|backend/forms|tool_store",
    "records": r"adapters/(sql|redis)|sqlalchemy|aiosqlite",
    "telemetry and logs": r"adapters/telemetry|opentelemetry|logging/",
}
"""Of a stack, read from the innermost function outwards, the first of these that a function belongs to is its area."""

_LINE = re.compile(r"^(?P<stack>.*) (?P<count>\d+)$")
_FRAME = re.compile(r"^(?P<function>.+?) \((?P<file>[^()]*?)(?::\d+)?\)$")


@dataclass(frozen=True, slots=True)
class Sample:
    """One stack that was seen ``count`` times."""

    thread: str
    frames: tuple[str, ...]
    """``file:function``, the outermost first."""
    count: int


def read_samples(folded: str) -> list[Sample]:
    """Samples from lines of ``thread;outer (file:1);inner (file:2) COUNT``."""
    found: list[Sample] = []
    for line in folded.splitlines():
        if parts := _LINE.match(line):
            thread, *frames = parts["stack"].split(";")
            found.append(Sample(thread, tuple(map(_frame, frames)), int(parts["count"])))
    return found


def _frame(text: str) -> str:
    parts = _FRAME.match(text)
    return f"{parts['file']}:{parts['function']}" if parts else text


def by_area(samples: Iterable[Sample], areas: Mapping[str, str] = AREAS) -> Counter[str]:
    """Samples by what they were for; ``the rest`` is everything else."""
    patterns = {name: re.compile(pattern) for name, pattern in areas.items()}
    found: Counter[str] = Counter()
    for sample in samples:
        found[_area(sample.frames, patterns)] += sample.count
    return found


def _area(frames: Sequence[str], patterns: Mapping[str, re.Pattern[str]]) -> str:
    for frame in reversed(frames):
        for name, pattern in patterns.items():
            if pattern.search(frame):
                return name
    return "the rest"


def by_function(samples: Iterable[Sample], *, whole: bool) -> Counter[str]:
    """Samples by function: those that it was itself at work in or, ``whole``, those that it called as well."""
    found: Counter[str] = Counter()
    for sample in samples:
        names = set(sample.frames) if whole else set(sample.frames[-1:])
        for name in names:
            found[name] += sample.count
    return found
