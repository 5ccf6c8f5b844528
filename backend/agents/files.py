"""The store's files, read once and as they are."""

from dataclasses import dataclass, field
from pathlib import Path

from backend.agents.problem import Problem

__all__ = ["StoreFiles", "read_files"]


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
    prompt_folder: str = "prompt_store"
    problems: list[Problem] = field(default_factory=list[Problem])

    def texts(self) -> list[tuple[str, bytes]]:
        """Every file, for hashing and for keeping."""
        prompts = [(f"{self.prompt_folder}/{name}", text.encode()) for name, text in self.prompts.items()]
        return [*self.agents.items(), *self.lines.items(), *self.tools.items(), *self.knowledge.items(), *prompts]


def read_files(agent_store: Path, prompt_store: Path) -> StoreFiles:
    """Read every agent, line and prompt. What cannot be read becomes a problem, not an error."""
    files = StoreFiles(prompt_folder=prompt_store.name)
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


def _bytes(path: Path, name: str, files: StoreFiles) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        files.problems.append(Problem(name, 0, f"cannot be read: {error.strerror}"))
        return None
