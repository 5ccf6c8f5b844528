"""Who is called back hears why, shows again who they are, and goes on where their call stopped; nobody else does."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from shipped_store import shipped_store

from backend.agents.store import AgentStore
from backend.domain.callback import CallingBack
from backend.engine.thinking.called_back import note_calling_back
from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks, MemoryCases

ROOT = Path(__file__).resolve().parents[2]
EVENING = datetime(2026, 11, 25, 20, 0)
HOLDER = ("john smith", "six zero six zero one", "four eight two one")
STRANGER = ("karen miller", "seven seven zero zero two", "nine zero three seven")
STORY = ("i want to report an accident", "nobody is hurt and i am safe", *HOLDER, "i was rear ended yesterday")


@pytest.fixture(scope="module")
def store() -> AgentStore:
    return shipped_store(memory_tools().names)


def a_call(store: AgentStore, cases: MemoryCases, number: int) -> RehearsedCall:
    books = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    room = RehearsedCall(RehearsalParts(store, StandInModel(), books), store.lines["insurance"], EVENING, cases=cases)
    room.session.call_id = f"call-{number}"
    return room


async def heard_by(room: RehearsedCall, *said: str) -> list[str]:
    """What was heard first, and after each of these."""
    room.open()
    heard = [" ".join(room.said(0))]
    for words in said:
        since = len(room.history)
        await room.say(words)
        heard.append(" ".join(room.said(since)))
    return heard


async def broken_off(store: AgentStore, *said: str) -> MemoryCases:
    """What a call left that ended in the middle of a report."""
    cases = MemoryCases()
    await heard_by(a_call(store, cases, 1), *(said or STORY))
    assert [case.status for case in cases.all] == ["draft"]
    return cases


async def called_back(
    store: AgentStore, cases: MemoryCases, *said: str, asked: bool = False, form: str = "fnol"
) -> tuple[RehearsedCall, list[str]]:
    room = a_call(store, cases, 2)
    note_calling_back(room.session, CallingBack("call-1", asked, form))
    return room, await heard_by(room, *said)


async def test_the_draft_goes_on_once_they_have_shown_again_who_they_are(store: AgentStore) -> None:
    cases = await broken_off(store)
    room, heard = await called_back(store, cases, "yes it is", *HOLDER, "at noon")
    assert heard[0] == (
        "Hello, this is Meridian Mutual. I'm calling you back because our call was cut off. "
        "Is this a good time to go on?"
    )
    assert "full name" in heard[1]
    assert "I still have your report of Tuesday, November 24." in heard[4]
    assert room.session.active_agent == "fnol_intake"
    (case,) = cases.all
    assert (case.call_id, case.earlier_calls) == ("call-2", ("call-1",))
    assert case.fields["loss_time"] == "12:00"


async def test_nothing_of_the_matter_is_said_before(store: AgentStore) -> None:
    _, heard = await called_back(store, await broken_off(store), "yes", *HOLDER[:2])
    assert not [words for words in heard if "November" in words or "report" in words or "rear" in words]


async def test_somebody_else_on_their_phone_gets_nothing(store: AgentStore) -> None:
    cases = await broken_off(store)
    _, heard = await called_back(store, cases, "yes", *STRANGER, "go on")
    assert not [words for words in heard if "November" in words or "I still have" in words]
    assert [case.call_id for case in cases.all if case.fields] == ["call-1"]


async def test_it_is_the_draft_of_that_call_and_not_the_newest(store: AgentStore) -> None:
    cases = await broken_off(store)
    (case,) = cases.all
    newer = replace(case, call_id="call-3", fields={**case.fields, "loss_date": "2026-11-19"})
    cases.put(replace(newer, updated_at=case.updated_at + timedelta(minutes=5)))
    _, heard = await called_back(store, cases, "yes", *HOLDER)
    assert "November 24" in heard[4]


@pytest.mark.parametrize("answer", ["no", "no, not now", "no it's a bad time"])
async def test_who_has_no_time_is_let_go(store: AgentStore, answer: str) -> None:
    room, heard = await called_back(store, await broken_off(store), answer)
    assert heard[1] == "All right, not now, then. Please call us whenever it suits you. Goodbye."
    assert room.ending is not None and room.ending.outcome == "completed"


async def test_who_only_asked_to_be_called_is_asked_what_for(store: AgentStore) -> None:
    _, heard = await called_back(store, MemoryCases(), "i want to report an accident", asked=True, form="")
    assert heard[0] == "Hello, this is Meridian Mutual. You asked us to call you back. How can I help you?"
    assert "hurt" in heard[1]


async def test_who_needs_help_now_is_not_verified_first(store: AgentStore) -> None:
    _, heard = await called_back(store, await broken_off(store), "there is a fire, somebody is trapped in the car")
    assert "full name" not in heard[1]


async def test_a_report_of_somebody_who_was_not_verified_is_not_read_to_whoever_picks_up(store: AgentStore) -> None:
    cases = await broken_off(store)
    (case,) = cases.all
    cases.put(replace(case, verified=False, subject=""))
    _, heard = await called_back(store, cases, "yes", *HOLDER)
    assert not [words for words in heard if "I still have" in words]
