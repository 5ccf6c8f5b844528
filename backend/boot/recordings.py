"""Joins the recording thread, where recordings are kept, and what ACS records itself."""

from contextlib import AsyncExitStack

from backend.adapters.acs.recorded_files import AcsRecordedFiles
from backend.adapters.entra.tokens import EntraTokens
from backend.adapters.recordings.blob import SCOPE, BlobRecordings
from backend.adapters.recordings.folder import FolderRecordings
from backend.adapters.sql.database import Database
from backend.adapters.sql.recording_book import SqlRecordingBook
from backend.adapters.sql.service_recordings import SqlServiceRecordings
from backend.engine.desk.recorded_file_desk import RecordedFileDesk
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.recording.recorders import Recorders
from backend.engine.recording.service_tapes import ServiceTapes
from backend.ports import Cipher, RecordingStore, ServiceRecorder
from config import Settings
from config.address import on_this_machine

__all__ = ["open_recordings", "open_tapes"]


def open_recordings(settings: Settings, cipher: Cipher, database: Database, stack: AsyncExitStack) -> RecordingDesk:
    """The desk for recordings and its thread, at work until ``stack`` ends."""
    recorders, book, azure = _recorders(settings, cipher, stack), SqlRecordingBook(database), settings.azure
    files: RecordedFileDesk | None = None
    if azure.acs_address:
        local = on_this_machine(azure.acs_address)
        there = AcsRecordedFiles(azure.acs_address, azure.acs_key, local=local)
        files = RecordedFileDesk(there, recorders, SqlServiceRecordings(database), book)
        stack.push_async_callback(files.close)
    desk = RecordingDesk(recorders, book, files)
    desk.follow()
    stack.push_async_callback(desk.close)
    return desk


def open_tapes(
    recorder: ServiceRecorder | None, database: Database, recorders: Recorders, stack: AsyncExitStack
) -> ServiceTapes | None:
    """Recordings by the service itself; closed with ``stack``. ``None`` without such a service."""
    if recorder is None:
        return None
    tapes = ServiceTapes(recorder, SqlServiceRecordings(database), recorders.figures)
    stack.push_async_callback(tapes.close)
    return tapes


def _recorders(settings: Settings, cipher: Cipher, stack: AsyncExitStack) -> Recorders:
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
