"""The console's page of agents in a real browser: a greeting is edited, checked, mended, put live, and taken back."""

import json
import shutil
from collections.abc import AsyncGenerator
from datetime import date
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
import yaml
from chromium import ROOT, Chromium, Page, page
from house import House, house
from one_house import lent
from seed import seed
from test_pages import looked_at

from backend.domain.api_key import KeyRights

pytestmark = [
    pytest.mark.browser,
    pytest.mark.real,
    pytest.mark.long_call,
    pytest.mark.timeout(300),
    pytest.mark.asyncio(loop_scope="module"),
]

KEY = "a-key-that-nobody-guesses-0123456789"
AUTH = "agents/auth.yaml"
REHEARSALS = (
    "abusive", "asides", "changes_his_mind", "deductible", "goodbye_at_once", "in_shock", "one_breath", "opening_hours",
    "person_at_once", "rambling", "refuses_identity", "trapped",
)  # fmt: skip
GREETING = "Thank you for calling {{ line.company }}. How can I help you today?"
ROLL_BACK = """fetch('/api/v1/store/rollback', {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{"version": "x"}'})"""
SELECT = (Path(__file__).parent / "select_text.js").read_text("utf-8")
DONE = "[...document.querySelectorAll('[role=status]')].some((one) => one.textContent.includes('My draft Done'))"
LINES = "[...document.querySelectorAll('.cm-line')].map((one) => one.textContent)"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def one_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[House]:
    """A server whose store is a copy, which may be written to, with a dozen rehearsals: of a table of two hundred
    pages learn nothing more, and to look for barriers in it took seconds each time."""
    folder = tmp_path_factory.mktemp("house")
    for name in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / name, folder / name)
    suite, few = ROOT / "tests" / "rehearsals" / "insurance", folder / "tests" / "rehearsals" / "insurance"
    few.mkdir(parents=True)
    for one in ("suite.yaml", *(f"{name}.yaml" for name in REHEARSALS)):
        shutil.copy(suite / one, few)
    places = {
        "AGENT_STORE": str(folder / "agent_store"), "PROMPT_STORE": str(folder / "prompt_store"),
        "REHEARSALS": str(few.parent),
    }  # fmt: skip
    async with house(folder, API_KEY=KEY, **places) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def running(one_house: House) -> AsyncGenerator[House]:
    async with lent(one_house) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def tab(chromium: Chromium, running: House) -> AsyncGenerator[Page]:
    async with page(chromium) as opened:
        await opened.ask("Page.addScriptToEvaluateOnNewDocument", source=SELECT)
        await sign_in(opened, running, await key_of(running, "ann", "editor"))
        yield opened


async def key_of(running: House, name: str, role: str) -> str:
    assert running.services.keys is not None
    made = await running.services.keys.add(name, KeyRights(frozenset({role})), by="test")  # type: ignore[arg-type]
    return made.token


async def sign_in(tab: Page, running: House, key: str, place: str = "#/agents") -> None:
    await tab.open(f"{running.url}/{place}")
    await tab.fill("#key", key)
    await tab.click("button", "Sign in")
    await tab.until("!document.querySelector('#key')")


async def sign_out(tab: Page) -> None:
    await tab.click("button", "Sign out")
    await tab.until("!!document.querySelector('#key')")


async def choose(tab: Page, name: str) -> None:
    """Open a file by its place in the tree."""
    await tab.click(".tree a", name.partition("/")[2])
    await tab.until(f"document.querySelector('h2.file')?.textContent === {json.dumps(name)}")
    await tab.until("!!document.querySelector('.cm-content')")


async def retype(tab: Page, before: str, after: str) -> None:
    """Select a piece of a line that is shown, and type over it."""
    await tab.until(f"({LINES}).some((one) => one.includes({json.dumps(before)}))")
    await tab.value(f"selectText({json.dumps(before)})")
    await tab.ask("Input.insertText", text=after)
    await tab.until(f"({LINES}).some((one) => one.includes({json.dumps(after)}))")


