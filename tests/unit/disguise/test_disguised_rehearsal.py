"""A rehearsal of a real call: canaries of every kind are not in it, and it can be played."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from shipped_store import shipped_store

from backend.agents.store import AgentStore
from backend.disguise.caller_double import CallerDouble, double_of
from backend.disguise.rehearsal import MadeRehearsal, personal_fields, rehearsal_of
from backend.domain.call import CallRecord, RecordedIdentity, TurnRecord
from backend.domain.private import Private
from backend.rehearsal.suite import load_suites
from backend.rehearsal.tools import memory_tools

AT = datetime(2026, 11, 24, 17, 42, tzinfo=UTC)
CANARIES = "hope summers przybylska kalamazoo jasper quetzal 8721 4410 3125558721 november tiger 17:42 11-24".split()
TURNS = [
    ("", "Thank you for calling Meridian Mutual, Hope. How can I help you today?", (), ""),
    ("hello my car was hit by przybylska in kalamazoo", "What is your full name?", (), ""),
    ("hope summers", "What is your zip code?", (), ""),
    ("[hidden]", "What are the last four digits?", ("zip_code",), ""),
    ("[hidden]", "Thanks, Hope Summers. What happened?", ("last4",), "POL-X8721"),
    ("on november third przybylska hit me at 4410 jasper street", "Which number?", (), ""),
    ("312 555 8721 and my mail is quetzal dot tiger at mail dot com", "Bye Hope.", (), ""),
]
KAREN = CallerDouble(
    "insurance", "karen", {"full_name": "karen miller", "zip_code": "seven seven", "last4": "nine zero"}
)


@pytest.fixture(scope="module")
def store() -> AgentStore:
    return shipped_store(memory_tools().names)


@pytest.fixture
def call() -> CallRecord:
    turns = [
        TurnRecord(
            index=index,
            agent="auth" if index < 4 else "fnol_intake",
            caller_text=said,
            said=answer,
            tools=["verify_caller"] if took else [],
            identity=RecordedIdentity(took, granted),
            started_at=AT,
        )
        for index, (said, answer, took, granted) in enumerate(TURNS)
    ]
    return CallRecord(
        call_id="canary0call",
        line="insurance",
        direction="inbound",
        caller=Private("+13125558721"),
        started_at=AT,
        ended_at=AT,
        outcome="completed",
        turns=turns,
    )


def made_of(call: CallRecord, store: AgentStore, cast: CallerDouble | None = KAREN) -> MadeRehearsal:
    return rehearsal_of(call, store, cast, ["+13125558721", "Hope Summers", "4410 Jasper Street"])


@pytest.mark.parametrize("cast", [KAREN, None])
def test_no_canary_is_in_it(call: CallRecord, store: AgentStore, cast: CallerDouble | None) -> None:
    made = made_of(call, store, cast)
    text = json.dumps([made.name, *made.files, *made.files.values(), made.remarks]).casefold()
    assert [canary for canary in [*CANARIES, "canary0call", "pol-x"] if canary in text] == []
    assert made.replaced["names"] >= 2
    assert made.replaced["numbers"] >= 3


def test_somebody_of_a_suite_stands_for_the_caller(call: CallRecord, store: AgentStore) -> None:
    made = made_of(call, store)
    content = yaml.safe_load(made.files[f"rehearsals/{made.name}.yaml"])
    says = [one["say"] for one in content["says"]]
    assert says[1:4] == ["karen miller", "seven seven", "nine zero"]
    assert content["says"][2]["tools"] == ["verify_caller"]
    assert content["must"] == {"agents": ["auth", "fnol_intake"], "outcome": "completed", "verified": True}
    assert made.remarks == ()
    assert made_of(call, store, None).remarks, "a secret that nobody knows is told"


def test_it_can_be_played(call: CallRecord, store: AgentStore, tmp_path: Path) -> None:
    made = made_of(call, store)
    for name, text in made.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (suite,) = load_suites(tmp_path / "rehearsals", store)
    assert suite.name == "from_calls"
    assert [one.name for one in suite.conversations] == [made.name.split("/")[1]]


def test_a_suite_that_is_there_is_added_to(call: CallRecord, store: AgentStore) -> None:
    files = dict(store.files) | {"rehearsals/insurance/suite.yaml": "title: x\n"}
    made = rehearsal_of(call, replace(store, files=files), KAREN, [])
    assert made.name.startswith("insurance/from_call_")
    assert len(made.files) == 1


def test_only_who_can_answer_for_everything_stands_for_a_caller() -> None:
    text = "callers:\n  ann: {full_name: ann lee}\n  bob: {full_name: [bob lee, bob], zip_code: one, last4: two}\n"
    parts = ["full_name", "zip_code", "last4"]
    found = double_of("main", text, parts)
    assert found is not None
    assert (found.name, found.answers["full_name"]) == ("bob", "bob lee")
    assert double_of("main", text, parts, "ann") is None
    for odd in ("callers: [1]", "- x", ": :", "", "callers: {ann: 3}"):
        assert double_of("main", odd, parts) is None


def test_personal_fields_are_those_that_are_the_callers(store: AgentStore) -> None:
    assert {"loss_location", "driver_name"} <= personal_fields(store, "fnol")
    assert "incident_description" not in personal_fields(store, "fnol")
    assert personal_fields(store, "none") == frozenset()
