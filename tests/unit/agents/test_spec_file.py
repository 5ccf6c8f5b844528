"""A file is held against its shape once, however often a store is checked; one with faults is so each time."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from backend.agents import spec_file, yaml_file
from backend.agents.files import read_files
from backend.agents.spec_file import forget_specs, spec_in
from backend.agents.store import build_store
from backend.agents.yaml_file import YamlFault, forget_yaml
from backend.domain.agent import AgentSpec
from backend.domain.phrases import Phrases
from backend.tool_store.built_in_tools import tool_names

ROOT = Path(__file__).resolve().parents[3]
AGENT = (ROOT / "agent_store/agents/auth.yaml").read_bytes()


def test_the_same_bytes_give_the_same_spec_and_others_another() -> None:
    found = spec_in(AGENT, AgentSpec)
    assert found.name == "auth"
    assert spec_in(bytes(bytearray(AGENT)), AgentSpec) is found
    changed = spec_in(AGENT.replace(b"name: auth", b"name: desk", 1), AgentSpec)
    assert (changed.name, changed.prompt) == ("desk", found.prompt)
    forget_specs()
    assert spec_in(AGENT, AgentSpec) is not found


def test_a_fault_is_told_each_time_and_a_file_may_be_held_against_two_shapes() -> None:
    for _ in range(2):
        with pytest.raises(ValidationError):
            spec_in(AGENT, Phrases)
        with pytest.raises(YamlFault):
            spec_in(b"name: [a", AgentSpec)
    assert spec_in(b"goodbye: Bye.\n", Phrases).goodbye == "Bye."


def test_a_check_parses_and_validates_each_file_once_and_a_second_one_none() -> None:
    files = read_files(ROOT / "agent_store", ROOT / "prompt_store")
    kinds = (files.agents, files.lines, files.forms, files.identities, files.books, files.phrases, files.tools)
    count = sum(map(len, kinds))
    forget_specs()
    forget_yaml()
    build_store(files, tool_names())
    assert (spec_file._kept.cache_info().misses, yaml_file._kept.cache_info().misses) == (count, count)
    build_store(files, tool_names())
    assert (spec_file._kept.cache_info().misses, yaml_file._kept.cache_info().misses) == (count, count)
