"""``ringmaster check``: the check's outcome, for people and for CI."""

from collections import defaultdict
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from backend.agents.check import check_store
from backend.agents.files import read_files
from backend.agents.problem import Problem
from backend.domain.tool import ToolNames

__all__ = ["run_check"]


def run_check(agent_store: Path, prompt_store: Path, tools: ToolNames, console: Console) -> int:
    """Print every fault, by file. Gives the exit status: 0 clean, 1 with faults, 2 when there is no store."""
    for folder, what in ((agent_store, "agents and lines"), (prompt_store, "prompts")):
        if not folder.is_dir():
            console.print(f"[red]expected a folder with {what}, there is none at {folder}[/]")
            return 2
    checked = check_store(read_files(agent_store, prompt_store), tools)
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(checked.problems):
        by_file[problem.file].append(problem)
    for name, problems in by_file.items():
        file = _path(name, agent_store, prompt_store)
        console.print(f"[bold]{escape(file)}[/]", highlight=False, soft_wrap=True)
        for problem in problems:
            place = f"{file}:{problem.line}" if problem.line else file
            console.print(f"  [red]{escape(place)}[/]: {escape(problem.message)}", highlight=False, soft_wrap=True)
    if checked.problems:
        count = len(checked.problems)
        console.print(
            f"\n{count} problem{'s' if count != 1 else ''} in {len(by_file)} file{'s' if len(by_file) != 1 else ''}"
        )
        return 1
    console.print(f"[green]ok[/]: {len(checked.agents)} agents on {len(checked.lines)} line(s)", highlight=False)
    return 0


def _path(name: str, agent_store: Path, prompt_store: Path) -> str:
    """A file as somebody can open it from where he is, or click on it; as it is told where both are called the same."""
    for folder in (agent_store, prompt_store):
        if agent_store.name != prompt_store.name and name.split("/")[0] == folder.name:
            path = folder.parent / name
            return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    return name