async def api(running: House, method: str, path: str, key: str, **more: Any) -> Any:
    """What another program of the same person does meanwhile; gives the answer's body and headers."""
    headers = {"Authorization": f"Bearer {key}"} | more.pop("headers", {})
    async with aiohttp.request(method, f"{running.url}/api/v1{path}", headers=headers, **more) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json(), answer.headers


async def put_live(tab: Page, note: str, share: str = "") -> None:
    await tab.click(".tabs a", "Changes")
    await tab.until("document.querySelector('main button.main')?.disabled === false")
    await tab.click("button", "Put live")
    await tab.fill("#why", note)
    await tab.fill("#share", share)
    await tab.click("dialog button.main", "Put live")


async def rehearse(tab: Page, name: str) -> None:
    """Play one rehearsal against one's draft, and wait until it has passed."""
    await tab.click(".tabs a", "Rehearse")
    await tab.click("tbody label", name)
    await tab.click("button", "Rehearse my draft")
    await tab.until(
        f"[...document.querySelectorAll('tbody tr')].some((one) => one.textContent.includes({json.dumps(name)})"
        " && one.querySelector('.state.ok'))",
        120,
    )
    await tab.until(DONE)


async def test_a_greeting_is_edited_checked_mended_put_live_and_taken_back(running: House, tab: Page) -> None:
    live = running.services.live.store
    first = live.store.version
    await choose(tab, AUTH)
    await looked_at(tab, "agents-file")
    await retype(tab, "greeting:", "greting:")
    await tab.shows("did you mean 'greeting'")
    await tab.until("!!document.querySelector('.cm-lint-marker-error')")
    await tab.click(".problems a", "line 5")
    assert "greting" in await tab.value("getSelection().anchorNode.parentElement.closest('.cm-line').textContent")
    await tab.click(".tabs a", "Changes")
    await tab.shows("What the check finds has to be put right first.")
    await tab.click(".problems a", f"{AUTH}:5")
    await retype(tab, "greting:", "greeting:")
    await retype(tab, "How can I help you today?", "What can I do for you?")
    await tab.shows("The check finds nothing wrong.")
    await tab.shows("1 file changed, kept at the server")
    await tab.open("about:blank")
    await tab.open(f"{running.url}/#/agents/changes")  # a reload, or another machine
    await tab.shows("What can I do for you?")
    assert live.store.version == first
    await looked_at(tab, "agents-changes")
    await rehearse(tab, "insurance/goodbye_at_once")
    await tab.shows("by stand-in")
    await tab.value("scrollTo(0, 0)")
    await looked_at(tab, "agents-rehearse")
    await put_live(tab, "a warmer greeting", share="50")
    await tab.shows("Live since just now for 50 % of new calls")
    await tab.shows("50 % of new calls get version")
    await tab.shows("Too few calls to tell")
    assert live.store.version == first
    await looked_at(tab, "agents-share")
    await tab.click("button", "Give it to all calls")
    await tab.fill("#why", "nobody minds")
    await tab.click("dialog button.main", "Put live")
    await tab.until("!document.querySelector('.shared')")
    assert live.store.agents["auth"].greeting == GREETING.replace("How can I help you today?", "What can I do for you?")
    assert "# what any caller of this line may say" in live.store.files[AUTH]  # comments stay
    await tab.shows("As it is live")
    await tab.click(".tabs a", "History")
    await tab.shows("nobody minds")
    await tab.shows("key:ann")
    await looked_at(tab, "agents-history")
    await tab.click("tbody a", first)
    await tab.shows("How can I help you today?")
    await tab.click("button", "Go back to it")
    await tab.fill("#why", "too warm")
    await tab.click("dialog button.main", "Go back")
    await tab.until("!document.querySelector('dialog')")
    assert live.store.version == first
    assert await tab.violations() == [] and tab.errors == []


