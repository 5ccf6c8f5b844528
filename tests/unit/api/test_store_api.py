"""Editing the store over HTTP: nothing is lost, nothing unsound goes live, everything can be undone."""

import asyncio
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
from backend.domain.tool import ToolNames
from backend.testing.books import MemoryCallbacks, MemoryCases, MemoryDrafts, MemoryRevisions

AGENT = "# ours\nname: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n"
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
)
TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
YAML = {"Content-Type": "application/yaml"}


class Desk:
    draining = False


class Shown:
    def __init__(self, live: LiveStore) -> None:
        self.live = live

    def version(self) -> str:
        return self.live.store.version

    def agents(self) -> list:
        return list(self.live.store.agents.values())

    def lines(self) -> list:
        return list(self.live.store.lines.values())

    def tools(self) -> list:
        return []


@pytest.fixture
async def live(tmp_path: Path) -> LiveStore:
    for folder in ("agent_store/agents", "agent_store/lines", "prompt_store"):
        (tmp_path / folder).mkdir(parents=True)
    folder = StoreFolder(tmp_path / "agent_store", tmp_path / "prompt_store")
    folder.write({"agents/one.yaml": AGENT, "lines/main.yaml": LINE, "prompts/one.jinja": "You help.\n"})
    live = LiveStore(folder, TOOLS, MemoryRevisions(), LocalVersionBoard())
    await live.open()
    return live


def client(live: LiveStore, access: Access | None = None) -> httpx2.AsyncClient:
    services = ApiServices(
        desk=Desk(),
        records=None,
        cases=MemoryCases(),
        case_search=None,
        callbacks=MemoryCallbacks(),
        store=Shown(live),
        live=LiveServices(live, live._log._revisions, TriedVersions(live, live._log._revisions), MemoryDrafts()),
        open_media=None,
        access=access or Access(),
    )
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(create_api(services)), base_url="http://test/api/v1", timeout=10
    )


@pytest.fixture
async def http(live: LiveStore) -> AsyncIterator[httpx2.AsyncClient]:
    async with client(live) as http:
        yield http


async def etag(http: httpx2.AsyncClient, path: str) -> dict[str, str]:
    return {"If-Match": (await http.get(path)).headers["etag"]}


async def test_an_agent_is_read_as_json_or_as_it_was_written(http: httpx2.AsyncClient) -> None:
    spec = await http.get("/agents/one")
    text = await http.get("/agents/one", headers={"Accept": "application/yaml"})
    assert (spec.json()["name"], spec.json()["turns"]["interruptible"]) == ("one", True)
    assert text.text == AGENT
    assert spec.headers["etag"] == text.headers["etag"]
    assert (await http.get("/prompts/one.jinja")).text == "You help.\n"
    assert [prompt["name"] for prompt in (await http.get("/prompts")).json()] == ["prompts/one.jinja"]
    assert (await http.get("/lines/main")).json()["entry"] == "one"
    assert (await http.get("/agents/two")).status_code == 404


async def test_yaml_is_kept_as_it_stands(http: httpx2.AsyncClient, live: LiveStore, tmp_path: Path) -> None:
    text = AGENT + "greeting: Hi.  # short\n"
    headers = YAML | await etag(http, "/agents/one") | {"X-Actor": "ann"}
    answer = await http.put("/agents/one", content=text, headers=headers)
    assert (answer.status_code, answer.json()["changed"]) == (200, ["agents/one.yaml"])
    assert (tmp_path / "agent_store/agents/one.yaml").read_text() == text
    assert live.status().actor == "local", "a header is nobody's word for who edits"
    assert answer.headers["etag"] == (await http.get("/agents/one")).headers["etag"]
    assert answer.json()["version"] == live.store.version


