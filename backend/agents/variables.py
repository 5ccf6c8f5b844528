"""Variables that a template uses and nobody has given: ``vars.NAME`` and ``line.vars.NAME``."""

from collections.abc import Iterator, Mapping

from backend.agents.problem import Fault, Place, nearest
from backend.agents.templates import inline_lines
from backend.agents.uses import closure, uses_of
from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec

__all__ = ["unknown_line_variables", "unknown_variables"]


def unknown_variables(agent: AgentSpec, prompts: Mapping[str, str]) -> Iterator[Fault]:
    """What an agent's templates want of its ``variables`` and do not find."""
    for place, where, text in _templates(agent, prompts):
        for line, name in uses_of(text).vars:
            if name not in agent.variables:
                known = nearest(name, agent.variables)
                yield place, f"{where}{line} uses vars.{name}, which is not among this agent's variables{known}"


def unknown_line_variables(line: LineSpec, agent: AgentSpec, prompts: Mapping[str, str]) -> Iterator[Fault]:
    """What an agent's templates want of a line's ``variables`` and do not find."""
    for _, where, text in _templates(agent, prompts):
        for number, name in uses_of(text).line_vars:
            if name not in line.variables:
                known = nearest(name, line.variables)
                yield ("variables",), f"{agent.name}: {where}{number} uses line.vars.{name}, which is not here{known}"


def _templates(agent: AgentSpec, prompts: Mapping[str, str]) -> Iterator[tuple[Place, str, str]]:
    """Every template of an agent: its key, how its place is told, its text."""
    for name in closure(agent.prompt, prompts):
        yield ("prompt",), f"{name}:", prompts[name]
    for path, text in inline_lines(agent):
        yield path, f"the {str(path[-1]).replace('_', ' ')}, line ", text
