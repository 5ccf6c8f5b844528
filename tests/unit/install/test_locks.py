"""The locks pin whatever their packages require, and the check that says so notices each kind of gap."""

import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "requirements"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("whole", FOLDER / "whole.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["whole"] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


whole = _load()


def told(lock: str, change: Callable[[str], str] = str) -> list[str]:
    text = change((FOLDER / f"{lock}.lock").read_text("utf-8"))
    needs = whole.wanted(whole.LOCKS[lock], build=False, project=True)
    return whole.faults(whole.read_lock(lock, text), needs)


@pytest.mark.parametrize("lock", ["server", "local", "dev"])
def test_a_lock_is_whole(lock: str) -> None:
    assert told(lock) == []


def without(name: str) -> Callable[[str], str]:
    return lambda text: text.replace(f"\n{name}==", "\n# left out: ")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pocketsphinx", "this project needs pocketsphinx==5.1.1"),
        ("sounddevice", "pocketsphinx needs sounddevice"),
        ("greenlet", "sqlalchemy needs greenlet"),  # by an extra
        ("cryptography", "needs cryptography"),
        ("psycopg-binary", "psycopg needs psycopg-binary"),
    ],
)
def test_a_package_that_is_left_out_is_missed(name: str, said: str) -> None:
    assert any(said in line and "the lock has none" in line for line in told("local", without(name)))


def test_a_package_that_only_another_python_needs_is_missed() -> None:
    """Python 3.11.2 needs async-timeout, 3.11.3 does not: who tests on one only does not see it."""
    assert any("needs async-timeout" in line for line in told("server", without("async-timeout")))


def test_a_version_that_is_too_old_is_told() -> None:
    old = Requirement("starlette==0.1")
    lines = told("server", lambda text: "\n".join([str(old), without("starlette")("\n" + text)]))
    assert any("needs starlette" in line and line.endswith("the lock has 0.1") for line in lines)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.lock")), ids=lambda path: path.stem)
def test_a_lock_names_hashes_and_no_index(path: Path) -> None:
    text = path.read_text("utf-8")
    pins = [block for block in text.replace("\\\n", " ").splitlines() if block and not block.startswith("#")]
    assert all("--hash=sha256:" in pin for pin in pins)
    assert "://" not in text and "-index" not in text and "--find-links" not in text


def test_locks_agree_on_every_version() -> None:
    pins = {
        path.stem: set(re.findall(r"^[\w.-]+==\S+", path.read_text("utf-8"), re.MULTILINE))
        for path in FOLDER.glob("*.lock")
    }
    for name, own in pins.items():
        assert own <= pins["types"], f"{name}.lock pins {own - pins['types']} otherwise than types.lock"
    assert pins["server"] < pins["local"] < pins["dev"] < pins["types"]


def test_what_only_tests_and_types_need_is_in_no_lock_before_theirs() -> None:
    for name in ("build", "server", "local", "dev"):
        assert "basedpyright" not in (FOLDER / f"{name}.lock").read_text("utf-8")
    for name in ("server", "local"):
        text = (FOLDER / f"{name}.lock").read_text("utf-8")
        assert "pytest" not in text and "nodejs" not in text  # Node fetches the browser that tests drive
    assert "pocketsphinx" not in (FOLDER / "server.lock").read_text("utf-8")
