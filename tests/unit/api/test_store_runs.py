"""Rehearsals and replays over HTTP: who may, which version, and what is shown to whom."""

import asyncio
from collections.abc import AsyncIterator
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
from backend.domain.audit import AuditEntry
from backend.domain.principal import Principal, Role
from backend.domain.store_run import RunResult
from backend.domain.tool import ToolNames
from backend.engine.desk.run_desk import RunDesk, RunLimits
from backend.testing.books import MemoryDrafts, MemoryRevisions
from backend.testing.runs import MemoryStoreRuns, WrittenPlayer

TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
FILES = {
    "agents/one.yaml": "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n",
    "lines/main.yaml": 'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n',
    "prompts/one.jinja": "You help.\n",
    "rehearsals/main/suite.yaml": "title: The main line\nline: main\nnow: 2026-11-21 12:00:00\npolicies: people.yaml\n",
    "rehearsals/main/people.yaml": "[]\n",
    "rehearsals/main/late.yaml": "title: Somebody calls late\nsays: [hello]\n",
}
PASSED = RunResult(
    name="main/late",
    line="main",
    passed=True,
    told={"title": "Late", "turns": 3, "models": ["gpt-x"], "tokens": 120, "transcript": ["caller: hello"]},
)
REPLAYED = RunResult(
    name="c1",
    line="main",
    passed=False,
    call_id="c1",
    told={
        "greeting": {"before": "Hello Ann Canary.", "after": "Hi."},
        "outcome": {"before": "completed", "after": None},
        "faults": [],
        "differences": [{"turn": 1, "kind": "tools"}, {"turn": 1, "kind": "words"}],
        "turns": [
            {
                "turn": 1,
                "caller": "i am ann canary",
                "before": {"agent": "one", "tools": ["end_call"], "said": "Bye Ann Canary."},
                "after": {"agent": "one", "tools": [], "said": "Who is that, Canary?"},
                "differs": ["tools", "words"],
            }
        ],
    },
)


class Records:
    async def get(self, call_id: str) -> Any:
        return object() if call_id == "c1" else None


class People:
    role: Role = "editor"
    lines: frozenset[str] | None = None

    async def who(self, *_: object) -> Principal:
        return Principal("ann", "key", frozenset({self.role}), self.lines)


