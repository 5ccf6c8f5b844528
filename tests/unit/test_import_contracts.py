"""The contracts on imports leave no adapter out."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_adapter_is_held_apart_from_the_others() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    named = next(one["modules"] for one in contracts if one["name"] == "Adapters never import each other")
    there = {f"backend.adapters.{file.parent.name}" for file in (ROOT / "backend/adapters").glob("*/__init__.py")}
    assert set(named) == there
