"""Help texts name only settings that there are."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_NAMED = re.compile(r"\b([A-Z][A-Z_]{2,}) of the settings")


def test_settings_that_help_texts_name_exist() -> None:
    there = set(
        re.findall(r"^# ?([A-Z][A-Z0-9_]+)=|^([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.M)
    )
    known = {name for pair in there for name in pair if name}
    named = {
        (file.relative_to(ROOT).as_posix(), name)
        for folder in ("backend", "local_azure", "bench")
        for file in (ROOT / folder).rglob("*.py")
        for name in _NAMED.findall(file.read_text("utf-8"))
    }
    assert len(named) > 3
    assert {one for one in named if one[1] not in known} == set()
