"""The hand-off graph of each line: everybody reachable, everybody able to leave."""

from collections.abc import Mapping

from backend.agents.checked import Source
from backend.agents.problem import Problem
from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec
from backend.domain.tool import ToolNames

__all__ = ["check_graph"]


def check_graph(
    agents: Mapping[str, AgentSpec],
    lines: Mapping[str, LineSpec],
    sources: Mapping[str, Source],
    tools: ToolNames,
) -> list[Problem]:
    """Agents that no call reaches, hand-offs that leave the line, circles without a way out, tools out of reach."""
    problems, exits = _check_drafts(agents, lines, sources), tools.exits()
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
        free = _leading_to({name for name in reached if _can_leave(agents[name], exits)}, agents)
        for name in sorted(reached & set(line.agents)):
            if name not in free:
                message = "nobody can end the call or reach a person from here; give end_call or transfer_to_person"
                problems.append(sources[f"agent:{name}"].problem(("tools",), message))
        problems += _check_requirements(line, agents, sources, tools)
    for name in sorted(name for name in set(agents) - used if not agents[name].draft):
        problems.append(sources[f"agent:{name}"].problem(("name",), f"no line uses the agent {name}"))
    return problems


def _check_drafts(
    agents: Mapping[str, AgentSpec], lines: Mapping[str, LineSpec], sources: Mapping[str, Source]
) -> list[Problem]:
    problems: list[Problem] = []
    for line in lines.values():
        for index, name in enumerate(line.agents):
            if agents[name].draft:
                message = f"{name} is a draft; say 'draft: false' there, or take it off the line"
                problems.append(sources[f"line:{line.name}"].problem(("agents", index), message))
    for agent in agents.values():
        for index, handoff in enumerate(agent.handoffs):
            if agents[handoff.to].draft and not agent.draft:
                message = f"{handoff.to} is a draft; say 'draft: false' there first"
                problems.append(sources[f"agent:{agent.name}"].problem(("handoffs", index, "to"), message))
    return problems


def _check_requirements(
    line: LineSpec, agents: Mapping[str, AgentSpec], sources: Mapping[str, Source], tools: ToolNames
) -> list[Problem]:
    """Tools that will always refuse: on no way from the entry is what they require ever granted."""
    problems: list[Problem] = []
    reached = _reach(line.entry, agents)
    for requirement in sorted(set(tools.requires.values())):
        givers = sorted(name for name, granted in tools.grants.items() if requirement in granted)
        granting = {name for name in reached if _functions(agents[name], tools).intersection(givers)}
        after = set[str]().union(*(_reach(name, agents) for name in granting))
        for name in sorted((reached & set(line.agents)) - after):
            for index, use in enumerate(agents[name].uses()):
                wanting = [f for f in tools.functions(use.name, use.disabled) if tools.requires.get(f) == requirement]
                if wanting:
                    where = "here" if name == line.entry else f"between {line.entry} and {name}"
                    message = (
                        f"{min(wanting)} needs a {requirement.replace('_', ' ')}, and nobody {where} can make one; "
                        f"give {', '.join(givers) or 'a tool that does'} to somebody on the way"
                    )
                    problems.append(sources[f"agent:{name}"].problem(("tools", index), message))
    return problems


def _functions(agent: AgentSpec, tools: ToolNames) -> frozenset[str]:
    return frozenset[str]().union(*(tools.functions(use.name, use.disabled) for use in agent.uses()))


def _reach(start: str, agents: Mapping[str, AgentSpec]) -> set[str]:
    reached, todo = set[str](), [start]
    while todo:
        name = todo.pop()
        if name in agents and name not in reached:
            reached.add(name)
            todo += [handoff.to for handoff in agents[name].handoffs]
    return reached


def _leading_to(ends: set[str], agents: Mapping[str, AgentSpec]) -> set[str]:
    """Every agent from whom hand-offs lead to one of ``ends``, those themselves included."""
    givers: dict[str, list[str]] = {}
    for agent in agents.values():
        for handoff in agent.handoffs:
            givers.setdefault(handoff.to, []).append(agent.name)
    found, todo = set[str](), list(ends)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += givers.get(name, [])
    return found


def _can_leave(agent: AgentSpec, exits: frozenset[str]) -> bool:
    return any(use.name in exits and use.name not in use.disabled for use in agent.uses())
