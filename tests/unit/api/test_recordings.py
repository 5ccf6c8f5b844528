"""Who may listen to a recording, and what they get: the whole, a part, what there is of it; and its deletion."""

import io
import wave
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from backend.adapters.cipher.key_ring import KeyRing
from backend.adapters.recordings.folder import FolderRecordings
from backend.api.application import create_api
from backend.api.services import Access, ApiServices
from backend.domain.call import CallRecord
from backend.domain.principal import Principal, Role
from backend.domain.recording import SegmentName
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.recording.recorders import Recorders
from backend.engine.recording.tap import Pause, Resume
from backend.testing.keys import a_key_ring
from tests.unit.api.test_line_scope import Desk, Says
from tests.unit.api.test_routes import Records
from tests.unit.engine.recording.test_recorders import NAME, play
from tests.unit.engine.recording.tones import loudest

BEGAN = NAME.began_at
PATH = "/calls/c1/recording"


class Book:
    """Notes which recordings are gone."""

    def __init__(self) -> None:
        self.gone: list[str] = []

    async def deleted(self, call_id: str) -> None:
        self.gone.append(call_id)


class Trail:
    """Keeps the entries of the audit."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str, str]] = []

    async def require(self, entry: object) -> None:
        self._keep(entry)

    async def note(self, entry: object) -> None:
        self._keep(entry)

    def _keep(self, entry: object) -> None:
        self.entries.append((entry.action, entry.target, entry.line))  # type: ignore[attr-defined]


class House:
    """A server with one recorded call, on the line insurance: 12 seconds, a gap, 6 seconds more."""

    def __init__(self, folder: Path) -> None:
        self.store = FolderRecordings(folder)
        self.recorders = Recorders(self.store, a_key_ring())
        self.book, self.trail, self.records = Book(), Trail(), Records()
        self.call = CallRecord(
            call_id="c1", line="insurance", direction="inbound", started_at=BEGAN, ended_at=BEGAN, outcome="completed",
            recording="on", recording_until=BEGAN + timedelta(days=30),
        )  # fmt: skip
        self.bare = CallRecord(call_id="c2", line="insurance", direction="inbound", started_at=BEGAN, outcome="idle")
        self.records.calls = [self.call, self.bare]

    async def record(self) -> None:
        for name, seconds, events in (
            (NAME, 12, ((6, Pause(6.0)), (8, Resume(8.0)))),
            (SegmentName("c1", NAME.began_ms + 20_000), 6, ()),
        ):
            segment = self.recorders.open(name, 16_000, lambda: None)
            play(segment.tap, seconds, *events)
            segment.close(seconds)
        while self.recorders.figures.live:
            await self.recorders.run(_nothing())

    def http(
        self, role: Role = "admin", lines: list[str] | None = None, key: KeyRing | None = None
    ) -> httpx2.AsyncClient:
        principal = Principal("t", "key", frozenset([role]), None if lines is None else frozenset(lines))
        if key is not None:
            self.recorders.cipher = key
        desk = Desk()
        desk.live = lambda: []  # type: ignore[method-assign]
        services = ApiServices(
            desk=desk, records=self.records, cases=None, case_search=None, callbacks=None, store=None, open_media=None,
            recordings=RecordingDesk(self.recorders, self.book), audit=self.trail,
            access=Access(authenticator=Says(principal), loopback=False),
        )  # fmt: skip
        return httpx2.AsyncClient(transport=httpx2.ASGITransport(create_api(services)), base_url="http://test/api/v1")


async def _nothing() -> None: ...


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = House(tmp_path / "recordings")
    made.recorders.start()
    await made.record()
    yield made
    await made.recorders.close()


async def test_what_there_is_of_a_recording(house: House) -> None:
    async with house.http("viewer") as http:
        told = (await http.get(PATH)).json()
    assert told["state"] == "on" and told["seconds"] == 26
    assert datetime.fromisoformat(told["kept_until"]) == BEGAN + timedelta(days=30)
    assert [(one["start_s"], one["seconds"], one["complete"]) for one in told["segments"]] == [
        (0, 12, True),
        (20, 6, True),
    ]
    assert [(one["kind"], one["start_s"], one["end_s"]) for one in told["markers"]] == [
        ("paused", 6, 8), ("gap", 12, 20),
    ]  # fmt: skip


async def test_the_whole_is_a_wav_file_with_each_voice_in_its_place(house: House) -> None:
    async with house.http("operator") as http:
        answer = await http.get(f"{PATH}/audio")
    assert answer.status_code == 200 and answer.headers["content-type"] == "audio/wav"
    assert answer.headers["accept-ranges"] == "bytes"
    with wave.open(io.BytesIO(answer.content)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (2, 16_000, 2)
        assert file.getnframes() == 26 * 16_000
        sound = file.readframes(file.getnframes())
    assert loudest(sound, 0, 1) == pytest.approx(440, abs=2)
    assert loudest(sound, 1, 23.2) == pytest.approx(1000, abs=2)
    assert loudest(sound, 0, 6.5) == loudest(sound, 0, 15) == 0


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=40-50", 40, 50),
        ("bytes=44-", 44, None),
        ("bytes=1000001-1000010", 1_000_001, 1_000_010),
        ("bytes=-7", -7, None),
        ("bytes=1600000-99999999", 1_600_000, None),
    ],
)
async def test_a_part_is_what_it_is_in_the_whole(house: House, wanted: str, first: int, last: int | None) -> None:
    async with house.http() as http:
        whole = (await http.get(f"{PATH}/audio")).content
        part = await http.get(f"{PATH}/audio", headers={"range": wanted})
    expected = whole[first:] if last is None else whole[first : last + 1]
    assert part.status_code == 206
    assert part.content == expected
    start = first % len(whole)
    assert part.headers["content-range"] == f"bytes {start}-{start + len(expected) - 1}/{len(whole)}"


async def test_a_part_that_is_not_there(house: House) -> None:
    async with house.http() as http:
        answer = await http.get(f"{PATH}/audio", headers={"range": "bytes=99999999-"})
        several = await http.get(f"{PATH}/audio", headers={"range": "bytes=0-1,4-5"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{44 + 26 * 64_000}"
    assert several.status_code == 200


async def test_a_viewer_may_not_listen_nor_an_operator_delete(house: House) -> None:
    async with house.http("viewer") as http:
        for path in ("audio", "wave"):
            assert (await http.get(f"{PATH}/{path}")).status_code == 403
    for role in ("viewer", "operator", "editor"):
        async with house.http(role) as http:  # type: ignore[arg-type]
            assert (await http.delete(PATH)).status_code == 403
    assert house.book.gone == []


async def test_who_is_limited_to_another_line_finds_nothing(house: House) -> None:
    async with house.http("admin", ["dental"]) as http:
        for method, path in (("GET", ""), ("GET", "/audio"), ("GET", "/wave"), ("DELETE", "")):
            assert (await http.request(method, PATH + path)).status_code == 404
    assert house.book.gone == []


async def test_who_listened_stands_in_the_audit_once(house: House) -> None:
    async with house.http("operator") as http:
        for first in range(0, 3000, 1000):
            await http.get(f"{PATH}/audio", headers={"range": f"bytes={first}-{first + 999}"})
    assert house.trail.entries == [("recordings.listen", "c1", "insurance")]


async def test_what_is_deleted_is_gone(house: House) -> None:
    async with house.http() as http:
        assert (await http.delete(PATH)).status_code == 204
        assert (await http.get(f"{PATH}/audio")).status_code == 404
    assert house.book.gone == ["c1"]
    assert ("recordings.delete", "c1", "insurance") in house.trail.entries
    assert await house.recorders.run(house.store.segments("c1")) == []


async def test_while_the_call_goes_on_nothing_is_heard_or_deleted(house: House) -> None:
    """Who wants to hear it then listens in, where the line lets them."""
    house.call.outcome = None
    async with house.http() as http:
        assert (await http.delete(PATH)).status_code == 409
        for path in ("audio", "wave"):
            assert (await http.get(f"{PATH}/{path}")).status_code == 409


async def test_a_recording_that_broke_before_anything_was_written(house: House) -> None:
    house.bare.recording, house.bare.recording_until = "broken", BEGAN
    async with house.http() as http:
        answer = await http.get("/calls/c2/recording")
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["seconds"], answer.json()["segments"]) == ("broken", 0, [])


@pytest.mark.parametrize("wanted", ["bytes={}-", "bytes=0-{}", "bytes=-{}"])
async def test_a_place_of_thousands_of_digits_is_left_out_of_account(house: House, wanted: str) -> None:
    async with house.http() as http:
        answer = await http.get(f"{PATH}/audio", headers={"range": wanted.format("9" * 4301)})
    assert answer.status_code == 200


async def test_a_call_without_a_recording(house: House) -> None:
    async with house.http() as http:
        told = (await http.get("/calls/c2/recording")).json()
        assert (told["state"], told["seconds"], told["segments"]) == ("none", 0, [])
        assert (await http.get("/calls/c2/recording/audio")).status_code == 404
        assert (await http.get("/calls/none/recording")).status_code == 404


async def test_another_key_opens_nothing_and_says_so(house: House) -> None:
    async with house.http(key=a_key_ring()) as http:
        answer = await http.get(f"{PATH}/audio")
    assert answer.status_code == 409
    assert "seal.broken" in answer.text


async def test_where_a_server_died_it_broke_off(house: House) -> None:
    path = house.store._folder / "c1"
    last = sorted(path.iterdir())[-1]
    last.write_bytes(last.read_bytes()[:-20])  # the piece that ends it
    async with house.http() as http:
        told = (await http.get(PATH)).json()
    assert told["markers"][-1] == {"kind": "broke", "start_s": 26.0, "end_s": None}


async def test_the_wave_shows_both_voices(house: House) -> None:
    async with house.http("operator") as http:
        told = (await http.get(f"{PATH}/wave")).json()
    assert told["per_second"] == 10
    assert len(told["caller"]) == len(told["agent"]) == 260
    assert min(told["caller"][1:59]) > 30 and max(told["caller"][61:79]) == 0
