"""Recordings that the telephone service makes, until their files are fetched and deleted there (SQL)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.domain.service_recording import RecordedFile, ServiceRecording

__all__ = ["ServiceRecordings"]


class ServiceRecordings(Protocol):
    """Recordings that the telephone service makes, until their files are fetched and deleted there (SQL).

    Every method raises ``Unavailable`` while the database is away.
    """

    async def begun(self, recording: ServiceRecording, now: datetime) -> None:
        """Note a new one."""
        ...

    async def noted(self, recording: ServiceRecording) -> None:
        """Note what of it is left out by now, and whether it is wanted; never that it is wanted again."""
        ...

    async def of_call(self, call_id: str) -> ServiceRecording | None:
        """The one of a call that is wanted and not here yet."""
        ...

    async def take(self, file: RecordedFile, now: datetime, until: datetime) -> ServiceRecording | None:
        """Its file is there: see to it until a moment, when somebody else may; ``None``: not one of ours.

        Raises:
            Unavailable: what is to be left out of it is not noted yet, or somebody else sees to it just now.
        """
        ...

    async def leave(self, recording_id: str, *, kept: bool) -> None:
        """Let others see to it again; ``kept``: only its deletion at the service is left to do."""
        ...

    async def unwanted(self, call_id: str) -> Sequence[ServiceRecording]:
        """Those of a call are not to be kept, and deleted where they lie; gives them."""
        ...

    async def gone(self, recording_id: str) -> None:
        """Nothing of it is at the service any more."""
        ...

    async def lost(self, before: datetime, limit: int) -> Sequence[ServiceRecording]:
        """Those that began before a moment, and whose file nobody has told of, or could fetch."""
        ...