async def test_two_editors_at_once_lose_nothing(running: House, tab: Page) -> None:
    live = running.services.live.store
    other = await key_of(running, "ben", "editor")
    await choose(tab, AUTH)
    await retype(tab, "How can I help you today?", "What is it?")
    await tab.shows("kept at the server")
    theirs = (
        live.store.files[AUTH]
        .replace("How can I help you today?", "How may I help?")
        .replace("Greets callers, finds", "Welcomes callers, finds")
    )
    await _edit(running, other, {AUTH: theirs, "prompts/shared/manner.jinja": "Be kind.\n"})
    await tab.value("document.querySelector('.cm-content').focus()")
    await retype(tab, "What is it?", "What is it now?")  # the check sees that another version is live
    await tab.shows("Another version went live meanwhile.")
    await tab.click("button", "Bring mine up to it")
    await tab.shows("You and somebody else changed the same place.")
    await tab.shows("How may I help?")
    shown = await tab.value("[...document.querySelectorAll('button')].map((one) => one.textContent)")
    assert "Bring mine up to it" not in shown  # it is being done
    await looked_at(tab, "agents-merge")
    await tab.click("input[value=mine]")
    await tab.click("button", "Take it over into my draft")
    await put_live(tab, "")
    await tab.shows("Live since just now")
    assert live.store.agents["auth"].greeting.endswith("What is it now?")
    assert live.store.agents["auth"].description.startswith("Welcomes callers")
    assert live.store.files["prompts/shared/manner.jinja"] == "Be kind.\n"
    assert await tab.violations() == [] and tab.errors == []


async def test_who_was_overtaken_while_putting_live_goes_on_with_a_merge(running: House, tab: Page) -> None:
    live = running.services.live.store
    other = await key_of(running, "ben", "editor")
    await choose(tab, AUTH)
    await retype(tab, "How can I help you today?", "What is it?")
    await tab.shows("The check finds nothing wrong.")
    await _edit(running, other, {"prompts/shared/manner.jinja": "Be kind.\n"})
    await tab.click(".tabs a", "Changes")
    await tab.click("button", "Put live")
    await tab.shows("Another version went live meanwhile, and was merged with yours")
    assert "What is it?" not in live.store.files[AUTH]
    await put_live(tab, "")
    await tab.shows("Live since just now")
    assert "What is it?" in live.store.files[AUTH]
    assert live.store.files["prompts/shared/manner.jinja"] == "Be kind.\n"


async def test_the_same_draft_in_another_tab_is_merged(running: House, tab: Page) -> None:
    live, version = running.services.live.store, running.services.live.store.store.version
    key = await key_of(running, "cam", "editor")
    await sign_out(tab)
    await sign_in(tab, running, key)
    await choose(tab, AUTH)
    _, headers = await api(running, "GET", "/store/drafts/mine", key)
    there = {"base": version, "files": {"prompts/auth.jinja": live.store.files["prompts/auth.jinja"] + "More.\n"}}
    await api(running, "PUT", "/store/drafts/mine", key, json=there, headers={"If-Match": headers["ETag"]})
    await retype(tab, "How can I help you today?", "What is it?")
    await tab.shows("2 files changed, kept at the server")
    mine, _ = await api(running, "GET", "/store/drafts/mine", key)
    assert sorted(mine["files"]) == [AUTH, "prompts/auth.jinja"]


async def test_a_viewer_looks_and_may_not(running: House, chromium: Chromium) -> None:
    async with page(chromium) as tab:
        key = await key_of(running, "vic", "viewer")
        await sign_in(tab, running, key)
        await tab.shows("You may look, and change nothing")
        await choose(tab, AUTH)
        before = await tab.value(LINES)
        await tab.value("document.querySelector('.cm-content').focus()")
        await tab.ask("Input.insertText", text="no")
        assert await tab.value(LINES) == before
        shown = await tab.value("[...document.querySelectorAll('a, button')].map((one) => one.textContent.trim())")
        assert not {"Changes", "Try", "New file", "Take it away", "Put live", "As a form"} & set(shown)
        assert await tab.value(f"({ROLL_BACK}).then((one) => one.status)") == 403
        assert await tab.barriers() == [] and await tab.violations() == [] and tab.errors == []


