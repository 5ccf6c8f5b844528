"""Joins the recording thread: where recordings are kept, what seals them, how it is."""

from contextlib import AsyncExitStack

from backend.adapters.entra.tokens import EntraTokens
from backend.adapters.recordings.blob import SCOPE, BlobRecordings
from backend.adapters.recordings.folder import FolderRecordings
from backend.engine.recording.recorders import Recorders
from backend.ports import Cipher, RecordingStore
from config import Settings

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
    identity = EntraTokens(SCOPE)  # of its own: it lives on the loop of the recording thread
    return BlobRecordings(container, identity.token, identity.close)
