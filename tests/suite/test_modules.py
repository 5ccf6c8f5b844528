"""Every module of the server has a test of its own name, or stands in one list with what tests it instead."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from quick_yaml import read_yaml

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("modules.yaml")
TESTS = [path.relative_to(ROOT) for path in (ROOT / "tests").rglob("test_*.py")]
_REASON = re.compile(r"[^/]{15,}")


def modules() -> Iterator[str]:
    """``engine/turn/turn`` and the like; a package's ``__init__`` only gathers what its modules have."""
    for path in (ROOT / "backend").rglob("*.py"):
        if path.name != "__init__.py":
            yield path.relative_to(ROOT / "backend").with_suffix("").as_posix()


def has_its_own(module: str, tests: list[Path] = TESTS) -> bool:
    """Is there a ``test_NAME.py`` or ``test_PACKAGE_NAME.py`` where tests of its package are, or of all packages?

    ``language/en/date`` and ``language/es/dates`` are two: a test in another package's folder does not count.
    """
    *packages, name = module.split("/")
    names = {f"test_{name}.py", *(f"test_{package}_{name}.py" for package in packages)}
    return any(test.name in names and _may_be_of(packages, test) for test in tests)


def _may_be_of(packages: list[str], test: Path) -> bool:
    folder = list(test.parent.parts)[1:]
    return folder[:1] != ["unit"] or folder[1:] == packages[: len(folder) - 1]


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    return read_yaml(LIST.read_text("utf-8"))


def test_every_module_has_its_test_or_its_entry(listed: dict[str, str]) -> None:
    missing = [module for module in modules() if not has_its_own(module) and module not in listed]
    assert missing == [], f"write a test of that name, or say in {LIST.name} what tests it"


def test_the_list_names_only_what_needs_it(listed: dict[str, str]) -> None:
    there = set(modules())
    assert [module for module in listed if module not in there] == [], "these are gone"
    assert [module for module in listed if has_its_own(module)] == [], "these have a test of their own"


def test_each_entry_is_a_test_that_exists_or_a_reason(listed: dict[str, str]) -> None:
    for module, entry in listed.items():
        found = entry.startswith("tests/") and (ROOT / entry).is_file()
        assert found or _REASON.fullmatch(entry), f"{module}: {entry!r} is neither a test nor a reason"


def test_the_list_is_in_order(listed: dict[str, str]) -> None:
    assert list(listed) == sorted(listed)


@pytest.mark.parametrize(
    ("module", "test", "own"),
    [
        ("engine/turn/turn", "tests/unit/engine/turn/test_turn.py", True),
        ("adapters/speech/heard", "tests/unit/adapters/speech/test_speech_heard.py", True),
        ("adapters/speech/heard", "tests/unit/adapters/test_heard.py", True),
        ("adapters/redis/exchange", "tests/contract/test_exchange.py", True),
        ("language/es/dates", "tests/unit/language/en/test_dates.py", False),
        ("engine/turn/turn", "tests/unit/engine/turn/test_turns.py", False),
    ],
)
def test_what_counts_as_a_test_of_its_own(module: str, test: str, own: bool) -> None:
    assert has_its_own(module, [Path(test)]) is own
