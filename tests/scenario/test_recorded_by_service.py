"""Whole calls of a line that ACS records: what it is told, what goes another way, and that no caller notices."""

import asyncio
import dataclasses
from pathlib import Path

import pytest
from office import Phone
from recorded_office import TOLD, RecordedOffice, heard, played

from backend.domain.call import IncomingCall, Way
from backend.domain.call_event import CallEvent
from backend.domain.private import Private
from backend.domain.session_plan import SessionPlan
from backend.engine.call.ways_in import WaysIn
from backend.engine.recording.service_tapes import ServiceTapes
from backend.errors import Unavailable
from backend.testing.service_recordings import FakeServiceRecorder, MemoryServiceRecordings


class ServiceOffice(RecordedOffice):
    """Its calls are recorded by the telephone service."""

    def __init__(self, root: Path, recording: str) -> None:
        super().__init__(root, f"by: acs, {recording}")
        self.service, self.book = FakeServiceRecorder(), MemoryServiceRecordings()
        self.tapes = ServiceTapes(self.service, self.book, self.recorders.figures)
        self._environment = dataclasses.replace(
            self._environment,
            tapes=self.tapes,
            ways=WaysIn(self.control, {"livekit": self.control, "softphone": self.control}),
        )
        self.reopen()

    def spans(self, kind: str) -> int:
        return sum(one.kind == kind for row in self.book.rows.values() for one in row.recording.spans)


def test_the_service_records_once_the_caller_has_heard_it_and_nothing_is_recorded_here(tmp_path: Path) -> None:
    async def story(office: ServiceOffice) -> None:
        call, phone, caller = await office.ring()
        await asyncio.sleep(1)
        assert office.service.told == []
        await asyncio.sleep(6)
        assert heard(office, phone).startswith(f"{TOLD} Welcome to")
        assert office.service.states == {"r0": "active"}
        assert (call.record.recording, office.recorders.segments) == ("on", [])
        assert call.record.recording_until is not None
        await office.hang_up(call, phone, caller)
        await office.tapes.close()
        assert office.service.states == {"r0": "over"}
        assert (await office.book.of_call(call.record.call_id)) is not None, "its file is awaited"

    played(tmp_path, "enabled: true", story, ServiceOffice)


def test_it_is_paused_while_a_secret_is_asked_for(tmp_path: Path) -> None:
    async def story(office: ServiceOffice) -> None:
        call, phone, caller = await office.ring()
        caller.says("let us begin now please", at=8)
        caller.says("it is one two three four", at=12)
        caller.says("and that is it then", at=20)
        await asyncio.sleep(11)
        call.session.facts["_question"] = {"name": "pin", "secret": True}
        await asyncio.sleep(6)
        assert office.service.states == {"r0": "inactive"}
        del call.session.facts["_question"]
        await asyncio.sleep(9)
        assert office.service.states == {"r0": "active"}
        await office.hang_up(call, phone, caller)
        await office.tapes.close()
        assert (office.spans("paused"), office.spans("cut")) == (1, 1)

    played(tmp_path, "enabled: true", story, ServiceOffice)


def test_a_card_number_said_unasked_is_noted_to_be_left_out(tmp_path: Path) -> None:
    async def story(office: ServiceOffice) -> None:
        call, phone, caller = await office.ring()
        caller.says("my card is four one one one one one one one one one one one one one one one", at=14)
        await asyncio.sleep(30)
        await office.hang_up(call, phone, caller)
        await office.tapes.close()
        assert office.spans("hidden") >= 1

    played(tmp_path, "enabled: true", story, ServiceOffice)


@pytest.mark.parametrize(("words", "recorded"), [("yes", True), ("no", False)])
def test_only_who_agrees_is_recorded_by_the_service(tmp_path: Path, words: str, recorded: bool) -> None:
    async def story(office: ServiceOffice) -> None:
        call, phone, caller = await office.ring()
        caller.says(words, at=6)
        await asyncio.sleep(14)
        assert bool(office.service.states) == recorded
        await office.hang_up(call, phone, caller)
        await office.tapes.close()

    played(tmp_path, "enabled: true, consent: ask", story, ServiceOffice)


def test_a_yes_that_is_taken_back_leaves_no_file_wanted(tmp_path: Path) -> None:
    async def story(office: ServiceOffice) -> None:
        call, phone, caller = await office.ring()
        await asyncio.sleep(5.5)
        caller.says("yes I do", at=6)
        await asyncio.sleep(1)
        call.recording.decided(agreed=True)
        await asyncio.sleep(0.4)
        call.recording.taken_back()
        await asyncio.sleep(0.4)
        assert office.service.states == {"r0": "over"}
        call.recording.decided(agreed=True)
        await asyncio.sleep(0.4)
        assert office.service.states == {"r0": "over", "r1": "active"}, "a new yes begins a new one"
        await office.hang_up(call, phone, caller)
        await office.tapes.close()
        assert [row.recording.wanted for row in office.book.rows.values()] == [False, True]

    played(tmp_path, "enabled: true, consent: ask", story, ServiceOffice)


def test_where_the_service_cannot_the_call_goes_on_and_says_so(tmp_path: Path) -> None:
    async def story(office: ServiceOffice) -> None:
        office.service.fails = Unavailable("recording", "503")
        call, phone, caller = await office.ring()
        caller.says("what about the rest of it", at=10)
        await asyncio.sleep(20)
        assert heard(office, phone).endswith("I am one.")
        assert call.record.recording == "broken"
        assert office.recorders.health().state == "degraded"
        assert "ACS did not record" in office.recorders.health().sentence
        await office.hang_up(call, phone, caller)
        await office.tapes.close()

    played(tmp_path, "enabled: true", story, ServiceOffice)


@pytest.mark.parametrize("kind", ["RecordingStateChanged", "StartRecordingFailed"])
def test_a_recording_that_the_service_ends_is_told_by_a_callback(tmp_path: Path, kind: str) -> None:
    async def story(office: ServiceOffice) -> None:
        call, phone, caller = await office.ring()
        await asyncio.sleep(8)
        assert call.record.recording == "on"
        office.service.states["r0"] = "inactive"
        await office.desk.callback(call.token, CallEvent("e7", kind, state="inactive"))
        await asyncio.sleep(1)
        assert call.record.recording == "broken"
        await office.hang_up(call, phone, caller)
        await office.tapes.close()

    played(tmp_path, "enabled: true", story, ServiceOffice)


@pytest.mark.parametrize("way", ["livekit", "softphone"])
def test_what_the_service_does_not_hear_is_recorded_here(tmp_path: Path, way: Way) -> None:
    async def story(office: ServiceOffice) -> None:
        called, plan = Private("+18005550100"), SessionPlan(line="main")
        await office.desk.incoming(IncomingCall("e1", "ring-1", Private("+13125550142"), called, way=way, plan=plan))
        ((token, call),) = office.desk.calls.items()
        phone = Phone()
        office.talks.append(asyncio.create_task(office.desk.attach(token, phone)))
        await asyncio.sleep(9)
        assert call.record.recording == "on"
        assert (len(office.recorders.segments), office.service.told) == (1, [])
        call.disconnected()
        await phone.close()
        await office.close()

    played(tmp_path, "enabled: true", story, ServiceOffice)
