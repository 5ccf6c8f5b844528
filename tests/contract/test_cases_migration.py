"""A database of the version before, with claims, drafts and notes in it, becomes one of cases: nothing is lost."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database, migrations, newest, upgrade_to
from backend.adapters.sql.tables import Base
from backend.domain.case import Case, CaseNote
from backend.testing.keys import a_key, a_key_ring

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NOTE = {"at": NOW.isoformat(), "call_id": "c9", "text": "the mirror, too", "entry": "w/1"}
FILED = {"a": 1, "place": {"city": "Reno"}}


@pytest.fixture
async def database(new_database_url: str) -> AsyncIterator[Database]:
    """As the version before left it."""
    found = Database(new_database_url, a_key_ring(a_key()))
    async with found.engine.begin() as connection:
        await connection.run_sync(upgrade_to, "0008_identity")
        await connection.run_sync(_fill, found)
    yield found
    await found.close()


def _fill(connection: Connection, database: Database) -> None:
    seal = database.seal("claims", "c2")
    rows: list[dict[str, Any]] = [
        {"call": "c1", "policy": "POL-1", "status": "filed", "number": "CLA-2026-KT4RWX", "fields": FILED,
         "filed": NOW, "verified": True, "notes": [NOTE], "earlier": ["c0"]},
        {"call": "c2", "policy": "", "status": "filed", "number": "CLA-2026-AAAAAAX", "filed": NOW, "verified": False,
         "fields": seal.json("fields", FILED), "notes": seal.json("notes", [NOTE]), "earlier": []},
        {"call": "c3", "policy": "POL-1", "status": "draft", "number": None, "fields": {"a": 2}, "filed": None,
         "verified": True, "notes": [], "earlier": []},
    ]  # fmt: skip
    for row in rows:
        told = {name: json.dumps(row[name]) for name in ("fields", "notes", "earlier")}
        connection.execute(
            text(
                "INSERT INTO claims (call_id, policy_id, status, claim_id, fields, updated_at, filed_at, verified, "
                "notes, earlier_calls) VALUES (:call, :policy, :status, :number, :fields, :now, :filed, :verified, "
                ":notes, :earlier)"
            ),
            row | told | {"now": NOW},
        )
    connection.execute(
        text(
            "INSERT INTO calls (call_id, line, direction, caller, called, connection_id, store_version, started_at, "
            "detail, claim_id, agents) VALUES ('c1', 'insurance', 'inbound', '', '', '', '', :now, '', "
            "'CLA-2026-KT4RWX', '[]')"
        ),
        {"now": NOW},
    )


def a_case(call_id: str, **changes: Any) -> Case:
    known = {"subject": "POL-1", "status": "filed", "fields": FILED, "updated_at": NOW, "filed_at": NOW}
    return Case(**({"call_id": call_id, "form": "fnol"} | known | changes))


async def test_every_claim_is_a_case_as_it_was(database: Database) -> None:
    await database.migrate()
    book, note = SqlCaseBook(database), CaseNote(NOW, "c9", "the mirror, too")
    first = a_case("c1", number="CLA-2026-KT4RWX", notes=(note,), earlier_calls=("c0",))
    assert await book.get("CLA-2026-KT4RWX") == first
    sealed = a_case("c2", subject="", number="CLA-2026-AAAAAAX", verified=False, notes=(note,))
    assert await book.draft("c2", "fnol") == sealed
    draft = a_case("c3", status="draft", fields={"a": 2}, filed_at=None)
    assert await book.broken_off("fnol", "POL-1", datetime(2020, 1, 1, tzinfo=UTC)) == draft
    call = await SqlCallRecords(database).get("c1")
    assert call is not None and call.case_number == "CLA-2026-KT4RWX"
    again = await book.add_note("CLA-2026-KT4RWX", "c9", "the mirror, too", entry="w/1")
    assert again is not None and len(again.notes) == 1, "a note that waited is known by its entry"


async def test_the_tables_are_those_that_the_code_has(database: Database) -> None:
    await database.migrate()

    def shape(connection: Connection) -> tuple[set[str], set[str], list[str]]:
        found = inspect(connection)
        names = {name for index in found.get_indexes("cases") if (name := index["name"])}
        unique = {",".join(one["column_names"]) for one in found.get_unique_constraints("cases")}
        return names, unique, found.get_pk_constraint("cases")["constrained_columns"]

    async with database.engine.connect() as connection:
        names, unique, key = await connection.run_sync(shape)
        tables = await connection.run_sync(lambda one: set(inspect(one).get_table_names()))
    assert {str(index.name) for index in Base.metadata.tables["cases"].indexes} <= names
    assert (unique, key) == ({"number"}, ["call_id", "form"])
    assert "claims" not in tables


async def test_the_way_back_loses_only_what_that_version_has_no_place_for(database: Database) -> None:
    await database.migrate()
    await SqlCaseBook(database).save_fields("c1", "outage", "S", {})

    def back(connection: Connection) -> None:
        config = migrations()
        config.attributes["connection"] = connection
        command.downgrade(config, "0008_identity")

    async with database.engine.begin() as connection:
        await connection.run_sync(back)
        columns = "call_id, policy_id, claim_id, verified"
        rows = (await connection.execute(text(f"SELECT {columns} FROM claims ORDER BY call_id"))).all()
        (number,) = (await connection.execute(text("SELECT claim_id FROM calls"))).scalars()
    assert [(one[0], one[1], one[2], bool(one[3])) for one in rows] == [
        ("c1", "POL-1", "CLA-2026-KT4RWX", True), ("c2", "", "CLA-2026-AAAAAAX", False), ("c3", "POL-1", None, True),
    ]  # fmt: skip
    assert number == "CLA-2026-KT4RWX"
    await test_every_claim_is_a_case_as_it_was(database)


def test_tables_that_are_up_to_date_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert newest() == ScriptDirectory.from_config(migrations()).get_current_head()
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_to(connection)
        monkeypatch.setattr(command, "upgrade", None)
        upgrade_to(connection)
    engine.dispose()
