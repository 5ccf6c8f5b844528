"""What the store says of a field reaches the readers: lists in the place of their names, in the language of a call."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from lost_property import FILES, write
from shipped_store import shipped_store

from backend.agents.store import load_store
from backend.domain.field_spec import FieldSpec
from backend.domain.form_spec import FormSpec
from backend.forms import asking
from backend.forms.asking import asked_of
from backend.forms.form import Form
from backend.language.turn_memory import turn_memory
from backend.tool_store.built_in_tools import tool_names

NOON = datetime(2026, 11, 21, 12, 0)
FORM = "agent_store/forms/lost_item.yaml"


LISTS = """\
vocabulary:
  trains: {en: [train, night train], es: [tren]}
fields:
"""
SEAT = """\
  - name: seat
    kind: integer
    told_with: {en: ["{trains}", window], es: ["{trains}"]}
"""


def form(folder: Path) -> FormSpec:
    """The form of the lost property office, with lists of its own."""
    written = FILES[FORM].replace("fields:\n", LISTS).replace("  - name: seat\n    kind: integer\n", SEAT)
    written = written.replace("words: {en: [first class]}", "words: {en: ['{trains} + first']}")
    write(folder, FILES | {FORM: written})
    return load_store(folder / "agent_store", folder / "prompt_store", tool_names()).forms["lost_item"]


def field(spec: FormSpec, name: str) -> FieldSpec:
    found = spec.field(name)
    assert found is not None
    return found


def test_a_list_stands_in_the_place_of_its_name(tmp_path: Path) -> None:
    spec = form(tmp_path)
    assert asked_of(spec, field(spec, "seat"), "en-US", NOON).told_with == ("train", "night train", "window")
    assert asked_of(spec, field(spec, "seat"), "es-MX", NOON).told_with == ("tren",)
    assert asked_of(spec, field(spec, "class_of_travel"), "en-US", NOON).choices[0].words == (
        "train|night train + first",
    )


def test_words_that_only_make_a_question_of_an_answer_are_offered_to_nobody(tmp_path: Path) -> None:
    written = FILES[FORM].replace("    choices:\n", "    choices:\n      - {words: {en: [first aid]}}\n")
    write(tmp_path, FILES | {FORM: written})
    spec = load_store(tmp_path / "agent_store", tmp_path / "prompt_store", tool_names()).forms["lost_item"]
    choices = Form(spec, "en-US").question(field(spec, "class_of_travel")).choices
    assert choices and "None" not in choices


def test_a_language_without_such_words_has_none(tmp_path: Path) -> None:
    spec = form(tmp_path)
    assert asked_of(spec, field(spec, "seat"), "fr-FR", NOON).told_with == ()


def test_words_of_cars_are_the_store_s() -> None:
    spec = shipped_store(tool_names()).forms["fnol"]
    assert {"truck", "bumper", "mechanic"} <= set(
        asked_of(spec, field(spec, "vehicle_drivable"), "en-US", NOON).told_with
    )
    assert {"camioneta", "defensa"} <= set(asked_of(spec, field(spec, "vehicle_drivable"), "es-MX", NOON).told_with)


def test_each_question_has_its_own_moment_words_and_caller() -> None:
    spec = shipped_store(tool_names()).forms["fnol"]
    one = next(one for one in spec.fields if one.parts)
    first = asked_of(spec, one, "en-US", NOON, question="Which car?", caller="Anna Moore")
    later = asked_of(spec, one, "en-US", NOON + timedelta(days=1))
    assert (first.now, first.question, first.caller) == (NOON, "Which car?", "Anna Moore")
    assert (later.now, later.caller) == (NOON + timedelta(days=1), "")
    assert later.question not in ("", "Which car?")
    assert first.parts and {part.now for part in first.parts.values()} == {NOON}
    assert {part.now for part in later.parts.values()} == {NOON + timedelta(days=1)}


def test_within_a_turn_the_same_question_is_the_same_object_and_others_are_others(tmp_path: Path) -> None:
    lost = form(tmp_path)
    field = lost.fields[0]
    with turn_memory():
        asked = asked_of(lost, field, "en-US", NOON, caller="Ana")
        assert asked_of(lost, field, "en-US", NOON, caller="Ana") is asked
        told = asked_of(lost, field, "en-US", NOON, caller="Ana", told=True)
        brief = asked_of(lost, field, "en-US", NOON, caller="Ana", brief=True)
        later = asked_of(lost, field, "en-US", NOON + timedelta(days=1), caller="Ana")
        nobody = asked_of(lost, field, "en-US", NOON)
    assert told == replace(asked, told=True)
    assert brief == replace(asked, brief=True)
    assert (later.now, nobody.caller) == (NOON + timedelta(days=1), "")
    assert asked_of(lost, field, "en-US", NOON, caller="Ana") is not asked


def test_a_form_that_was_changed_asks_for_what_it_says_now(tmp_path: Path) -> None:
    """Also where there have been many versions of it: none is taken for another."""
    spec = form(tmp_path)
    seat = field(spec, "seat")
    for number in range(asking._MOST + 50):
        changed = seat.model_copy(update={"told_with": {"en": (f"window{number}",)}})
        assert asked_of(spec, changed, "en-US", NOON).told_with == (f"window{number}",)
    assert len(asking._kept) <= asking._MOST
    assert asked_of(spec, seat, "en-US", NOON).told_with == ("train", "night train", "window")
