"""A rehearsal of a real call over HTTP: for editors, of calls that are over, with the people of a suite."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.tried import TriedVersions
from backend.api.application import create_api
from backend.api.services import Access, ApiServices, LiveServices
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.principal import Principal, Role
from backend.domain.private import Private
from backend.domain.tool import ToolNames
from backend.testing.books import MemoryCases, MemoryDrafts, MemoryRevisions

TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
FILES = {
    "agents/one.yaml": "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n",
    "lines/main.yaml": 'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n',
    "prompts/one.jinja": "You help.\n",
}
AT = datetime(2026, 11, 24, 17, 42, tzinfo=UTC)


def call(call_id: str, *said: str, over: bool = True, line: str = "main") -> CallRecord:
    turns = [TurnRecord(index=index, agent="one", caller_text=text, started_at=AT) for index, text in enumerate(said)]
    number = Private("+13125550123")
    record = CallRecord(call_id=call_id, line=line, direction="inbound", caller=number, started_at=AT, turns=turns)
    record.outcome = "completed" if over else None
    return record


CALLS = {
    "spoke": call("spoke", "hello this is quetzal przybylska"),
    "silent": call("silent"),
    "live": call("live", "hello", over=False),
    "gone": call("gone", "hello", line="gone"),
}


class Records:
    async def get(self, call_id: str) -> CallRecord | None:
        return CALLS.get(call_id)


class Desk:
    draining = False

    def live(self) -> list[CallRecord]:
        return []


class People:
    role: Role = "editor"

    async def who(self, *_: object) -> Principal:
        return Principal("ann", "key", frozenset({self.role}))


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
async def http(tmp_path: Path, people: People) -> AsyncIterator[httpx2.AsyncClient]:
    for name in ("agent_store", "prompt_store"):
        (tmp_path / name).mkdir()
    folder = StoreFolder(tmp_path / "agent_store", tmp_path / "prompt_store")
    folder.write(FILES)
    revisions = MemoryRevisions()
    live = LiveStore(folder, TOOLS, revisions, LocalVersionBoard())
    await live.open()
    services = ApiServices(
        desk=Desk(),
        records=Records(),
        cases=MemoryCases(),
        case_search=None,
        callbacks=None,
        store=None,
        live=LiveServices(live, revisions, TriedVersions(live, revisions), MemoryDrafts()),
        open_media=None,
        access=Access(authenticator=people),
    )
    transport = httpx2.ASGITransport(create_api(services))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1/store", timeout=10) as http:
        yield http


async def make(http: httpx2.AsyncClient, call_id: str, **more: Any) -> httpx2.Response:
    return await http.post("/rehearsals/from-call", json={"call_id": call_id, **more})


async def test_what_is_made_names_nobody_and_is_not_kept(http: httpx2.AsyncClient) -> None:
    answer = await make(http, "spoke")
    made = answer.json()
    assert answer.status_code == 200
    assert set(made["files"]) == {"rehearsals/from_calls/suite.yaml", f"rehearsals/{made['name']}.yaml"}
    assert "hello this is" in made["files"][f"rehearsals/{made['name']}.yaml"]
    assert not {"quetzal", "przybylska"} & set(answer.text.casefold().split())
    assert "przybylska" not in answer.text
    assert made["replaced"] == {"names": 2}
    assert (await http.get("/rehearsals/written")).json() == []


@pytest.mark.parametrize(
    ("call_id", "fault"),
    [
        ("nope", (404, "call.not_found")),
        ("silent", (409, "run.refused")),
        ("live", (409, "run.refused")),
        ("gone", (404, "store.not_found")),
    ],
)
async def test_not_every_call_will_do(http: httpx2.AsyncClient, call_id: str, fault: tuple[int, str]) -> None:
    answer = await make(http, call_id)
    assert (answer.status_code, answer.json()["error"]["code"]) == fault


async def test_who_is_not_in_a_suite_stands_for_nobody(http: httpx2.AsyncClient) -> None:
    answer = await make(http, "spoke", suite="main", caller="ann")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "store.not_found")


@pytest.mark.parametrize("role", ["viewer", "operator"])
async def test_only_editors_have_one_made(http: httpx2.AsyncClient, people: People, role: Role) -> None:
    people.role = role
    assert (await make(http, "spoke")).status_code == 403
