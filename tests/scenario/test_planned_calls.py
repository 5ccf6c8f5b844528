"""Calls that begin as an application says, and calls that go out by the way that their line or a request chooses."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from office import LINE, Office, Phone, agent

from backend.domain.call import CallConnection, CallRecord, IncomingCall, WayOut
from backend.domain.call_event import CallEvent
from backend.domain.private import Private
from backend.domain.session_plan import SessionPlan
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.call_desk import DeskRules
from backend.errors import CallRefused
from backend.testing.virtual_time import run_virtual

ID, ELSEWHERE = "0123456789abcdef", "+18005550177"
PLACING = "placing: {via: livekit, trunk: ST_line, number: '+18005550100'}\n"


@pytest.fixture(autouse=True)
def threads_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Virtual time would run on while a thread works."""

    async def at_once(work: Callable[..., Any], *arguments: Any) -> Any:
        return work(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", at_once)


def story(tmp_path: Path, tell: Callable[[Office], Awaitable[None]], line: str = LINE) -> None:
    """Run one story in an office that is joined to LiveKit, with two agents on its line."""

    async def whole() -> None:
        office = Office(tmp_path)
        two = (
            agent("two").replace("name: one", "name: two").replace("one.jinja", "two.jinja")
            + "variables: {plan: basic, colour: red}\n"
        )
        lines = line.replace("agents: [one]", "agents: [one, two]")
        one = agent("one") + "handoffs: [{to: two, when: They want the other.}]\n"
        files = {
            "agents/one.yaml": one,
            "agents/two.yaml": two,
            "prompts/two.jinja": "{{ vars.plan }} {{ vars.colour }}",
        }
        office.folder.write(files | {"lines/main.yaml": lines})
        office._environment = replace(
            office._environment, ways=WaysIn(office.control, {"livekit": office.control}), session_s=120.0
        )
        office.opens(DeskRules(max_calls=100))
        await office.live.open()
        try:
            await tell(office)
        finally:
            await office.desk.close()
            await office.close()
            await office.live.close()

    run_virtual(whole())


def ring(plan: SessionPlan, number: int = 1, called: str = "") -> IncomingCall:
    """Somebody waits in a room."""
    return IncomingCall(f"AJ_{number}", f"AJ_{number}", Private("user_456"), Private(called), way="livekit", plan=plan)


async def speaks(office: Office, call: IncomingCall) -> CallRecord:
    """The call's record, once the agent has greeted."""
    await office.desk.incoming(call)
    (token,) = office.desk.calls
    office.talks.append(asyncio.create_task(office.desk.attach(token, Phone())))
    record = office.desk.calls[token].record
    while not record.turns:
        await asyncio.sleep(0.05)
    return record


def test_a_session_has_its_id_line_agent_and_variables(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        plan = SessionPlan(line="main", call_id=ID, agent="two", variables={"plan": "gold"})
        record = await speaks(office, ring(plan))
        assert (record.call_id, record.line, record.direction, record.way) == (ID, "main", "browser", "livekit")
        assert record.agents == ["two"]
        session = office.desk.calls.by_id(ID).session
        assert (session.variables, session.caller_number) == ({"plan": "gold"}, "user_456")
        assert office.desk.calls.by_id(ID).orchestrator._cast.prompt() == "gold red"

    story(tmp_path, tell)


@pytest.mark.parametrize(
    ("asked", "heard"),
    [("en-US-BrianMultilingualNeural", True), ("en-US-GuyNeural", True), ("de-DE-KatjaNeural", False)],
)
def test_a_session_is_heard_in_the_voice_that_was_asked_for_where_that_speaks_the_language(
    tmp_path: Path, asked: str, heard: bool
) -> None:
    async def tell(office: Office) -> None:
        await speaks(office, ring(SessionPlan(line="main", call_id=ID, voice=asked)))
        assert office.voice.voices
        assert {voice.name == asked for voice in office.voice.voices} == {heard}

    story(tmp_path, tell)


def test_a_room_that_is_made_again_begins_another_call(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        record = await speaks(office, ring(SessionPlan(line="main", call_id=ID)))
        await office.desk.incoming(ring(SessionPlan(line="main", call_id=ID), 2))
        others = [call.record.call_id for call in office.desk.calls.all() if call.record is not record]
        assert len(others) == 1 and others != [ID]

    story(tmp_path, tell)


def test_a_session_that_was_ended_before_it_began_does_not_begin(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        office.records.over[ID] = CallRecord(
            call_id=ID, line="main", direction="browser", started_at=datetime.now(UTC), outcome="completed"
        )
        await office.desk.incoming(ring(SessionPlan(line="main", call_id=ID)))
        assert office.desk.live() == []

    story(tmp_path, tell)


def test_a_phone_whose_job_names_a_line_is_a_phone(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        record = await speaks(office, ring(SessionPlan(line="main"), called="+19998887777"))
        assert (record.direction, record.called.reveal()) == ("inbound", "+19998887777")

    story(tmp_path, tell)


def test_an_agent_that_the_line_lost_is_not_begun_with(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        assert (await speaks(office, ring(SessionPlan(line="main", agent="gone")))).agents == ["one"]

    story(tmp_path, tell)


def test_a_session_ends_at_its_timeout(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        record = await speaks(office, ring(SessionPlan(line="main", call_id=ID)))
        await asyncio.sleep(180)
        assert record.outcome is not None
        assert record.ended_at is not None

    story(tmp_path, tell)


class Placed:
    """What was asked of call control."""

    def __init__(self, office: Office) -> None:
        self.outs: list[WayOut] = []
        office.control.create = self.create

    async def create(self, *, to: str, token: str, out: WayOut) -> CallConnection:
        """Somebody's phone rings."""
        self.outs.append(out)
        return CallConnection(f"cc-{len(self.outs)}")


def test_a_call_goes_out_by_the_way_of_its_line(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        placed = Placed(office)
        record = await office.desk.place(ELSEWHERE)
        assert placed.outs == [WayOut("livekit", "ST_line", "+18005550100")]
        assert record.way == "livekit"
        await office.desk.place(ELSEWHERE, None, WayOut("livekit", "ST_other"))
        await office.desk.place(ELSEWHERE, None, WayOut())
        assert placed.outs[1:] == [WayOut("livekit", "ST_other", "+18005550100"), WayOut()]

    story(tmp_path, tell, LINE + PLACING)


def test_a_call_comes_from_no_number_but_the_line_s(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        placed = Placed(office)
        with pytest.raises(CallRefused, match="its own numbers"):
            await office.desk.place(ELSEWHERE, None, WayOut("livekit", "ST_x", "+12125550100"))
        assert (placed.outs, office.desk.live()) == ([], [])

    story(tmp_path, tell)


def test_a_way_out_that_this_server_has_not_is_refused_before_anything_rings(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        office._environment = replace(office._environment, ways=WaysIn(office.control))
        office.opens(DeskRules(max_calls=100))
        with pytest.raises(CallRefused, match="not set up on this server"):
            await office.desk.place(ELSEWHERE, None, WayOut("livekit"))
        assert office.desk.live() == []

    story(tmp_path, tell)


@pytest.mark.parametrize(
    ("code", "outcome", "detail"),
    [
        (486, "rejected", "busy"),
        (600, "rejected", "busy"),
        (408, "rejected", "no answer"),
        (480, "rejected", "no answer"),
        (603, "rejected", "declined"),
        (404, "rejected", "no such number"),
        (500, "failed", "CreateCallFailed 500/0"),
    ],
)
def test_why_somebody_was_not_reached_is_what_the_record_says(
    tmp_path: Path, code: int, outcome: str, detail: str
) -> None:
    async def tell(office: Office) -> None:
        Placed(office)
        record = await office.desk.place(ELSEWHERE)
        (token,) = office.desk.calls
        await office.desk.callback(token, CallEvent("1", "CreateCallFailed", "cc-1", code))
        over = office.records.over[record.call_id]
        assert over.outcome == outcome
        assert over.detail.startswith(detail)

    story(tmp_path, tell)
