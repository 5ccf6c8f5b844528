"""A telephone service that records calls itself."""

from typing import Protocol

__all__ = ["ServiceRecorder"]


class ServiceRecorder(Protocol):
    """A telephone service that records calls itself: each side in a channel of its own, the caller's first.

    Every method raises ``CallNotFound`` where the call, or its recording, is over, and ``ProviderError`` where the
    service would not, or did not answer.
    """

    async def start(self, connection_id: str, *, token: str, caller: str, paused: bool) -> str:
        """Begin to record a call; gives the service's id of the recording. What becomes of it is reported, too.

        Args:
            connection_id: the call.
            token: by which reports find their way to it.
            caller: whose voice is in the first channel.
            paused: begin with a pause.
        """
        ...

    async def pause(self, recording_id: str) -> None:
        """Leave out what is heard from now on: the file goes on where it is resumed."""
        ...

    async def resume(self, recording_id: str) -> None:
        """Go on."""
        ...

    async def active(self, recording_id: str) -> bool:
        """Does it go on now, without a pause?"""
        ...

    async def stop(self, recording_id: str) -> None:
        """End it. Its file is told of later, by another way."""
        ...
