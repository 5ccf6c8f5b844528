"""What must hold on a machine that has Python 3.11, make and a C compiler, and nothing else of ours.

The locks install into empty environments with an old pip and with a recent one, and then the commands that a person
runs pass. CI has two cores and most steps before the tests have one thread, so they run beside each other. All of it
ends within ``LIMIT_S`` seconds, whatever hangs, and the last lines say what each step took.

Environment:
    PYTHON: what environments are made with; ``python3`` without.
    LIMIT_S: seconds for all of it.
    LIVEKIT: ``skip`` leaves the tests against a real LiveKit server out; ``must`` fails where they could not be run.
        Else that is told in the last lines: a machine may have neither Go nor a way to its modules.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Step", "Steps", "main"]

ROOT = Path(__file__).resolve().parent.parent
PYTHON = os.environ.get("PYTHON", "python3")
OLD_PIP = "23.0"  # what the oldest Python that we take may bring along
RECENT_PIP = "25.3"
LIMIT_S = 1740.0
WORTH_IT_S = 360.0
"""With less left than this the tests against LiveKit are not begun: they take some 300 s, and cut off tell nothing."""
TOO_LONG = 124
_PARTING_S = 20.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_BESIDE = 15  # how much the steps beside others give way, as `nice` counts


@dataclass(frozen=True, slots=True)
class Step:
    """One command with a limit.

    Attributes:
        name: what the last lines call it.
        command: what is run, from the root of the project.
        limit_s: the most it may take.
        environment: what it finds in its environment besides.
        beside: does it run beside another one? Then it gives way, and what it says is shown once it is over.
    """

    name: str
    command: Sequence[str]
    limit_s: float
    environment: Mapping[str, str] = field(default_factory=dict)
    beside: bool = False


class Steps:
    """Runs steps, ends them at their limits, and knows what they took.

    Args:
        limit_s: for all of them, from now on.
    """

    def __init__(self, limit_s: float) -> None:
        self._began = time.monotonic()
        self._limit_s = limit_s
        self._took: list[tuple[float, str]] = []
        self._running: set[subprocess.Popen[bytes]] = set()
        self._over = False
        self._lock = threading.Lock()
        self._tellers = threading.Lock()

    @property
    def left_s(self) -> float:
        """What is left for all that comes."""
        return self._limit_s - (time.monotonic() - self._began)

    def run(self, step: Step) -> int:
        """The exit status; ``TOO_LONG`` where it was ended at its limit, or could not begin for want of time."""
        limit_s = min(step.limit_s, self.left_s)
        if limit_s <= 0:
            self._tell(f"== {step.name}: not begun, for the {self._limit_s:.0f} s of the whole are over")
            return TOO_LONG
        if not step.beside:
            self._tell(f"== {step.name}")
        began = time.monotonic()
        with ExitStack() as ends:
            said = ends.enter_context(tempfile.TemporaryFile()) if step.beside else None
            status = self._run(step, limit_s, said.fileno() if said else None)
            took = time.monotonic() - began
            self._took.append((took, step.name))
            if said:
                said.seek(0)
                self._tell(f"== {step.name} (beside the above)\n{said.read().decode(errors='replace').rstrip()}")
        if status == TOO_LONG:
            self._tell(f"== {step.name}: did not end within {limit_s:.0f} s; what it did last stands above")
        elif status:
            self._tell(f"== {step.name}: failed ({status})")
        return status

    def _run(self, step: Step, limit_s: float, out: int | None) -> int:
        with self._lock, _undisturbed():
            if self._over:
                return TOO_LONG
            # A group of its own can be ended as a whole; a session of its own would be weighed against ours by itself,
            # whatever `nice` says.
            process = subprocess.Popen(  # noqa: S603
                ["nice", "-n", str(_BESIDE), *step.command] if step.beside else step.command,
                cwd=ROOT, env={**os.environ, **step.environment}, process_group=0,
                stdin=subprocess.DEVNULL, stdout=out, stderr=out and subprocess.STDOUT,
            )  # fmt: skip
            self._running.add(process)
        try:
            return process.wait(limit_s)
        except subprocess.TimeoutExpired:
            _end(process)
            return TOO_LONG
        finally:
            _signal(process, signal.SIGKILL)  # what it has left behind
            self._running.discard(process)

    def end(self) -> None:
        """End whatever still runs, and begin nothing more."""
        with self._lock:
            self._over = True
            running = list(self._running)
        for process in running:
            _end(process)

    def _tell(self, text: str) -> None:
        with self._tellers:
            print(text, flush=True)

    def summary(self) -> str:
        """What each step took."""
        rows = [f"{took:6.0f}  {name}" for took, name in self._took]
        return "\n".join(["== seconds", *rows, f"{self._limit_s - self.left_s:6.0f}  in all, of {self._limit_s:.0f}"])


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """A signal takes effect afterwards: it would cut off the start of a process, which nobody would know to end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.signal(number, lambda number, _: came.append(number)) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)


