"""The store's files, read once and as they are."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.agents.problem import Problem

__all__ = ["StoreFiles", "fingerprint", "read_files", "version_of"]


@dataclass(slots=True)
class StoreFiles:
    """Raw files by name. Names are as operators see them: ``agent_store/agents/auth.yaml``."""

    agents: dict[str, bytes] = field(default_factory=dict[str, bytes])
    lines: dict[str, bytes] = field(default_factory=dict[str, bytes])
    tools: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """Tool servers that the store declares."""
    knowledge: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """Markdown: ``agent_store/knowledge/LINE/NAME.md``."""
    prompts: dict[str, str] = field(default_factory=dict[str, str])
    """By the name that agents use: relative to prompt_store."""
    agent_folder: str = "agent_store"
    prompt_folder: str = "prompt_store"
    problems: list[Problem] = field(default_factory=list[Problem])

    def contents(self) -> dict[str, str]:
        """Every text by its lasting name, which no worker's folders change: ``agents/``, ``prompts/`` and so on."""
        inside = {
            name.removeprefix(f"{self.agent_folder}/"): raw.decode("utf-8", "surrogateescape")
            for name, raw in (self.agents | self.lines | self.tools | self.knowledge).items()
        }
        return inside | {f"prompts/{name}": text for name, text in self.prompts.items()}

    def folders(self) -> dict[str, dict[str, bytes]]:
        """What is not a prompt, by the folder of agent_store that it is in."""
        return {"agents": self.agents, "lines": self.lines, "tools": self.tools, "knowledge": self.knowledge}

    def changed(self, contents: Mapping[str, str]) -> "StoreFiles":
        """These folders, with other contents. What was wrong with reading them is left behind."""
        files = StoreFiles(agent_folder=self.agent_folder, prompt_folder=self.prompt_folder)
        for name, text in sorted(contents.items()):
            folder, _, rest = name.partition("/")
            if folder == "prompts":
                files.prompts[rest] = text
            else:
                files.folders()[folder][f"{self.agent_folder}/{name}"] = text.encode("utf-8", "surrogateescape")
        return files


def version_of(contents: Mapping[str, str]) -> str:
    """The version of a whole store: the same files give the same version everywhere."""
    digest = hashlib.sha256()
    for name, text in sorted(contents.items()):
        raw = text.encode("utf-8", "surrogateescape")
        digest.update(name.encode() + b"\0" + hashlib.sha256(raw).digest())
    return digest.hexdigest()[:12]


def fingerprint(text: str) -> str:
    """The version of one file."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def read_files(agent_store: Path, prompt_store: Path) -> StoreFiles:
    """Read every agent, line and prompt. What cannot be read becomes a problem, not an error."""
    files = StoreFiles(agent_folder=agent_store.name, prompt_folder=prompt_store.name)
    for folder, into in (("agents", files.agents), ("lines", files.lines), ("tools", files.tools)):
        place = agent_store / folder
        if folder == "tools" and not place.exists():
            continue
        if not place.is_dir():
            files.problems.append(Problem(f"{agent_store.name}/{folder}", 0, "expected a folder, there is none"))
            continue
        for path in sorted([*place.glob("*.yaml"), *place.glob("*.yml")]):
            raw = _bytes(path, f"{agent_store.name}/{folder}/{path.name}", files)
            if raw is not None:
                into[f"{agent_store.name}/{folder}/{path.name}"] = raw
        files.problems += _strays(place, f"{agent_store.name}/{folder}")
    _read_knowledge(agent_store, files)
    _read_prompts(prompt_store, files)
    return files


def _read_knowledge(agent_store: Path, files: StoreFiles) -> None:
    for path in sorted((agent_store / "knowledge").glob("*/*.md")):
        name = f"{agent_store.name}/knowledge/{path.parent.name}/{path.name}"
        raw = _bytes(path, name, files)
        if raw is not None:
            files.knowledge[name] = raw


def _read_prompts(prompt_store: Path, files: StoreFiles) -> None:
    if not prompt_store.is_dir():
        files.problems.append(Problem(prompt_store.name, 0, "expected a folder, there is none"))
        return
    for path in sorted(prompt_store.rglob("*.jinja")):
        name = path.relative_to(prompt_store).as_posix()
        raw = _bytes(path, f"{prompt_store.name}/{name}", files)
        if raw is None:
            continue
        try:
            files.prompts[name] = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            files.problems.append(Problem(f"{prompt_store.name}/{name}", line, "is not UTF-8 text"))


def _strays(place: Path, folder: str) -> list[Problem]:
    """What somebody may believe to be part of the store. Hidden files and editors' copies are left alone."""
    problems: list[Problem] = []
    for path in sorted(place.iterdir()):
        if path.name.startswith((".", "#")) or path.name.endswith(("~", ".swp", ".tmp", ".bak", ".orig", ".md")):
            continue
        if path.is_dir():
            problems.append(Problem(f"{folder}/{path.name}", 0, f"is a folder; put its files directly into {folder}"))
        elif path.suffix not in {".yaml", ".yml"}:
            problems.append(Problem(f"{folder}/{path.name}", 0, "is not read; its name must end in .yaml"))
    return problems


def _bytes(path: Path, name: str, files: StoreFiles) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        files.problems.append(Problem(name, 0, f"cannot be read: {error.strerror}"))
        return None