async def test_what_a_line_demands_before_it_goes_live_is_said_and_held_to(running: House, tab: Page) -> None:
    live, line = running.services.live.store, "lines/insurance.yaml"
    first = live.store.version
    await choose(tab, line)
    await retype(tab, "company: Meridian Mutual", "release: {requires_rehearsals: true}")
    await tab.shows("1 file changed, kept at the server")
    await tab.click(".tabs a", "Changes")
    await tab.until("document.querySelector('main button.main')?.disabled === false")
    await tab.click("button", "Put live")
    await tab.shows("The line insurance demands that")
    assert await tab.violations() == []
    assert await tab.barriers() == []
    shown = await tab.value("[...document.querySelectorAll('dialog button')].map((one) => one.textContent)")
    assert shown == ["Leave it"]  # an editor may not, and is told what to do
    await tab.click("dialog a", "To the rehearsals")
    await tab.shows("Rehearse my draft")
    assert live.store.version == first
    await sign_out(tab)
    await sign_in(tab, running, await key_of(running, "root", "admin"))
    await choose(tab, line)
    await retype(tab, "company: Meridian Mutual", "release: {requires_rehearsals: true}")
    await tab.click(".tabs a", "Changes")
    await tab.until("document.querySelector('main button.main')?.disabled === false")
    await tab.click("button", "Put live")
    await tab.click("dialog button.main", "Put live")
    await tab.shows("Say why it goes live all the same")
    await tab.fill("#override", "the line is down")
    await tab.click("dialog button.main", "Put live")
    await tab.shows("Live since just now")
    assert live.store.version != first
    assert tab.errors == []


async def test_real_calls_are_replayed_against_the_draft(running: House, tab: Page) -> None:
    await seed(running, 2)
    await choose(tab, AUTH)
    await retype(tab, "How can I help you today?", "What can I do for you?")
    await tab.click(".tabs a", "Replay")
    await tab.click("button", "Replay them")
    await tab.until(DONE, 120)
    await tab.until("!!document.querySelector('.replayed')")
    await tab.click(".replayed summary")
    await tab.shows("hello i was rear ended on my way to work")
    await looked_at(tab, "agents-replay")
    assert await tab.violations() == [] and tab.errors == []


async def test_a_real_call_becomes_a_rehearsal_in_the_draft(running: House, tab: Page) -> None:
    call = await seed(running, 1)
    await tab.open(f"{running.url}/#/calls/{call}")
    await tab.click("a", "Make a rehearsal of it")
    await tab.shows("Look it over before you keep it.")
    shown = await tab.value("document.querySelector('.from-call').innerText")
    assert "lake street" not in shown.lower()  # what the caller said
    await looked_at(tab, "agents-from-call")
    await tab.click("button", "Put it into my draft")
    await tab.until("document.querySelector('h2.file')?.textContent.startsWith('rehearsals/')")
    await tab.shows("kept at the server")
    assert all(name.startswith("rehearsals/") for name in await drafted(running))
    assert await tab.violations() == [] and tab.errors == []


async def test_forms_write_the_same_text_and_lose_no_comment(running: House, tab: Page) -> None:
    files = running.services.live.store.store.files
    await choose(tab, AUTH)
    await tab.click(".views a", "As a form")
    assert await tab.value("document.querySelector('#field-Greeting').value") == GREETING
    await tab.fill("#field-Greeting", "Good day. How can I help?")
    await tab.click(".checks label", "request_callback")
    await tab.click("button", "Listen to the voice")
    await tab.until("document.querySelector('audio')?.duration > 0.2")
    await looked_at(tab, "agents-form")
    await tab.shows("1 file changed, kept at the server")
    mine = (await drafted(running))[AUTH]
    expected = files[AUTH].replace(GREETING, "Good day. How can I help?").replace("request_callback, ", "")
    assert mine == expected
    await choose(tab, "lines/insurance.yaml")
    await tab.click(".views a", "As a form")
    await tab.fill("#field-A-person-is-reached-at", "+13125550142")
    await tab.click(".check input", "")
    await tab.fill("#field-Friday", "08:00-12:00, 13:00-15:30")
    await tab.until("document.querySelector('#field-Friday')?.value === '08:00-12:00, 13:00-15:30'")
    await tab.shows("2 files changed, kept at the server")
    line = (await drafted(running))["lines/insurance.yaml"]
    spec = yaml.safe_load(line)
    assert spec["person"]["number"] == "+13125550142"
    assert spec["hours"]["week"]["fri"] == ["08:00-12:00", "13:00-15:30"]
    assert spec["hours"]["timezone"] == "America/Chicago" and "sun" not in spec["hours"]["week"]
    assert "# the callers' own, so that" in line
    assert len(set(files["lines/insurance.yaml"].splitlines()) - set(line.splitlines())) == 1
    assert await tab.violations() == [] and tab.errors == []


