"""Callers beyond a cap and on the block list: they are told so, or refused as the line says; on virtual time."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office import LINE, Office, Phone
from test_call_desk import RING, story

from backend.domain.block import Block
from backend.domain.call import IncomingCall
from backend.domain.private import Private
from backend.domain.spending import MemorySpending
from backend.domain.tries import MemoryTries
from backend.engine.desk.gate import CallGate, Caps
from backend.engine.desk.rules import DeskRules
from backend.errors import CallRefused
from backend.testing.people_books import MemoryBlocks


@pytest.fixture(autouse=True)
def threads_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(work: Callable[..., Any], *arguments: Any) -> Any:
        return work(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", at_once)


def guarded(office: Office, caps: Caps, *blocked: Block) -> None:
    gate = CallGate(caps, MemoryTries(3600), MemoryTries(), MemorySpending(), MemoryBlocks())
    gate._blocks = blocked
    office.opens(DeskRules(), gate)


def test_a_capped_caller_hears_what_to_do_and_the_call_ends(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        guarded(office, Caps(caller_hour=1))
        first, _, _ = await office.phone()
        assert not first.over
        await office.desk.incoming(RING)
        token, second = next((t, c) for t, c in office.desk.calls.items() if not c.talking)
        talk = asyncio.create_task(office.desk.attach(token, Phone()))
        await asyncio.sleep(30)
        await talk
        ended = office.records.over[second.record.call_id]
        assert (ended.outcome, ended.detail) == ("rejected", "turned away")
        assert "call 911" in " ".join(office.voice.said)
        assert len(office.ears.opened) == 1, "who is turned away is not listened to"
        assert office.desk.stats()["refused"] == 1

    story(tmp_path, tell)


def test_a_line_may_send_capped_callers_to_a_person(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        sent: list[str] = []

        async def redirect(call: IncomingCall, *, to: str) -> None:
            sent.append(to)

        office.control.redirect = redirect
        guarded(office, Caps(caller_hour=1))
        await office.phone()
        await office.desk.incoming(RING)
        assert sent == ["+18005550199"]

    write_line(tmp_path, "refusals: {capped: person}\n")
    story(tmp_path / "office", tell)


def test_a_line_may_give_blocked_callers_the_busy_tone(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        guarded(office, Caps(), blocking(RING.caller.reveal()))
        await office.desk.incoming(RING)
        assert office.control.rejected == ["ring-1"]
        assert not office.desk.live()

    write_line(tmp_path, "refusals: {blocked: reject}\n")
    story(tmp_path / "office", tell)


def test_people_place_and_transfer_no_calls_abroad_unless_the_line_says_so(tmp_path: Path) -> None:
    async def tell(office: Office) -> None:
        guarded(office, Caps())
        call, _, _ = await office.phone()
        with pytest.raises(CallRefused, match="another country"):
            await office.desk.place("+442071838750")
        with pytest.raises(CallRefused, match="another country"):
            await office.desk.transfer(call.record.call_id, "+442071838750")
        assert not call.over

    story(tmp_path, tell)


def blocking(number: str) -> Any:
    from datetime import UTC, datetime

    from backend.domain.block import Block

    return Block(id="b", number=Private(number), why="w", by="b", at=datetime.now(UTC))


def write_line(tmp_path: Path, more: str) -> None:
    """The office reads its line from a module: have it one line longer."""
    import office

    tmp_path.joinpath("office").mkdir()
    patch = pytest.MonkeyPatch()
    patch.setattr(office, "LINE", LINE + more)
    _PATCHES.append(patch)


_PATCHES: list[pytest.MonkeyPatch] = []


@pytest.fixture(autouse=True)
def lines_as_they_were() -> Any:
    yield
    while _PATCHES:
        _PATCHES.pop().undo()
