"""Putting a version live over HTTP: for all calls or a share, compared, taken back, and kept back by the gate."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.release_gate import ReleaseGate
from backend.agents.sharing import Sharing
from backend.agents.tried import TriedVersions
from backend.api.application import create_api
from backend.api.services import Access, ApiServices, LiveServices
from backend.api.store_share_views import verdict
from backend.domain.principal import Principal, Role
from backend.domain.share import Share, VersionFigures
from backend.domain.store_run import RunResult, StoreRun
from backend.domain.tool import ToolNames
from backend.testing.books import MemoryDrafts, MemoryRevisions
from backend.testing.runs import MemoryStoreRuns

TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
)
FILES = {
    "agents/one.yaml": "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n",
    "lines/main.yaml": LINE,
    "prompts/one.jinja": "You help.\n",
}
GATED = LINE + "release: {requires_rehearsals: true}\n"
NOW = datetime(2026, 11, 26, tzinfo=UTC)


class People:
    role: Role = "editor"

    async def who(self, *_: object) -> Principal:
        return Principal("ann", "key", frozenset({self.role}))


class Figures:
    """How calls went, as it is written."""

    base = VersionFigures(calls=100, outcomes={"completed": 80, "transferred": 20}, wait_p50_ms=700.0, counted=100)
    tried = VersionFigures(calls=100, outcomes={"completed": 60, "transferred": 40}, wait_p50_ms=650.0, counted=100)
    lines: Collection[str] | None = ()

    async def figures(
        self, versions: Sequence[str], _: datetime, lines: Collection[str] | None = None
    ) -> Mapping[str, VersionFigures]:
        self.lines = lines
        return dict(zip(versions, (self.base, self.tried), strict=True))


class Stage:
    """An API on a live store with a gate and a board."""

    def __init__(self, folder: StoreFolder) -> None:
        revisions, board = MemoryRevisions(), LocalVersionBoard()
        self.people, self.runs, self.figures = People(), MemoryStoreRuns(), Figures()
        gate = ReleaseGate(self.runs, lambda: True)
        self.live = LiveStore(folder, TOOLS, revisions, board, gate=gate)
        tried = TriedVersions(self.live, revisions)
        self.sharing = Sharing(self.live, tried, board)
        services = ApiServices(
            desk=None,
            records=None,
            cases=None,
            case_search=None,
            callbacks=None,
            store=None,
            live=LiveServices(self.live, revisions, tried, MemoryDrafts(), self.sharing, gate),
            figures=self.figures,
            open_media=None,
            access=Access(authenticator=self.people),
        )
        transport = httpx2.ASGITransport(create_api(services))
        self.http = httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1/store", timeout=10)

    @property
    def etag(self) -> dict[str, str]:
        return {"If-Match": f'"{self.live.store.version}"'}

    async def draft(self, changes: dict[str, str]) -> str:
        answer = await self.http.post("/drafts", json={"files": changes}, headers=self.etag)
        return answer.json()["version"]

    async def put(self, version: str, etag: bool = True, **more: Any) -> httpx2.Response:
        return await self.http.post("/live", json={"version": version, **more}, headers=self.etag if etag else {})


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    for name in ("agent_store", "prompt_store"):
        (tmp_path / name).mkdir()
    folder = StoreFolder(tmp_path / "agent_store", tmp_path / "prompt_store")
    folder.write(FILES)
    stage = Stage(folder)
    await stage.live.open()
    async with stage.http:
        yield stage


def fault(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_a_draft_goes_live_for_all(stage: Stage) -> None:
    version = await stage.draft({"prompts/one.jinja": "You help well.\n"})
    assert fault(await stage.put(version, etag=False)) == (428, "store.unguarded")
    answer = (await stage.put(version)).json()
    assert (answer["live"], answer["version"], answer["edit"]["changed"]) == (True, version, ["prompts/one.jinja"])
    assert stage.live.store.version == version


async def test_an_edit_that_somebody_made_meanwhile_is_not_undone(stage: Stage) -> None:
    before = stage.etag
    version = await stage.draft({"prompts/one.jinja": "You help well.\n"})
    other = {"files": {"agents/one.yaml": FILES["agents/one.yaml"] + "owner: us\n"}}
    await stage.http.post("/changes", json=other, headers=before)
    answer = await stage.http.post("/live", json={"version": version}, headers=before)
    assert fault(answer) == (412, "store.conflict")


async def test_a_share_is_begun_compared_and_taken_back(stage: Stage) -> None:
    live = stage.live.store.version
    version = await stage.draft({"prompts/one.jinja": "You help well.\n"})
    answer = (await stage.put(version, etag=False, share=50, note="shorter")).json()
    assert (answer["live"], answer["share"]["percent"], answer["share"]["note"]) == (False, 50, "shorter")
    assert {stage.sharing.store_for(f"call{number}").version for number in range(50)} == {live, version}
    seen = (await stage.http.get("/shares")).json()
    assert (seen["active"], seen["enough"], seen["note"]) == (True, True, "")
    assert (seen["base"]["version"], seen["tried"]["version"]) == (live, version)
    assert (seen["base"]["transfers"], seen["tried"]["transfers"], seen["tried"]["wait_p50_ms"]) == (20, 40, 650.0)
    verdicts = {one["what"]: one["verdict"] for one in seen["compared"]}
    assert verdicts == {
        "transferred": "more", "completed": "fewer", "failed": "no_difference_seen", "repaired": "no_difference_seen",
    }  # fmt: skip
    assert (await stage.http.delete("/shares")).status_code == 204
    assert (await stage.http.get("/shares")).json()["share"] is None
    assert stage.live.store.version == live


async def test_a_share_is_finished_by_putting_it_live_for_all(stage: Stage) -> None:
    version = await stage.draft({"prompts/one.jinja": "You help well.\n"})
    await stage.put(version, share=50)
    assert (await stage.put(version)).json()["live"]
    assert (await stage.http.get("/shares")).json()["share"] is None
    assert stage.sharing.store_for("any").version == version


async def test_what_a_line_demands_keeps_a_version_back_also_for_a_share(stage: Stage) -> None:
    gated = await stage.draft({"lines/main.yaml": GATED})
    seen = (await stage.http.get("/gate", params={"version": gated})).json()
    assert (seen["open"], seen["lines"][0]["line"]) == (False, "main")
    assert "demands" in seen["lines"][0]["says"]
    assert fault(await stage.put(gated)) == (409, "store.not_rehearsed")
    assert fault(await stage.put(gated, share=5)) == (409, "store.not_rehearsed")
    assert (await stage.http.get("/shares")).json()["share"] is None
    await stage.runs.begin(
        StoreRun(id="r", kind="rehearsal", version=gated, model="stand_in", names=None, actor="ann", started_at=NOW)
    )
    await stage.runs.add("r", 1, RunResult(name="main/late", line="main", passed=True))
    await stage.runs.end("r", "done", NOW)
    assert (await stage.http.get("/gate", params={"version": gated})).json()["open"]
    assert (await stage.put(gated, share=5)).status_code == 200


async def test_only_an_admin_puts_it_live_all_the_same(stage: Stage) -> None:
    gated = await stage.draft({"lines/main.yaml": GATED})
    assert fault(await stage.put(gated, override="I know better")) == (403, "auth.forbidden")
    stage.people.role = "admin"
    assert (await stage.put(gated, override="I know better")).json()["live"]


@pytest.mark.parametrize("role", ["viewer", "operator"])
async def test_who_is_no_editor_may_look_and_no_more(stage: Stage, role: Role) -> None:
    version = await stage.draft({"prompts/one.jinja": "You help well.\n"})
    stage.people.role = role
    assert fault(await stage.put(version, share=5)) == (403, "auth.forbidden")
    assert fault(await stage.http.delete("/shares")) == (403, "auth.forbidden")
    assert (await stage.http.get("/shares")).status_code == 200
    assert (await stage.http.get("/gate", params={"version": version})).status_code == 200


@pytest.mark.parametrize("share", [0, 100, -3, "half"])
async def test_a_share_is_a_percentage(stage: Stage, share: object) -> None:
    version = await stage.draft({"prompts/one.jinja": "You help well.\n"})
    assert fault(await stage.put(version, share=share)) == (422, "request.invalid")


def test_too_few_calls_tell_nothing() -> None:
    share = Share("new", "old", 50, "ann", NOW)
    few = VersionFigures(calls=29, outcomes={"transferred": 29})
    enough, says, compared = verdict(share, Figures.base, few)
    assert (enough, {one.verdict for one in compared}) == (False, {"too_few"})
    assert says.startswith("too few calls to tell: 29 and 100")
