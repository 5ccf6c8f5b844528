"""Stored texts that a test compares with.

To renew them: ``RENEW_SNAPSHOTS=1 pytest tests/scenario/...``, then read the diff.
"""

import difflib
import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def assert_snapshot(name: str, text: str) -> None:
    """Compare, or store where RENEW_SNAPSHOTS is set. A difference is shown line by line."""
    path = FOLDER / name
    if os.environ.get("RENEW_SNAPSHOTS"):
        path.write_text(text, "utf-8")
        return
    assert path.is_file(), f"{path} is missing: run this test once with RENEW_SNAPSHOTS=1 and read what it wrote"
    stored = path.read_text("utf-8")
    if stored != text:
        lines = difflib.unified_diff(stored.splitlines(), text.splitlines(), name, "this run", lineterm="", n=2)
        shown = "\n".join(lines)
        raise AssertionError(f"the call went otherwise than in {path}\n{shown}\n(meant? RENEW_SNAPSHOTS=1 stores it)")
