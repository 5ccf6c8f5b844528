"""No business is in the core: what an insurer calls its things stands in the store, and nowhere in the server."""

import re
from pathlib import Path

BACKEND = Path(__file__).resolve().parents[2] / "backend"
BUSINESS = re.compile(r"claim_id|policy_id|fnol|vehicle|zip_code|last4|insur", re.IGNORECASE)


def found() -> set[str]:
    """The files with such a word, but for migrations, which have to name what was there before."""
    files = (path for path in BACKEND.rglob("*") if path.is_file() and path.suffix in {".py", ".yaml", ".mako"})
    there = {path.relative_to(BACKEND).as_posix() for path in files if BUSINESS.search(path.read_text("utf-8"))}
    return {name for name in there if "migrations/" not in name}


def test_no_word_of_one_business_is_in_the_core() -> None:
    assert found() == set()