async def test_json_is_written_as_yaml(http: httpx2.AsyncClient, live: LiveStore) -> None:
    spec = {
        "name": "one",
        "description": "Helps.",
        "prompt": "one.jinja",
        "greeting": "Grüß Gott.",
        "tools": ["end_call"],
    }
    answer = await http.put("/agents/one", json=spec, headers=await etag(http, "/agents/one"))
    assert answer.status_code == 200
    assert "greeting: Grüß Gott." in live.store.files["agents/one.yaml"]
    assert live.store.agents["one"].greeting == "Grüß Gott."


async def test_what_json_a_client_read_it_may_write_back(http: httpx2.AsyncClient) -> None:
    for path in ("/agents/one", "/lines/main"):
        read = await http.get(path)
        wrote = await http.put(path, json=read.json(), headers={"If-Match": read.headers["etag"]})
        assert wrote.status_code == 200, wrote.text
        assert (await http.get(path)).json() == read.json()


async def test_a_lost_update_is_a_412_and_an_unguarded_one_a_428(http: httpx2.AsyncClient) -> None:
    read = await etag(http, "/agents/one")
    edits = [
        http.put("/agents/one", content=AGENT + f"greeting: {who}\n", headers=YAML | read) for who in ("ann", "bob")
    ]
    statuses = [answer.status_code for answer in await asyncio.gather(*edits)]
    assert sorted(statuses) == [200, 412]
    unguarded = await http.put("/agents/one", content=AGENT, headers=YAML)
    assert (unguarded.status_code, unguarded.json()["error"]["code"]) == (428, "store.unguarded")
    assert (await http.delete("/prompts/one.jinja")).status_code == 428


async def test_an_unsound_edit_is_a_422_with_the_faults_of_the_check(http: httpx2.AsyncClient, live: LiveStore) -> None:
    before = live.store.version
    text = AGENT.replace("end_call", "end_cal") + "greting: hi\n"
    answer = await http.put("/agents/one", content=text, headers=YAML | await etag(http, "/agents/one"))
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "store.invalid")
    assert {
        "file": "agent_store/agents/one.yaml",
        "line": 6,
        "message": "unknown key 'greting'; did you mean 'greeting'?",
    } in error["problems"]
    assert "agent_store/agents/one.yaml:6: unknown key 'greting'" in error["message"]
    assert live.store.version == before
    prompt = await http.put(
        "/prompts/one.jinja", content="{{ custmer }}", headers=await etag(http, "/prompts/one.jinja")
    )
    assert (prompt.status_code, prompt.json()["error"]["problems"][0]["line"]) == (422, 1)


async def test_a_dry_run_says_what_would_change_and_changes_nothing(http: httpx2.AsyncClient, live: LiveStore) -> None:
    before = live.store.version
    headers = await etag(http, "/prompts/one.jinja")
    answer = (await http.put("/prompts/one.jinja?check=1", content="You listen.\n", headers=headers)).json()
    assert (answer["live"], answer["previous"]) == (False, before)
    assert "-You help.\n+You listen." in answer["diff"]
    assert live.store.version == before
    bad = await http.put("/prompts/one.jinja?check=1", content="{{ x }}", headers=headers)
    assert bad.status_code == 422


async def test_a_new_agent_comes_with_all_that_leads_to_it(http: httpx2.AsyncClient, live: LiveStore) -> None:
    files = {
        "agents/two.yaml": AGENT.replace("one", "two"),
        "prompts/two.jinja": "You help, too.",
        "agents/one.yaml": AGENT + "handoffs: [{to: two, when: something else}]\n",
        "lines/main.yaml": LINE.replace("[one]", "[one, two]"),
    }
    alone = await http.post("/agents/two", content=files["agents/two.yaml"], headers=YAML)
    assert alone.status_code == 422
    before = live.store.version
    answer = await http.post("/store/changes", json={"files": files}, headers=await etag(http, "/store"))
    assert (answer.status_code, len(answer.json()["changed"])) == (200, 4)
    stale = await http.post("/store/changes", json={"files": files}, headers={"If-Match": f'"{before}"'})
    assert stale.status_code == 412
    outside = await http.post("/store/changes", json={"files": {"../x": "y"}}, headers={"If-Match": "*"})
    assert outside.status_code == 409


