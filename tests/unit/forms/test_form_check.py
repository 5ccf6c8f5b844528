"""A form that is not right is refused with its file and line, and a sentence on what would be right."""

from pathlib import Path

import pytest
from lost_property import FILES, write

from backend.agents.store import load_store
from backend.errors import StoreError
from backend.tool_store.built_in_names import BUILT_IN

FORM = "agent_store/forms/lost_item.yaml"


def problems(folder: Path, old: str = "", new: str = "", file: str = FORM) -> list[str]:
    """What is wrong with the store once ``old`` is ``new`` in one of its files."""
    assert old in FILES[file]
    write(folder, FILES | {file: FILES[file].replace(old, new, 1)})
    try:
        load_store(folder / "agent_store", folder / "prompt_store", BUILT_IN)
    except StoreError as error:
        return str(error).splitlines()
    return []


def test_the_form_as_it_is_passes(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    kind: money", "    kind: cash", "kind"),
        ("    past: true", "    in_the_past: true", "unknown key 'in_the_past'"),
        ("{class_of_travel: first}", "{class: first}", "looks at 'class', which is no field"),
        ("{class_of_travel: first}", "{worth: {over: 1}}", "which is asked later"),
        ("parts: [what, who]", "parts: [what, who, where]", "no field has the part 'where'"),
        ("    part: who", "    part: whom", "no part 'whom'"),
        ('number: "LP-{random:6}"', 'number: "LP-{year}"', "random"),
        ("    kind: money", "    kind: money\n    confirm: true", "only a phone is read back by itself"),
        ("    kind: money", "    kind: money\n    sensitivity: card", "unknown key 'sensitivity'"),
        ("name: owner", "name: item", "'item' is there twice"),
        ("ask: What is your name?, ", "", "asks nothing"),
        ("words: {en: [first class]}", "words: {en: ['{classes}']}", "the vocabulary has no list 'classes' in en"),
        (
            "kind: integer",
            "kind: integer\n    told_with: {en: ['{trains}']}",
            "the vocabulary has no list 'trains' in en",
        ),
        ("kind: integer", "kind: integer\n    told_of: {en: [train]}", "unknown key 'told_of'"),
        ("Your number is {number}", "Your number is {nummer}", "{nummer}"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = problems(tmp_path, old, new)
    assert any(said in line and "lost_item.yaml:" in line for line in found), found


def test_a_line_in_a_language_that_the_form_lacks_is_refused(tmp_path: Path) -> None:
    lines = "agent_store/lines/rail.yaml"
    found = problems(tmp_path, "agents: [desk]", "agents: [desk]\nlanguages: [en-US, es-MX]", lines)
    assert any("speaks es-MX" in line for line in found), found
