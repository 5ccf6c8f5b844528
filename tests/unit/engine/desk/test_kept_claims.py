"""A claim is gathered and filed although the database is away; a number is told only for one that is kept."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from backend.domain.entry import Entry, claim_in
from backend.domain.records import ClaimRecord
from backend.engine.desk.kept_claims import KeptClaims
from backend.engine.desk.outbox import Outbox, OutboxLimits
from backend.errors import ClaimWaits, ToolError, Unavailable
from backend.testing.books import MemoryClaims
from backend.testing.virtual_time import run_virtual

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Table(MemoryClaims):
    """A database of claims that can be away, or hang."""

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
        if entry.kind == "claim.fields":
            body = entry.body
            await self.save_fields(entry.call_id, body["policy_id"], body["fields"], verified=body["verified"])
        elif entry.kind == "claim.filed":
            self._by_call[entry.call_id] = claim_in(entry.body)
        elif entry.kind == "claim.discarded":
            await self.discard(entry.call_id)
        elif entry.kind == "claim.note":
            await self.add_note(entry.body["claim_id"], entry.call_id, entry.body["text"])


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


def played(scene: Callable[[KeptClaims, Table], Awaitable[None]], *, shelf: bool = True, room: int = 100) -> Table:
    table = Table()

    async def play() -> None:
        outbox = Outbox(table, "w", [Board()] if shelf else [], OutboxLimits(entries=room))
        await outbox.start()
        await scene(KeptClaims(table, outbox), table)
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
    told: list[ClaimRecord] = []

    async def scene(claims: KeptClaims, table: Table) -> None:
        await claims.save_fields("c1", "P", {"a": 1})
        setattr(table, how, True)
        assert (await claims.save_fields("c1", "P", {"b": 2})).fields == {"a": 1, "b": 2}
        draft = await claims.draft("c1")
        assert draft is not None and draft.fields == {"a": 1, "b": 2}
        assert await claims.list(policy_id="P") == []
        assert await claims.broken_off("P", LONG_AGO) is None
        told.append(await claims.file("c1"))
        assert await claims.file("c1") == told[0], "asked again, the same number"
        again = await claims.draft("c1")
        assert again is not None and again.status == "filed"
        await away_for(table, seconds)

    (claim,) = played(scene).filed
    assert (claim.claim_id, claim.fields) == (told[0].claim_id, {"a": 1, "b": 2})


def test_a_claim_that_is_begun_in_an_outage_is_filed_with_all_that_was_said() -> None:
    async def scene(claims: KeptClaims, table: Table) -> None:
        table.away = True
        assert await claims.draft("c1") is None
        await claims.save_fields("c1", "", {"a": 1}, verified=False)
        await claims.save_fields("c1", "P", {"b": 2})
        filed = await claims.file("c1")
        assert filed.claim_id
        await away_for(table, 60)
        assert await claims.get(filed.claim_id) is not None

    (claim,) = played(scene).filed
    assert (claim.policy_id, claim.verified, claim.fields) == ("P", True, {"a": 1, "b": 2})


def test_no_number_is_told_for_what_lives_in_this_process_only_but_it_is_filed() -> None:
    async def scene(claims: KeptClaims, table: Table) -> None:
        await claims.save_fields("c1", "P", {"a": 1})
        table.away = True
        for _ in range(2):
            with pytest.raises(ClaimWaits):
                await claims.file("c1")
        await away_for(table, 60)
        assert (await claims.file("c1")).status == "filed", "now there is a number"

    table = played(scene, shelf=False)
    assert len(table.filed) == 1
    assert [entry.kind for entry in table.entries].count("claim.filed") == 1


def test_what_has_no_room_is_not_said_to_be_kept() -> None:
    async def scene(claims: KeptClaims, table: Table) -> None:
        table.away = True
        await claims.save_fields("c1", "P", {"a": 1})
        with pytest.raises(Unavailable):
            await claims.save_fields("c1", "P", {"b": 1})
        with pytest.raises(Unavailable):
            await claims.file("c1")
        draft = await claims.draft("c1")
        assert draft is not None and draft.fields == {"a": 1}
        table.away = False

    played(scene, shelf=False, room=1)


def test_nothing_recorded_cannot_be_filed_in_an_outage_either() -> None:
    async def scene(claims: KeptClaims, table: Table) -> None:
        table.away = True
        with pytest.raises(ToolError):
            await claims.file("c1")

    played(scene)


def test_notes_and_what_is_discarded_are_kept_too() -> None:
    async def scene(claims: KeptClaims, table: Table) -> None:
        await claims.save_fields("c1", "P", {"a": 1})
        filed = await claims.file("c1")
        await claims.save_fields("c2", "P", {"a": 2})
        table.away = True
        noted = await claims.add_note(filed.claim_id or "", "c2", "the mirror too")
        assert noted is not None and noted.notes[0].text == "the mirror too"
        await claims.discard("c2")
        assert await claims.draft("c2") is None
        with pytest.raises(Unavailable):
            await claims.add_note("CLA-2020-NOBODY", "c2", "x")
        await away_for(table, 60)

    table = played(scene)
    (claim,) = table.all
    assert [note.text for note in claim.notes] == ["the mirror too"]
