"""What editors and people look keys up in is what the check uses."""

import json
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from quick_yaml import read_yaml

from backend.agents.reference import reference_page
from backend.agents.schema import FILES, schema_of, schema_texts, write_schemas
from backend.agents.yaml_file import parse_yaml
from backend.rehearsal.schema import SUITE_FILES

ROOT = Path(__file__).resolve().parents[3]


EVERY = {**FILES, **SUITE_FILES}


@cache
def texts() -> dict[str, str]:
    return schema_texts(EVERY)


@pytest.mark.parametrize("name", sorted(f"{name}.schema.json" for name in EVERY))
def test_the_committed_schema_is_up_to_date(name: str) -> None:
    committed = (ROOT / "agent_store" / "schema" / name).read_text("utf-8")
    assert committed == texts()[name], "run `make schema`"


def test_the_committed_reference_page_is_up_to_date() -> None:
    assert (ROOT / "docs/reference/agents.md").read_text("utf-8") == reference_page(), "run `make schema`"


@pytest.mark.parametrize("kind", ["agent", "line"])
def test_the_shipped_files_fit_their_schema_and_name_it(kind: str) -> None:
    validator = Draft7Validator(json.loads(json.dumps(schema_of(FILES[kind]))))
    files = sorted((ROOT / "agent_store" / f"{kind}s").glob("*.yaml"))
    assert files
    for file in files:
        text = file.read_text("utf-8")
        assert text.startswith(f"# yaml-language-server: $schema=../schema/{kind}.schema.json\n"), file
        assert not list(validator.iter_errors(read_yaml(text))), file


@pytest.mark.parametrize("kind", ["agent", "line"])
def test_every_key_has_a_meaning(kind: str) -> None:
    page = reference_page()
    for row in page.splitlines():
        if row.startswith("| `"):
            assert not row.endswith("|  |"), row
    for key in schema_of(FILES[kind])["properties"]:
        assert f"| `{key}` |" in page


def test_schemas_are_written_only_when_they_change(tmp_path: Path) -> None:
    assert len(write_schemas(tmp_path / "schema")) == len(FILES)
    assert write_schemas(tmp_path / "schema") == []


def test_declared_tools_have_a_schema() -> None:
    validator = Draft7Validator(json.loads(json.dumps(schema_of(FILES["tools"]))))
    shipped = ROOT / "examples/dental/agent_store/tools/appointment_book.yaml"
    assert not list(validator.iter_errors(read_yaml(shipped.read_text("utf-8"))))
    assert list(validator.iter_errors({"name": "x", "kind": "http"}))


@pytest.mark.parametrize(
    "folder", ["tests/rehearsals/insurance", "tests/rehearsals/strangers", "examples/dental/rehearsals"]
)
def test_the_shipped_rehearsals_fit_their_schema_and_name_it(folder: str) -> None:
    files = sorted((ROOT / folder).glob("*.yaml"))
    assert files
    for file in files:
        kind = "suite" if file.name == "suite.yaml" else "conversation"
        named = file.read_text("utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / named).resolve() == ROOT / f"agent_store/schema/{kind}.schema.json"
        content = json.loads(json.dumps(parse_yaml(file.read_bytes()).content, default=str))
        validator = Draft7Validator(json.loads(texts()[f"{kind}.schema.json"]))
        assert not list(validator.iter_errors(content)), file
        assert list(validator.iter_errors(content | {"titel": "x"}))
