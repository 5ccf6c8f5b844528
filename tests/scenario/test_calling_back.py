"""Who calls back about what they told before: their open draft, or their filed case, is offered; a stranger's never."""

from datetime import datetime
from pathlib import Path

import pytest
from shipped_store import shipped_store

from backend.agents.store import AgentStore
from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks, MemoryCases

ROOT = Path(__file__).resolve().parents[2]
EVENING = datetime(2026, 11, 25, 20, 0)
ENGLISH = ("nobody is hurt and i am safe", "john smith", "six zero six zero one", "four eight two one")
STRANGER = ("nobody is hurt and i am safe", "karen miller", "seven seven zero zero two", "nine zero three seven")
SPANISH = ("nadie está herido y estoy a salvo", "john smith", "seis cero seis cero uno", "cuatro ocho dos uno")
REST = (
    "at noon", "on main street in chicago", "the honda civic", "i was driving", "two cars", "yes it drives",
    "i was driving home from work", "no passengers", "yes that is correct", "yes that is correct",
)  # fmt: skip
NUMBER = "+13125550142"


@pytest.fixture(scope="module")
def store() -> AgentStore:
    return shipped_store(memory_tools().names)


async def call(store: AgentStore, *said: str, cases: MemoryCases | None = None, speaks: str = "") -> list[str]:
    """What the caller heard after each of these."""
    books = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    parts = RehearsalParts(store, StandInModel(), books)
    room = RehearsedCall(parts, store.lines["insurance"], EVENING, cases=cases, speaks=speaks)
    room.session.caller_number = NUMBER
    room.session.language = speaks or room.session.language
    room.open()
    heard: list[str] = []
    for words in said:
        since = len(room.history)
        await room.say(words)
        heard.append(" ".join(room.said(since)))
    return heard


async def broken_off(store: AgentStore, day: str = "yesterday") -> MemoryCases:
    """The draft of a call that ended behind the day."""
    cases = MemoryCases()
    await call(store, "i want to report an accident", *ENGLISH, f"i was rear ended at a red light {day}", cases=cases)
    return cases


@pytest.mark.parametrize(
    "opening",
    ["i'm calling back about yesterday's accident", "i called earlier about an accident", "we got disconnected"],
)
async def test_the_open_report_goes_on(store: AgentStore, opening: str) -> None:
    heard = await call(store, opening, *ENGLISH, cases=await broken_off(store))
    assert "I still have your report of Tuesday, November 24." in heard[-1]
    assert "About what time of day" in heard[-1] or "right to go on" in heard[-1]


async def test_a_report_of_another_day_is_asked_about(store: AgentStore) -> None:
    cases = await broken_off(store, "on monday")
    heard = await call(store, "i'm calling back about yesterday's accident", *ENGLISH, cases=cases)
    assert heard[-1].endswith("I still have your report of Monday, November 23. Is it right to go on with that report?")


async def test_a_filed_one_is_offered_too(store: AgentStore) -> None:
    cases = MemoryCases()
    story = "i was rear ended at a red light yesterday"
    await call(store, "i want to report an accident", *ENGLISH, story, *REST, cases=cases)
    heard = await call(store, "i'm calling back about yesterday's accident", *ENGLISH, "yes", cases=cases)
    assert "You already have a claim for the accident of Tuesday, November 24" in heard[-2]
    assert "I have added what you told me to that claim" in heard[-1]


async def test_in_spanish(store: AgentStore) -> None:
    cases = MemoryCases()
    story = "me chocaron por detrás ayer en un alto"
    await call(store, "quiero reportar un accidente", *SPANISH, story, cases=cases, speaks="es-US")
    opening = "se cortó la llamada, estaba reportando un choque"
    heard = await call(store, opening, *SPANISH, "sí por favor", cases=cases, speaks="es-US")
    assert "Todavía tengo su reporte del martes 24 de noviembre." in heard[-2]
    assert "hora" in heard[-1]


async def test_a_stranger_gets_nothing_even_from_the_same_phone(store: AgentStore) -> None:
    cases = await broken_off(store)
    heard = await call(store, "i'm calling back about yesterday's accident", *STRANGER, cases=cases)
    assert "still have" not in " ".join(heard)
    assert "already" not in " ".join(heard)
    unverified = (ENGLISH[0], "john smith", "six zero six zero one", "i don't know", "yes", "yes")
    heard = await call(store, "i'm calling back about yesterday's accident", *unverified, cases=cases)
    assert "still have" not in " ".join(heard)
    assert "November" not in " ".join(heard)
