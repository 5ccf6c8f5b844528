"""Drafts of the store over HTTP: each person has their own, nothing of it is lost, and the check says what is wrong."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.tried import TriedVersions
from backend.api.application import create_api
from backend.api.services import Access, ApiServices, LiveServices
from backend.domain.principal import Principal, Role
from backend.domain.tool import ToolNames
from backend.testing.books import MemoryCallbacks, MemoryCases, MemoryDrafts, MemoryRevisions

AGENT = "# ours\nname: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n"
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
)
TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
MINE = "/store/drafts/mine"


class Says:
    """Whoever sends a request is who its header names."""

    async def who(self, headers: object, cookies: object, query: object) -> Principal:
        given = dict(headers)  # type: ignore[call-overload]
        role: Role = given.get("x-role", "editor")
        return Principal(given.get("x-name", "ann"), "key", frozenset({role}))


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[LiveStore]:
    for folder in ("a/agents", "a/lines", "p"):
        (tmp_path / folder).mkdir(parents=True)
    folder = StoreFolder(tmp_path / "a", tmp_path / "p")
    folder.write({"agents/one.yaml": AGENT, "lines/main.yaml": LINE, "prompts/one.jinja": "You help.\n"})
    live = LiveStore(folder, TOOLS, MemoryRevisions(), LocalVersionBoard())
    await live.open()
    yield live
    await live.close()


@pytest.fixture
async def http(live: LiveStore) -> AsyncIterator[httpx2.AsyncClient]:
    revisions = live._log._revisions
    services = ApiServices(
        desk=None, records=None, cases=MemoryCases(), case_search=None, callbacks=MemoryCallbacks(), store=None,
        live=LiveServices(live, revisions, TriedVersions(live, revisions), MemoryDrafts()),
        open_media=None, access=Access(authenticator=Says()),
    )  # fmt: skip
    transport = httpx2.ASGITransport(create_api(services))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1", timeout=10) as http:
        yield http


async def keep(http: httpx2.AsyncClient, over: str, base: str, files: dict[str, str | None]) -> httpx2.Response:
    return await http.put(MINE, json={"base": base, "files": files}, headers={"If-Match": over})


async def test_a_draft_is_kept_sound_or_not_and_is_nobody_elses(http: httpx2.AsyncClient, live: LiveStore) -> None:
    first = await http.get(MINE)
    assert (first.json()["base"], first.json()["files"]) == (live.store.version, {})
    kept = await keep(http, first.headers["etag"], live.store.version, {"agents/one.yaml": "name: [", "a.txt": None})
    assert kept.status_code == 200
    again = await http.get(MINE)
    assert again.json()["files"] == {"agents/one.yaml": "name: [", "a.txt": None}
    assert again.headers["etag"] == kept.headers["etag"]
    assert (await http.get(MINE, headers={"X-Name": "ben"})).json()["files"] == {}
    assert live.store.files["agents/one.yaml"] == AGENT
    (shown,) = (await http.get("/store/drafts", headers={"X-Name": "ben"})).json()
    assert (shown["owner"], shown["names"]) == ("key:ann", ["a.txt", "agents/one.yaml"])
    assert "name: [" not in str(shown)


async def test_what_was_written_at_another_machine_is_not_lost(http: httpx2.AsyncClient, live: LiveStore) -> None:
    began = (await http.get(MINE)).headers["etag"]
    base = live.store.version
    here = await keep(http, began, base, {"prompts/one.jinja": "Here.\n"})
    there = await keep(http, began, base, {"prompts/one.jinja": "There.\n"})
    assert (there.status_code, there.json()["error"]["code"]) == (412, "store.conflict")
    assert (await http.get(MINE)).json()["files"] == {"prompts/one.jinja": "Here.\n"}
    assert (await http.put(MINE, json={"base": base, "files": {}})).status_code == 428
    assert (await http.delete(MINE, headers={"If-Match": began})).status_code == 412
    assert (await http.delete(MINE, headers={"If-Match": here.headers["etag"]})).status_code == 204
    assert (await http.get(MINE)).json()["files"] == {}


async def test_names_and_letters_that_no_store_has_are_refused(http: httpx2.AsyncClient, live: LiveStore) -> None:
    for files in ({"../etc/passwd": "x"}, {"agents/one.yaml": "a\0b"}):
        assert (await keep(http, "none", live.store.version, files)).status_code in (400, 409, 422)
    assert (await http.get(MINE)).json()["files"] == {}


async def test_the_check_names_file_line_and_fault(http: httpx2.AsyncClient, live: LiveStore) -> None:
    asked = {
        "base": live.store.version,
        "files": {"agents/one.yaml": AGENT + "greting: Hi.\n", "prompts/one.jinja": "{{ caller.nam }}\n{% if %}"},
    }
    answer = (await http.post("/store/check", json=asked)).json()
    assert answer["version"] == "" and answer["live"] == live.store.version
    assert {(one["file"], one["line"]) for one in answer["problems"]} >= {("agents/one.yaml", 6)}
    assert "did you mean 'greeting'" in str(answer["problems"])
    assert any(one["file"] == "prompts/one.jinja" for one in answer["problems"])
    assert live.store.files["agents/one.yaml"] == AGENT
    good = (await http.post("/store/check", json={**asked, "files": {"prompts/one.jinja": "You help well.\n"}})).json()
    assert (good["problems"], good["lines"]) == ([], ["main"]) and len(good["version"]) == 12


async def test_a_draft_is_checked_against_the_version_that_it_is_made_from(
    http: httpx2.AsyncClient, live: LiveStore
) -> None:
    base = live.store.version
    changed = {"files": {"prompts/one.jinja": "Another.\n"}, "note": "a calmer tone"}
    put = await http.post("/store/changes", json=changed, headers={"If-Match": base})
    assert put.status_code == 200
    answer = (await http.post("/store/check", json={"base": base, "files": {}})).json()
    assert (answer["live"], answer["version"]) == (put.json()["version"], base)
    assert (await http.post("/store/check", json={"base": "0" * 12, "files": {}})).status_code == 404


async def test_a_version_that_goes_live_says_why(http: httpx2.AsyncClient, live: LiveStore) -> None:
    first = live.store.version
    changed = {"files": {"prompts/one.jinja": "Another.\n"}, "note": "a calmer tone"}
    await http.post("/store/changes", json=changed, headers={"If-Match": first})
    await http.post("/store/rollback", json={"version": first, "note": "too calm"})
    newest, oldest = (await http.get("/store/revisions")).json()
    assert (newest["actor"], newest["note"], newest["live"]) == ("key:ann", "a calmer tone", False)
    assert (oldest["live"], oldest["last_note"], oldest["last_actor"]) == (True, "too calm", "key:ann")


async def test_a_viewer_may_look_and_not_change(http: httpx2.AsyncClient, live: LiveStore) -> None:
    viewer = {"X-Role": "viewer", "If-Match": "none"}
    base = live.store.version
    assert (await http.get(f"/store/revisions/{base}", headers=viewer)).json()["files"]["agents/one.yaml"] == AGENT
    assert (await http.get("/store/schemas", headers=viewer)).json()["agent"]["properties"]["greeting"]
    body = {"base": base, "files": {"prompts/one.jinja": "No.\n"}}
    assert (await http.put(MINE, json=body, headers=viewer)).status_code == 403
    assert (await http.post("/store/check", json=body, headers=viewer)).status_code == 403
    assert (await http.get(MINE, headers=viewer)).status_code == 403
