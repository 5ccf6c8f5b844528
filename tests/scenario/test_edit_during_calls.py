"""An edit goes live while twenty callers are talking: each keeps the agents it began with, nobody is dropped."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from office import LINE, Office, Phone, agent

from backend.agents.edit import replacement
from backend.domain.call import CallRecord, IncomingCall
from backend.domain.model import ModelRequest
from backend.domain.private import Private
from backend.domain.session import AgentSaid
from backend.engine.call.call import Call
from backend.testing.virtual_time import run_virtual

ROOT = Path(__file__).resolve().parents[2]


def said(call: Call) -> list[str]:
    return [item.text for item in call.session.history if isinstance(item, AgentSaid)]


@pytest.fixture(autouse=True)
def threads_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Virtual time would run on while a thread works, and callers would fall silent meanwhile."""

    async def at_once(work: Callable[..., Any], *arguments: Any) -> Any:
        return work(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", at_once)


def test_twenty_calls_keep_their_agents_and_the_next_has_the_new_ones(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        await office.live.open()
        callers = [await office.phone() for _ in range(20)]
        await office.say("hello who is there", *callers)
        old = office.live.store.version

        office.folder.write({"agents/one.yaml": agent("two"), "prompts/one.jinja": "I am two."})
        await office.live.look()
        await office.say("and who is there now", *callers)
        newcomer = await office.phone()
        await office.say("hello who is there", newcomer)

        # A second edit, over HTTP this time, changes nothing for anybody either.
        await office.live.edit(replacement("prompts/one.jinja", "I am three.", ("*",), "ann"))
        await office.say("and who is there today", *callers, newcomer)
        assert not office.records.over, "a call was dropped"
        assert len(office.desk.live()) == 21
        for call, _, _ in callers:
            assert said(call) == ["Welcome to one.", "I am one.", "I am one.", "I am one."]
            assert call.record.store_version == old
        assert said(newcomer[0]) == ["Welcome to two.", "I am two.", "I am two."]
        assert newcomer[0].record.store_version not in {old, office.live.store.version}
        for call, phone, _ in [*callers, newcomer]:
            call.disconnected()
            await phone.close()
        await office.close()
        assert {call.outcome for call in office.records.over.values()} == {"caller_hung_up"}
        await office.live.close()

    run_virtual(story())


def test_a_phrase_that_is_changed_while_calls_run_is_heard_by_new_callers_only(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        await office.live.open()
        caller = await office.phone()
        await office.say("hello who is there", caller)

        phrases = (ROOT / "agent_store/phrases/en.yaml").read_text("utf-8")
        office.folder.write({"phrases/en.yaml": phrases.replace("- Take your time.", "- By all means.")})
        await office.live.look()
        assert office.live.status().rejected is None
        newcomer = await office.phone()
        await office.say("hold on a second", caller, newcomer)
        assert said(caller[0])[-1] == "Take your time."
        assert said(newcomer[0])[-1] == "By all means."

        unknown = phrases.replace("goodbye: Goodbye.", "godbye: Goodbye.")
        office.folder.write({"phrases/en.yaml": unknown})
        await office.live.look()
        rejected = office.live.status().rejected
        assert rejected is not None
        assert "did you mean 'goodbye'?" in str(rejected.problems)
        for call, phone, _ in (caller, newcomer):
            call.disconnected()
            await phone.close()
        await office.close()
        await office.live.close()

    run_virtual(story())


def test_a_bad_edit_in_the_middle_of_a_call_is_not_heard_by_anybody(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        await office.live.open()
        caller = await office.phone()
        office.folder.write({"prompts/one.jinja": "I am {{ broken"})
        await office.live.look()
        assert office.live.status().rejected is not None
        newcomer = await office.phone()
        await office.say("hello who is there", caller, newcomer)
        for call, phone, _ in (caller, newcomer):
            assert said(call) == ["Welcome to one.", "I am one."]
            call.disconnected()
            await phone.close()
        await office.close()

    run_virtual(story())


def test_requests_carry_the_prompt_of_the_version_a_call_began_with(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        first = await office.live.open()
        caller = await office.phone()
        await office.live.edit(replacement("prompts/one.jinja", "I am two.", ("*",), "ann"))
        await office.live.rollback(first.version, "bob")
        await office.live.edit(replacement("prompts/one.jinja", "I am three.", ("*",), "ann"))
        await office.say("hello who is there", caller)
        requests: list[ModelRequest] = office.model.requests
        assert {request.messages[0].content for request in requests} == {"I am one."}
        caller[0].disconnected()
        await caller[1].close()
        await office.close()

    run_virtual(story())


def test_a_call_that_comes_from_another_worker_keeps_its_version(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        first = await office.live.open()
        await office.live.edit(replacement("agents/one.yaml", agent("two"), ("*",), "ann"))
        for version, welcome in ((first.version, "Welcome to one."), ("long-forgotten", "Welcome to two.")):
            record = CallRecord(
                call_id=f"call-{version}",
                line="main",
                direction="inbound",
                connection_id="cc-9",
                store_version=version,
                started_at=datetime.now(UTC),
            )
            office.desk.adopt(record, version, None, ask_for_media=False)
            phone = Phone()
            talk = asyncio.create_task(office.desk.attach(version, phone))
            call = office.desk.calls[version]
            while not said(call):
                await asyncio.sleep(0.05)
            assert said(call) == [welcome]
            call.disconnected()
            await phone.close()
            await talk

    run_virtual(story())


def test_a_line_takes_as_many_calls_as_it_says(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        await office.live.open()
        await office.live.edit(replacement("lines/main.yaml", LINE + "max_calls: 1\n", ("*",), "ann"))
        call, phone, _ = await office.phone()
        ring = IncomingCall("e9", "ring-9", Private("+13125550143"), Private("+18005550100"))
        await office.desk.incoming(ring)
        assert office.control.rejected == ["ring-9"]
        assert len(office.desk.live()) == 1
        call.disconnected()
        await phone.close()
        await office.close()

    run_virtual(story())
