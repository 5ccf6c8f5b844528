"""What CI runs ends within its limit, says what each step took, and hides nothing that was not run."""

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SLEEPS = """
import steps, sys
steps.run = lambda these, livekit: these.run(steps.Step("one", ["sleep", "600"], 600))
sys.exit(steps.main())
"""
ENDED_AT_ONCE = (
    """
import os, signal, subprocess
class Popen(subprocess.Popen):
    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        os.kill(os.getpid(), signal.SIGTERM)
subprocess.Popen = Popen
"""
    + SLEEPS
)
"""The signal comes when the process has begun, and nobody knows it yet."""


@pytest.fixture(scope="module")
def ci() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("ci_steps", ROOT / ".ci/steps.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored here, and be inherited
    yield module
    signal.signal(signal.SIGINT, before)
    del sys.modules[spec.name]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_step_tells_its_status_and_what_it_took(ci: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    steps = ci.Steps(60)
    assert steps.run(ci.Step("one", ["sh", "-c", "echo said; exit 3"], 30)) == 3
    told = capfd.readouterr().out
    assert "== one\n" in told and "said\n" in told and "== one: failed (3)" in told
    assert steps.summary().splitlines()[1].endswith("  one") and steps.summary().endswith("in all, of 60")


def test_what_hangs_is_ended_at_its_limit_with_all_that_it_started(
    ci: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = f"sleep 600 & echo $! > {tmp_path}/pid; wait"
    assert ci.Steps(60).run(ci.Step("hangs", ["sh", "-c", command], 0.3)) == ci.TOO_LONG
    assert "== hangs: did not end within" in capfd.readouterr().out
    while alive(int((tmp_path / "pid").read_text())):  # it is killed, and ends when it next has the processor
        time.sleep(0.01)


def test_no_step_takes_more_than_is_left_of_the_whole(ci: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    steps = ci.Steps(0.3)
    assert steps.run(ci.Step("hangs", ["sleep", "600"], 500)) == ci.TOO_LONG
    assert steps.run(ci.Step("late", ["true"], 500)) == ci.TOO_LONG
    assert "== late: not begun" in capfd.readouterr().out


def test_what_runs_beside_gives_way_and_speaks_when_it_is_over(
    ci: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    step = ci.Step("beside", [sys.executable, "-c", "import os; print(os.nice(0) > 0)"], 30, beside=True)
    assert ci.Steps(60).run(step) == 0
    assert capfd.readouterr().out == "== beside (beside the above)\nTrue\n"


@pytest.mark.parametrize(("program", "signals"), [(SLEEPS, True), (ENDED_AT_ONCE, False)], ids=["later", "at once"])
def test_ending_the_whole_ends_what_runs(ci: ModuleType, program: str, signals: bool) -> None:
    """As a person does it by Ctrl-C, and a CI by a signal."""
    with subprocess.Popen(
        [sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": str(ROOT / ".ci")},
        stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "== one\n"
        if signals:
            process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=60)[0]  # to the end of all that holds its output
    assert process.returncode != 0 and rest.endswith("FAILED: it was cut off\n")


class Played:
    """Steps that are not run."""

    def __init__(self, left_s: float = 600, **statuses: int) -> None:
        self.left_s = left_s
        self.statuses = statuses
        self.ran: list[str] = []

    def run(self, step: object) -> int:
        name = str(step.name)  # type: ignore[attr-defined]
        self.ran.append(name)
        return next((status for part, status in self.statuses.items() if part.replace("_", " ") in name), 0)


def test_all_of_it_passes(ci: ModuleType) -> None:
    steps = Played()
    assert ci.run(steps, "") == []
    assert sorted(steps.ran) == sorted([
        "installing with pip 25.3", "installing with pip newest", "installing with pip 23.0", "make check",
        "building the LiveKit server", "make test", "make test-livekit",
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("fails", "failed", "not_begun"),
    [
        ({"23.0": 1}, "installing with pip 23.0", "make check"),
        ({"make_check": 1}, "make check", "make test"),
        ({"25.3": 1}, "installing with pip 25.3", "make test"),
        ({"make_test": 2}, "make test", "make test-livekit"),
        ({"test-livekit": 2}, "make test-livekit", ""),
    ],
)
def test_what_fails_fails_the_run_and_ends_it(
    ci: ModuleType, fails: dict[str, int], failed: str, not_begun: str
) -> None:
    steps = Played(**fails)
    assert ci.run(steps, "") == [failed]
    assert not_begun not in steps.ran


def test_a_pip_that_is_too_new_is_only_told(ci: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert ci.run(Played(newest=1), "") == []
    assert "with the newest pip it DOES NOT INSTALL" in capsys.readouterr().out


def test_calls_in_rooms_have_a_second_chance(ci: ModuleType) -> None:
    class Once(Played):
        def run(self, step: object) -> int:
            return super().run(step) or int(step is ci.LIVEKIT)

    assert ci.run(Once(), "") == []


@pytest.mark.parametrize(
    ("steps", "livekit", "why"),
    [
        (Played(), "skip", "LIVEKIT=skip"),
        (Played(building=3), "", "the server cannot be built here"),
        (Played(left_s=30), "", "only 30 s are left"),
    ],
)
def test_where_livekit_was_not_tested_it_is_told(
    ci: ModuleType, steps: Played, livekit: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ci.run(steps, livekit) == []
    assert f"NOT RUN: {why}" in capsys.readouterr().out
    assert "make test-livekit" not in steps.ran


@pytest.mark.parametrize("steps", [Played(building=3), Played(left_s=30)])
def test_where_it_must_be_tested_that_is_a_failure(ci: ModuleType, steps: Played) -> None:
    assert ci.run(steps, "must") == ["make test-livekit"]
