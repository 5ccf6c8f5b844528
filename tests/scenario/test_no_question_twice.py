"""Nobody is asked the same question in the same words twice running, in any shipped rehearsal, whoever the model."""

import re
from pathlib import Path

import pytest
from test_rehearsals import EXAMPLES, ROOT, SUITES

from backend.agents.store import load_store
from backend.language.named import language_named
from backend.rehearsal.rehearse import rehearse
from backend.rehearsal.rehearsed_call import RehearsalParts
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.suite import load_suites
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks
from stand_in.manner import MANNERS, Manner

_QUESTION = re.compile(r"[^.!?]*\?")
_OFFER = re.compile(
    r"\b(?:anything else|else i can|can i do for you|can i help|hay algo más|le puedo ayudar)\b", re.IGNORECASE
)
_SPOKEN = ("en", "es")
"""The languages of the lines that are rehearsed."""

_STORES_OWN_WORDS = {"closed_day", "full_day"}
"""A declared tool may word its answer to a failure as it likes."""


def _is_beside(said: str) -> bool:
    """Is it about the conversation itself ("what did you say", "I'm back"), so that the question has to come again?"""
    talks = [language_named(spoken).talk for spoken in _SPOKEN]
    return any(talk.beside(said) or talk.is_back(said) for talk in talks)


def repeated(transcript: tuple[str, ...]) -> list[str]:
    """Questions that were put twice running though the caller had answered in between."""
    found: list[str] = []
    asked, before, said = "", "", ""
    for line in transcript:
        who, _, text = line.partition(": ")
        if who == "caller":
            before, asked, said = asked or before, "", text
        elif not line.startswith(" ") and (questions := _QUESTION.findall(text)):
            asked = questions[-1].strip()
            if asked == before and not _is_beside(said) and not _OFFER.search(asked):
                found.append(f"{said} -> {asked}")
    return found


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize(
    ("stores", "folder"),
    [*(suite[:2] for suite in SUITES), *((example, example / "rehearsals") for example in EXAMPLES)],
    ids=[*(folder.name for _, folder, _ in SUITES), *(example.name for example in EXAMPLES)],
)
async def test_no_question_comes_twice_running(stores: Path, folder: Path, manner: Manner) -> None:
    store = load_store(stores / "agent_store", stores / "prompt_store", memory_tools().names)
    (suite,) = load_suites(folder, store)
    policies = MemoryBooks.from_yaml(suite.policies or ROOT / "agent_store/policyholders.yaml")
    outcomes = await rehearse(suite, RehearsalParts(store, StandInModel(manner), policies))
    found = {outcome.name: again for outcome in outcomes if (again := repeated(outcome.transcript))}
    assert {name: again for name, again in found.items() if name not in _STORES_OWN_WORDS} == {}


def test_the_look_itself_sees_a_repetition() -> None:
    asked = "fnol_intake: When did it happen?"
    assert repeated((asked, "caller: green", asked)) == ["green -> When did it happen?"]
    assert repeated((asked, "caller: what did you say", asked)) == []
    assert repeated((asked, "caller: no le entendí bien", asked)) == []
    assert repeated((asked, "caller: okay i'm back", asked)) == []
    assert repeated((asked, "caller: green", "fnol_intake: On which day?", "caller: blue", asked)) == []
