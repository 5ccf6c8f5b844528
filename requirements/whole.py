"""Says whether the locks are whole: whatever a package of a lock requires is pinned in it, in a version that will do.

Locks are installed with ``--no-deps``: pip takes what stands there and asks for nothing else. That way a release made
after the lock cannot break an installation, and that way a gap would only be found when an import fails. So it is
looked for here, in what the installed packages say of themselves, for every Python and system that the locks are for.

    python requirements/whole.py [LOCK ...]
"""

import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from itertools import product
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["LOCKS", "Lock", "faults", "main", "read_lock", "wanted"]

ROOT = Path(__file__).resolve().parent.parent
LOCKS: Mapping[str, tuple[str, ...]] = {
    "build": (),
    "server": (),
    "local": ("local",),
    "dev": ("local", "dev"),
    "types": ("local", "dev", "types"),
}
"""Each lock with the extras of this project that it holds."""
_WITH_BUILD = ("build", "types")
"""Those that hold what packages are built with; it is installed before the others."""
_PYTHONS = ("3.11.2", "3.11.9", "3.12.4", "3.13.1")
_SYSTEMS = (("linux", "Linux", "x86_64"), ("linux", "Linux", "aarch64"), ("darwin", "Darwin", "arm64"))


@dataclass(frozen=True, slots=True)
class Lock:
    """What one lock pins."""

    name: str
    pins: Mapping[str, Sequence[Requirement]]

    def pinned(self, name: str, environment: Mapping[str, str]) -> str | None:
        """The version of a package that is installed in an environment, if any."""
        for pin in self.pins.get(canonicalize_name(name), ()):
            if pin.marker is None or pin.marker.evaluate(dict(environment)):
                return next(iter(pin.specifier)).version
        return None


def read_lock(name: str, text: str) -> Lock:
    """A lock as it was written by ``make lock``."""
    pins: dict[str, list[Requirement]] = defaultdict(list)
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            pin = Requirement(line.split(" --hash", 1)[0])
            pins[canonicalize_name(pin.name)].append(pin)
    return Lock(name, pins)


def faults(lock: Lock, needs: Iterable[Requirement]) -> list[str]:
    """What is missing in a lock, each once."""
    roots = list(needs)
    found = dict.fromkeys(line for environment in _environments() for line in _gaps(lock, roots, environment))
    return [*_not_as_installed(lock), *found]


def _environments() -> Iterator[dict[str, str]]:
    for python, (platform, system, machine) in product(_PYTHONS, _SYSTEMS):
        yield {
            **_here(),
            "python_version": python.rpartition(".")[0],
            "python_full_version": python,
            "implementation_version": python,
            "sys_platform": platform,
            "platform_system": system,
            "platform_machine": machine,
        }


def _here() -> dict[str, str]:
    return {name: str(value) for name, value in default_environment().items()} | {"extra": ""}


def _gaps(lock: Lock, roots: Iterable[Requirement], environment: Mapping[str, str]) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    waiting = [("this project", "", need) for need in roots]
    while waiting:
        who, extra, need = waiting.pop()
        if need.marker is not None and not need.marker.evaluate({**environment, "extra": extra}):
            continue
        version = lock.pinned(need.name, environment)
        if version is None or not need.specifier.contains(version, prereleases=True):
            where = f"Python {environment['python_version']} on {environment['sys_platform']}"
            yield f"{lock.name}.lock: {who} needs {need} ({where}), the lock has {version or 'none'}"
            continue
        for part in ("", *need.extras):
            if (need.name, part) not in seen:
                seen.add((need.name, part))
                waiting += [(need.name, part, further) for further in _requirements(need.name)]


@cache
def _requirements(name: str) -> Sequence[Requirement]:
    """What an installed package requires; nothing for one that is for other systems only."""
    try:
        return tuple(Requirement(line) for line in distribution(name).requires or ())
    except PackageNotFoundError:
        return ()


def _not_as_installed(lock: Lock) -> Iterator[str]:
    """The packages that cannot be asked, because they are not here or in another version."""
    here = _here()
    for name in lock.pins:
        version = lock.pinned(name, here)
        try:
            installed = distribution(name).version
        except PackageNotFoundError:
            installed = "none"
        if version is not None and installed != version:
            yield f"{lock.name}.lock: pins {name} {version}, installed is {installed}; install the lock first"


def wanted(extras: Iterable[str], *, build: bool, project: bool) -> list[Requirement]:
    """What a lock is made of, as pyproject.toml says."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = list[str](told["dependency-groups"]["build"]) if build else []
    if project:
        lines += told["project"]["dependencies"]
    for extra in extras:
        lines += told["project"]["optional-dependencies"][extra]
    return [Requirement(line) for line in lines]


def main(names: Sequence[str]) -> int:
    """Check the named locks, or all. Gives the exit status."""
    told: list[str] = []
    for name in names or LOCKS:
        lock = read_lock(name, (ROOT / f"requirements/{name}.lock").read_text("utf-8"))
        told += faults(lock, wanted(LOCKS[name], build=name in _WITH_BUILD, project=name != "build"))
    for line in told:
        print(line)
    if not told:
        print(f"ok: {', '.join(names or LOCKS)} pin whatever their packages require")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
