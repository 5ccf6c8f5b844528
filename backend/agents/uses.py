"""What templates use that only their agents and lines can give: variables of their own, facts, partials."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from jinja2 import TemplateSyntaxError, nodes

from backend.agents.sandbox import tree_of

__all__ = ["Uses", "circle", "closure", "uses_of", "walked"]

_KEPT = 1024
_METHODS = frozenset({"get", "items", "keys", "values"})


@dataclass(frozen=True, slots=True)
class Uses:
    """One template's, each with the line where it stands, counted from 1."""

    vars: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """``vars.NAME``."""
    line_vars: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """``line.vars.NAME``."""
    facts: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """``facts.NAME`` without a word on what is to happen while it is not there."""
    partials: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """Templates that it includes, imports or extends."""
    unnamed: list[int] = field(default_factory=list[int])
    """Where it includes one that only a call could name."""


@lru_cache(maxsize=_KEPT)
def walked(text: str) -> tuple[nodes.Node, ...]:
    """Every node of a template, in no order. Raises like ``tree_of``."""
    found: list[nodes.Node] = []
    todo: list[nodes.Node] = [tree_of(text)]
    while todo:
        node = todo.pop()
        found.append(node)
        for name in node.fields:  # iter_child_nodes takes three times as long, which is seen in a store of 200 agents
            value = getattr(node, name)
            if isinstance(value, nodes.Node):
                todo.append(value)
            elif isinstance(value, list):
                todo += [each for each in value if isinstance(each, nodes.Node)]
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def uses_of(text: str) -> Uses:
    """What a template uses; nothing where it is not a template."""
    found = Uses()
    try:
        every = walked(text)
    except (TemplateSyntaxError, RecursionError):
        return found
    guarded = _guarded(every)
    for node in every:
        if isinstance(node, nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends):
            names = _partials(node.template)
            found.partials.extend((node.lineno, name) for name in names)
            if not names:
                found.unnamed.append(node.lineno)
        if not isinstance(node, nodes.Getattr):
            continue
        owner, place = node.node, (node.lineno, node.attr)
        if isinstance(owner, nodes.Name) and owner.name == "vars":
            found.vars.append(place)
        elif isinstance(owner, nodes.Name) and owner.name == "facts" and node.attr not in guarded | _METHODS:
            found.facts.append(place)
        elif isinstance(owner, nodes.Getattr) and owner.attr == "vars" and _is_name(owner.node, "line"):
            found.line_vars.append(place)
    return found


def closure(name: str, prompts: Mapping[str, str]) -> list[str]:
    """A prompt and every partial that it includes, directly or not."""
    found, todo = list[str](), [name]
    while todo:
        each = todo.pop()
        if each in prompts and each not in found:
            found.append(each)
            todo += [partial for _, partial in uses_of(prompts[each]).partials]
    return found


def circle(prompts: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Partials that come back to the template that includes them: its name, the line, the partial."""
    for name, text in prompts.items():
        for line, partial in uses_of(text).partials:
            if name in closure(partial, prompts):
                yield name, line, partial


def _partials(node: nodes.Expr) -> list[str]:
    """The names of templates that stand there in quotes, alone or in a list of which one is taken."""
    names = node.items if isinstance(node, nodes.List | nodes.Tuple) else [node]
    return [str(name.value) for name in names if isinstance(name, nodes.Const)] if _all_named(names) else []


def _all_named(names: Iterable[nodes.Expr]) -> bool:
    return all(isinstance(name, nodes.Const) and isinstance(name.value, str) for name in names)


def _guarded(every: Iterable[nodes.Node]) -> set[str]:
    """Facts that the template asks for with care: ``is defined``, or ``| default(...)``."""
    names: set[str] = set()
    for node in every:
        if isinstance(node, nodes.Test | nodes.Filter) and node.name in {"defined", "undefined", "default", "d"}:
            inner = node.node
            if isinstance(inner, nodes.Getattr) and _is_name(inner.node, "facts"):
                names.add(inner.attr)
    return names


def _is_name(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name