class Trail:
    """What the audit is told before something is shown."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []

    async def require(self, entry: AuditEntry) -> None:
        self.shown.append((entry.action, entry.target))

    async def note(self, entry: AuditEntry) -> None: ...


class Stage:
    """An API with a player that plays what is written."""

    def __init__(self, live: LiveStore, folder: Path) -> None:
        self.live, self.people, self.player, self.trail = live, People(), WrittenPlayer(), Trail()
        self.desk = RunDesk(MemoryStoreRuns(), self.player, RunLimits(look_s=0.01))
        revisions = live._log._revisions
        services = ApiServices(
            desk=None,
            records=Records(),
            cases=None,
            case_search=None,
            callbacks=None,
            store=None,
            live=LiveServices(live, revisions, TriedVersions(live, revisions), MemoryDrafts()),
            runs=self.desk,
            audit=self.trail,
            rehearsals=folder,
            open_media=None,
            access=Access(authenticator=self.people),
        )
        transport = httpx2.ASGITransport(create_api(services))
        self.http = httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1", timeout=10)

    async def over(self) -> None:
        async with asyncio.timeout(30):
            while self.desk.busy:
                await asyncio.sleep(0)

    async def refused(self, method: str, path: str, **more: Any) -> tuple[int, str]:
        answer = await self.http.request(method, path, **more)
        return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    for folder in ("agent_store", "prompt_store"):
        (tmp_path / folder).mkdir()
    folder = StoreFolder(tmp_path / "agent_store", tmp_path / "prompt_store")
    folder.write(FILES)
    live = LiveStore(folder, TOOLS, MemoryRevisions(), LocalVersionBoard())
    await live.open()
    stage = Stage(live, tmp_path / "more")
    async with stage.http:
        yield stage
    await stage.desk.close()


async def test_a_run_says_which_model_played_what_it_cost_and_against_what(stage: Stage) -> None:
    stage.player.results = [PASSED]
    begun = await stage.http.post("/store/rehearsals", json={"model": "line", "names": ["main/late"]})
    assert begun.status_code == 202
    await stage.over()
    run = (await stage.http.get(f"/store/rehearsals/{begun.json()['id']}")).json()
    assert (run["state"], run["played"], run["failed"], run["tokens"]) == ("done", 1, 0, 120)
    assert (run["version"], run["model"], run["models"]) == (stage.live.store.version, "line", ["gpt-x"])
    assert run["results"][0]["transcript"] == ["caller: hello"]
    assert (stage.player.jobs[0].names, stage.player.jobs[0].files) == (("main/late",), stage.live.store.files)
    listed = (await stage.http.get("/store/rehearsals", params={"version": run["version"]})).json()
    assert [one["id"] for one in listed] == [run["id"]]


async def test_a_draft_is_rehearsed_without_going_live(stage: Stage) -> None:
    before = stage.live.store.version
    headers = {"If-Match": f'"{before}"'}
    draft = await stage.http.post(
        "/store/drafts", json={"files": {"prompts/one.jinja": "You help well.\n"}}, headers=headers
    )
    version = draft.json()["version"]
    await stage.http.post("/store/rehearsals", json={"draft": version})
    assert (stage.player.jobs[0].version, stage.player.jobs[0].names) == (version, None)
    assert stage.player.jobs[0].files["prompts/one.jinja"] == "You help well.\n"
    assert stage.live.store.version == before


async def test_what_cannot_be_played_is_said(stage: Stage) -> None:
    assert await stage.refused("POST", "/store/rehearsals", json={"version": "abc"}) == (404, "store.not_found")
    assert await stage.refused("POST", "/store/rehearsals", json={"version": "../x"}) == (422, "request.invalid")
    assert await stage.refused("POST", "/store/rehearsals", json={"modle": "line"}) == (422, "request.invalid")
    assert await stage.refused("POST", "/store/replays", json={"calls": ["nope"]}) == (404, "store.not_found")
    assert await stage.refused("POST", "/store/replays", json={"calls": 0}) == (422, "request.invalid")
    assert await stage.refused("GET", "/store/rehearsals/abc") == (404, "store.not_found")
    stage.player.lasts = True
    await stage.http.post("/store/rehearsals", json={})
    assert await stage.refused("POST", "/store/rehearsals", json={}) == (409, "run.refused")


async def test_a_run_is_stopped(stage: Stage) -> None:
    stage.player.lasts = True
    run_id = (await stage.http.post("/store/rehearsals", json={})).json()["id"]
    assert (await stage.http.delete(f"/store/rehearsals/{run_id}")).status_code == 204
    await stage.over()
    assert (await stage.http.get(f"/store/rehearsals/{run_id}")).json()["state"] == "stopped"


async def test_words_of_callers_are_for_editors(stage: Stage) -> None:
    stage.player.results = [REPLAYED]
    run_id = (await stage.http.post("/store/replays", json={"calls": ["c1"]})).json()["id"]
    await stage.over()
    seen = (await stage.http.get(f"/store/replays/{run_id}")).json()
    assert (seen["differ"], seen["results"][0]["turns"][0]["before"]["said"]) == (1, "Bye Ann Canary.")
    stage.people.role = "viewer"
    masked = await stage.http.get(f"/store/replays/{run_id}")
    assert "canary" not in masked.text.casefold()
    turn = masked.json()["results"][0]["turns"][0]
    assert (turn["before"]["tools"], turn["after"]["tools"], turn["differs"]) == (["end_call"], [], ["tools", "words"])


async def test_a_screen_that_follows_a_replay_is_one_entry_of_the_audit_and_each_replay_its_own(stage: Stage) -> None:
    ids = []
    for _ in range(2):
        ids.append((await stage.http.post("/store/replays", json={})).json()["id"])
        await stage.over()
        for _ in range(3):
            await stage.http.get(f"/store/replays/{ids[-1]}")
    assert stage.trail.shown == [("replays.read", run_id) for run_id in ids]


@pytest.mark.parametrize("role", ["viewer", "operator"])
async def test_only_editors_have_anything_played(stage: Stage, role: Role) -> None:
    stage.people.role = role
    assert await stage.refused("POST", "/store/rehearsals", json={}) == (403, "auth.forbidden")
    assert await stage.refused("POST", "/store/replays", json={}) == (403, "auth.forbidden")
    assert await stage.refused("DELETE", "/store/rehearsals/x") == (403, "auth.forbidden")
    assert stage.player.jobs == []


async def test_who_is_limited_to_lines_sees_no_replays(stage: Stage) -> None:
    stage.people.lines = frozenset({"other"})
    assert await stage.refused("GET", "/store/replays/x") == (403, "auth.forbidden")
    assert await stage.refused("POST", "/store/replays", json={}) == (403, "auth.forbidden")


async def test_rehearsals_are_listed_those_of_the_server_only_where_they_fit(stage: Stage, tmp_path: Path) -> None:
    for suite, line in (("more", "main"), ("foreign", "elsewhere"), ("main", "main")):
        folder = tmp_path / "more" / suite
        folder.mkdir(parents=True)
        (folder / "suite.yaml").write_text(f"title: x\nline: {line}\nnow: 2026-11-21 12:00:00\n")
        (folder / "one.yaml").write_text('title: "One of them"\nsays: [hello]\n')
    found = (await stage.http.get("/store/rehearsals/written")).json()
    assert [(one["name"], one["title"], one["file"]) for one in found] == [
        ("main/late", "Somebody calls late", "rehearsals/main/late.yaml"),
        ("more/one", "One of them", ""),
    ]


async def test_a_rehearsal_is_a_file_of_the_store(stage: Stage) -> None:
    etag = (await stage.http.get("/rehearsals/main/late.yaml")).headers["etag"]
    text = "title: Somebody calls very late\nsays: [hello]\n"
    answer = await stage.http.put(
        "/rehearsals/main/late.yaml",
        content=text,
        headers={"If-Match": etag, "Content-Type": "application/yaml"},
    )
    assert (answer.status_code, answer.json()["changed"]) == (200, ["rehearsals/main/late.yaml"])
    assert stage.live.store.files["rehearsals/main/late.yaml"] == text
    assert (await stage.http.get("/rehearsals/main/late.yaml")).text == text
