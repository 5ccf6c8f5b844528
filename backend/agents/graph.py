"""The hand-off graph of each line: everybody reachable, everybody able to leave."""

from collections.abc import Mapping
from typing import Protocol

from backend.agents.problem import Problem
from backend.domain.agent import AgentSpec, LineSpec

__all__ = ["check_graph"]


class _Source(Protocol):
    def problem(self, path: tuple[str | int, ...], message: str) -> Problem: ...


def check_graph(
    agents: Mapping[str, AgentSpec],
    lines: Mapping[str, LineSpec],
    sources: Mapping[str, _Source],
    exits: frozenset[str],
) -> list[Problem]:
    """Agents that no call reaches, hand-offs that leave the line, circles without a way out."""
    problems: list[Problem] = []
    used: set[str] = set()
    for line in lines.values():
        source = sources[f"line:{line.name}"]
        reached = _reach(line.entry, agents)
        used |= set(line.agents)
        for index, name in enumerate(line.agents):
            if name not in reached:
                message = f"no hand-off leads from {line.entry} to {name}; add one or take {name} off the line"
                problems.append(source.problem(("agents", index), message))
        for name in sorted(reached - set(line.agents)):
            giver = next(a for a in line.agents if any(h.to == name for h in agents[a].handoffs))
            index = next(i for i, h in enumerate(agents[giver].handoffs) if h.to == name)
            message = f"hands over to {name}, who is not on the line {line.name}"
            problems.append(sources[f"agent:{giver}"].problem(("handoffs", index, "to"), message))
        for name in sorted(reached & set(line.agents)):
            if not any(_can_leave(agents[other], exits) for other in _reach(name, agents)):
                message = "nobody can end the call or reach a person from here; give end_call or transfer_to_person"
                problems.append(sources[f"agent:{name}"].problem(("tools",), message))
    for name in sorted(set(agents) - used):
        problems.append(sources[f"agent:{name}"].problem(("name",), f"no line uses the agent {name}"))
    return problems


def _reach(start: str, agents: Mapping[str, AgentSpec]) -> set[str]:
    reached, todo = set[str](), [start]
    while todo:
        name = todo.pop()
        if name in agents and name not in reached:
            reached.add(name)
            todo += [handoff.to for handoff in agents[name].handoffs]
    return reached


def _can_leave(agent: AgentSpec, exits: frozenset[str]) -> bool:
    return any(use.name in exits and use.name not in use.disabled for use in agent.uses())