async def test_a_line_as_a_form_has_its_holidays_and_what_becomes_of_callers_then(running: House, tab: Page) -> None:
    name = "lines/insurance.yaml"
    await choose(tab, name)
    await tab.click(".views a", "As a form")
    await tab.click(".check", "Open at all hours")
    for field, text in {
        "Closed-on-these-days": "2030-11-28, 2030-11-29",
        "Closed-every-year-on": "12-25, 01-01",
        "Days-with-hours-of-their-own": "2030-12-24 08:00-12:00\n2030-12-31",
        "Emergencies-are-put-through-to": "+13125550143",
        "What-becomes-of-the-others": "redirect",
        "They-are-put-through-to": "+13125550144",
        "Calls-at-once-in-each-worker": "20",
        "What-becomes-of-those-beyond": "call_back",
    }.items():
        await tab.fill(f"#field-{field}", text)
    await tab.shows("The check finds nothing wrong.")
    await looked_at(tab, "agents-hours", at="label[for=field-Friday]")
    await tab.fill("#field-What-becomes-of-the-others", "call_back")  # the number goes: nobody is sent there
    await tab.until("!document.querySelector('#field-They-are-put-through-to')")
    await tab.shows("1 file changed, kept at the server")
    await tab.shows("The check finds nothing wrong.")
    line = (await drafted(running))[name]
    spec = yaml.safe_load(line)
    assert spec["hours"]["holidays"] == [date(2030, 11, 28), date(2030, 11, 29)]
    assert spec["hours"]["yearly"] == ["12-25", "01-01"]
    assert spec["hours"]["special"] == [
        {"date": date(2030, 12, 24), "open": ["08:00-12:00"]}, {"date": date(2030, 12, 31)},
    ]  # fmt: skip
    assert spec["hours"]["action"] == "call_back" and "number" not in spec["hours"]
    assert spec["hours"]["emergency_number"] == "+13125550143" and "emergencies" not in spec["hours"]
    assert (spec["max_calls"], spec["overflow"]) == (20, {"action": "call_back"})
    assert "# the callers' own, so that" in line
    shown = "document.querySelector('#field-Days-with-hours-of-their-own').value"
    assert await tab.value(shown) == "2030-12-24 08:00-12:00\n2030-12-31"
    await tab.fill("#field-Closed-on-these-days", "")
    await tab.click(".check", "who says so reaches the line's person")
    await tab.fill("#field-Closed-every-year-on", "02-30")
    await tab.shows("there is no 02-30 in any year")
    await tab.shows("1 file changed, kept at the server")
    spec = yaml.safe_load((await drafted(running))[name])
    assert "holidays" not in spec["hours"] and spec["overflow"] == {"action": "call_back", "emergencies": False}
    await tab.click(".check", "Open at all hours")
    await tab.shows("The check finds nothing wrong.")
    assert not await tab.value("!!document.querySelector('#field-Monday')")
    assert await tab.violations() == [] and tab.errors == []


