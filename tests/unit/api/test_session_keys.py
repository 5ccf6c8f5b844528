"""A session that is asked for again with its key is begun once, and lets in whom its agent waits for."""

import asyncio
from typing import Any

import pytest
from session_office import WISH, Office

from backend.domain.call import CallRecord
from backend.domain.principal import Principal
from backend.domain.session_plan import SessionPlan
from backend.engine.desk.session_desk import SessionWish
from backend.errors import Unavailable


async def test_the_same_key_is_the_same_session(office: Office) -> None:
    async with office.http() as http:
        answers = await asyncio.gather(*(http.post("/api/v1/sessions", json=WISH | {"key": "k1"}) for _ in range(5)))
        other = await http.post("/api/v1/sessions", json=WISH | {"key": "k2"})
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]
    ids = {answer.json()["session"]["session_id"] for answer in answers}
    assert len(ids) == 1 and other.json()["session"]["session_id"] not in ids
    assert len(office.rooms.sent) == 2


async def test_a_key_is_of_whoever_used_it_and_of_one_line(office: Office) -> None:
    async with office.http() as http:
        first = (await http.post("/api/v1/sessions", json=WISH | {"key": "k"})).json()
        wrong = await http.post("/api/v1/sessions", json={"line": "bank", "key": "k"})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (409, "call.refused")
    office.principal = Principal("another", "key", frozenset({"operator"}))
    async with office.http() as http:
        second = (await http.post("/api/v1/sessions", json=WISH | {"key": "k"})).json()
    assert first["session"]["session_id"] != second["session"]["session_id"]


async def test_what_could_not_be_begun_is_begun_when_it_is_asked_for_again_with_its_key(office: Office) -> None:
    wish = WISH | {"key": "k"}
    async with office.http() as http:
        office.rooms.fails = True
        failed = [(await http.post("/api/v1/sessions", json=wish)).status_code for _ in range(2)]
        office.rooms.fails = False
        begun, again = [await http.post("/api/v1/sessions", json=wish) for _ in range(2)]
    session = begun.json()["session"]["session_id"]
    assert (failed, begun.status_code, again.status_code) == ([503, 503], 201, 200)
    assert again.json()["session"]["session_id"] == session
    assert [room for room, _ in office.rooms.sent] == [begun.json()["enter"]["room"]] == [f"ringmaster-{session}"]
    assert sorted(call.outcome or "" for call in office.records.calls.values()) == ["", "failed", "failed"]


async def test_a_key_sends_one_agent_also_where_the_first_try_fails_while_others_wait(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries, away, get = list[str](), asyncio.Event(), office.records.get

    async def send_agent(room: str, plan: SessionPlan) -> None:
        tries.append(room)
        if len(tries) == 1:
            await away.wait()
            raise Unavailable("calls", "LiveKit is away")

    async def slow(call_id: str) -> CallRecord | None:
        found = await get(call_id)
        for _ in range(5):  # as a database: others go on meanwhile
            await asyncio.sleep(0)
        return found

    monkeypatch.setattr(office.rooms, "send_agent", send_agent)
    monkeypatch.setattr(office.records, "get", slow)
    wish = SessionWish(SessionPlan(line="bank"), key="k")
    first, second = (asyncio.create_task(office.sessions.start(wish, "app")) for _ in range(2))
    while not tries:
        await asyncio.sleep(0)
    away.set()
    with pytest.raises(Unavailable):
        await first
    begun = await asyncio.gather(second, office.sessions.start(wish, "app"))
    assert (len(tries), sorted(one.new for one in begun)) == (2, [False, True])
    assert begun[0].record.call_id == begun[1].record.call_id


async def test_a_key_that_fails_without_end_is_given_up(office: Office) -> None:
    office.rooms.fails = True
    async with office.http() as http:
        answers = [(await http.post("/api/v1/sessions", json=WISH | {"key": "k"})).status_code for _ in range(21)]
    assert answers == [503] * 20 + [409]


@pytest.mark.parametrize(("outcome", "begun"), [("completed", "LK_1"), ("idle", ""), ("failed", "LK_1")])
async def test_nobody_is_let_into_a_session_that_has_ended(office: Office, outcome: Any, begun: str) -> None:
    async with office.http() as http:
        first = (await http.post("/api/v1/sessions", json=WISH | {"key": "k"})).json()["session"]["session_id"]
        office.records.calls[first].outcome, office.records.calls[first].connection_id = outcome, begun
        again = await http.post("/api/v1/sessions", json=WISH | {"key": "k"})
    assert again.status_code == 409 and first in again.json()["error"]["message"]
    assert (len(office.rooms.sent), len(office.rooms.let)) == (1, 1)


async def test_a_key_lets_in_whom_its_agent_waits_for_and_nobody_else(office: Office) -> None:
    async with office.http() as http:
        await http.post("/api/v1/sessions", json=WISH | {"key": "k"})
        other = await http.post("/api/v1/sessions", json=WISH | {"key": "k", "identity": "user_789"})
        unnamed = await http.post("/api/v1/sessions", json={"line": "insurance", "key": "k"})
    assert other.status_code == 409
    assert (unnamed.status_code, unnamed.json()["enter"]["identity"]) == (200, "user_456")


async def test_the_same_key_opens_the_same_room_and_no_empty_one(office: Office) -> None:
    wish = WISH | {"room": "lobby", "key": "k"}
    async with office.http() as http:
        session = (await http.post("/api/v1/sessions", json=wish)).json()["session"]["session_id"]
        for begun in (False, True):
            if begun:
                office.begins(session, "lobby")
            again = await http.post("/api/v1/sessions", json=wish)
            assert (again.status_code, again.json()["enter"]["room"]) == (200, "lobby")
            for wrong in (WISH | {"key": "k"}, wish | {"room": "hall"}):
                refused = await http.post("/api/v1/sessions", json=wrong)
                assert refused.status_code == 409 and "another room" in refused.json()["error"]["message"]
        assert "lobby" not in str((await http.get(f"/api/v1/sessions/{session}")).json())
