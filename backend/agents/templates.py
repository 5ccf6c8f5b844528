"""Checks templates without rendering them: syntax, names, filters, includes."""

from collections.abc import Collection, Mapping

from jinja2 import TemplateSyntaxError, nodes

from backend.agents.problem import Problem, nearest
from backend.agents.prompts import VARIABLES, environment

__all__ = ["check_inline", "check_prompts", "check_words"]


def check_prompts(prompts: Mapping[str, str], folder: str) -> list[Problem]:
    """Every fault of every prompt file."""
    problems: list[Problem] = []
    for name, text in prompts.items():
        file = f"{folder}/{name}"
        if not text.strip():
            problems.append(Problem(file, 0, "is empty; a prompt needs words"))
        problems += [Problem(file, line, message) for line, message in _faults(text, prompts)]
    return problems


def check_inline(text: str) -> list[str]:
    """Every fault of a greeting or line."""
    return [message for _, message in _faults(text, {})]


def check_words(text: str, names: Collection[str]) -> list[str]:
    """Every fault of a line that may use ``names`` and nothing else, such as a tool's answer."""
    return [message for _, message in _faults(text, {}, dict.fromkeys(names))]


def _faults(
    text: str, prompts: Mapping[str, str], names: Mapping[str, frozenset[str] | None] = VARIABLES
) -> list[tuple[int, str]]:
    sandbox = environment(prompts)
    try:
        tree = sandbox.parse(text)
    except TemplateSyntaxError as error:
        return [(error.lineno, f"is not a template: {error.message}")]
    faults: list[tuple[int, str]] = []
    for filtered in tree.find_all(nodes.Filter):
        if filtered.name not in sandbox.filters:
            faults.append(
                (filtered.lineno, f"unknown filter {filtered.name!r}{nearest(filtered.name, sandbox.filters)}")
            )
    for test in tree.find_all(nodes.Test):
        if test.name not in sandbox.tests:
            faults.append((test.lineno, f"unknown test {test.name!r}{nearest(test.name, sandbox.tests)}"))
    faults += _unknown_names(tree, names)
    for include in tree.find_all(nodes.Include):
        target = include.template
        if isinstance(target, nodes.Const) and target.value not in prompts:
            faults.append(
                (include.lineno, f"the partial {target.value!r} is not there{nearest(str(target.value), prompts)}")
            )
    return sorted(faults)


def _unknown_names(tree: nodes.Template, names: Mapping[str, frozenset[str] | None]) -> list[tuple[int, str]]:
    local = {name.name for name in tree.find_all(nodes.Name) if name.ctx in {"store", "param"}} | {"range", "loop"}
    faults: list[tuple[int, str]] = []
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in names and name.name not in local:
            faults.append((name.lineno, f"unknown variable {name.name!r}{nearest(name.name, names)}"))
    for attribute in tree.find_all(nodes.Getattr):
        if attribute.attr.startswith("_"):
            faults.append((attribute.lineno, f"{attribute.attr!r} is not for prompts"))
        owner = attribute.node
        if isinstance(owner, nodes.Name) and owner.name not in local:
            known = names.get(owner.name)
            if known is not None and attribute.attr not in known:
                faults.append(
                    (attribute.lineno, f"{owner.name} has no {attribute.attr!r}{nearest(attribute.attr, known)}")
                )
    return faults
