"""The recorded callers in text: with every word heard, and with what a recognizer made of them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from play import differences
from quick_yaml import read_yaml
from shipped_store import shipped_store

from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks
from local_azure.phone.choice import Chooser
from local_azure.phone.persona import load_persona
from stand_in.manner import MANNERS, Manner

ROOT = Path(__file__).resolve().parents[2]
PERSONAS = ROOT / "tests/personas"
NOW = datetime(2026, 11, 25, 20, 0)
HEARD: dict[str, dict[str, str]] = read_yaml((PERSONAS / "heard.yaml").read_text())
CALLERS = sorted(path.parent.name for path in PERSONAS.glob("*/persona.yaml"))
MOST_TURNS = 40
BY_A_PERSON = {"husband": "'insured with you' was heard as 'injured with you': an emergency, and a person takes over"}
"""Callers who are misheard so that a person is right."""


async def call(name: str, manner: Manner, heard: dict[str, str]) -> tuple[RehearsedCall, dict[str, Any]]:
    """Play one caller; the room, and what must be in the claim."""
    store = shipped_store(memory_tools().names)
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    room = RehearsedCall(RehearsalParts(store, StandInModel(manner), policies), store.lines["insurance"], NOW)
    persona = load_persona(PERSONAS / name)
    chooser, since = Chooser(persona, today=NOW.date), 0
    room.open()
    for _ in range(MOST_TURNS):
        if room.ending is not None:
            break
        reply = chooser.choose(" ".join(room.said(since)))
        since = len(room.history)
        if reply.utterance is None:
            await room.say("i don't know")
            continue
        text, _ = reply.utterance.form(chooser.times(reply.utterance))
        chooser.said(reply.utterance)
        await room.say(reply.keys or heard.get(text, text))
    return room, read_yaml((PERSONAS / name / "persona.yaml").read_text()).get("must") or {}


async def wrong_in_claim(room: RehearsedCall, must: dict[str, Any]) -> list[str]:
    """What of the filed claim is not as the caller meant it."""
    case = room.case()
    if case is None or case.status != "filed":
        return [f"nothing was filed: {room.ending}"]
    body = {"policy_id": case.subject, "fields": case.fields, "verified": case.verified}
    return list(differences(body, must, NOW.date()))


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", CALLERS)
async def test_a_caller_whose_every_word_is_heard_gets_the_claim_filed_right(name: str, manner: Manner) -> None:
    room, must = await call(name, manner, {})
    assert await wrong_in_claim(room, must) == []


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", CALLERS)
async def test_a_caller_who_is_misheard_gets_the_claim_filed_right_by_asking(name: str, manner: Manner) -> None:
    room, must = await call(name, manner, HEARD.get(name, {}))
    if name in BY_A_PERSON:
        assert room.ending is not None
        assert room.ending.outcome == "transferred"
    else:
        assert await wrong_in_claim(room, must) == []