def _end(process: "subprocess.Popen[bytes]") -> None:
    _signal(process, signal.SIGINT)  # a run of tests says then which ones were running
    try:
        process.wait(_PARTING_S)
    except subprocess.TimeoutExpired:
        _signal(process, signal.SIGKILL)
        process.wait()


def _signal(process: "subprocess.Popen[bytes]", what: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # nobody of its group is left
        os.killpg(process.pid, what)


def install_with(pip: str, *, beside: bool = True) -> Step:
    """The locks into an empty environment that is thrown away."""
    return Step(f"installing with pip {pip}", [str(ROOT / ".ci/install"), pip], 600, beside=beside)


OURS = Step(f"installing with pip {OLD_PIP}", [str(ROOT / ".ci/install"), OLD_PIP, "stays"], 600)
"""The tests run in an environment that the old pip made."""
CHECK = Step("make check", ["make", "check"], 600)
# Not measured, for measuring takes half as long again; who passes only with a second chance is listed, and fails
# nothing here: whether the cores are its own a run cannot know.
TEST = Step("make test", ["make", "test"], LIMIT_S, {"SECOND_CHANCE": "listed"})
SERVER = Step("building the LiveKit server", ["make", ".tools/livekit-server"], 900, beside=True)
LIVEKIT = Step("make test-livekit", ["make", "test-livekit"], 600)
# Calls in rooms run in real time, on cores that others may use: what failed has one more chance.
AGAIN = Step(
    "make test-livekit, what failed",
    ["make", "test-livekit", "AGAIN=--last-failed --last-failed-no-failures none"],
    300,
)


class Beside(threading.Thread):
    """The steps that nobody waits for until later: two more installations, and the server for the last tests.

    Args:
        steps: runs them.
        wanted: is the LiveKit server wanted?
    """

    def __init__(self, steps: Steps, *, wanted: bool) -> None:
        super().__init__(name="beside", daemon=True)
        self._steps = steps
        self._wanted = wanted
        self.ours = threading.Event()
        """The environment of the tests is there, which the server is built with."""
        self.tried = threading.Event()
        """The recent pip was tried."""
        self.recent = self.newest = self.server = TOO_LONG

    def run(self) -> None:
        """One after the other."""
        self.recent = self._steps.run(install_with(RECENT_PIP))
        self.tried.set()
        self.newest = self._steps.run(install_with("newest"))
        self.ours.wait()
        if self._wanted:
            self.server = self._steps.run(SERVER)


def run(steps: Steps, livekit: str) -> list[str]:
    """All of it. Gives what failed."""
    beside = Beside(steps, wanted=livekit != "skip")
    beside.start()
    for step in (OURS, CHECK):
        if steps.run(step):
            return [step.name]
        beside.ours.set()
    beside.tried.wait()
    if beside.recent:
        return [f"installing with pip {RECENT_PIP}"]
    if steps.run(TEST):
        return [TEST.name]
    beside.join()
    print(f"with the newest pip it {'DOES NOT INSTALL' if beside.newest else 'installs'}")
    return run_livekit(steps, livekit, built=beside.server == 0)


def run_livekit(steps: Steps, livekit: str, *, built: bool) -> list[str]:
    """The last tests, where they can be run. Gives what failed."""
    why_not = (
        "LIVEKIT=skip" if livekit == "skip"
        else "the server cannot be built here, as told above" if not built
        else f"only {steps.left_s:.0f} s are left" if steps.left_s < WORTH_IT_S
        else ""
    )  # fmt: skip
    if why_not:
        print(f"tests against a real LiveKit server: NOT RUN: {why_not}; LIVEKIT=must makes that a failure")
        return ["make test-livekit"] if livekit == "must" else []
    if steps.run(LIVEKIT) and steps.run(AGAIN):
        return [LIVEKIT.name]
    print("tests against a real LiveKit server: passed")
    return []


def main() -> int:
    """Run it. Gives the exit status."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts us beside something else has it ignored
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    steps = Steps(float(os.environ.get("LIMIT_S", LIMIT_S)))
    failed = ["it was cut off"]
    try:
        failed = run(steps, os.environ.get("LIVEKIT", ""))
    finally:
        steps.end()
        print(steps.summary())
        print(f"FAILED: {', '.join(failed)}" if failed else "passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
