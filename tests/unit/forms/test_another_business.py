"""A form of another business is written in YAML only, is taken by chat, and is changed while calls run."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lost_property import FILES, SUITE, write
from nursery import run

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.edit import replacement
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.store import AgentStore, load_store
from backend.domain.session import AgentSaid, CallerSaid, CallSession
from backend.domain.tool import ToolOutcome
from backend.engine.thinking.store_tools import tools_of_store
from backend.testing.books import MemoryBooks, MemoryCases, MemoryRevisions
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS, tool_names
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("America/New_York"))
FORM = FILES["agent_store/forms/lost_item.yaml"]
COLOR = """\
  - name: color
    kind: text
    part: what
    texts: {en: {ask: What color is it?, again: "Which color has it, for example red?", say: "it is {value}"}}
"""
ANSWERS = {
    "item": "a black umbrella", "lost_on": "yesterday", "class_of_travel": "second class", "worth": "twenty dollars",
    "owner": "ann lee", "color": "dark green", "seat": "twelve",
}  # fmt: skip


async def no_audit(*_: object) -> None: ...


class Call:
    """One caller at the lost property office, with the version of the store that their call began with."""

    def __init__(self, store: AgentStore) -> None:
        self.cases = MemoryCases()
        self.store, self.session = store, CallSession(call_id="c1", line="rail", active_agent="desk")
        self.runner = tools_of_store(ToolRunner(BUILT_IN_TOOLS, no_audit), store)
        self.services = ToolServices(self.cases, MemoryBooks(), no_audit, clock=lambda zone: NOON)

    async def says(self, words: str, tool: str = "record_lost_item", **given: Any) -> ToolOutcome:
        """The caller says it, and hears what comes of it."""
        self.session.turn += 1
        self.session.history.append(CallerSaid(words, self.session.turn))
        store, agent = self.store, self.store.agents["desk"]
        context = self.services.context(self.session, store.lines["rail"], agent, words, forms=store.forms.values())
        outcome = await self.runner.run(tool, json.dumps(given), context)
        told = " ".join(filter(None, (outcome.say, outcome.ask)))
        self.session.history.append(AgentSaid("desk", told, self.session.turn))
        return outcome

    async def asked(self) -> list[str]:
        """The fields that are asked for, until the read-back."""
        outcome, found = await self.says("hello"), list[str]()
        while outcome.expects in ANSWERS:
            found.append(outcome.expects)
            outcome = await self.says(ANSWERS[outcome.expects], **{outcome.expects: ANSWERS[outcome.expects]})
        assert outcome.expects == "confirmation"
        return found


def test_a_form_that_nothing_in_the_code_knows_is_taken_by_chat(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    write(tmp_path / "suite", SUITE)
    command = ["rehearse", str(tmp_path / "suite"), "--store", str(tmp_path)]
    done = run(command, ours=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 of 1 conversations went as written" in done.stdout


async def test_a_condition_and_a_field_added_meanwhile_are_for_the_next_caller(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    folder = StoreFolder(tmp_path / "agent_store", tmp_path / "prompt_store")
    live = LiveStore(folder, tool_names(), MemoryRevisions(), LocalVersionBoard())
    before = await live.open()
    call = Call(before)
    assert (await call.says("a black umbrella", item="a black umbrella")).expects == "lost_on"

    with_color = FORM.replace("  - name: lost_on\n", f"{COLOR}  - name: lost_on\n")
    outcome = await live.edit(replacement("forms/lost_item.yaml", with_color, ("*",), "ann"))
    assert outcome.store.version != before.version
    assert live.snapshots.get(before.version) is before
    assert "color" not in await call.asked()
    found = await Call(live.store).asked()
    assert found[:3] == ["item", "color", "lost_on"]
    assert "seat" not in found, "only who traveled first class is asked for a seat"


async def test_it_is_read_back_in_parts_and_filed_with_a_yes_to_each(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    call = Call(load_store(tmp_path / "agent_store", tmp_path / "prompt_store", tool_names()))
    answers = {**ANSWERS, "class_of_travel": "first class"}
    outcome = await call.says("hello")
    while outcome.expects in answers:
        words = answers[outcome.expects]
        outcome = await call.says(words, **{outcome.expects: words})
    assert (
        outcome.say == "You lost a black umbrella, on Friday, November 20, in first class, seat 12, worth 20 dollars."
    )
    assert (await call.says("yes", "file_lost_item")).say == "Your name is Ann Lee."
    filed = await call.says("yes that is right", "file_lost_item")
    assert filed.say is not None
    assert filed.say.startswith("Thank you. Your number is ")
    (case,) = call.cases.filed
    assert case.fields["worth"] == {"amount": 20, "currency": "USD"}
