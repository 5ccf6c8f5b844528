"""Joins the recording thread: where recordings are kept, what seals them, how it is."""

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from backend.adapters.recordings.blob import SCOPE, BlobRecordings
from backend.adapters.recordings.folder import FolderRecordings
from backend.engine.recording.recorders import Recorders
from backend.errors import Unavailable
from backend.ports import Cipher, RecordingStore
from config import Settings

if TYPE_CHECKING:
    from azure.identity.aio import DefaultAzureCredential

__all__ = ["open_recorders"]


def open_recorders(settings: Settings, cipher: Cipher, stack: AsyncExitStack) -> Recorders:
    """The recording thread, at work until ``stack`` ends."""
    recorders = Recorders(_store(settings), cipher)
    recorders.start()
    stack.push_async_callback(recorders.close)
    return recorders


def _store(settings: Settings) -> RecordingStore:
    container = settings.data.recordings_container
    if not container:
        return FolderRecordings(settings.data.recordings_dir)
    identity = _Identity()
    return BlobRecordings(container, identity.token, identity.close)


class _Identity:
    """The server's own, on the loop of the recording thread."""

    def __init__(self) -> None:
        self._credential: DefaultAzureCredential | None = None

    async def token(self) -> str:
        """A token for Blob Storage; the library keeps it until it is nearly over.

        Raises:
            Unavailable: there is none to be had.
        """
        from azure.core.exceptions import ClientAuthenticationError
        from azure.identity.aio import DefaultAzureCredential  # heavy, and not needed with a folder

        if self._credential is None:
            self._credential = DefaultAzureCredential()
        try:
            return (await self._credential.get_token(SCOPE)).token
        except ClientAuthenticationError as error:
            raise Unavailable("recordings", "the server's identity gives no token for Blob Storage") from error

    async def close(self) -> None:
        """Close its connections."""
        if self._credential is not None:
            await self._credential.close()
