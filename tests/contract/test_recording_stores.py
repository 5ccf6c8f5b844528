"""Where recordings are kept: one suite for the folder, for Blob Storage over its protocol, and for the fake."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest

from backend.adapters.recordings import blob as blob_module
from backend.adapters.recordings.blob import BlobRecordings
from backend.adapters.recordings.folder import FolderRecordings
from backend.domain.recording import SegmentName
from backend.errors import ProviderRejected, Unavailable
from backend.ports import RecordingStore
from backend.testing.recordings import MemoryRecordings
from local_azure.blob_storage import BlobStorage
from local_azure.server import EmulatorServer, emulator

ONE, TWO = SegmentName("call-1", 1_764_000_000_000), SegmentName("call-1", 1_764_000_030_000)
OTHER = SegmentName("call-12", 1_764_000_000_500)


async def _token() -> str:
    return "of-the-server"


@pytest.fixture
async def azure() -> AsyncIterator[EmulatorServer]:
    async with emulator(stt="scripted", tts="tone") as found:
        yield found


def container(azure: EmulatorServer) -> BlobRecordings:
    return BlobRecordings(f"{azure.url}/storage/recordings", _token)


@pytest.fixture(params=["folder", "blob", "memory"])
async def store(request: pytest.FixtureRequest, azure: EmulatorServer, tmp_path: Path) -> AsyncIterator[RecordingStore]:
    made: dict[str, Callable[[], RecordingStore]] = {
        "folder": lambda: FolderRecordings(tmp_path / "recordings"),
        "memory": MemoryRecordings,
        "blob": lambda: container(azure),
    }
    found = made[request.param]()
    yield found
    await found.close()


async def test_what_was_appended_is_read(store: RecordingStore) -> None:
    await store.begin(ONE)
    assert await store.size(ONE) == 0
    await store.append(ONE, b"one, ")
    await store.append(ONE, b"two")
    assert await store.size(ONE) == 8
    assert await store.read(ONE, 0, 100) == b"one, two"
    assert await store.read(ONE, 5, 2) == b"tw"
    assert await store.read(ONE, 8, 9) == b""


async def test_segments_are_those_of_their_call_in_order_of_time(store: RecordingStore) -> None:
    for segment in (TWO, OTHER, ONE):
        await store.begin(segment)
    assert list(await store.segments("call-1")) == [ONE, TWO]
    assert list(await store.segments("call-12")) == [OTHER]
    assert list(await store.segments("call-2")) == []
    assert await store.size(SegmentName("call-2", 1)) == 0


async def test_what_was_deleted_is_gone_and_nothing_else(store: RecordingStore) -> None:
    for segment in (ONE, TWO, OTHER):
        await store.begin(segment)
    assert await store.delete("call-1") == 2
    assert list(await store.segments("call-1")) == []
    assert list(await store.segments("call-12")) == [OTHER]
    assert await store.delete("call-1") == 0


async def test_it_can_be_asked_whether_it_is_there(store: RecordingStore) -> None:
    await store.check()


# -- Blob Storage alone ------------------------------------------------------------------------


def storage(azure: EmulatorServer) -> BlobStorage:
    return azure.azure.blobs


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blob_module, "_PAUSES_S", (0.0, 0.0, 0.0, 0.0))


async def test_a_bad_moment_is_gone_through_and_nothing_is_written_twice(azure: EmulatorServer) -> None:
    store = container(azure)
    await store.begin(ONE)
    storage(azure).failures = [503, 0]  # refused; then done, but the answer is lost
    await store.append(ONE, b"once")
    await store.append(ONE, b" more")
    assert await store.read(ONE, 0, 100) == b"once more"
    await store.close()


async def test_a_beginning_whose_answer_was_lost_is_one(azure: EmulatorServer) -> None:
    store = container(azure)
    storage(azure).failures = [0]
    await store.begin(ONE)
    await store.append(ONE, b"once")
    assert await store.read(ONE, 0, 100) == b"once"
    with pytest.raises(ProviderRejected, match="already"):
        await store.begin(ONE)
    await store.close()


async def test_only_so_many_lengths_are_remembered_and_nothing_is_lost(
    azure: EmulatorServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blob_module, "_MOST_LENGTHS", 1)
    store = container(azure)
    for segment in (ONE, OTHER):
        await store.begin(segment)
    for segment in (ONE, OTHER, ONE):
        await store.append(segment, b"piece ")
        assert len(store._lengths) == 1
    assert await store.read(ONE, 0, 100) == b"piece piece "
    await store.close()


async def test_a_service_that_is_away_is_told_of(azure: EmulatorServer) -> None:
    store = container(azure)
    storage(azure).failures = [503] * 5
    with pytest.raises(Unavailable):
        await store.begin(ONE)
    await store.close()


async def test_who_may_not_is_told_at_once(azure: EmulatorServer) -> None:
    store = container(azure)
    storage(azure).failures = [403]
    with pytest.raises(ProviderRejected, match="403"):
        await store.begin(ONE)
    await store.close()


async def test_two_writers_of_one_segment_do_not_mix(azure: EmulatorServer) -> None:
    one, other = container(azure), container(azure)
    await one.begin(ONE)
    await other.append(ONE, b"theirs")
    with pytest.raises(ProviderRejected, match="somebody else"):
        await one.append(ONE, b"ours")
    assert await one.read(ONE, 0, 100) == b"theirs"
    await one.close()
    await other.close()


async def test_nobody_reads_without_a_token(azure: EmulatorServer) -> None:
    async with aiohttp.ClientSession() as web:
        answer = await web.get(f"{azure.url}/storage/recordings?restype=container&comp=list")
        assert answer.status == 401
