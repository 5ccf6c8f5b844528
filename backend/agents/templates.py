"""Checks templates without rendering them: syntax, names, filters, includes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from backend.agents.problem import Place, Problem, nearest
from backend.agents.prompts import VARIABLES
from backend.agents.sandbox import LARGEST, environment
from backend.agents.uses import circle, uses_of, walked
from backend.domain.agent import AgentSpec
from backend.domain.spec import Texts, texts_of

__all__ = ["check_inline", "check_prompts", "check_words", "inline_lines"]


def inline_lines(agent: AgentSpec) -> Iterator[tuple[Place, str]]:
    """Every spoken line of an agent that is a template, with its place in the YAML."""
    lines: list[tuple[Place, Texts]] = [
        (("greeting",), agent.greeting),
        (("return_greeting",), agent.return_greeting),
        *((("handoffs", index, "announcement"), handoff.announcement) for index, handoff in enumerate(agent.handoffs)),
    ]
    for place, texts in lines:
        yield from (((*place, *below), text) for below, text in texts_of(texts))


def check_prompts(
    prompts: Mapping[str, str], folder: str, names: Mapping[str, frozenset[str] | None] = VARIABLES
) -> list[Problem]:
    """Every fault of every prompt file, which may use these ``names``."""
    problems: list[Problem] = []
    for name, text in prompts.items():
        file = f"{folder}/{name}"
        if not text.strip():
            problems.append(Problem(file, 0, "is empty; a prompt needs words"))
        if len(text) > LARGEST:
            problems.append(Problem(file, 0, f"is {len(text)} characters long; a prompt has {LARGEST} at most"))
            continue
        problems += [Problem(file, line, message) for line, message in _faults(text, prompts, names)]
    for name, line, partial in circle(prompts):
        problems.append(Problem(f"{folder}/{name}", line, f"the partial {partial!r} comes back to {name!r}, for ever"))
    return problems


def check_inline(text: str, names: Mapping[str, frozenset[str] | None] = VARIABLES) -> list[str]:
    """Every fault of a greeting or line, which may use these ``names``."""
    return [message for _, message in _faults(text, {}, names)]


def check_words(text: str, names: Collection[str]) -> list[str]:
    """Every fault of a line that may use ``names`` and nothing else, such as a tool's answer."""
    return [message for _, message in _faults(text, {}, dict.fromkeys(names))]


def _faults(
    text: str, prompts: Mapping[str, str], names: Mapping[str, frozenset[str] | None] = VARIABLES
) -> list[tuple[int, str]]:
    sandbox = _sandbox()
    try:
        every = walked(text)
    except TemplateSyntaxError as error:
        return [(error.lineno, f"is not a template: {error.message}")]
    except RecursionError:
        return [(1, "is nested too deeply; no person could read it")]
    faults: list[tuple[int, str]] = []
    for node in every:
        if isinstance(node, nodes.Filter) and node.name not in sandbox.filters:
            faults.append((node.lineno, f"unknown filter {node.name!r}{nearest(node.name, sandbox.filters)}"))
        if isinstance(node, nodes.Test) and node.name not in sandbox.tests:
            faults.append((node.lineno, f"unknown test {node.name!r}{nearest(node.name, sandbox.tests)}"))
    faults += _unknown_names(every, names)
    uses = uses_of(text)
    for line, partial in uses.partials:
        if partial not in prompts:
            faults.append((line, f"the partial {partial!r} is not there{nearest(partial, prompts)}"))
    for line in uses.unnamed:
        faults.append((line, "a partial is included by its name in quotes, so that it can be checked"))
    for line, fact in uses.facts:
        faults.append((line, f"the fact {fact!r} may not be there yet; write {{{{ facts.{fact} | default('') }}}}"))
    return sorted(faults)


@cache
def _sandbox() -> ImmutableSandboxedEnvironment:
    return environment({})


def _defined(every: Sequence[nodes.Node]) -> set[str]:
    """Names of macros, written here or imported, and what Jinja gives inside them and inside blocks."""
    names: set[str] = set()
    for node in every:
        if isinstance(node, nodes.Macro):
            names |= {node.name, "caller", "varargs", "kwargs"}
        elif isinstance(node, nodes.Import):
            names.add(node.target)
        elif isinstance(node, nodes.FromImport):
            names |= {name if isinstance(name, str) else name[1] for name in node.names}
        elif isinstance(node, nodes.Block):
            names |= {"self", "super"}
    return names


def _unknown_names(every: Sequence[nodes.Node], known: Mapping[str, frozenset[str] | None]) -> list[tuple[int, str]]:
    names = [node for node in every if isinstance(node, nodes.Name)]
    local = {name.name for name in names if name.ctx in {"store", "param"}} | {"range", "loop"} | _defined(every)
    faults: list[tuple[int, str]] = []
    for name in names:
        if name.ctx == "load" and name.name not in known and name.name not in local:
            faults.append((name.lineno, f"unknown variable {name.name!r}{nearest(name.name, known)}"))
    for attribute in (node for node in every if isinstance(node, nodes.Getattr)):
        if attribute.attr.startswith("_"):
            faults.append((attribute.lineno, f"{attribute.attr!r} is not for prompts"))
        owner = attribute.node
        if isinstance(owner, nodes.Name) and owner.name not in local:
            has = known.get(owner.name)
            if has is not None and attribute.attr not in has:
                faults.append(
                    (attribute.lineno, f"{owner.name} has no {attribute.attr!r}{nearest(attribute.attr, has)}")
                )
    return faults
