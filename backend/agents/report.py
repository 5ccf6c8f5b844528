"""``ringmaster check``: the check's outcome, for people and for CI.

It is written without Rich, which takes a good part of a short command's time to import.
"""

import os
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import typer

from backend.agents.check import check_store
from backend.agents.files import read_files
from backend.agents.problem import Problem
from backend.agents.upgrade import lines_to_mend, servers_to_mend
from backend.domain.hours import HoursSpec
from backend.domain.timezone import zone
from backend.domain.tool import ToolNames

__all__ = ["run_check"]


def run_check(agent_store: Path, prompt_store: Path, tools: ToolNames) -> int:
    """Print every fault and warning, by file. Gives the exit status: 0 no faults, 1 faults, 2 no store."""
    for folder, what in ((agent_store, "agents and lines"), (prompt_store, "prompts")):
        if not folder.is_dir():
            _say(_red(f"expected a folder with {what}, there is none at {folder}"))
            return 2
    files = read_files(agent_store, prompt_store)
    checked = check_store(files, tools)
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in sorted({*checked.problems, *checked.warnings}):
        by_file[problem.file].append(problem)
    faults = set(checked.problems)
    for name, problems in by_file.items():
        file = _path(name, agent_store, prompt_store)
        _say(typer.style(file, bold=True))
        for problem in problems:
            place = f"{file}:{problem.line}" if problem.line else file
            marked = _red(place) if problem in faults else f"{typer.style(place, fg='yellow')}: warning"
            _say(f"  {marked}: {problem.message}")
    if faults:
        count = len({problem.file for problem in faults})
        _say(f"\n{_counted(len(checked.problems), 'problem')} in {_counted(count, 'file')}")
        if lines_to_mend(checked, files) or servers_to_mend(checked, files):
            _say("`ringmaster store upgrade` mends what earlier versions of Ringmaster let pass")
        return 1
    warnings = f", {_counted(len(checked.warnings), 'warning')}" if checked.warnings else ""
    _say(f"{typer.style('ok', fg='green')}: {len(checked.agents)} agents on {len(checked.lines)} line(s){warnings}")
    now = datetime.now(UTC)
    for line in checked.lines.values():
        clock = now.astimezone(zone(line.timezone)).strftime("%a %H:%M")
        _say(f"  {line.name}: timezone {line.timezone}, where it is {clock} now{_hours(line.hours, now)}")
    return 0


def _hours(hours: HoursSpec | None, now: datetime) -> str:
    """Whether a line with hours is open just now, and when it opens next."""
    if hours is None:
        return ""
    if hours.is_open(now):
        return "; it is open"
    opens = hours.next_opening(now)
    return f"; it is closed until {opens:%a %Y-%m-%d %H:%M}" if opens else "; it is closed for two weeks and longer"


def _say(words: str) -> None:
    typer.echo(words, color=_colored())


def _red(words: str) -> str:
    return typer.style(words, fg="red")


def _colored() -> bool | None:
    """Are colors wanted? As the other commands have it; ``None`` where only a terminal shows them."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return False if os.environ.get("TERM") in {"dumb", "unknown"} else None


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count != 1 else ''}"


def _path(name: str, agent_store: Path, prompt_store: Path) -> str:
    """A file as one can open it from here, or click on it; as it is told where both are called the same."""
    for folder in (agent_store, prompt_store):
        if agent_store.name != prompt_store.name and name.split("/")[0] == folder.name:
            path = folder.parent / name
            return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    return name
