"""What editors and people look keys up in is what the check uses."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from backend.agents.reference import reference_page
from backend.agents.schema import SPECS, TOOL_SPECS, schema_of, schema_texts, write_schemas

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", sorted(schema_texts()))
def test_the_committed_schema_is_up_to_date(name: str) -> None:
    committed = (ROOT / "agent_store" / "schema" / name).read_text("utf-8")
    assert committed == schema_texts()[name], "run `make schema`"


def test_the_committed_reference_page_is_up_to_date() -> None:
    assert (ROOT / "docs/reference/agents.md").read_text("utf-8") == reference_page(), "run `make schema`"


@pytest.mark.parametrize("kind", SPECS)
def test_the_shipped_files_fit_their_schema_and_name_it(kind: str) -> None:
    validator = Draft7Validator(json.loads(json.dumps(schema_of(SPECS[kind]))))
    files = sorted((ROOT / "agent_store" / f"{kind}s").glob("*.yaml"))
    assert files
    for file in files:
        text = file.read_text("utf-8")
        assert text.startswith(f"# yaml-language-server: $schema=../schema/{kind}.schema.json\n"), file
        assert not list(validator.iter_errors(yaml.safe_load(text))), file


def test_the_example_of_a_tool_server_fits_its_schema_and_names_it() -> None:
    file = ROOT / "examples/dental/agent_store/tools/appointment_book.yaml"
    text = file.read_text("utf-8")
    (named,) = re.findall(r"^# yaml-language-server: \$schema=(\S+)", text)
    assert (file.parent / named).resolve() == ROOT / "agent_store/schema/http_tools.schema.json"
    validator = Draft7Validator(json.loads(json.dumps(schema_of(TOOL_SPECS["http_tools"]))))
    assert not list(validator.iter_errors(yaml.safe_load(text)))


@pytest.mark.parametrize("kind", SPECS)
def test_every_key_has_a_meaning(kind: str) -> None:
    page = reference_page()
    for row in page.splitlines():
        if row.startswith("| `"):
            assert not row.endswith("|  |"), row
    for key in SPECS[kind].model_fields:
        assert f"| `{key}` |" in page


def test_schemas_are_written_only_when_they_change(tmp_path: Path) -> None:
    assert len(write_schemas(tmp_path / "schema")) == len(schema_texts())
    assert write_schemas(tmp_path / "schema") == []