async def test_a_draft_is_a_version_that_is_checked_and_not_live(http: httpx2.AsyncClient, live: LiveStore) -> None:
    before, files = live.store.version, {"agents/one.yaml": AGENT + "greeting: Good day.\n"}
    guard = await etag(http, "/store")
    answer = await http.post("/store/drafts", json={"files": files}, headers=guard)
    assert (answer.status_code, answer.json()["lines"]) == (201, ["main"])
    assert live.store.version == before != answer.json()["version"]
    assert (await http.get("/store/revisions")).json()[0]["version"] == before
    assert (await http.post("/store/drafts", json={"files": files})).status_code == 428
    broken = {"files": {"agents/one.yaml": "name: one"}}
    assert (await http.post("/store/drafts", json=broken, headers=guard)).status_code == 422


async def test_adding_and_taking_away(http: httpx2.AsyncClient) -> None:
    added = await http.post("/prompts/shared/note.jinja", content="Be kind.")
    assert added.status_code == 201
    assert (await http.post("/prompts/shared/note.jinja", content="Be kind.")).status_code == 409
    guard = {"If-Match": added.headers["etag"]}
    assert (await http.delete("/prompts/shared/note.jinja", headers=guard)).status_code == 200
    assert (await http.get("/prompts/shared/note.jinja")).status_code == 404
    used = await http.delete("/agents/one", headers=await etag(http, "/agents/one"))
    assert used.status_code == 422
    for bad in (
        "/agents/Bad-Name",
        "/tools/Bad-Name",
        "/knowledge/house.md",
        "/knowledge/main/.x.md",
        "/prompts/x.txt",
    ):
        refused = await http.put(bad, content="x", headers={"If-Match": "*"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "store.refused"), bad
    assert (await http.put("/prompts/..%2Fx.jinja", content="x", headers={"If-Match": "*"})).status_code in {404, 409}


async def test_going_back(http: httpx2.AsyncClient, live: LiveStore) -> None:
    first = live.store.version
    await http.put("/prompts/one.jinja", content="You listen.\n", headers={"If-Match": "*", "X-Actor": "ann"})
    listed = (await http.get("/store/revisions")).json()
    assert [(row["actor"], row["live"]) for row in listed] == [("local", True), ("disk", False)]
    whole = (await http.get(f"/store/revisions/{first}")).json()
    assert "+You help." in whole["diff"]
    assert whole["files"]["agents/one.yaml"] == AGENT
    back = await http.post("/store/rollback", json={"version": first}, headers={"X-Actor": "bob"})
    assert (back.status_code, live.store.version) == (200, first)
    assert (await http.get("/prompts/one.jinja")).text == "You help.\n"
    assert (await http.post("/store/rollback", json={"version": "0000"})).status_code == 404


async def test_a_bad_edit_on_disk_shows_in_health(http: httpx2.AsyncClient, live: LiveStore, tmp_path: Path) -> None:
    assert (await http.get("/health")).json()["status"] == "ok"
    (tmp_path / "agent_store/agents/one.yaml").write_text(AGENT + "greting: hi\n")
    await live.look()
    health = (await http.get("/health")).json()
    assert health["status"] == "degraded"
    assert "did you mean 'greeting'?" in health["store"]["rejected"]["problems"][0]
    assert health["store"]["version"] == live.store.version
    assert (await http.get("/store")).json()["rejected"]["origin"] == "disk"


async def test_editing_needs_the_key(live: LiveStore) -> None:
    async with client(live, Access(api_key="k", loopback=False)) as http:
        for method, path in (
            ("GET", "/agents/one"), ("PUT", "/agents/one"), ("POST", "/lines/x"), ("DELETE", "/prompts/one.jinja"),
            ("POST", "/store/changes"), ("POST", "/store/rollback"), ("GET", "/store/revisions"), ("GET", "/store"),
        ):  # fmt: skip
            assert (await http.request(method, path)).status_code == 401, path
        assert (await http.get("/agents/one", headers={"Authorization": "Bearer k"})).status_code == 200


async def test_a_body_that_is_too_large_or_no_text_is_refused(http: httpx2.AsyncClient) -> None:
    for body in (b"x" * 600_000, b"\xff\xfe"):
        answer = await http.put("/prompts/one.jinja", content=body, headers={"If-Match": "*"})
        assert answer.status_code == 400
    broken = await http.put("/agents/one", content="{", headers={"If-Match": "*", "Content-Type": "application/json"})
    assert broken.status_code == 400


SHOP = """\
name: shop
kind: http
description: the shop
url: https://shop.example.com
functions:
  - {name: look_up, description: Looks it up., path: /things}
"""


async def test_tool_servers_are_edited_like_agents(http: httpx2.AsyncClient) -> None:
    wrong = await http.post("/tools/shop", content=SHOP.replace("url:", "ulr:"), headers=YAML)
    assert wrong.status_code == 422
    assert wrong.json()["error"]["problems"][0]["file"] == "agent_store/tools/shop.yaml"
    assert (await http.post("/tools/shop", content=SHOP, headers=YAML)).status_code == 201
    found = await http.get("/tools/shop")
    assert found.json()["functions"][0]["method"] == "GET"
    assert (await http.get("/tools/shop", headers={"Accept": "application/yaml"})).text == SHOP
    guard = {"If-Match": found.headers["etag"]}
    changed = await http.put("/tools/shop", json=found.json() | {"timeout_ms": 500}, headers=guard)
    assert changed.json()["changed"] == ["tools/shop.yaml"]
    assert (await http.put("/tools/shop", content=SHOP, headers=YAML | guard)).status_code == 412
    assert (await http.put("/tools/shop", content=SHOP, headers=YAML)).status_code == 428
    assert (await http.get("/tools/nothing")).status_code == 404
    assert (await http.delete("/tools/shop", headers={"If-Match": "*"})).status_code == 200
    assert (await http.get("/tools/shop")).status_code == 404


async def test_knowledge_is_edited_like_prompts(http: httpx2.AsyncClient) -> None:
    nobodys = await http.post("/knowledge/other/house.md", content="# House")
    assert nobodys.status_code == 422
    assert "no line 'other'" in nobodys.json()["error"]["message"]
    added = await http.post("/knowledge/main/house.md", content="# House\n\nOpen from nine.\n")
    assert added.status_code == 201
    assert [one["name"] for one in (await http.get("/knowledge")).json()] == ["knowledge/main/house.md"]
    found = await http.get("/knowledge/main/house.md")
    assert found.headers["etag"] == added.headers["etag"]
    tried = await http.put(
        "/knowledge/main/house.md?check=1", content="# New", headers={"If-Match": added.headers["etag"]}
    )
    assert "+# New" in tried.json()["diff"]
    assert (await http.get("/knowledge/main/house.md")).text.endswith("Open from nine.\n")
    assert (await http.delete("/knowledge/main/house.md", headers={"If-Match": "*"})).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        "3",
        '{"a": ',
        '{"a":' * 9000 + "1" + "}" * 9000,
        '{"a":' + "[" * 900 + "]" * 900 + "}",
        '{"a":[' + "1," * 10_000 + "1]}",
    ],
    ids=lambda body: f"{body[:6]} {len(body)}",
)
async def test_json_that_is_none_is_refused(http: httpx2.AsyncClient, body: str) -> None:
    headers = {"If-Match": "*", "Content-Type": "application/json"}
    assert (await http.put("/agents/one", content=body, headers=headers)).status_code == 400
