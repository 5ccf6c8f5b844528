"""Checks lines against the rest of their store: agents, numbers, time zones, languages, variables, webhooks."""

from collections.abc import Iterator, Mapping

from backend.agents.case_webhook_check import webhook_faults
from backend.agents.checked import Checked
from backend.agents.languages import check_line_languages
from backend.agents.phrase_check import says_faults
from backend.agents.problem import Fault, Problem, nearest
from backend.agents.sense import senseless_line
from backend.agents.variables import unknown_line_variables
from backend.domain.line import LineSpec
from backend.domain.timezone import is_zone

__all__ = ["check_line"]


def check_line(line: LineSpec, checked: Checked, prompts: Mapping[str, str]) -> list[Problem]:
    """What of a line does not fit the store."""
    key = f"line:{line.name}"
    source = checked.sources[key]
    faults = [*_name_faults(line, checked), *senseless_line(line), *says_faults(line)]
    faults += webhook_faults(line, checked.forms)
    if not is_zone(line.timezone):
        checked.untried.add(key)  # nobody knows what time it is there
    for name in line.agents:
        if name not in checked.agents:
            continue
        if "speech" not in checked.lost.get(f"agent:{name}", frozenset()):
            faults += check_line_languages(line, checked.agents[name])
        unknown = list(unknown_line_variables(line, checked.agents[name], prompts))
        if unknown:
            checked.untried.add(key)
        faults += unknown
    return [source.problem(path, fault) for path, fault in checked.certain(key, faults)]


def _name_faults(line: LineSpec, checked: Checked) -> Iterator[Fault]:
    """Agents, numbers and time zones that there are not, or that belong to somebody else."""
    for index, name in enumerate(line.agents):
        if name not in checked.named:
            yield ("agents", index), f"unknown agent {name!r}{nearest(name, checked.named)}"
    if line.entry not in line.agents:
        known = nearest(line.entry, line.agents)
        yield ("entry",), f"the entry agent {line.entry!r} is not among the line's agents{known}"
    for other in checked.lines.values():
        shared = set(line.numbers) & set(other.numbers) if other.name < line.name else set[str]()
        for number in sorted(shared):
            yield ("numbers", line.numbers.index(number)), f"the number {number} also belongs to {other.name}"
    for path, name in (
        (("timezone",), line.timezone),
        (("hours", "timezone"), line.hours.timezone if line.hours else ""),
    ):
        if not is_zone(name):
            yield path, f"unknown time zone {name!r}; expected one such as America/Chicago"
