"""Conditions of templates that compare with a word that never comes: they never hold, and nobody would see why."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from jinja2 import TemplateSyntaxError, nodes

from backend.agents.checked import Checked
from backend.agents.files import StoreFiles
from backend.agents.problem import Problem, nearest
from backend.agents.sandbox_parser import SPENT
from backend.agents.templates import inline_lines
from backend.agents.uses import walked
from backend.domain.line import LineSpec

__all__ = ["check_comparisons"]

Known = Mapping[str, Collection[object]]
"""Everything that a variable can be, by its name with a dot: ``agent.name``."""

_EQUAL = frozenset({"eq", "ne"})
_AMONG = frozenset({"in", "notin"})
_TESTS = frozenset({"eq", "equalto", "==", "ne", "!=", "in"})
_RESPELLED: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "capitalize": str.capitalize,
    "title": str.title,
    "trim": str.strip,
    "string": str,
}
"""Filters that make of a word another one."""


def check_comparisons(checked: Checked, files: StoreFiles) -> list[Problem]:
    """Every such condition of prompts and greetings. Earlier versions let them pass."""
    whole = len(checked.lines) == len(files.lines) and not any(key.startswith("line:") for key in checked.lost)
    known = _known_words(checked.named, list(checked.lines.values()) if whole else [])
    problems: list[Problem] = []
    for name, text in files.prompts.items():
        file = f"{files.prompt_folder}/{name}"
        problems += [Problem(file, line, said, outdated=True) for line, said in _never_equal(text, known)]
    for agent in checked.agents.values():
        source = checked.sources[f"agent:{agent.name}"]
        for path, text in inline_lines(agent):
            problems += [replace(source.problem(path, said), outdated=True) for _, said in _never_equal(text, known)]
    return problems


def _known_words(agents: Collection[str], lines: Sequence[LineSpec]) -> Known:
    """What the variables of prompts can be, as far as that is known."""
    words: dict[str, Collection[object]] = {
        "channel": {"voice", "text"},
        "caller.known": {True, False},
        "agent.name": set(agents),
        "agents.name": set(agents),
        "handoff.source": {"", *agents},
    }
    if lines:
        words |= {
            "line.name": {line.name for line in lines},
            "line.company": {line.company for line in lines},
            "line.timezone": {line.timezone for line in lines},
            "line.person_number": {line.person.number for line in lines},
        }
    for name in {name for line in lines for name in line.variables}:
        words[f"line.vars.{name}"] = {line.variables[name] for line in lines if name in line.variables}
    return words


def _never_equal(text: str, known: Known) -> Iterator[tuple[int, str]]:
    """Comparisons with words that what is compared never is, each with its line."""
    try:
        every = walked(text)
    except (TemplateSyntaxError, RecursionError):
        return  # told elsewhere
    names = _aliases(every)
    for node in every:
        for side, words in _compared(node):
            path, respelled = _told(side, names)
            if path not in known:
                continue
            there = {respelled(word) if isinstance(word, str) else word for word in known[path]}
            yield from ((node.lineno, message) for message in _strange(path, words, there))


def _strange(path: str, words: Sequence[object], there: Collection[object]) -> Iterator[str]:
    for word in words:
        if any(word == one and type(word) is type(one) for one in there):
            continue
        if all(isinstance(one, bool) for one in there):
            yield f"{path} never is {word!r}; it is true or false, without quotes"
        else:
            shown = {str(one) for one in there if one != ""}
            yield f"{path} never is {word!r}{nearest(str(word), shown)}"


def _compared(node: nodes.Node) -> Iterator[tuple[nodes.Node, Sequence[object]]]:
    """What is compared, each with the words that it is compared with."""
    if isinstance(node, nodes.Compare) and len(node.ops) == 1:
        (operand,) = node.ops
        if operand.op in _EQUAL:
            yield node.expr, _constants([operand.expr])
            yield operand.expr, _constants([node.expr])
        elif operand.op in _AMONG:
            yield node.expr, _listed(operand.expr)
    elif isinstance(node, nodes.Test) and node.name in _TESTS and node.args:
        against = node.args[0]
        yield node.node, _listed(against) if node.name == "in" else _constants([against])


def _listed(node: nodes.Node) -> Sequence[object]:
    node = _unmeasured(node)
    return _constants(node.items) if isinstance(node, nodes.List | nodes.Tuple) else ()


def _constants(found: Sequence[nodes.Node]) -> Sequence[object]:
    return [node.value for node in found if isinstance(node, nodes.Const)]


def _unmeasured(node: nodes.Node) -> nodes.Node:
    while isinstance(node, nodes.Filter) and node.name == SPENT and node.node is not None:
        node = node.node
    return node


def _told(node: nodes.Node, names: Mapping[str, str]) -> tuple[str, Callable[[str], str]]:
    """The variable that is compared, by its name with a dot, and how it is spelled there; empty where it is another."""
    steps: list[Callable[[str], str]] = []
    node = _unmeasured(node)
    while isinstance(node, nodes.Filter) and node.name in _RESPELLED and node.node is not None:
        steps.append(_RESPELLED[node.name])
        node = _unmeasured(node.node)

    def respelled(word: str) -> str:
        for step in reversed(steps):
            word = step(word)
        return word

    return _path(node, names), respelled


def _path(node: nodes.Node, names: Mapping[str, str]) -> str:
    if isinstance(node, nodes.Name):
        return names.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        inner = _path(node.node, names)
        return f"{inner}.{node.attr}" if inner else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        inner = _path(node.node, names)
        return f"{inner}.{node.arg.value}" if inner and isinstance(node.arg.value, str) else inner
    return ""


def _aliases(every: Sequence[nodes.Node]) -> Mapping[str, str]:
    """Names that a template gives to variables by itself, with what they stand for; empty where nobody can tell."""
    stored = [node.name for node in every if isinstance(node, nodes.Name) and node.ctx in ("store", "param")]
    names = dict.fromkeys(stored, "")
    for node in every:
        given: nodes.Node | None = None
        if isinstance(node, nodes.Assign):
            given, target = node.node, node.target
        elif isinstance(node, nodes.For):
            inner = node.iter.node if isinstance(node.iter, nodes.Filter) else node.iter
            given, target = inner, node.target
        else:
            continue
        if isinstance(target, nodes.Name) and stored.count(target.name) == 1 and given is not None:
            names[target.name] = _path(_unmeasured(given), {})
    return names
