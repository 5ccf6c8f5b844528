"""A test that needs a second chance fails the run, unless the short list excuses it."""

import os
import re
from pathlib import Path

import nursery
import pytest
from second_chance import EXCUSED, MOST, read_excuses

ROOT = Path(__file__).resolve().parents[2]
FLAKY = """
from pathlib import Path

def test_one():
    place = Path({mark!r})
    before = place.exists()
    place.touch()
    assert before

def test_other():
    assert True
"""
CONFTEST = """
import sys
sys.path.insert(0, {here!r})
from second_chance import SecondPass, read_excuses

def pytest_addoption(parser):
    parser.addoption("--second-chance", action="store_true")

def pytest_configure(config):
    if config.getoption("--second-chance"):
        config.pluginmanager.register(SecondPass(read_excuses({excuses!r})))
"""
EXCUSE = "- test: test_flaky.py::test_one\n  since: 2026-11-26\n  reason: it waits for a file that another one writes\n"


def passes(folder: Path, excuses: str, chance: str = "") -> tuple[int, int, str]:
    """The exit status of a first and of a second pass, and what the second one shows."""
    (folder / "test_flaky.py").write_text(FLAKY.format(mark=str(folder / "mark")))
    (folder / "conftest.py").write_text(CONFTEST.format(here=str(Path(__file__).parent), excuses=excuses))
    (folder / "pytest.ini").write_text("[pytest]\n")
    first, _ = pytest_of_its_own(folder)
    second, shown = pytest_of_its_own(folder, "--last-failed", "--second-chance", chance=chance)
    return first, second, shown


def pytest_of_its_own(folder: Path, *options: str, chance: str = "") -> tuple[int, str]:
    """Its exit status and what it shows; without the plugins of this project's tests, which take seconds to load."""
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "SECOND_CHANCE": chance}
    done = nursery.run(["-m", "pytest", "-q", *options], env=environment, cwd=folder)
    return done.returncode, done.stdout


def test_a_second_chance_that_nobody_excused_fails_the_run_and_is_listed(tmp_path: Path) -> None:
    first, second, shown = passes(tmp_path, "[]")
    assert (first, second) == (1, 1), shown
    assert "NOT EXCUSED test_flaky.py::test_one" in shown
    assert "test_other" not in shown


def test_where_the_cores_are_shared_it_is_only_listed(tmp_path: Path) -> None:
    first, second, shown = passes(tmp_path, "[]", chance="listed")
    assert (first, second) == (1, 0), shown
    assert "NOT EXCUSED test_flaky.py::test_one" in shown


def test_an_excused_one_is_listed_and_passes(tmp_path: Path) -> None:
    first, second, shown = passes(tmp_path, EXCUSE)
    assert (first, second) == (1, 0), shown
    assert "\nexcused test_flaky.py::test_one" in shown


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (EXCUSE * (MOST + 1), "at most 3"),
        (EXCUSE.replace("2026-11-26", "soon"), "no date"),
        (EXCUSE.replace("it waits for a file that another one writes", "flaky"), "says nothing"),
        ("- test: test_flaky.py::test_one\n", "expected an entry"),
    ],
)
def test_an_excuse_has_a_date_and_a_reason_and_there_are_few(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_excuses(text)


def test_an_excuse_covers_a_test_with_its_parameters_and_no_other() -> None:
    (excuse,) = read_excuses(EXCUSE)
    assert excuse.covers("test_flaky.py::test_one[a-b]")
    assert not excuse.covers("test_flaky.py::test_one_more")


def test_whoever_is_excused_exists() -> None:
    for excuse in read_excuses(EXCUSED.read_text("utf-8")):
        file, _, name = excuse.test.partition("::")
        assert re.search(rf"def {name}\(", (ROOT / file).read_text("utf-8")), f"there is no {excuse.test}"
