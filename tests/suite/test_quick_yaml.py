"""What is read in C is what Python would read."""

from pathlib import Path

import pytest
import yaml
from quick_yaml import read_yaml

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("file", ["tests/readers/asides_es.yaml", "agent_store/agents/fnol_intake.yaml"])
def test_both_readers_agree(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert read_yaml(text) == yaml.safe_load(text)


def test_nothing_but_values_is_made() -> None:
    with pytest.raises(yaml.YAMLError):
        read_yaml("!!python/object/apply:os.getcwd []")
