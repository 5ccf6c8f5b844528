"""Checks that a caller in danger is helped, whichever agent of a line they are speaking with."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

from backend.agents.checked import Source
from backend.agents.problem import Problem
from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec
from backend.domain.tool import ToolNames

__all__ = ["check_emergencies"]

_EMERGENCY = "report_emergency"
_SENTENCES = ("emergency", "emergency_failure")


def check_emergencies(
    agents: Mapping[str, AgentSpec],
    lines: Mapping[str, LineSpec],
    sources: Mapping[str, Source],
    lost: Mapping[str, Container[str]],
    tools: ToolNames,
) -> list[Problem]:
    """Agents that cannot report an emergency on a line where that is possible with others, or is spoken of.

    Args:
        agents: by name.
        lines: by name.
        sources: where each was written.
        lost: keys that could not be read, by ``agent:NAME``; what they would have said is not guessed.
        tools: what agents may use.
    """
    if _EMERGENCY not in tools.sets:
        return []
    problems: dict[Problem, None] = {}
    for line in lines.values():
        known = [
            agents[name] for name in line.agents if name in agents and "tools" not in lost.get(f"agent:{name}", ())
        ]
        having = [agent.name for agent in known if _EMERGENCY in _functions(agent, tools)]
        why = _why(line, having)
        for agent in known if why else ():
            if agent.name not in having:
                message = f"{why}, and {agent.name} cannot report one; add {_EMERGENCY}"
                problems[replace(sources[f"agent:{agent.name}"].problem(("tools",), message), outdated=True)] = None
    return list(problems)


def _why(line: LineSpec, having: list[str]) -> str:
    if written := next((key for key in _SENTENCES if key in line.person.model_fields_set), ""):
        return f"the line {line.name} says what callers hear in an emergency (person.{written})"
    return f"on the line {line.name} an emergency is reported with {having[0]}" if having else ""


def _functions(agent: AgentSpec, tools: ToolNames) -> frozenset[str]:
    return frozenset[str]().union(*_used(agent, tools))


def _used(agent: AgentSpec, tools: ToolNames) -> Iterator[frozenset[str]]:
    return (tools.functions(use.name, use.disabled) for use in agent.uses())
