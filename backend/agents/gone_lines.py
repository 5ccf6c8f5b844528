"""How long what was kept of lines stays that the store has no longer: as long as each of them last said.

A line that was renamed or removed leaves its calls behind. Every version of the store is kept, so the newest one that
had the line tells its retention. Of a line that no version has, or whose text says nothing that is understood today,
everything is kept, and health names it.
"""

import asyncio
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from backend.agents.yaml_file import parse_yaml
from backend.domain.line import RecordingSpec, RetentionSpec, recording_days
from backend.ports import CallerDataBook, Revisions

__all__ = ["GoneLine", "GoneLines"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class GoneLine:
    """As much of a line as tells for how long what is kept of it stays."""

    name: str
    retention: RetentionSpec
    recording_days: int


class GoneLines:
    """Finds them.

    Args:
        data: what is kept of callers, by line.
        revisions: every version of the store.
    """

    def __init__(self, data: CallerDataBook, revisions: Revisions) -> None:
        self._data = data
        self._revisions = revisions

    async def beside(self, there: Collection[str]) -> tuple[Sequence[GoneLine], Sequence[str]]:
        """Lines that something is kept of and that are not ``there``; and those of them that nothing is known of.

        Raises:
            Unavailable: the database does not answer.
        """
        known, unknown = list[GoneLine](), list[str]()
        for name in await self._data.lines():
            if name in there:
                continue
            found = await self._last(name)
            if found is None:
                unknown.append(name)
            else:
                known.append(found)
        return known, unknown

    async def _last(self, name: str) -> GoneLine | None:
        if not _NAME.fullmatch(name):
            return None
        text = await self._revisions.last_text(f"lines/{name}.yaml", f"lines/{name}.yml")
        return None if text is None else await asyncio.to_thread(_read, name, text)


def _read(name: str, text: str) -> GoneLine | None:
    """What a line's text says; nothing of it is guessed."""
    try:
        content = parse_yaml(text.encode()).content
        retention = RetentionSpec.model_validate(content.get("retention", {}))
        recording = RecordingSpec.model_validate(content.get("recording", {}))
    except ValueError:
        return None
    return GoneLine(name, retention, recording_days(recording, retention))
