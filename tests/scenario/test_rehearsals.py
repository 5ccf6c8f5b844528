"""The shipped suites go as written with the stand-in model, whatever its manner, and are pleasant to hear."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from old_session import OLD_SESSION
from quick_yaml import read_yaml
from shipped_rehearsals import EXAMPLES, ROOT, SUITES, kept_sessions, played
from typer.testing import CliRunner

from backend.cli.application import app
from backend.domain.session import CallSession
from backend.language.named import language_named
from stand_in.manner import MANNERS, Manner

MOST_WORDS = 25
MOST_WORDS_DICTATED = 80
DICTATED = "Your claim number is"
READ_BACK = ("correct?", "right as well?", "is that right?", "Please say yes or no.")
_QUESTION = re.compile(r"[^.!?]*\?")
_OFFER = re.compile(
    r"\b(?:anything else|else i can|can i do for you|can i help|hay algo más|le puedo ayudar)\b", re.IGNORECASE
)
_SPOKEN = ("en", "es")
"""The languages of the lines that are rehearsed."""
_STORES_OWN_WORDS = {"closed_day", "full_day"}
"""A declared tool may word its answer to a failure as it likes."""


@pytest.mark.parametrize(
    ("stores", "folder", "least", "manner"),
    [(*suite, manner) for suite in SUITES for manner in MANNERS],
    ids=[f"{folder.name}-{manner}" for _, folder, _ in SUITES for manner in MANNERS],
)
def test_the_suite_goes_as_written(stores: Path, folder: Path, least: int, manner: Manner) -> None:
    goes_as_written(stores, folder, least, manner)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_passes_the_check_and_goes_as_written(example: Path) -> None:
    checked = CliRunner().invoke(app, ["check", str(example)])
    assert checked.exit_code == 0, checked.output
    goes_as_written(example, example / "rehearsals", 6, "usual")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_is_rehearsed_where_calls_go_wrong(example: Path) -> None:
    """A wrong identity, somebody who puts something right, a call that was cut off, a person."""
    told = [read_yaml(path.read_text("utf-8")) for path in example.glob("rehearsals/*.yaml")]
    must = [one["must"] for one in told if "must" in one]
    assert any(one.get("verified") is False for one in must)
    assert any("correction" in one.get("answers", {}) for one in told)
    assert any("calls_again" in one for one in told)
    assert any(one.get("outcome") == "transferred" and "verified" not in one for one in must)


def goes_as_written(stores: Path, folder: Path, least: int, manner: Manner) -> None:
    outcomes = played(stores, folder, manner)
    wrong = {outcome.name: outcome.problems for outcome in outcomes if not outcome.passed}
    assert wrong == {}
    assert len(outcomes) >= least


def test_a_model_that_cannot_write_what_a_schema_wants_comes_to_a_person_and_not_into_a_loop() -> None:
    outcomes = played(ROOT / "examples/dental", ROOT / "examples/dental/rehearsals", "dumb")
    assert max(outcome.turns for outcome in outcomes if "visits" not in outcome.agents) <= 8
    assert not any("it is not over" in problem for outcome in outcomes for problem in outcome.problems)


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
def test_no_question_comes_twice_running(stores: Path, folder: Path, manner: Manner) -> None:
    """In the same words, whoever the model."""
    outcomes = played(stores, folder, manner)
    found = {outcome.name: again for outcome in outcomes if (again := repeated(outcome.transcript))}
    assert {name: again for name, again in found.items() if name not in _STORES_OWN_WORDS} == {}


def test_the_look_itself_sees_a_repetition() -> None:
    asked = "fnol_intake: When did it happen?"
    assert repeated((asked, "caller: green", asked)) == ["green -> When did it happen?"]
    assert repeated((asked, "caller: what did you say", asked)) == []
    assert repeated((asked, "caller: no le entendí bien", asked)) == []
    assert repeated((asked, "caller: okay i'm back", asked)) == []
    assert repeated((asked, "caller: green", "fnol_intake: On which day?", "caller: blue", asked)) == []


def turns_of(transcript: Sequence[str]) -> Iterator[str]:
    """What the caller hears at a time; without the opening, and without read-backs."""
    said: list[str] = []
    opening = True
    for line in (*transcript, "caller:"):
        if line.startswith("caller:"):
            heard = " ".join(said)
            if heard and not opening and not heard.endswith(READ_BACK):
                yield heard
            said, opening = [], False
        elif not line.startswith(" "):
            said.append(line.partition(": ")[2])


def test_95_of_100_turns_have_25_words_at_most() -> None:
    outcomes = played(ROOT, ROOT / "tests/rehearsals/insurance", "usual")
    every = [turn for outcome in outcomes for turn in turns_of(outcome.transcript)]
    # A number that is dictated twice is read back by itself; one call has one, and it has a limit of its own.
    dictated = [turn for turn in every if DICTATED in turn]
    assert max(len(turn.split()) for turn in dictated) <= MOST_WORDS_DICTATED
    turns = [turn for turn in every if DICTATED not in turn]
    lengths = sorted(len(turn.split()) for turn in turns)
    assert len(lengths) > 150
    longest = sorted(turns, key=lambda turn: len(turn.split()))[int(0.95 * len(turns))]
    assert lengths[int(0.95 * len(lengths))] <= MOST_WORDS, longest


def test_the_old_version_reads_what_this_one_keeps_of_every_call() -> None:
    """While versions are rolled out (C8); the other way is ``tests/compatibility/test_sessions.py``."""
    kept = kept_sessions(ROOT, ROOT / "tests/rehearsals/insurance", "usual")
    assert len(kept) > 200
    for body in kept:
        old, new = msgspec.json.decode(body, type=OLD_SESSION), msgspec.json.decode(body, type=CallSession)
        assert (old.active_agent, old.turn, len(old.history)) == (new.active_agent, new.turn, len(new.history))
        assert (old.facts, old.claim_id) == (new.facts, new.case_number)
        assert msgspec.to_builtins(old.verified) == _known(new)


def _known(session: CallSession) -> Any:
    subject = session.subject
    return subject and {"policy_id": subject.id, "full_name": subject.name}
