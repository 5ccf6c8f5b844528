"""`ringmaster understand`: rows in, an answer a row out, in order, whatever the rows hold."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped_store import shipped_store
from typer.testing import CliRunner

from backend.agents.understanding import Understanding
from backend.cli.application import app
from backend.cli.understand import answers
from backend.tool_store.built_in_names import BUILT_IN

NOW = "2026-11-25T18:40"


@pytest.fixture(scope="module")
def store() -> Understanding:
    return Understanding(shipped_store(BUILT_IN))


def _asked(store: Understanding, *rows: dict[str, Any] | str) -> tuple[list[dict[str, Any]], str]:
    lines = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    out, errors = io.StringIO(), io.StringIO()
    answers(io.StringIO(lines), out, errors, store)
    return [json.loads(line) for line in out.getvalue().split("\n") if line], errors.getvalue()


def _row(kind: str, question: str, words: str, language: str = "en-US") -> dict[str, Any]:
    return {"id": words, "kind": kind, "language": language, "now": NOW, "question": question, "words": words}


def test_a_value_has_the_shape_that_the_form_keeps(store: Understanding):
    said, _ = _asked(
        store,
        _row("injuries", "Was anyone injured?", "my neck is sore"),
        _row("drivable", "Is it still drivable?", "they towed it away"),
        _row("vehicle", "Which car?", "a chevy tahoe twenty fourteen"),
        _row("place", "Where was that?", "on cedar street in boston"),
        _row("driver", "Who was driving?", "my son tom was driving"),
    )
    assert [one["value"] for one in said] == [
        {"injured": True},
        False,
        {"year": 2014, "make": "Chevrolet", "model": "Tahoe"},
        {"street": "Cedar Street", "city": "Boston", "state": "MA"},
        {"who": "other", "name": "Tom", "relationship": "child"},
    ]


@pytest.mark.parametrize(
    ("question", "words", "language", "outcome", "value"),
    [
        ("What is your policy number?", "b two oh four one seven", "en-US", "value", "B20417"),
        ("What is your policy number?", "pol b two oh four one seven", "en-US", "value", "POL-B20417"),
        ("What is your policy number?", "b two oh four one", "en-US", "ask", None),
        ("What is your policy number?", "b two oh four one seven nine", "en-US", "ask", None),
        ("¿Cuál es su número de póliza?", "ge uno ocho dos seis cuatro", "es-MX", "value", "G18264"),
        ("¿Cuál es su número de póliza?", "ge uno ocho dos seis", "es-MX", "ask", "G1826"),
        ("What is the registration of your car?", "b d five one s m r", "en-GB", "value", "BD51SMR"),
        ("What is the number of your claim?", "b two oh four one", "en-US", "value", "B2041"),
    ],
)
def test_a_number_of_the_book_has_the_form_that_the_book_says(
    store: Understanding, question: str, words: str, language: str, outcome: str, value: str | None
):
    said, _ = _asked(store, _row("digits", question, words, language))
    assert (said[0]["outcome"], said[0].get("value")) == (outcome, value)


def test_the_topics_of_the_line_are_what_a_caller_wants(store: Understanding):
    wanted = ["i hit a deer", "is hail damage covered", "let me talk to someone", "there is smoke", "who won the game"]
    said, _ = _asked(store, *[_row("intent", "How can I help you?", words) for words in wanted])
    assert [one["value"] for one in said] == ["claim", "policy", "person", "emergency", "other"]


def test_a_kind_without_a_field_is_read_by_its_language(store: Understanding):
    said, _ = _asked(
        store,
        _row("confirmation", "Shall I file it?", "yes please"),
        _row("confirmation", "Shall I file it?", "yes but not today"),
        _row("person_name", "What is your full name?", "kevin o'connor"),
    )
    assert [one["value"] for one in said] == [True, False, "Kevin O'Connor"]


def test_a_bad_row_is_none_and_told_apart(store: Understanding):
    said, errors = _asked(
        store, "no json", "[1]", {"id": "x", "kind": "shoe size"}, _row("drivable", "Does it drive?", "yes")
    )
    assert [one["outcome"] for one in said] == ["none", "none", "none", "value"]
    assert said[2]["id"] == "x"
    assert [line.split(":")[0] for line in errors.splitlines()] == ["row 1", "row 2", "row 3"]


def test_nothing_says_what_it_was_instead(store: Understanding):
    said, _ = _asked(store, _row("driver", "Who was driving?", "hold on a second"))
    assert said[0]["outcome"] == "none"
    assert said[0]["none_kind"] == "wait"


def test_a_language_without_readers_asks_and_that_is_told_once(store: Understanding):
    rows = [_row("drivable", "", "ja", language) for language in ("nl-NL", "nl-NL", "english", "en", "es_MX", "nl-NL")]
    said, errors = _asked(store, *rows)
    assert [one["outcome"] for one in said[:3]] == ["ask"] * 3
    assert [line.split(":")[0] for line in errors.splitlines()] == [
        "row 1, and each other row in 'nl-NL'",
        "row 3, and each other row in 'english'",
    ]
    assert "no words are read in it; expected one of en, es, fr" in errors


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("no json", "expected one row a line"),
        ("[1]", "expected one row a line"),
        ("[" * 100_000, "expected one row a line"),
        ({"id": 7, "kind": "drivable", "text": "yes"}, 'expected what the caller said as "words"'),
        ({"id": 7, "kind": "drivable", "words": 5}, 'expected what the caller said as "words"'),
        ({"id": 7, "kind": "date", "now": "soon", "words": "friday"}, "now: expected a date and time"),
        ({"id": 7, "kind": "date", "now": 5, "words": "friday"}, "now: expected a date and time"),
    ],
)
def test_what_is_no_row_is_told_in_words(store: Understanding, row: dict[str, Any] | str, told: str):
    said, errors = _asked(store, row)
    assert said == [{"id": None if isinstance(row, str) else 7, "outcome": "none"}]
    assert told in errors
    assert "object has no" not in errors


def test_rows_are_read_whatever_wrote_them():
    """A byte-order mark, a byte that is no text, half a character in an id: each row has its answer."""
    row = json.dumps(_row("drivable", "Does it drive?", "yes") | {"id": "\ud800"})
    rows = b"\xef\xbb\xbf" + row.encode() + b"\n\xff\xfe\n" + row.encode() + b"\n"
    shown = CliRunner().invoke(app, ["understand", "--jsonl"], input=rows)
    assert shown.exit_code == 0, shown.output
    said = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [one["outcome"] for one in said] == ["value", "none", "value"]
    assert said[0]["id"] == "\ud800"


@settings(deadline=None)
@given(
    row=st.dictionaries(
        st.sampled_from(["id", "kind", "language", "now", "question", "words"]), st.none() | st.text() | st.integers()
    )
)
def test_no_row_breaks_it(store: Understanding, row: dict[str, Any]):
    said, _ = _asked(store, row)
    assert said[0]["outcome"] in {"value", "ask", "none"}


def test_one_answer_is_shown_with_its_question_and_its_doubt():
    shown = CliRunner().invoke(
        app, ["understand", "--form", "fnol", "--field", "vehicle_drivable", "--now", NOW, "hopefully"]
    )
    assert shown.exit_code == 0
    assert "a doubt" in shown.output
    assert "they are not sure" in shown.output
    assert "Can it still be driven?" in shown.output


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (["--form", "nothing", "--field", "x", "words"], "no form 'nothing'"),
        (["--form", "fnol", "--field", "los_date", "words"], "no field 'los_date'"),
        (["--form", "fnol", "--field", "loss_date", "--now", "soon", "words"], "no date and time"),
        (["words"], "Say a form"),
    ],
)
def test_what_is_wrong_is_said(wanted: list[str], said: str):
    shown = CliRunner().invoke(app, ["understand", *wanted])
    assert shown.exit_code == 2
    assert said in " ".join(shown.output.split())


def test_without_a_model_that_is_said(monkeypatch: pytest.MonkeyPatch):
    for name in ("AZURE_OPENAI_ENDPOINT", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "")
    shown = CliRunner().invoke(
        app, ["understand", "--form", "fnol", "--field", "vehicle_drivable", "--model", "it runs"]
    )
    assert shown.exit_code == 2
    assert "There is no model to ask" in " ".join(shown.output.split())


@pytest.mark.parametrize("language", ["xx", "english", "", "e", "xx-US", "en US"])
def test_a_language_that_nobody_reads_is_refused_with_those_that_are(language: str):
    asked = ["understand", "--form", "fnol", "--field", "vehicle_drivable", "--language", language, "yes"]
    shown = CliRunner().invoke(app, asked)
    assert shown.exit_code != 0, shown.output
    said = " ".join(shown.output.split())
    assert f"No line speaks '{language}', and no words are read in it; expected one of en, es, fr" in said


@pytest.mark.parametrize("language", ["en", "es-MX", "fr_CA", "EN-us"])
def test_a_language_that_is_read_may_be_written_as_elsewhere(language: str):
    asked = ["understand", "--form", "fnol", "--field", "vehicle_drivable", "--language", language, "yes"]
    assert CliRunner().invoke(app, asked).exit_code == 0
