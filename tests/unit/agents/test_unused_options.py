"""An option that a kind does not use is refused by name: it would do nothing, and nobody would see why."""

from pathlib import Path

import pytest

from backend.agents.check import check_store
from backend.agents.checked import Checked
from backend.agents.files import StoreFiles, read_files
from backend.agents.unused_options import unused_by_fields, unused_by_functions
from backend.domain.field_spec import FieldSpec
from backend.domain.form_spec import FormSpec
from backend.domain.tool_server import HttpServerSpec
from backend.tool_store.built_in_tools import tool_names

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def shipped() -> StoreFiles:
    return read_files(ROOT / "agent_store", ROOT / "prompt_store")


def checked(shipped: StoreFiles, file: str, old: str, new: str) -> Checked:
    contents = shipped.contents()
    assert old in contents[file]
    contents[file] = contents[file].replace(old, new, 1)
    return check_store(shipped.changed(contents), tool_names())


def of_field(**options: object) -> list[str]:
    field = FieldSpec.model_validate({"name": "it", **options})
    return [f"{'.'.join(map(str, place))}: {said}" for place, said in unused_by_fields(_form(field))]


def _form(field: FieldSpec) -> FormSpec:
    return FormSpec.model_construct(name="form", fields=(field,))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"kind": "name", "past": True}, "past does nothing for a name: only a date or a time uses it; take it out"),
        ({"kind": "name", "within_days": 3}, "within_days does nothing for a name: only a date uses it"),
        ({"kind": "money", "least": 5}, "least does nothing for a money: only an integer uses it"),
        ({"kind": "text", "pattern": "[A-Z]+"}, "only a code uses it"),
        ({"kind": "text", "list": True}, "list does nothing for a text: only a person uses it"),
        ({"kind": "date", "choices": [{"value": "x"}]}, "only a choice, a yes_no, an integer or a person uses it"),
        ({"kind": "email", "digits": 4}, "digits does nothing for an email"),
        ({"kind": "address", "parts": [{"name": "city"}]}, "parts does nothing for an address: only a group uses it"),
        ({"kind": "integer", "nobody": "none"}, "nobody does nothing for an integer"),
        ({"kind": "code", "least_words": 2}, "least_words does nothing for a code: only a text or a name uses it"),
        ({"kind": "person", "most": 3}, "most does nothing without list: true"),
        ({"kind": "date", "texts": {"en": {"ask": "When?", "span": "between"}}}, "texts.en.span: span does nothing"),
        ({"kind": "yes_no", "choices": [{"value": True, "bare": {"en": ["work"]}}]}, "choices.0.bare: bare does"),
        ({"kind": "group", "parts": [{"name": "a", "kind": "name", "digits": 4}]}, "parts.0.digits: digits does"),
        ({"kind": "group", "parts": [{"name": "a"}, {"name": "b", "within": "a"}]}, "parts.1.within: within chooses"),
    ],
)
def test_what_a_kind_does_not_use_is_told_with_what_does(options: dict[str, object], says: str) -> None:
    (found,) = of_field(**options)
    assert says in found and found.startswith("fields.0."), found


@pytest.mark.parametrize(
    "options",
    [
        {"kind": "date", "past": True, "within_days": 3},
        {"kind": "name", "past": False, "digits": 0, "list": False},
        {"kind": "person", "list": True, "most": 3, "relationship": "it"},
        {"kind": "phone", "digits": 10},
    ],
)
def test_what_is_used_or_asks_for_nothing_passes(options: dict[str, object]) -> None:
    assert of_field(**options) == []


def test_it_is_refused_with_its_place_and_a_live_version_goes_on(shipped: StoreFiles) -> None:
    (found,) = checked(shipped, "forms/fnol.yaml", "    kind: name\n", "    kind: name\n    future: true\n").problems
    assert found.file.endswith("forms/fnol.yaml") and found.line > 1 and found.outdated
    assert "future does nothing for a name: only a date uses it" in found.message


def test_what_callers_show_who_they_are_with_is_held_to_the_same(shipped: StoreFiles) -> None:
    name = next(key for key in shipped.contents() if key.startswith("identities/"))
    (found,) = checked(shipped, name, "kind: name\n", "kind: name\n    digits: 4\n").problems
    assert "digits does nothing for a name: only a digits, a code or a postal_code uses it" in found.message


def test_options_of_a_function_that_nothing_looks_at_are_told() -> None:
    server = HttpServerSpec.model_validate(
        {
            "name": "book",
            "description": "the book",
            "kind": "http",
            "url": "https://tools.example.com",
            "functions": [
                {"name": "a", "description": "Reads.", "path": "/a", "open": True},
                {
                    "name": "b", "description": "Writes.", "path": "/b", "method": "POST", "effect": "write",
                    "open": True, "requires": "verified_caller",
                },
                {"name": "c", "description": "Reads.", "path": "/c", "answer": {"expects": "day"}},
                {"name": "d", "description": "Reads.", "path": "/d", "failures": {"409": {"expects": "day"}}},
                {"name": "e", "description": "Reads.", "path": "/e", "answer": {"ask": "When?", "expects": "day"}},
            ],
        }
    )  # fmt: skip
    found = {".".join(map(str, place)): said for place, said in unused_by_functions(server)}
    assert list(found) == ["functions.0.open", "functions.1.open", "functions.2.answer.expects",
                           "functions.3.failures.409.expects"]  # fmt: skip
    assert "it changes nothing" in found["functions.0.open"] and "requires is kept" in found["functions.1.open"]


@pytest.mark.parametrize(
    ("file", "added", "says"),
    [
        ("agents/auth.yaml", "voice: {style_degree: 1.5}\n", "style_degree does nothing without a style"),
        (
            "agents/auth.yaml",
            "turns: {endpointing: service, story_silence_ms: 800}\n",
            "story_silence_ms does nothing under endpointing: service, only smart",
        ),
        ("lines/insurance.yaml", "voicemail: {message: Call us.}\n", "expected action: leave"),
        ("lines/insurance.yaml", "placing: {trunk: ST_abc}\n", "expected via: livekit"),
    ],
)
def test_what_another_option_leaves_without_a_use_is_only_said(
    shipped: StoreFiles, file: str, added: str, says: str
) -> None:
    contents = shipped.contents()
    key = added.partition(":")[0]
    kept = _without(contents[file], key)
    found = check_store(shipped.changed({**contents, file: kept + added}), tool_names())
    assert [str(one) for one in found.warnings if says in one.message], (found.problems, found.warnings)
    assert not [one for one in found.problems if says in one.message]


def _without(text: str, key: str) -> str:
    """A file without one of its keys and what stands below it."""
    lines, keep = list[str](), True
    for line in text.splitlines(keepends=True):
        if line[:1].isalpha():
            keep = not line.startswith(f"{key}:")
        lines += [line] if keep else []
    return "".join(lines)
