"""While versions are rolled out, a call that one version began is gone on with by the other, both ways (C8).

What this version keeps of every call of a suite, and the old one reads, is looked at where that suite is played:
``tests/scenario/test_rehearsals.py``.
"""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from old_session import OLD, OLD_SESSION
from shipped_store import shipped_store

from backend.agents.store import AgentStore
from backend.domain.case import Case
from backend.domain.session import CallSession
from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.suite import Suite, load_suites
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks

ROOT = Path(__file__).resolve().parents[2]
STATES = [msgspec.json.decode(line) for line in (OLD / "sessions.jsonl").read_bytes().splitlines()]


@pytest.fixture(scope="module")
def store() -> AgentStore:
    return shipped_store(memory_tools().names)


@pytest.fixture(scope="module")
def suite(store: AgentStore) -> Suite:
    (found,) = load_suites(ROOT / "tests/rehearsals/insurance", store)
    return found


@pytest.fixture(scope="module")
def parts(store: AgentStore) -> RehearsalParts:
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    return RehearsalParts(store, StandInModel(), policies)


def test_what_the_old_version_kept_is_read_as_it_was_meant() -> None:
    assert len(STATES) > 40
    for state in STATES:
        old = msgspec.convert(state["session"], OLD_SESSION)
        new = msgspec.convert(state["session"], CallSession)
        for name in OLD_SESSION.__struct_fields__:
            now_called = "case_number" if name == "claim_id" else name
            kept, read = msgspec.to_builtins(getattr(old, name)), msgspec.to_builtins(getattr(new, now_called))
            assert _without_news(read) == _without_news(kept), name


def _without_news(value: Any) -> Any:
    """Without what this version has added: its values where the old version said nothing."""
    if isinstance(value, list):
        return [_without_news(one) for one in value]
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if name not in ("withheld", "meant")}
    return value


@pytest.mark.parametrize("number", range(len(STATES)))
async def test_a_call_that_the_old_version_began_is_gone_on_with(
    parts: RehearsalParts, suite: Suite, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    state = STATES[number]
    room = RehearsedCall(parts, parts.store.lines["insurance"], suite.spec.now)
    session = msgspec.convert(state["session"], CallSession)
    if (claim := state["claim"]) is not None:
        room.cases.put(
            Case(session.call_id, "fnol", claim["policy_id"], claim["status"], claim["fields"], suite.spec.now)
        )
    for name in CallSession.__struct_fields__:
        setattr(room.session, name, getattr(session, name))
    heard = len(room.history)
    for words in ("yes", "four eight two one", "no", "can i speak to a person"):
        if room.ending is None:
            await room.say(words)
    assert room.faults == []
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
    assert room.said(heard), "the caller is spoken with"


def test_what_a_later_version_adds_is_passed_over() -> None:
    for state in STATES[:5]:
        later = state["session"] | {"from_the_future": {"a": 1}}
        assert msgspec.convert(later, CallSession) == msgspec.convert(state["session"], CallSession)
