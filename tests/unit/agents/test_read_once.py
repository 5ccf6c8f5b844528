"""A check reads each file once, and parses, validates and compiles what is in it once: it runs in editors and hooks."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from pydantic import BaseModel

from backend.agents import yaml_file
from backend.agents.check import check_store
from backend.agents.files import read_files
from backend.agents.sandbox import forget_compiled
from backend.agents.sandbox_parser import MeasuringParser
from backend.agents.spec_file import forget_specs
from backend.agents.uses import uses_of, walked
from backend.language.phrases import standard_phrases
from backend.tool_store.built_in_names import BUILT_IN

ROOT = Path(__file__).resolve().parents[3]
Counts = dict[str, Counter[str]]


def forget() -> None:
    """As in a process that starts."""
    yaml_file.forget_yaml()
    forget_specs()
    forget_compiled()
    for kept in (walked, uses_of, standard_phrases):
        kept.cache_clear()


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counts]:
    """How often each file is read, each YAML text parsed and validated, each template parsed and compiled."""
    found: Counts = {what: Counter() for what in ("read", "parsed", "shaped", "template", "compiled")}

    def watch(owner: Any, name: str, what: str, told: Any) -> None:
        was = getattr(owner, name)

        def watched(*given: Any, **named: Any) -> Any:
            found[what][str(told(*given))] += 1
            return was(*given, **named)

        monkeypatch.setattr(owner, name, watched)

    watch(Path, "read_bytes", "read", lambda path: path)
    watch(Path, "read_text", "read", lambda path, *_: path)
    watch(yaml_file, "SafeLoader", "parsed", lambda text: text)
    watch(MeasuringParser, "__init__", "template", lambda _, __, source, *___: source)
    watch(Environment, "_compile", "compiled", lambda _, source, *__: source)
    was = BaseModel.model_validate_json.__func__  # type: ignore[attr-defined]

    def shaped(cls: type[BaseModel], raw: str, **named: Any) -> Any:
        found["shaped"][f"{cls.__name__} {raw}"] += 1
        return was(cls, raw, **named)

    monkeypatch.setattr(BaseModel, "model_validate_json", classmethod(shaped))
    forget()
    yield found
    forget()


@pytest.mark.parametrize("store", [".", "examples/utility", "examples/bank"])
def test_each_file_is_read_parsed_and_compiled_once(counts: Counts, store: str) -> None:
    files = read_files(ROOT / store / "agent_store", ROOT / store / "prompt_store")
    checked = check_store(files, BUILT_IN)
    assert not checked.problems
    for what, each in counts.items():
        assert each, what
        assert not [text[:200] for text, times in each.items() if times > 1], what


def test_a_phrase_file_that_comes_with_the_server_is_not_read_where_the_store_has_its_own(counts: Counts) -> None:
    check_store(read_files(ROOT / "agent_store", ROOT / "prompt_store"), BUILT_IN)
    assert not [path for path in counts["read"] if "standard_phrases" in path]
