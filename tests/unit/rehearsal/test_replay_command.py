"""``ringmaster replay`` as the gate of an edit: recorded calls, an edited store, an exit status."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from backend.adapters.redis.session_store import MemorySessionStore
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.agents.store import load_store
from backend.cli.application import app
from backend.cli.replay import WantedCalls
from backend.domain.call import CallRecord
from backend.domain.hiding import HIDDEN
from backend.engine.desk.chat_desk import ChatDesk, ChatEnvironment, ChatRules
from backend.engine.thinking.orchestrator import Thinking
from backend.errors import ConfigError
from backend.rehearsal.spec import ToolAnswerSpec
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.tools import memory_tools, on_paper
from backend.testing.books import MemoryBooks
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner
from config import load_settings

ROOT = Path(__file__).resolve().parents[3]
DENTAL = ROOT / "examples/dental"
DEDUCTIBLE = [
    "what is my deductible",
    "karen miller",
    "seven seven zero zero two",
    "nine zero three seven",
    "no thanks",
]
PERSON = ["let me talk to a human please"]


class Silent:
    def turn(self, *_: object) -> None: ...

    def refused(self, *_: object) -> None: ...

    def call_ended(self, *_: object) -> None: ...


async def no_audit(*_: object) -> None:
    return None


async def record(url: str, *callers: list[str], root: Path = ROOT, tools: ToolRunner | None = None) -> list[str]:
    """Calls as a server would leave them in its database."""
    database = Database(url)
    await database.migrate()
    tools = tools or memory_tools()
    store = load_store(root / "agent_store", root / "prompt_store", tools.names)
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    thinking = Thinking(StandInModel(), tools, ToolServices(SqlCaseBook(database), policies, no_audit))
    records = SqlCallRecords(database)
    desk = ChatDesk(ChatEnvironment(thinking, lambda: store, MemorySessionStore(), records, Silent()), ChatRules())
    ids = []
    for words in callers:
        chat = (await desk.open()).id
        for text in words:
            await desk.say(chat, text)
        ids.append(chat)
    await desk.close()
    await database.close()
    return ids


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str]]:
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('sql')}/r.db"
    return url, asyncio.run(record(url, DEDUCTIBLE, PERSON))


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    for name in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def run(recordings: tuple[str, list[str]], *arguments: object) -> Result:
    return CliRunner().invoke(app, ["replay", *map(str, arguments)], env={"DATABASE_URL": recordings[0]})


def test_an_unchanged_store_answers_as_before(recordings: tuple[str, list[str]], edited: Path) -> None:
    result = run(recordings, "--store", edited, "--words")
    assert result.exit_code == 0, result.output
    assert "2 of 2 calls would go as before" in result.output
    assert all(call in result.output for call in recordings[1])


def test_secrets_are_not_in_the_record_and_what_they_opened_is(recordings: tuple[str, list[str]]) -> None:
    async def look() -> CallRecord:
        database = Database(recordings[0])
        call = await SqlCallRecords(database).get(recordings[1][0])
        await database.close()
        assert call is not None
        return call

    call = asyncio.run(look())
    turns = [turn for turn in call.turns if turn.caller_text]
    assert [turn.caller_text for turn in turns] == [*DEDUCTIBLE[:-3], HIDDEN, HIDDEN, DEDUCTIBLE[-1]]
    assert [turn.identity.took for turn in turns] == [(), (), ("zip_code",), ("last4",), ()]
    assert [turn.identity.granted for turn in turns] == ["", "", "", "POL-B20417", ""]


def test_an_edit_that_sends_callers_elsewhere_is_shown_turn_by_turn_and_fails(
    recordings: tuple[str, list[str]], edited: Path
) -> None:
    edit(edited, "agent_store/agents/general_info.yaml", "opening_tool: policy_question", "")
    edit(edited, "agent_store/agents/general_info.yaml", "tools: [policy_question, ", "tools: [")
    edit(edited, "prompt_store/general_info.jinja", " with policy_question", "")  # or the check refuses it
    junit = edited / "out.xml"
    result = run(recordings, "--store", edited, "--junit", junit)
    assert result.exit_code == 1, result.output
    assert "1 of 2 calls would go as before" in result.output
    assert "turn 4, caller: [hidden]" in result.output
    assert "- tools: verify_caller, hand_off_to_general_info, policy_question" in result.output
    assert "+ tools: verify_caller, hand_off_to_general_info\n" in result.output
    assert 'failures="1"' in junit.read_text()


def test_other_words_alone_count_only_when_asked_to(recordings: tuple[str, list[str]], edited: Path) -> None:
    edit(edited, "agent_store/agents/auth.yaml", "How can I help you today?", "What can I do for you?")
    result = run(recordings, "--store", edited)
    assert result.exit_code == 0, result.output
    assert "other words" in result.output
    strict = run(recordings, "--store", edited, "--words")
    assert strict.exit_code == 1
    assert "+ words: Thank you for calling Meridian Mutual. What can I do for you?" in strict.output


def test_an_edit_can_be_compared_with_the_store_as_it_was(recordings: tuple[str, list[str]], edited: Path) -> None:
    edit(edited, "agent_store/agents/auth.yaml", "How can I help you today?", "What can I do for you?")
    assert run(recordings, "--store", edited, "--baseline", edited, "--words").exit_code == 0
    assert run(recordings, "--store", edited, "--baseline", ROOT, "--words").exit_code == 1


def test_single_calls_can_be_chosen(recordings: tuple[str, list[str]]) -> None:
    assert "1 of 1 calls" in run(recordings, recordings[1][1]).output
    missing = run(recordings, "call-nobody-made")
    assert missing.exit_code == 2
    assert "there is no recorded call call-nobody-made" in missing.output


def test_who_replayed_calls_is_in_the_audit(recordings: tuple[str, list[str]]) -> None:
    run(recordings, recordings[1][1])
    audit = ["audit", "--action", "replays.play", "--limit", "1", "--json"]
    entry = json.loads(CliRunner().invoke(app, audit, env={"DATABASE_URL": recordings[0]}).output)
    assert entry["actor"].startswith("cli:") and entry["detail"] == {"model": "stand-in", "calls": 1}


def test_declared_tools_answer_as_a_suite_says_and_are_down_without_one(tmp_path: Path) -> None:
    url, booked = f"sqlite+aiosqlite:///{tmp_path}/r.db", ToolAnswerSpec(tool="cancel_appointment", result={})
    words = ["i need to cancel my appointment", "four seven one one", "yes please", "no thank you goodbye"]
    calls = asyncio.run(record(url, words, root=DENTAL, tools=memory_tools(on_paper([booked]))))
    without = run((url, calls), "--store", DENTAL, "--words")
    assert without.exit_code == 1
    assert "call again a little later" in without.output
    answered = run((url, calls), "--store", DENTAL, "--answers", DENTAL / "rehearsals", "--words")
    assert answered.exit_code == 0, answered.output


def test_a_broken_store_and_an_empty_database_cannot_be_tried(
    recordings: tuple[str, list[str]], edited: Path, tmp_path: Path
) -> None:
    edit(edited, "agent_store/agents/auth.yaml", "prompt: auth.jinja", "prompt: auht.jinja")
    broken = run(recordings, "--store", edited)
    assert broken.exit_code == 2
    assert "did you mean" in broken.output
    empty = f"sqlite+aiosqlite:///{tmp_path}/empty.db"
    asyncio.run(record(empty))
    nothing = run((empty, []), "--line", "insurance")
    assert nothing.exit_code == 2
    assert "there is no recorded call in which a caller said something on the line insurance" in nothing.output


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (None, "there is no recorded call in which a caller said something"),
        (True, "there is no recorded test in which a caller said something"),
        (False, "there is no real call in which a caller said something; tests are left out"),
    ],
)
def test_where_there_are_none_it_says_which_were_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, test: bool | None, said: str
) -> None:
    """On the console's page somebody may see nothing but tests in the list of calls, which a replay leaves out."""
    url = f"sqlite+aiosqlite:///{tmp_path}/empty.db"
    asyncio.run(record(url))
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ConfigError) as refused:
        asyncio.run(WantedCalls([], 20, "", test=test).find(load_settings()))
    assert str(refused.value).endswith(said)
