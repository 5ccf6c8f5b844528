"""Passes over HTTP: what each lets its holder do, whom it brings an agent, and how often they are given."""

import asyncio

import pytest
from session_office import WISH, Office, the_app

from backend.api.request_limit import RequestLimit
from backend.domain.session_plan import SessionPlan
from backend.engine.desk.begun_calls import BegunCalls
from backend.engine.desk.registry import CallRegistry
from backend.errors import CallNotFound
from backend.testing.virtual_time import run_virtual


async def test_a_pass_with_a_line_brings_an_agent_with_it(office: Office) -> None:
    async with office.http() as http:
        told = (await http.post("/api/v1/livekit/token", json={"line": "bank", "ttl_seconds": 60})).json()
    ((room, identity, role, lives_s, plan),) = office.rooms.let
    assert (room, identity, told["token"]) == (told["room"], told["identity"], "a.b.c")
    assert (role, lives_s, plan.line, plan.call_id) == ("caller", 60, "bank", told["session_id"])
    assert plan.caller == identity


async def test_a_pass_waits_until_it_is_used(office: Office) -> None:
    async with office.http() as http:
        told = (await http.post("/api/v1/livekit/token", json={"line": "insurance"})).json()
        path = f"/api/v1/sessions/{told['session_id']}"
        seen = (await http.get(path)).json()
        assert (seen["state"], seen["way"], seen["outcome"]) == ("waiting", "livekit", None)
        look = {"session_id": told["session_id"], "role": "listener"}
        assert (await http.post("/api/v1/livekit/token", json=look)).status_code == 409  # no agent would come there
        office.begins(told["session_id"])
        assert (await http.post("/api/v1/livekit/token", json=look)).status_code == 201
        assert (await http.get(path)).json()["state"] == "active"
        assert office.sessions.stats()["begun"] == 0  # no agent was sent by us


def test_a_pass_that_runs_out_unused_is_closed_and_no_sooner() -> None:
    async def story() -> None:
        office = Office()
        plan = SessionPlan(line="insurance", caller="c", call_id="0123456789abcdef")
        record = await office.sessions.expect(plan, "lobby", 300)
        await asyncio.sleep(374)
        assert record.outcome is None
        await asyncio.sleep(2)
        assert (record.outcome, record.detail) == ("idle", "nobody came")
        assert office.rooms.ended == []  # the room is not ours

    run_virtual(story())


async def test_a_pass_of_a_session_that_was_ended_lets_no_agent_come(office: Office) -> None:
    async with office.http() as http:
        session = (await http.post("/api/v1/livekit/token", json={"line": "insurance"})).json()["session_id"]
        assert (await http.post(f"/api/v1/sessions/{session}/end")).status_code == 204
        assert (await http.get(f"/api/v1/sessions/{session}")).json()["state"] == "ended"
    with pytest.raises(CallNotFound, match="ended before it began"):
        await BegunCalls(CallRegistry(10), office.records).has(session)


async def test_a_pass_into_a_room_of_the_application_brings_none_by_itself(office: Office) -> None:
    async with office.http() as http:
        told = (await http.post("/api/v1/livekit/token", json={"room": "lobby"})).json()
        in_vain = await http.post("/api/v1/livekit/token", json={"room": "lobby", "variables": {"plan": "gold"}})
    assert office.rooms.let[0][4] is None
    assert told["session_id"] is None
    assert in_vain.status_code == 422 and "add line" in in_vain.text


@pytest.mark.parametrize("wish", [{}, {"identity": "ann"}, {"variables": {"plan": "gold"}}, {"voice": "en-US-A"}])
async def test_a_pass_that_names_nothing_brings_an_agent_of_the_first_line(office: Office, wish: dict) -> None:
    async with office.http() as http:
        told = (await http.post("/api/v1/livekit/token", json=wish)).json()
    plan = office.rooms.let[0][4]
    assert (plan.line, plan.call_id) == ("insurance", told["session_id"])
    assert (plan.variables, plan.voice) == (wish.get("variables", {}), wish.get("voice", ""))


async def test_what_is_no_json_is_told_so(office: Office) -> None:
    async with office.http() as http:
        told = await http.post(
            "/api/v1/livekit/token", content=b"line: x", headers={"content-type": "application/json"}
        )
    assert (told.status_code, told.json()["error"]["message"]) == (422, "body: expected JSON")


async def test_a_supervisor_enters_a_session_and_nothing_else(office: Office) -> None:
    async with office.http() as http:
        session = (await http.post("/api/v1/sessions", json=WISH)).json()["session"]["session_id"]
        wish = {"session_id": session, "role": "listener"}
        assert (await http.post("/api/v1/livekit/token", json=wish)).status_code == 201
        assert office.rooms.let[-1][:3:2] == (f"ringmaster-{session}", "listener")
        assert (await http.post("/api/v1/livekit/token", json={"role": "listener"})).status_code == 422
        assert (await http.post("/api/v1/livekit/token", json=wish | {"line": "bank"})).status_code == 422
        office.records.calls[session].way = "softphone"
        assert (await http.post("/api/v1/livekit/token", json=wish)).status_code == 409
        office.records.calls[session].way, office.records.calls[session].direction = "livekit", "inbound"
        assert (await http.post("/api/v1/livekit/token", json=wish)).status_code == 409


async def test_a_caller_who_comes_again_is_the_caller_and_nobody_else_is(office: Office) -> None:
    async with office.http() as http:
        session = (await http.post("/api/v1/sessions", json=WISH)).json()["session"]["session_id"]
        again = await http.post("/api/v1/livekit/token", json={"session_id": session})
        other = await http.post("/api/v1/livekit/token", json={"session_id": session, "identity": "user_789"})
        colleague = {"session_id": session, "identity": "user_789", "role": "supervisor"}
        joins = await http.post("/api/v1/livekit/token", json=colleague)
        thief = await http.post("/api/v1/livekit/token", json=colleague | {"identity": "user_456"})
    assert thief.status_code == 409 and "disconnect" in thief.json()["error"]["message"]
    assert (again.status_code, again.json()["identity"]) == (201, "user_456")
    assert other.status_code == 409 and "another caller" in other.json()["error"]["message"]
    assert (joins.status_code, joins.json()["identity"]) == (201, "user_789")


async def test_a_colleague_who_names_nobody_is_not_taken_for_the_caller(office: Office) -> None:
    async with office.http() as http:
        session = (await http.post("/api/v1/sessions", json=WISH)).json()["session"]["session_id"]
        joins = await http.post("/api/v1/livekit/token", json={"session_id": session, "role": "listener"})
    assert joins.json()["identity"].startswith("listener-")


async def test_colleagues_enter_the_room_that_the_application_named(office: Office) -> None:
    async with office.http() as http:
        session = (await http.post("/api/v1/sessions", json=WISH | {"room": "lobby"})).json()["session"]["session_id"]
        wish = {"session_id": session, "role": "listener"}
        early = await http.post("/api/v1/livekit/token", json=wish)
        assert early.status_code == 409 and "once the caller is there" in early.json()["error"]["message"]
        office.begins(session, "lobby")
        told = (await http.post("/api/v1/livekit/token", json=wish)).json()
    assert (told["room"], told["session_id"]) == ("lobby", session)


async def test_somebody_who_asks_too_often_waits(office: Office) -> None:
    the_app().state.request_limit = RequestLimit(most=3)
    async with office.http() as http:
        answers = [(await http.post("/api/v1/livekit/token", json={"room": "lobby"})).status_code for _ in range(5)]
    assert answers == [201, 201, 201, 429, 429]