async def test_fields_are_put_in_order_by_keyboard_and_by_dragging(running: House, tab: Page) -> None:
    before = yaml.safe_load(running.services.live.store.store.files["forms/fnol.yaml"])
    names = [field["name"] for field in before["fields"]]
    await choose(tab, "forms/fnol.yaml")
    await tab.click(".views a", "As a form")
    await tab.value("document.querySelector('.order li:nth-child(2) [data-way=up]').focus()")
    await tab.press("Enter")
    await tab.until(f"document.querySelector('.order li').dataset.key === {json.dumps(names[1])}")
    focused = "document.activeElement.closest('li')?.dataset.key"
    await tab.until(f"{focused} === {json.dumps(names[1])}")  # the focus goes along
    await looked_at(tab, "agents-order")
    await tab.value(
        """(() => {
          const [from, to] = [...document.querySelectorAll('.order li')].filter((_, at) => at === 0 || at === 3);
          const data = new DataTransfer();
          const fire = (one, kind) =>
            one.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: data}));
          fire(from, 'dragstart'); fire(to, 'dragover'); fire(to, 'drop'); fire(from, 'dragend');
        })()"""
    )
    await tab.until(f"document.querySelectorAll('.order li')[3].dataset.key === {json.dumps(names[1])}")
    await tab.shows("kept at the server")
    after = yaml.safe_load((await drafted(running))["forms/fnol.yaml"])
    assert [field["name"] for field in after["fields"]] == [names[0], names[2], names[3], names[1], *names[4:]]
    assert sorted(map(str, after["fields"])) == sorted(map(str, before["fields"]))
    assert after == before | {"fields": after["fields"]}


async def test_the_graph_shows_who_hands_to_whom_and_is_walked_by_keyboard(running: House, tab: Page) -> None:
    await tab.click(".tabs a", "Graph")
    await tab.until("document.querySelectorAll('.graph a.node').length === 4")
    labels = await tab.value("[...document.querySelectorAll('.graph a')].map((one) => one.textContent)")
    assert "insurance +18005550100, answered by auth" in labels
    assert "auth agent, hands over to fnol_intake, general_info" in labels
    assert await tab.value("document.querySelectorAll('.graph .edge').length") >= 4
    await looked_at(tab, "agents-graph")
    await tab.value("document.querySelector('.graph').focus()")
    await tab.press("Tab")
    await tab.press("Enter")
    await tab.until("!!document.querySelector('.cm-content')")
    assert await tab.violations() == [] and tab.errors == []


async def test_a_draft_is_tried_before_it_is_live(running: House, tab: Page) -> None:
    live = running.services.live.store
    await choose(tab, AUTH)
    await retype(tab, "How can I help you today?", "What can I do for you?")
    await tab.shows("The check finds nothing wrong.")
    await tab.click(".tabs a", "Try")
    await tab.click("button", "Write with it")
    await tab.shows("What can I do for you?")
    await tab.fill("#as-caller", "hello i need to report a car accident")
    await tab.click("form.row button", "Say")
    await tab.until("document.querySelectorAll('.try .said.agent').length >= 2")
    (chat,) = running.services.chats.live()  # type: ignore[union-attr]
    assert chat.test and chat.store_version != live.store.version
    await tab.fill("select[name=field]", "injuries")
    await tab.fill("input[name=words]", "no nobody is hurt")
    await tab.click("button", "Understand")
    await tab.shows("A value: it is kept, and read back with the rest.")
    await tab.fill("input[name=words]", "hold on a second")
    await tab.click("button", "Understand")
    await tab.shows("they ask for time")
    await looked_at(tab, "agents-try")
    await tab.click("button", "Speak with it")
    await tab.until("!!document.querySelector('form.call')")
    assert (await tab.value("document.querySelector('form.call').innerText")).count("draft ") == 1
    assert await tab.violations() == [] and tab.errors == []


async def drafted(running: House, owner: str = "key:ann") -> Any:
    """The files of somebody's draft."""
    draft = await running.services.live.drafts.of(owner)
    assert draft is not None
    return draft.files


async def _edit(running: House, key: str, files: dict[str, str]) -> None:
    version = running.services.live.store.store.version
    body, headers = {"files": files}, {"If-Match": f'"{version}"'}
    await api(running, "POST", "/store/changes", key, json=body, headers=headers)
