"""Files of the telephone service: fetched once, kept as all recordings are, deleted there, and never kept unasked."""

import asyncio
import gc
import io
import threading
import wave
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backend.domain.recording import SegmentName
from backend.domain.service_recording import RecordedFile, ServiceRecording
from backend.domain.unsealed import Unsealed
from backend.engine.desk import recorded_file_desk
from backend.engine.desk.recorded_file_desk import RecordedFileDesk
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.recording.recorders import Recorders
from backend.errors import CallNotFound, ProviderRejected, Unavailable
from backend.testing.recordings import MemoryRecordings
from backend.testing.service_recordings import FakeRecordedFiles, MemoryServiceRecordings

PLACE = "https://x.asm.skype.com/1"
FILE = RecordedFile("r1", (f"{PLACE}/content",), (PLACE,))
ONE = ServiceRecording("r1", "c1", 5000, ended=True)


class Book:
    """``RecordingBook`` that takes down what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    async def due(self, now: datetime, limit: int) -> list[str]:
        return []

    async def older(self, line: str, before: datetime, limit: int) -> list[str]:
        return []

    async def of_number(self, number: str) -> list[str]:
        return ["c1"]

    async def deleted(self, call_id: str) -> None:
        self.told.append(("deleted", call_id))

    async def broke(self, call_id: str) -> None:
        self.told.append(("broke", call_id))


class Stage:
    def __init__(self) -> None:
        self.files, self.waiting, self.book = FakeRecordedFiles(), MemoryServiceRecordings(), Book()
        self.store = MemoryRecordings()
        self.recorders = Recorders(self.store, Unsealed())
        self.recorders.start()
        self.desk = RecordedFileDesk(self.files, self.recorders, self.waiting, self.book)
        self.recordings = RecordingDesk(self.recorders, self.book, self.desk)
        self.files.files[f"{PLACE}/content"] = _wav()

    async def begun(self, recording: ServiceRecording = ONE, at: datetime | None = None) -> None:
        await self.waiting.begun(recording, at or datetime.now(UTC))


def _wav(seconds: int = 1) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(b"\x01\x02\x03\x04" * 16_000 * seconds)
    return target.getvalue()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    found = Stage()
    yield found
    await found.desk.close()
    await found.recorders.close()


async def test_a_file_is_fetched_kept_and_deleted_there(stage: Stage) -> None:
    await stage.begun()
    await stage.recordings.arrived(FILE)
    kept = await stage.recordings.find("c1")
    assert (kept.seconds, kept.segments[0].name) == (1.0, SegmentName("c1", 5000))
    assert stage.files.deleted == [PLACE]
    assert stage.waiting.rows == {}
    await stage.recordings.arrived(FILE)  # told of once more
    assert stage.files.deleted == [PLACE]


async def test_a_file_of_somebody_else_is_left_alone(stage: Stage) -> None:
    await stage.recordings.arrived(FILE)
    assert stage.store.files == {} and stage.files.deleted == []


async def test_one_that_cannot_be_fetched_is_told_of_again(stage: Stage) -> None:
    await stage.begun()
    stage.files.away = True
    with pytest.raises(Unavailable):
        await stage.recordings.arrived(FILE)
    stage.files.away = False
    await stage.recordings.arrived(FILE)
    assert (await stage.recordings.find("c1")).seconds == 1.0


async def test_one_that_is_kept_and_could_not_be_deleted_there_is_only_deleted(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.begun()

    async def away(place: str) -> None:
        raise Unavailable("recording", "away")

    with monkeypatch.context() as patched, pytest.raises(Unavailable):
        patched.setattr(stage.files, "delete", away)
        await stage.recordings.arrived(FILE)
    stage.files.files.clear()
    await stage.recordings.arrived(FILE)
    assert stage.files.deleted == [PLACE]
    assert (await stage.recordings.find("c1")).seconds == 1.0


async def test_a_long_file_goes_on_being_fetched_when_it_is_told_of_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorded_file_desk, "_WAIT_S", 0.0)
    await stage.begun()
    for _ in range(100):
        try:
            await stage.recordings.arrived(FILE)
            break
        except Unavailable:
            await asyncio.sleep(0.01)
    assert (await stage.recordings.find("c1")).seconds == 1.0
    assert stage.files.deleted == [PLACE]


async def test_one_of_which_a_part_is_here_is_not_there_yet(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await stage.begun()
    goes_on, half = threading.Event(), threading.Event()  # files are read in the recording thread
    stage.files.files[f"{PLACE}/content"] = _wav(seconds=60)
    read = stage.files.read

    async def reading(place: str) -> AsyncIterator[bytes]:
        whole = [piece async for piece in read(place)]
        for at, piece in enumerate(whole):
            if at == len(whole) // 2:
                half.set()
                while not goes_on.is_set():
                    await asyncio.sleep(0.01)
            yield piece

    monkeypatch.setattr(stage.files, "read", reading)
    arriving = asyncio.create_task(stage.recordings.arrived(FILE))
    while not half.is_set():
        await asyncio.sleep(0.01)
    assert any(len(content) > 100_000 for content in stage.store.files.values()), "a part of it is written"
    with pytest.raises(CallNotFound):
        await stage.recordings.find("c1")
    goes_on.set()
    await arriving
    kept = await stage.recordings.find("c1")
    assert (kept.seconds, kept.complete) == (60.0, True)


@pytest.mark.parametrize("fault", [Unavailable("recordings", "away"), KeyError("a fault of ours")])
async def test_one_that_fails_when_nobody_waits_for_it_any_more_is_told_of_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    monkeypatch.setattr(recorded_file_desk, "_WAIT_S", 0.0)
    goes_on, begun, bare = asyncio.Event(), asyncio.Event(), list[object]()
    asyncio.get_running_loop().set_exception_handler(lambda _, told: bare.append(told))

    async def fails(file: RecordedFile, now: datetime, until: datetime) -> ServiceRecording:
        begun.set()
        await goes_on.wait()
        return ONE

    async def leaves(recording_id: str, *, kept: bool) -> None:
        await asyncio.sleep(0)

    async def keeps(*_: object) -> None:
        raise fault

    monkeypatch.setattr(stage.waiting, "take", fails)
    monkeypatch.setattr(stage.waiting, "leave", leaves)
    monkeypatch.setattr(stage.desk, "_keep", keeps)
    with pytest.raises(Unavailable, match="being fetched"):
        await stage.recordings.arrived(FILE)
    await begun.wait()
    (task,) = stage.desk._seen_to.values()
    goes_on.set()
    await asyncio.wait([task])
    del task
    gc.collect()
    assert (len(caplog.records), bare) == (1, [])


async def test_one_that_is_deleted_before_its_file_comes_is_deleted_there_and_not_kept(stage: Stage) -> None:
    await stage.begun()
    await stage.recordings.delete("c1")
    await stage.recordings.arrived(FILE)
    assert stage.store.files == {} and stage.files.deleted == [PLACE]


async def test_one_that_is_deleted_while_its_file_waits_is_deleted_there_at_once(stage: Stage) -> None:
    await stage.begun()
    stage.files.away = True
    with pytest.raises(Unavailable):
        await stage.recordings.arrived(FILE)
    with pytest.raises(Unavailable):
        await stage.recordings.delete("c1")
    assert stage.book.told == [], "it is not said to be gone while it is there"
    stage.files.away = False
    await stage.recordings.delete("c1")
    assert stage.files.deleted == [PLACE] and stage.book.told == [("deleted", "c1")]


async def test_one_that_is_deleted_while_it_is_fetched_is_not_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.begun()
    read = stage.files.read

    async def reading(place: str) -> AsyncIterator[bytes]:
        stage.waiting.rows["r1"].recording = replace(stage.waiting.rows["r1"].recording, wanted=False)
        async for piece in read(place):
            yield piece

    monkeypatch.setattr(stage.files, "read", reading)
    await stage.recordings.arrived(FILE)
    with pytest.raises(CallNotFound):
        await stage.recordings.find("c1")


async def test_what_the_service_does_not_delete_it_deletes_by_itself(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.begun()

    async def refused(place: str) -> None:
        raise ProviderRejected("recording", "403")

    monkeypatch.setattr(stage.files, "delete", refused)
    await stage.recordings.arrived(FILE)
    assert stage.waiting.rows == {}


async def test_a_file_that_never_came_is_given_up_and_its_call_told(stage: Stage) -> None:
    now = datetime.now(UTC)
    await stage.begun(at=now - timedelta(days=3))
    assert await stage.recordings.sweep_lost(now, 10) == 1
    assert stage.book.told == [("broke", "c1")] and stage.waiting.rows == {}
    assert await stage.recordings.sweep_lost(now, 10) == 0
