"""Checks agents against the rest of their store: prompt, tools, hand-offs, languages, variables, voices."""

from collections.abc import Iterator
from dataclasses import replace

from backend.agents.checked import Checked
from backend.agents.files import StoreFiles
from backend.agents.languages import check_languages
from backend.agents.phrase_check import says_faults
from backend.agents.problem import Fault, Problem, nearest
from backend.agents.sense import senseless_agent
from backend.agents.templates import check_inline, inline_lines
from backend.agents.variables import unknown_variables
from backend.agents.voices import doubtful_voice
from backend.domain.agent import AgentSpec
from backend.domain.tool import ToolNames

__all__ = ["check_agent", "check_voices"]


def check_agent(agent: AgentSpec, checked: Checked, files: StoreFiles, tools: ToolNames) -> list[Problem]:
    """What of an agent does not fit the store."""
    key = f"agent:{agent.name}"
    source, lost = checked.sources[key], checked.lost.get(key, frozenset[str]())
    problems = [source.problem(path, fault) for path, fault in _text_faults(agent, checked, files)]
    faults = [
        *_tool_faults(agent, tools),
        *_handoff_faults(agent, checked.named),
        *senseless_agent(agent),
        *says_faults(agent),
    ]
    faults += [] if {"voice", "speech"} & lost else check_languages(agent)
    unknown = [] if "variables" in lost else list(unknown_variables(agent, files.prompts))
    if problems or unknown:
        checked.untried.add(key)
    return problems + [source.problem(path, fault) for path, fault in checked.certain(key, [*faults, *unknown])]


def check_voices(checked: Checked) -> None:
    """Voices that Azure does not have: all but written like a known one is a fault, unknown is a warning."""
    for agent in checked.agents.values():
        source = checked.sources[f"agent:{agent.name}"]
        if "voice" in checked.lost.get(f"agent:{agent.name}", ()) or check_languages(agent):
            continue
        for kind, message in doubtful_voice(agent):
            problem = source.problem(("voice", "name"), message)
            if kind == "misspelt":
                checked.problems.append(replace(problem, outdated=True))
            else:
                checked.warnings.append(problem)


def _text_faults(agent: AgentSpec, checked: Checked, files: StoreFiles) -> Iterator[Fault]:
    """A prompt that is not there, and what is wrong with the templates that stand in the agent itself."""
    unread = f"{files.prompt_folder}/{agent.prompt}" in {problem.file for problem in files.problems}
    if agent.prompt not in files.prompts and not unread:
        near = nearest(agent.prompt, files.prompts)
        yield ("prompt",), f"the prompt {agent.prompt!r} is not in {files.prompt_folder}{near}"
    for path, text in inline_lines(agent):
        yield from ((path, fault) for fault in check_inline(text, checked.variables))


def _tool_faults(agent: AgentSpec, tools: ToolNames) -> Iterator[Fault]:
    for index, use in enumerate(agent.uses()):
        if use.name not in tools.sets:
            yield ("tools", index), f"unknown tool {use.name!r}{nearest(use.name, tools.sets)}"
            continue
        for function in use.disabled:
            if function not in tools.sets[use.name]:
                known = nearest(function, tools.sets[use.name])
                yield ("tools", index), f"{use.name} has no function {function!r}{known}"


def _handoff_faults(agent: AgentSpec, named: frozenset[str]) -> Iterator[Fault]:
    for index, handoff in enumerate(agent.handoffs):
        if handoff.to == agent.name:
            yield ("handoffs", index, "to"), "an agent cannot hand over to itself"
        elif handoff.to not in named:
            yield ("handoffs", index, "to"), f"unknown agent {handoff.to!r}{nearest(handoff.to, named)}"
