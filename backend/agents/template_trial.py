"""A rendering on trial: every prompt and greeting as the first caller would meet it, before they do.

What no reading of a template tells, rendering it does: a filter with the wrong arguments, a key that is not there,
a loop that never ends. Templates that were tried are compiled, too, so that no call waits for that.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from jinja2.sandbox import ImmutableSandboxedEnvironment

from backend.agents.checked import Source
from backend.agents.problem import Problem
from backend.agents.prompts import PromptVariables, render
from backend.agents.templates import inline_lines
from backend.agents.uses import closure
from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec
from backend.domain.session import CallSession
from backend.domain.subject import Subject
from backend.domain.timezone import zone
from backend.domain.tool import ToolNames
from backend.errors import StoreError

__all__ = ["try_templates"]

_TOOL = re.compile(r"\b[a-z]++(?:_[a-z0-9]++)++\b")
"""A name that is no word of the language, so that whoever writes it means the tool. No letter of a plain word, which
nearly all are, is looked at twice."""
_SAFE_WAYS = frozenset({"report_emergency", "end_call", "transfer_to_person"})
"""Without these a caller is stuck: a prompt that speaks of one in any branch needs it, tried or not."""
_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
_KEPT = 1024
_SOMEBODY = Subject("A10001", "John Smith")


def try_templates(
    sandbox: ImmutableSandboxedEnvironment,
    agents: Mapping[str, AgentSpec],
    lines: Mapping[str, LineSpec],
    sources: Mapping[str, Source],
    folder: str,
    tools: ToolNames,
    prompts: Mapping[str, str],
    attributes: Collection[str],
) -> list[Problem]:
    """What goes wrong when each agent of each line speaks with a caller, unknown and verified, of whom prompts know
    these ``attributes``."""
    problems: dict[Problem, None] = {}
    known = frozenset[str]().union(*tools.sets.values())
    for line in lines.values():
        for agent in (agents[name] for name in line.agents if name in agents):
            source = sources[f"agent:{agent.name}"]
            others = known.difference(*(tools.functions(use.name, use.disabled) for use in agent.uses()))
            for variables in _callers(line, agent, attributes):
                problems |= dict.fromkeys(_faults(sandbox, agent, variables, source, folder, others))
            problems |= dict.fromkeys(_stuck(agent, source, others, prompts))
    return list(problems)


def _stuck(agent: AgentSpec, source: Source, others: frozenset[str], prompts: Mapping[str, str]) -> Iterator[Problem]:
    """Ways out of a call that a prompt speaks of anywhere, and that the agent does not have."""
    ways = frozenset[str]().union(*(_ways_in(prompts[name]) for name in closure(agent.prompt, prompts)))
    yield from _lacks(agent, source, ways & others)


@lru_cache(_KEPT)
def _ways_in(text: str) -> frozenset[str]:
    """The same for one text, which may be part of many prompts."""
    return _SAFE_WAYS.intersection(_TOOL.findall(_COMMENT.sub("", text)))


def _lacks(agent: AgentSpec, source: Source, names: Collection[str]) -> Iterator[Problem]:
    for name in sorted(names):
        message = f"{agent.prompt} speaks of {name}, which {agent.name} does not have; add it, or take it out there"
        yield replace(source.problem(("tools",), message), outdated=True)


def _callers(line: LineSpec, agent: AgentSpec, attributes: Collection[str]) -> Iterator[PromptVariables]:
    now = datetime.now(UTC).astimezone(zone(line.timezone))
    for subject in (None, _SOMEBODY):
        session = CallSession(call_id="trial", line=line.name, active_agent=agent.name)
        session.subject = subject
        yield PromptVariables.of(session=session, line=line, agent=agent, now=now, attributes=attributes)


def _faults(
    sandbox: ImmutableSandboxedEnvironment,
    agent: AgentSpec,
    variables: PromptVariables,
    source: Source,
    folder: str,
    others: frozenset[str],
) -> Iterator[Problem]:
    """What goes wrong, and the tools of ``others`` that the prompt, as a model gets it, tells the agent to use."""
    spoken_of = frozenset[str]()
    try:
        spoken_of = others.intersection(_TOOL.findall(render(sandbox, agent.prompt, variables, inline=False)))
    except StoreError as error:
        for fault in error.details:
            if isinstance(fault, Problem):
                yield Problem(f"{folder}/{fault.file}", fault.line, fault.message)
    for path, text in inline_lines(agent):
        try:
            render(sandbox, text, variables, inline=True)
        except StoreError as error:
            for fault in error.details:
                yield source.problem(path, fault.message if isinstance(fault, Problem) else str(fault))
    yield from _lacks(agent, source, spoken_of)
