"""One call's recording at the telephone service: what it is told when, and what is noted to be left out of its file."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from backend.domain.call import CallRecord
from backend.domain.private import Private
from backend.domain.recording import SegmentName
from backend.domain.service_recording import CUT, UNMARKED, Span
from backend.engine.recording.recorders import RecordingFigures
from backend.engine.recording.service_tape import ServiceTape
from backend.engine.recording.service_tapes import ServiceTapes
from backend.engine.recording.tap import AGENT, BOTH, CALLER, Hide, Pause, Resume
from backend.errors import Unavailable
from backend.testing.service_recordings import FakeServiceRecorder, MemoryServiceRecordings
from backend.testing.virtual_time import run_virtual

RECORD = CallRecord(
    call_id="c1", line="main", direction="inbound", caller=Private("+13125550142"), connection_id="cc-1",
    started_at=datetime(2026, 11, 27, tzinfo=UTC),
)  # fmt: skip


class Stage:
    """A call, and the service that records it, which takes a tenth of a second for everything."""

    def __init__(self) -> None:
        self.service, self.book = _Slow(), MemoryServiceRecordings()
        self.figures = RecordingFigures()
        self.tapes = ServiceTapes(self.service, self.book, self.figures)
        self.broken = 0
        self.links = 0

    def tape(self, *, goes_on: bool = False) -> ServiceTape:
        return self.tapes.tape(RECORD, "t1", goes_on=goes_on)

    def open(self, tape: ServiceTape) -> Any:
        self.links += 1
        return tape.open(SegmentName("c1", 1_000_000 + self.links), self._broke)

    def _broke(self) -> None:
        self.broken += 1

    def spans(self, kind: str) -> list[tuple[float, float, int]]:
        (row,) = self.book.rows.values()
        found = [one for one in row.recording.spans if one.kind == kind]
        return [(round(one.start_s, 2), round(one.end_s, 2), one.channels) for one in found]


class _Slow(FakeServiceRecorder):
    async def start(self, connection_id: str, *, token: str, caller: str, paused: bool) -> str:
        await asyncio.sleep(0.1)
        return await super().start(connection_id, token=token, caller=caller, paused=paused)

    async def pause(self, recording_id: str) -> None:
        await asyncio.sleep(0.1)
        await super().pause(recording_id)

    async def resume(self, recording_id: str) -> None:
        await asyncio.sleep(0.1)
        await super().resume(recording_id)


def played(story: Callable[[Stage], Coroutine[Any, Any, None]]) -> None:
    run_virtual(story(Stage()))


def test_it_is_begun_and_ended_and_its_beginning_is_noted() -> None:
    async def story(stage: Stage) -> None:
        tape = stage.tape()
        segment = stage.open(tape)
        await asyncio.sleep(5)
        segment.close(5.0)
        tape.end()
        await stage.tapes.close()
        assert (stage.service.told[0], stage.service.told[-1]) == ("start", "stop")
        (row,) = stage.book.rows.values()
        assert row.recording.lead_s == pytest.approx(0.1, abs=0.01) and row.recording.ended
        assert (stage.figures.begun, stage.figures.live, stage.figures.service_trouble) == (1, 0, "")
        assert stage.broken == 0

    played(story)


def test_it_is_paused_while_a_secret_is_asked_for_and_the_way_there_is_left_out_too() -> None:
    async def story(stage: Stage) -> None:
        tape = stage.tape()
        segment = stage.open(tape)
        await asyncio.sleep(4)
        segment.tap.note(Pause(3.5))
        await asyncio.sleep(1)
        assert stage.service.states == {"r0": "inactive"}
        await asyncio.sleep(3)
        segment.tap.note(Resume(8.0, BOTH))
        await asyncio.sleep(1)
        assert stage.service.states == {"r0": "active"}
        assert stage.service.told == ["start", "pause", "resume"]
        assert stage.spans("paused") == [(3.5, 8.0, BOTH)]
        assert stage.spans(CUT) == [(4.05, 8.05, BOTH)], "as the service has taken it, half of the way back and forth"
        tape.end()
        await stage.tapes.close()

    played(story)


def test_what_is_never_kept_is_noted_for_its_file() -> None:
    async def story(stage: Stage) -> None:
        tape = stage.tape()
        segment = stage.open(tape)
        await asyncio.sleep(9)
        segment.tap.note(Hide(2.0, 4.0, CALLER))
        segment.tap.note(Hide(5.0, 5.5, CALLER, told=False))
        segment.tap.note(Pause(6.0, AGENT, "hidden"))
        segment.tap.note(Resume(8.0, AGENT))
        await asyncio.sleep(1)
        assert stage.spans("hidden") == [(2.0, 4.0, CALLER), (6.0, 8.0, AGENT)]
        assert stage.spans(UNMARKED) == [(5.0, 5.5, CALLER)]
        assert stage.service.told == ["start"], "nothing else was to be paused"
        tape.end()
        await stage.tapes.close()

    played(story)


def test_between_two_links_it_is_paused() -> None:
    async def story(stage: Stage) -> None:
        tape = stage.tape()
        stage.open(tape).close(0.0)
        await asyncio.sleep(1)
        segment = stage.open(tape)
        await asyncio.sleep(2)
        segment.tap.note(Hide(0.0, 1.0, CALLER))
        await asyncio.sleep(1)
        assert stage.service.states == {"r0": "active"}
        assert stage.spans("gap") == [(0.0, 1.0, BOTH)]
        assert stage.spans("hidden") == [(1.0, 2.0, CALLER)], "counted from its own beginning"
        tape.end()
        await stage.tapes.close()

    played(story)


def test_another_worker_goes_on_with_it() -> None:
    async def story(stage: Stage) -> None:
        tape = stage.tape()
        stage.open(tape).close(0.0)
        tape.hand_on()
        await stage.tapes.close()
        assert stage.service.states == {"r0": "inactive"}
        again = stage.tape(goes_on=True)
        stage.open(again)
        await asyncio.sleep(1)
        assert stage.service.states == {"r0": "active"} and len(stage.book.rows) == 1
        assert len(stage.spans(CUT)) == 1 and len(stage.spans("gap")) == 1
        again.end()
        await stage.tapes.close()
        assert stage.service.states == {"r0": "over"}

    played(story)


def test_a_clock_that_was_set_back_meanwhile_moves_nothing_before_the_beginning() -> None:
    async def story(stage: Stage) -> None:
        stage.links = 10**14  # begun at a time that has yet to come
        tape = stage.tape()
        stage.open(tape).close(0.0)
        tape.hand_on()
        await stage.tapes.close()
        again = stage.tape(goes_on=True)
        stage.open(again)
        await asyncio.sleep(1)
        again.end()
        await stage.tapes.close()
        spans = [*stage.spans(CUT), *stage.spans("gap")]
        assert spans and all(start >= 0 and end >= start for start, end, _ in spans)

    played(story)


def test_where_it_cannot_begin_the_call_is_told_and_so_is_whoever_looks() -> None:
    async def story(stage: Stage) -> None:
        stage.service.fails = Unavailable("recording", "503")
        tape = stage.tape()
        stage.open(tape)
        await stage.tapes.close()
        assert (stage.broken, stage.figures.broken) == (1, 1)
        assert stage.figures.service_trouble == "provider.unavailable"
        assert stage.book.rows == {}

    played(story)


def test_a_recording_that_nobody_could_fetch_is_ended() -> None:
    async def story(stage: Stage) -> None:
        stage.book.away = True
        stage.open(stage.tape())
        await stage.tapes.close()
        assert stage.broken == 1
        assert stage.service.states == {"r0": "over"}

    played(story)


def test_a_pause_that_fails_ends_it_so_that_no_secret_is_recorded() -> None:
    async def story(stage: Stage) -> None:
        tape = stage.tape()
        segment = stage.open(tape)
        await asyncio.sleep(4)
        stage.service.fails = Unavailable("recording", "503")
        segment.tap.note(Pause(3.5))
        await asyncio.sleep(1)
        segment.close(5.0)
        await stage.tapes.close()
        assert stage.service.states == {"r0": "over"}
        assert stage.broken == 1

    played(story)


def test_one_that_the_service_ended_by_itself_is_noticed() -> None:
    async def story(stage: Stage) -> None:
        tape = stage.tape()
        stage.open(tape)
        await asyncio.sleep(4)
        tape.reported(failed=False)
        await asyncio.sleep(1)
        assert stage.broken == 0, "it goes on: the news was old"
        stage.service.states["r0"] = "inactive"
        tape.reported(failed=False)
        await asyncio.sleep(1)
        assert stage.broken == 1

    played(story)


@pytest.mark.parametrize(("named", "broken"), [("r0", 1), ("", 1), ("another", 0)])
def test_one_that_could_not_begin_is_told_late_and_may_be_another(named: str, broken: int) -> None:
    """Such as that of a consent which the caller has taken back since."""

    async def story(stage: Stage) -> None:
        tape = stage.tape()
        segment = stage.open(tape)
        tape.reported(failed=True, recording_id=named)
        await asyncio.sleep(4)
        assert stage.broken == broken
        segment.close(4.0)
        tape.end()
        await stage.tapes.close()

    played(story)


def test_a_caller_who_hung_up_has_broken_nothing() -> None:
    async def story(stage: Stage) -> None:
        tape = stage.tape()
        segment = stage.open(tape)
        await asyncio.sleep(4)
        stage.service.states["r0"] = "over"
        segment.close(4.0)
        await asyncio.sleep(1)
        tape.end()
        await stage.tapes.close()
        assert (stage.broken, stage.figures.service_trouble) == (0, "")

    played(story)


def test_consent_that_is_taken_back_leaves_nothing_wanted() -> None:
    async def story(stage: Stage) -> None:
        tape = stage.tape()
        stage.open(tape)
        await asyncio.sleep(1)
        tape.discard()
        await stage.tapes.close()
        (row,) = stage.book.rows.values()
        assert (row.recording.wanted, row.recording.ended) == (False, True)
        assert stage.service.states == {"r0": "over"}

    played(story)


def test_what_is_left_out_is_written_down_however_long_the_database_is_away() -> None:
    async def story(stage: Stage) -> None:
        tape = stage.tape()
        segment = stage.open(tape)
        await asyncio.sleep(4)
        stage.book.away = True
        segment.close(4.0)
        segment.tap.note(Hide(1.0, 2.0, CALLER))
        tape.end()
        await asyncio.sleep(20)
        assert stage.service.states == {"r0": "over"}
        (row,) = stage.book.rows.values()
        assert not row.recording.ended
        stage.book.away = False
        await asyncio.sleep(60)
        (row,) = stage.book.rows.values()
        assert row.recording.ended and Span("hidden", 1.0, 2.0, CALLER) in [
            replace(one, start_s=round(one.start_s, 3), end_s=round(one.end_s, 3)) for one in row.recording.spans
        ]

    played(story)
