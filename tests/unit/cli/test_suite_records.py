"""A suite whose records lack what an identity compares is refused, and says which field."""

from pathlib import Path

import pytest

from backend.agents.store import load_store
from backend.cli.suite_records import check_records
from backend.errors import ConfigError
from backend.rehearsal.suite import load_suites
from backend.rehearsal.tools import memory_tools

BANK = Path(__file__).resolve().parents[3] / "examples" / "bank"


def test_what_is_compared_stands_in_the_records(tmp_path: Path) -> None:
    store = load_store(BANK / "agent_store", BANK / "prompt_store", memory_tools().names)
    (suite,) = load_suites(BANK / "rehearsals", store)
    check_records(suite, store)
    (tmp_path / "rehearsals").mkdir()
    for file in (BANK / "rehearsals").glob("s*.yaml"):
        (tmp_path / "rehearsals" / file.name).write_text(file.read_text("utf-8"), "utf-8")
    text = (BANK / "customers.yaml").read_text("utf-8").replace("pin:", "telephone_pin:")
    (tmp_path / "customers.yaml").write_text(text, "utf-8")
    (other,) = load_suites(tmp_path / "rehearsals", store)
    with pytest.raises(ConfigError, match=r"no record has 'pin', which the identity customer compares.*telephone_pin"):
        check_records(other, store)
