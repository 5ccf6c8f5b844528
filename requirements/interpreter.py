"""Which Python the environment is made with: the fastest of its version on PATH.

A call is work for Python, and how an interpreter was built decides how much: one that was built without optimizations,
as ``pyenv`` does unless it is told otherwise, takes a quarter more of the processor than a distribution's (38.4 against
30.5 s for the tests of English and of forms; pyenv's 3.11.7 and Debian's 3.11.2 on 29 November 2026). So where another
one of the same version takes clearly less than ``python3`` does, the environment is made with it, and that is said.

    python3 requirements/interpreter.py         prints the command that makes the environment

Whoever names a Python (``make run PYTHON=...``) has that one, and this is not asked.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ASKED = "python3"
VERSION = sys.version_info[:2]
CLEARLY = 0.85
"""Who takes less than this part of the other's time was built otherwise: two runs of one differ by a tenth."""
ROUNDS = 3
LIMIT_S = 10.0
# Three things the environment needs are looked for: ``venv`` and ``ensurepip``, which Debian has in a package of their
# own, and the headers, for what has no wheel is compiled.
PROBE = """
import ensurepip, json, os, sys, sysconfig, time, venv

class Sum:
    def __init__(self, number): self.number = number
    def plus(self, number): return self.number + number

def work():
    began, total = time.process_time(), 0
    for number in range(60_000): total = Sum(number).plus(total) & 0xffff
    return time.process_time() - began

headers = os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h"))
print(json.dumps([list(sys.version_info[:2]), sys.version.split()[0], headers, min(work() for _ in range(8))]))
"""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """One Python that could make the environment.

    Attributes:
        command: what starts it.
        version: ``3.11.7``.
        took_s: processor time of a piece of work that is the same for all, seconds.
    """

    command: str
    version: str
    took_s: float


def on_path(path: str) -> Iterator[str]:
    """Every Python of this version that a folder of ``path`` has, the one that is asked for first, each once."""
    folders = [folder for folder in path.split(os.pathsep) if folder]
    names = (ASKED, f"python{VERSION[0]}.{VERSION[1]}")
    others = [shutil.which(name, path=folder) for folder in folders for name in names]
    seen: set[Path] = set()
    for found in (shutil.which(ASKED, path=path), *others):
        if found and (real := Path(found).resolve()) not in seen:
            seen.add(real)
            yield found


def probe(command: str) -> Interpreter | None:
    """Let it work; ``None`` where it is of another version, or could not make the environment."""
    try:
        told = subprocess.run(  # noqa: S603
            [command, "-I", "-S", "-c", PROBE], check=True, capture_output=True, text=True, timeout=LIMIT_S
        )
        found, version, headers, took_s = json.loads(told.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Interpreter(command, version, took_s) if tuple(found) == VERSION and headers else None


def chosen(rounds: list[list[Interpreter]]) -> Interpreter | None:
    """The first of all, unless another one takes clearly less in its best round than that one does in its."""
    best: dict[str, Interpreter] = {}
    for interpreter in (each for one in rounds for each in one):
        if interpreter.command not in best or interpreter.took_s < best[interpreter.command].took_s:
            best[interpreter.command] = interpreter
    if not best:
        return None
    first, *others = best.values()
    fastest = min(others, key=lambda other: other.took_s, default=first)
    return fastest if fastest.took_s < CLEARLY * first.took_s else first


def main() -> int:
    """Print the command, and say on standard error where it is another one than was asked for."""
    commands = list(on_path(os.environ.get("PATH", "")))
    # In turn, so that what else the machine does meets all of them; who is alone has nobody to be weighed against.
    rounds = [[each for command in commands if (each := probe(command))] for _ in range(ROUNDS)] if commands[1:] else []
    taken = chosen(rounds)
    if taken is None or taken.command == commands[0]:
        print(ASKED)
        return 0
    able = any(each.command == commands[0] for one in rounds for each in one)
    why = (
        f"takes longer for the same work (PYTHON={ASKED} has it all the same)" if able else "cannot make an environment"
    )
    print(f"made with {taken.command} ({taken.version}), for {commands[0]} {why}", file=sys.stderr)
    print(taken.command)
    return 0


if __name__ == "__main__":
    sys.exit(main())
