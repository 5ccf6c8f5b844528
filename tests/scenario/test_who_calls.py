"""Who is calling, on the telephone in virtual time: people first, each part once, and nobody locked out of help."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shipped_store import shipped_store

from backend.domain.session import CallSession
from backend.domain.tries import MemoryTries
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.rehearsal.stand_in import StandInModel
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
REPORT = "i had a car accident"


async def no_audit(*_: Any) -> None: ...


def agents(tries: MemoryTries | None = None, number: str = "") -> Orchestrator:
    runner = ToolRunner(BUILT_IN_TOOLS, no_audit)
    store = shipped_store(runner.names)
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    services = ToolServices(MemoryCases(), policies, no_audit, clock=lambda zone: NOON, tries=tries or MemoryTries())
    session = CallSession(call_id="c1", line="insurance", active_agent="auth", caller_number=number)
    return Orchestrator(
        session, store.lines["insurance"], store, Thinking(StandInModel(), runner, services), now=lambda: NOON
    )


def call(*said: str, tries: MemoryTries | None = None, number: str = "", pause: float = 12.0) -> Stage:
    """One call in which the caller says these things, each when the agent has long finished."""
    stage = Stage(agents(tries, number))

    async def story() -> None:
        end = 6.0
        for words in said:
            end = stage.caller.says(words, at=end) + pause
        await stage.play(end)

    run_virtual(story())
    return stage


def agent_lines(stage: Stage) -> list[str]:
    return [line.partition(": ")[2] for line in stage.dialogue if not line.startswith("caller")]


def position(lines: list[str], wanted: Callable[[str], bool]) -> int:
    return next(place for place, line in enumerate(lines) if wanted(line))


def test_people_come_first_and_all_parts_may_come_in_one_breath() -> None:
    stage = call(REPORT, "nobody was hurt", "john smith six oh six oh one, last four four eight two one")
    lines = agent_lines(stage)
    hurt = position(lines, lambda line: "anyone hurt" in line)
    name = position(lines, lambda line: "full name" in line)
    assert hurt < name
    assert not any("zip code" in line for line in lines)
    assert stage.session.subject is not None
    assert stage.session.active_agent == "fnol_intake"


def test_why_do_you_ask_is_answered_and_counts_as_nothing() -> None:
    stage = call("what is my deductible", "why do you ask", "john smith", "why do you need that", "60601", "4821")
    assert sum("nobody but you" in line for line in agent_lines(stage)) == 2
    assert stage.session.subject is not None
    assert stage.session.verification_attempts == 0


def test_a_try_that_was_judged_is_not_made_twice_when_the_caller_goes_on() -> None:
    stage = Stage(agents())

    async def story() -> None:
        end = stage.caller.says("what is my deductible", at=6) + 10
        for words in ("john smith", "six zero six zero one"):
            end = stage.caller.says(words, at=end) + 10
        end = stage.caller.says("four eight two two", at=end)
        end = stage.caller.says("is what i have here", at=end + 1.0) + 12
        await stage.play(end)

    run_virtual(story())
    assert stage.session.verification_attempts == 1


def test_who_is_locked_by_earlier_calls_is_put_through_with_the_report_taken_first() -> None:
    tries, wrong = MemoryTries(), ("peter nobody", "one one one one one", "one one one one")
    for _ in range(2):
        call("what is my deductible", *wrong, *wrong[1:], *wrong, tries=tries, number="+13125550142")
    stage = call(REPORT, "no one is hurt", "yes please", tries=tries, number="+13125550142")
    lines = agent_lines(stage)
    assert any("take your report now" in line for line in lines)
    assert not any("zip code" in line or "social" in line for line in lines)
    assert stage.session.active_agent == "fnol_intake"
    assert stage.session.facts["unverified"] is True
    other = call("what is my deductible", tries=tries, number="+13125550142")
    assert len(other.transfers) == 1, "nothing to report: a person at once"


def test_a_name_that_is_never_understood_is_told_by_its_sound_once_the_numbers_are_exact() -> None:
    """Every answer was heard as something that is no name; one of them sounds like the holder's."""
    misheard = ("but the smith's are", "john and smith", "that the myth is")
    stage = call(REPORT, "nobody was hurt", *misheard, "six oh six oh one", "four eight two one")
    assert stage.session.subject is not None
    assert stage.session.subject.name == "John Smith"


def test_a_name_that_is_never_understood_opens_nothing_when_it_sounds_like_nobody() -> None:
    misheard = ("but the suits are", "that the students are", "but the suits are here")
    stage = call(REPORT, "nobody was hurt", *misheard, "six oh six oh one", "four eight two one")
    assert stage.session.subject is None
    assert stage.session.verification_attempts == 1


def test_numbers_that_are_never_understood_do_not_keep_anybody_from_a_report() -> None:
    garbled = ("it's the old to be", "but the all too", "that would be a bit")
    stage = call(REPORT, "nobody was hurt", "john smith", *garbled, "yes please")
    lines = agent_lines(stage)
    assert any("I can still take your report" in line for line in lines)
    assert stage.session.subject is None
    assert stage.session.active_agent == "fnol_intake"
