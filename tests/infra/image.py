"""Replays the Dockerfile in a folder: what is copied of which context, who owns it, and how it is started.

There is no Docker where the tests run. Steps that this does not know are an error, so that none is passed over.
"""

import fnmatch
import json
import re
import shlex
import shutil
import site
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path

from bicep_files import INFRA
from compiled import as_it_is

ROOT = INFRA.parent


@dataclass
class Image:
    """What the steps come to."""

    root: Path
    """Stands for ``/`` of the image."""
    base: str = ""
    work: str = "/"
    user: str = "root"
    environment: dict[str, str] = field(default_factory=dict)
    command: list[str] = field(default_factory=list)
    locks: list[str] = field(default_factory=list)
    """Locks whose packages are installed."""
    writable: list[str] = field(default_factory=list)
    stop: str = "SIGTERM"

    def here(self) -> dict[str, str]:
        """Its environment, with its folder where it is here."""
        return {name: value.replace(self.work, str(self.inside("."))) for name, value in self.environment.items()}

    def inside(self, path: str) -> Path:
        """Where a path of the image is here."""
        return self.root / str(Path(self.work) / path).lstrip("/")


def steps(text: str) -> list[tuple[str, str]]:
    """Instructions with their arguments, comments gone and lines joined."""
    plain = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n", " ", plain)
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def kept(context: Path) -> list[Path]:
    """Files of the context that .dockerignore lets through; the last pattern that fits decides."""
    patterns = [
        line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    roots = {line[1:].partition("/")[0] for line in patterns if line.startswith("!")} if "*" in patterns else {"."}
    found = [path for root in sorted(roots) for path in ((context / root), *sorted((context / root).rglob("*")))]
    return [path for path in found if path.is_file() and _passes(path.relative_to(context), patterns)]


def _passes(path: Path, patterns: Sequence[str]) -> bool:
    whole = [path.as_posix(), *(parent.as_posix() for parent in path.parents if parent.as_posix() != ".")]
    ignored = False
    for pattern in patterns:
        wanted = pattern.removeprefix("!").removeprefix("**/")
        names = [one.rpartition("/")[2] for one in whole] if "**/" in pattern else whole
        if any(fnmatch.fnmatchcase(name, wanted) for name in names):
            ignored = not pattern.startswith("!")
    return not ignored


def replay(context: Path, root: Path) -> Image:
    """The image of a context."""
    image = Image(root)
    files = kept(context)
    arguments: dict[str, str] = {}
    for word, rest in steps((ROOT / "Dockerfile").read_text("utf-8")):
        if word == "ARG":
            name, _, value = rest.partition("=")
            arguments[name] = value
        elif word == "FROM":
            image.base = re.sub(r"\$\{(\w+)\}", lambda found: arguments[found[1]], rest)
        elif word == "WORKDIR":
            image.work = rest
            image.inside(".").mkdir(parents=True)
        elif word == "COPY":
            _copy(image, context, files, rest.split())
        elif word == "RUN":
            _run(image, context, rest)
        elif word == "ENV":
            image.environment |= dict(pair.split("=", 1) for pair in shlex.split(rest))
        elif word == "USER":
            image.user = rest
        elif word == "CMD":
            image.command = json.loads(rest)
        elif word == "STOPSIGNAL":
            image.stop = rest
        else:
            assert word in ("EXPOSE", "VOLUME"), word
    return image


def _copy(image: Image, context: Path, files: Sequence[Path], names: Sequence[str]) -> None:
    *sources, to = names
    for source in sources:
        found = [path for path in files if path == context / source or (context / source) in path.parents]
        assert found, f"COPY {source}: .dockerignore leaves nothing of it"
        for path in found:
            inner = path.relative_to(context / source) if path != context / source else Path(path.name)
            place = image.inside(to) / inner
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, place)


def _run(image: Image, context: Path, line: str) -> None:
    for command in re.split(r"\s*&&\s*", line):
        words = shlex.split(command)
        if words[:2] == ["pip", "install"] and "-r" in words:
            assert {"--require-hashes", "--no-deps"} <= set(words)
            image.locks.append(words[words.index("-r") + 1])
        elif words[0] == "mkdir":
            image.inside(words[-1]).mkdir(parents=True, exist_ok=True)
        elif words[:3] == ["python", "-m", "compileall"]:
            for package in words[4:]:  # what is compiled of the same files need not be compiled once more
                for compiled in (context / package).rglob("__pycache__"):
                    place = image.inside(compiled.relative_to(context))
                    if place.parent.is_dir():
                        shutil.copytree(compiled, place, copy_function=as_it_is, dirs_exist_ok=True)
            subprocess.run([sys.executable, *words[1:]], cwd=image.inside("."), check=True)
        elif words[0] == "chown":
            image.writable.append(str(image.inside(words[-1])))
        else:
            known = ("apt-get", "rm", "useradd")
            assert words[0] in known or words[:2] == ["pip", "install"], command


def packages(lock: str, folder: Path) -> Path:
    """A folder with the packages of a lock and no others, to stand in for the image's site-packages."""
    folder.mkdir()
    for pin in re.findall(r"^([a-z0-9][\w.-]*)==", lock, re.MULTILINE):
        try:
            found = distribution(pin)
        except ModuleNotFoundError:
            continue  # for another system
        for name in {file.parts[0] for file in found.files or () if file.parts[0] not in ("..", "__pycache__")}:
            place = Path(str(found.locate_file(name)))
            if place.exists() and not (folder / name).exists() and place.parent.name == "site-packages":
                (folder / name).symlink_to(place)
    assert site.getsitepackages()
    return folder
