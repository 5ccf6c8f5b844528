"""docs/private-data.md says where everything is: each table of the database and each name in Redis among it."""

import re
from pathlib import Path

from backend.adapters.redis import keys
from backend.adapters.sql.tables import Base

ROOT = Path(__file__).resolve().parents[2]
PLACES = (ROOT / "docs/private-data.md").read_text("utf-8").partition("## Where everything is")[2].partition("\n## ")[0]
NAMED = set(re.findall(r"`([^`]+)`", PLACES))


def test_each_table_is_named() -> None:
    assert [name for name in Base.metadata.tables if name not in NAMED] == []


def test_each_name_in_redis_is_named() -> None:
    """By what it begins with: up to the id that is part of it."""
    listed = [*re.findall(r"^``(rm:[^`]+)``", keys.__doc__ or "", re.MULTILINE), "rm:to:WORKER"]
    begins = [re.split(r"[A-Z]|\{call_id", name)[0] for name in listed]
    assert len(begins) > 15
    assert [name for name in begins if not any(name.startswith(known) for known in NAMED)] == []
