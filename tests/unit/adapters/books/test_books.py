"""Books on SQL and behind a tool server, against a real database and a server of the test."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.books.open_books import OpenBooks
from backend.adapters.books.server_book import ServerBook
from backend.adapters.books.sql_book import SqlBook
from backend.domain.book_spec import DeclaredBook, FileBookSpec, ServerBookSpec, SqlBookSpec
from backend.domain.model import ToolSchema
from backend.domain.tool_server import AnyServer, RemoteResult
from backend.errors import ConfigError, ProtocolError, Unavailable
from backend.ports import ToolServer

SQL = SqlBookSpec(
    name="people", kind="sql", url="BOOK_PEOPLE", find="select * from people where zip = :zip or pin = :pin",
    get="select * from people where id = :id",
)  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = tmp_path / "people.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table people (id text, full_name text, zip text, pin text)")
        connection.executemany(
            "insert into people values (?, ?, ?, ?)",
            [("1", "Anna Bell", "60601", "4821"), ("2", "Bo Lin", "77002", "9037")],
        )
    return f"sqlite+aiosqlite:///{path}"


async def test_a_database_gives_whoever_any_part_points_to(database: str) -> None:
    book = SqlBook(SQL, database)
    found = await book.find({"zip": "60601", "pin": "9037"})
    assert {record["full_name"] for record in found} == {"Anna Bell", "Bo Lin"}
    assert await book.find({"zip": "' or 1=1 --", "pin": ""}) == []
    record = await book.get("2")
    assert record is not None
    assert record["full_name"] == "Bo Lin"
    assert await book.get("3") is None
    assert not await book.takes_veiled()
    await book.close()


async def test_a_query_writes_nothing_and_a_broken_one_tells_no_value(database: str) -> None:
    spec = SQL.model_copy(update={"get": "delete from people where id = :id returning *"})
    book = SqlBook(spec, database)
    await book.get("1")
    assert len(await book.find({"zip": "60601", "pin": ""})) == 1, "rolled back"
    broken = SqlBook(SQL.model_copy(update={"find": "select * from nowhere where zip = :zip"}), database)
    with pytest.raises(Unavailable) as error:
        await broken.find({"zip": "60601"})
    assert "60601" not in str(error.value)
    await book.close()
    await broken.close()


class System:
    """``ToolServer`` of somebody's system."""

    def __init__(self, **answers: RemoteResult) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    def schema(self, function: str) -> ToolSchema | None:
        return None

    async def call(self, function: str, arguments: Mapping[str, Any], *, key: str) -> RemoteResult:
        self.asked.append((function, arguments))
        return self.answers[function]

    async def close(self) -> None: ...


SERVER = ServerBookSpec(name="people", kind="http", server="crm", find="search", get="person")
ANNA = {"id": "1", "full_name": "Anna Bell"}


@pytest.mark.parametrize("content", [[ANNA], {"people": [ANNA]}, ANNA])
async def test_a_system_gives_records_in_a_list_or_in_an_object(content: Any) -> None:
    system = System(search=RemoteResult(False, content), person=RemoteResult(False, ANNA))
    book = ServerBook(SERVER, system)
    assert list(await book.find({"pin": "4821"})) == [ANNA]
    assert await book.get("1") == ANNA
    assert system.asked == [("search", {"pin": "4821"}), ("person", {"id": "1"})]


async def test_nobody_is_none_and_a_fault_is_none_of_the_callers() -> None:
    book = ServerBook(SERVER, System(search=RemoteResult(True, None, 500), person=RemoteResult(True, None, 404)))
    assert await book.get("1") is None
    with pytest.raises(Unavailable):
        await book.find({"pin": "4821"})
    with pytest.raises(ProtocolError):
        await ServerBook(SERVER, System(search=RemoteResult(False, ["x"]))).find({})


def no_server(_: AnyServer) -> ToolServer:
    raise AssertionError("there is none")


def test_what_is_not_set_is_named() -> None:
    books = OpenBooks({}, "", no_server)
    for spec, name in (
        (SQL, "BOOK_PEOPLE"),
        (FileBookSpec(name="staff", kind="file", path="BOOK_STAFF"), "BOOK_STAFF"),
    ):
        with pytest.raises(ConfigError, match=name):
            books.open(DeclaredBook(spec))
