"""A claim is gathered and filed although the database is away; a number is told only for one that is kept."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from backend.domain.case import Case
from backend.domain.case_number import NumberPattern
from backend.domain.entry import Entry, case_in
from backend.engine.desk.kept_cases import KeptCases
from backend.engine.desk.outbox import Outbox, OutboxLimits
from backend.errors import CaseWaits, ToolError, Unavailable
from backend.testing.books import MemoryCases
from backend.testing.virtual_time import run_virtual

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Table(MemoryCases):
    """A database of cases that can be away, or hang."""

    def __init__(self) -> None:
        super().__init__()
        self.away = self.hangs = False
        self.entries: list[Entry] = []

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if not asyncio.iscoroutinefunction(found):
            return found

        async def asked(*args: Any, **named: Any) -> Any:
            if self.hangs:
                await asyncio.sleep(3600)
            if self.away:
                raise Unavailable("store", "away")
            return await found(*args, **named)

        return asked

    async def write(self, entry: Entry) -> None:
        self.entries.append(entry)
        if entry.kind == "case.fields":
            body = entry.body
            await self.save_fields(
                entry.call_id, body["form"], body["subject"], body["fields"], verified=body["verified"]
            )
        elif entry.kind == "case.filed":
            self.put(case_in(entry.body))
        elif entry.kind == "case.discarded":
            await self.discard(entry.call_id, entry.body["form"])
        elif entry.kind == "case.note":
            await self.add_note(entry.body["number"], entry.call_id, entry.body["text"])


class Board:
    name = "redis"

    async def put(self, entry: Entry) -> bool:
        return True

    async def read(self, after: int, limit: int) -> list[Entry]:
        return []

    async def drop(self, entry: Entry) -> None: ...

    async def left_behind(self) -> list[Any]:
        return []

    async def close(self) -> None: ...


def played(scene: Callable[[KeptCases, Table], Awaitable[None]], *, shelf: bool = True, room: int = 100) -> Table:
    table = Table()

    async def play() -> None:
        outbox = Outbox(table, "w", [Board()] if shelf else [], OutboxLimits(entries=room))
        await outbox.start()
        await scene(KeptCases(table, outbox), table)
        await outbox.close()

    run_virtual(play())
    return table


async def away_for(table: Table, seconds: float) -> None:
    await asyncio.sleep(seconds)
    table.away = table.hangs = False
    await asyncio.sleep(20)


@pytest.mark.parametrize("seconds", [18, 600])
@pytest.mark.parametrize("how", ["away", "hangs"])
def test_a_claim_goes_on_and_is_filed_over_an_outage(seconds: float, how: str) -> None:
    told: list[Case] = []

    async def scene(cases: KeptCases, table: Table) -> None:
        await cases.save_fields("c1", "fnol", "P", {"a": 1})
        setattr(table, how, True)
        assert (await cases.save_fields("c1", "fnol", "P", {"b": 2})).fields == {"a": 1, "b": 2}
        draft = await cases.draft("c1", "fnol")
        assert draft is not None and draft.fields == {"a": 1, "b": 2}
        assert await cases.list(subject="P") == []
        assert await cases.broken_off("fnol", "P", LONG_AGO) is None
        told.append(await cases.file("c1", "fnol", NUMBERS))
        assert await cases.file("c1", "fnol", NUMBERS) == told[0], "asked again, the same number"
        again = await cases.draft("c1", "fnol")
        assert again is not None and again.status == "filed"
        await away_for(table, seconds)

    (claim,) = played(scene).filed
    assert (claim.number, claim.fields) == (told[0].number, {"a": 1, "b": 2})


def test_a_claim_that_is_begun_in_an_outage_is_filed_with_all_that_was_said() -> None:
    async def scene(cases: KeptCases, table: Table) -> None:
        table.away = True
        assert await cases.draft("c1", "fnol") is None
        await cases.save_fields("c1", "fnol", "", {"a": 1}, verified=False)
        await cases.save_fields("c1", "fnol", "P", {"b": 2})
        filed = await cases.file("c1", "fnol", NUMBERS)
        assert filed.number
        await away_for(table, 60)
        assert await cases.get(filed.number) is not None

    (claim,) = played(scene).filed
    assert (claim.subject, claim.verified, claim.fields) == ("P", True, {"a": 1, "b": 2})


def test_no_number_is_told_for_what_lives_in_this_process_only_but_it_is_filed() -> None:
    async def scene(cases: KeptCases, table: Table) -> None:
        await cases.save_fields("c1", "fnol", "P", {"a": 1})
        table.away = True
        for _ in range(2):
            with pytest.raises(CaseWaits):
                await cases.file("c1", "fnol", NUMBERS)
        await away_for(table, 60)
        assert (await cases.file("c1", "fnol", NUMBERS)).status == "filed", "now there is a number"

    table = played(scene, shelf=False)
    assert len(table.filed) == 1
    assert [entry.kind for entry in table.entries].count("case.filed") == 1


def test_what_has_no_room_is_not_said_to_be_kept() -> None:
    async def scene(cases: KeptCases, table: Table) -> None:
        table.away = True
        await cases.save_fields("c1", "fnol", "P", {"a": 1})
        with pytest.raises(Unavailable):
            await cases.save_fields("c1", "fnol", "P", {"b": 1})
        with pytest.raises(Unavailable):
            await cases.file("c1", "fnol", NUMBERS)
        draft = await cases.draft("c1", "fnol")
        assert draft is not None and draft.fields == {"a": 1}
        table.away = False

    played(scene, shelf=False, room=1)


def test_nothing_recorded_cannot_be_filed_in_an_outage_either() -> None:
    async def scene(cases: KeptCases, table: Table) -> None:
        table.away = True
        with pytest.raises(ToolError):
            await cases.file("c1", "fnol", NUMBERS)

    played(scene)


def test_notes_and_what_is_discarded_are_kept_too() -> None:
    async def scene(cases: KeptCases, table: Table) -> None:
        await cases.save_fields("c1", "fnol", "P", {"a": 1})
        filed = await cases.file("c1", "fnol", NUMBERS)
        await cases.save_fields("c2", "fnol", "P", {"a": 2})
        table.away = True
        noted = await cases.add_note(filed.number or "", "c2", "the mirror too")
        assert noted is not None and noted.notes[0].text == "the mirror too"
        await cases.discard("c2", "fnol")
        assert await cases.draft("c2", "fnol") is None
        with pytest.raises(Unavailable):
            await cases.add_note("CLA-2020-NOBODY", "c2", "x")
        await away_for(table, 60)

    table = played(scene)
    (claim,) = table.all
    assert [note.text for note in claim.notes] == ["the mirror too"]
