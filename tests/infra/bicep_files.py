"""Reads Bicep as far as infra/ uses it: its tree, the names in it, and what its expressions come to.

There is no Bicep command among the packages that tests may use. This is no compiler: it knows no resource types, so it
cannot tell a misspelt property of one. What Azure decides is left open and shows in a value as ``<module.name...>``.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import tree_sitter_bicep
from tree_sitter import Language, Node, Parser

INFRA = Path(__file__).resolve().parents[2] / "infra"
_DECLARATIONS = {
    "parameter_declaration": "param",
    "variable_declaration": "var",
    "resource_declaration": "resource",
    "module_declaration": "module",
    "output_declaration": "output",
}
_OPERATORS = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "&&": lambda left, right: left and right,
    "||": lambda left, right: left or right,
}
_ESCAPES = {r"\'": "'", r"\\": "\\", r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\$": "$"}


@dataclass(frozen=True)
class Open:
    """What only Azure knows: ``<name>``, or something of it."""

    way: str

    def __str__(self) -> str:
        return f"<{self.way}>"


@dataclass
class File:
    """One file's declarations, by kind and name, and what is wrong with its grammar."""

    path: Path
    named: dict[str, dict[str, Node]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __getattr__(self, kind: str) -> dict[str, Node]:
        return self.named.setdefault(kind, {})


@cache
def read(path: Path) -> File:
    """Parse one file; grammar faults are kept with their lines."""
    root = Parser(Language(tree_sitter_bicep.language())).parse(path.read_bytes()).root_node
    file = File(path)
    file.faults = [f"{path.name}:{node.start_point.row + 1}: {text(node)[:60]!r}" for node in _broken(root)]
    for node in root.named_children:
        kind = _DECLARATIONS.get(node.type)
        if kind:
            name = next(text(child) for child in node.named_children if child.type == "identifier")
            if name in file.named.setdefault(kind, {}):
                file.faults.append(f"{path.name}:{node.start_point.row + 1}: {name} is declared twice")
            file.named[kind][name] = node
    return file


def _broken(node: Node) -> Iterator[Node]:
    if node.is_error or node.is_missing:
        yield node
    elif node.type == "array":  # the grammar takes [ f(x) ] on one line for two items; what it takes wrongly is refused
        items = node.named_children
        yield from (two for one, two in pairwise(items) if one.end_byte == two.start_byte)
    for child in node.children:
        yield from _broken(child)


def text(node: Node) -> str:
    return (node.text or b"").decode()


def parts(node: Node) -> list[Node]:
    """Children that say something."""
    return [child for child in node.named_children if child.type not in ("comment", "nullable_type")]


def value_of(node: Node) -> Node | None:
    """The expression of a declaration; ``None`` for a parameter without a default."""
    found = [child for child in parts(node)[1:] if child.type not in ("type", "compatible_identifier")]
    return found[-1] if found else None


def literal(node: Node) -> str:
    """A string without anything in it."""
    return "".join(text(child) for child in node.named_children if child.type == "string_content")


def target(module: Node, file: File) -> Path:
    """The file of a module."""
    return (file.path.parent / literal(next(child for child in parts(module) if child.type == "string"))).resolve()


class Scope:
    """A file with the values of its parameters; names come to what they stand for when they are asked for."""

    def __init__(self, path: Path, given: Mapping[str, Any], way: str = "") -> None:
        self.file = read(path)
        self.given = given
        self.way = way
        self._known: dict[str, Any] = {}

    def name(self, name: str) -> Any:
        """What a name stands for."""
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def _look_up(self, name: str) -> Any:
        file = self.file
        if name in file.param:
            if name in self.given:
                return self.given[name]
            default = value_of(file.param[name])
            if default is None:
                raise LookupError(f"{file.path.name}: the parameter {name} is not given")
            return self.evaluate(default)
        if name in file.var:
            node = value_of(file.var[name])
            assert node is not None
            return self.evaluate(node)
        if name in file.module:
            return Module(self, name)
        return Open(f"{self.way}{name}")

    def output(self, name: str) -> Any:
        """One output."""
        node = value_of(self.file.output[name])
        assert node is not None
        return self.evaluate(node)

    def resource(self, name: str) -> Any:
        """The body of a resource."""
        node = value_of(self.file.resource[name])
        assert node is not None
        return self.evaluate(node)

    def evaluate(self, node: Node, local: Mapping[str, Any] | None = None) -> Any:
        """What an expression comes to."""
        return _Evaluation(self, local or {}).of(node)


class Module:
    """A module that is deployed: its parameters, and its outputs in its own scope."""

    def __init__(self, scope: Scope, name: str) -> None:
        body = value_of(scope.file.module[name])
        assert body is not None
        while body.type == "if_statement":
            body = parts(body)[-1]
        self.params: Mapping[str, Any] = scope.evaluate(_property(body, "params"))
        self.scope = Scope(target(scope.file.module[name], scope.file), self.params, f"{name}.")


def _property(body: Node, name: str) -> Node:
    for entry in parts(body):
        if entry.type == "object_property" and text(entry.named_children[0]) == name:
            return parts(entry)[-1]
    raise LookupError(name)


class _Evaluation:
    """One expression, with the names that lambdas and loops give."""

    def __init__(self, scope: Scope, local: Mapping[str, Any]) -> None:
        self._scope = scope
        self._local = local

    def of(self, node: Node) -> Any:
        """Its value."""
        return getattr(self, f"_{node.type}")(node)

    def _identifier(self, node: Node) -> Any:
        name = text(node)
        return self._local[name] if name in self._local else self._scope.name(name)

    def _string(self, node: Node) -> Any:
        raw = text(node).startswith("'''")
        found = [self._piece(child, raw) for child in node.named_children]
        return found[0] if len(found) == 1 and isinstance(found[0], Open) else "".join(str(one) for one in found)

    def _piece(self, node: Node, raw: bool) -> Any:
        if node.type == "string_content":
            return text(node).removeprefix("\n") if raw else text(node)
        if node.type == "escape_sequence":
            return _ESCAPES[text(node)]
        return self.of(parts(node)[0])

    def _number(self, node: Node) -> Any:
        return int(text(node))

    def _boolean(self, node: Node) -> Any:
        return text(node) == "true"

    def _null(self, _: Node) -> Any:
        return None

    def _array(self, node: Node) -> Any:
        return [self.of(child) for child in parts(node)]

    def _object(self, node: Node) -> Any:
        made: dict[str, Any] = {}
        for entry in parts(node):
            pair = parts(entry)
            if len(pair) == 2:
                key = text(pair[0]) if pair[0].type == "identifier" else str(self.of(pair[0]))
                made[key] = self.of(pair[1])
        return made

    def _parenthesized_expression(self, node: Node) -> Any:
        return self.of(parts(node)[0])

    def _ternary_expression(self, node: Node) -> Any:
        wanted, yes, no = parts(node)
        return self.of(yes if self.of(wanted) else no)

    def _unary_expression(self, node: Node) -> Any:
        return not self.of(parts(node)[0])

    def _binary_expression(self, node: Node) -> Any:
        left, right = parts(node)
        return _OPERATORS[text(node.children[1])](self.of(left), self.of(right))

    def _member_expression(self, node: Node) -> Any:
        of, name = parts(node)
        return _member(self.of(of), text(name))

    def _subscript_expression(self, node: Node) -> Any:
        of, index = parts(node)
        found, place = self.of(of), self.of(index)
        return Open(f"{found.way}[{place}]") if isinstance(found, Open) else found[place]

    def _for_statement(self, node: Node) -> Any:
        *names, over, body = parts(node)
        (name,) = [text(one) for one in names]
        return [self._within({name: each}).of(body) for each in self.of(over)]

    def _within(self, names: Mapping[str, Any]) -> "_Evaluation":
        return _Evaluation(self._scope, {**self._local, **names})

    def _call_expression(self, node: Node) -> Any:
        called, arguments = parts(node)
        if called.type == "member_expression":  # a function of a resource, such as listKeys()
            return Open(f"{self.of(parts(called)[0])}.{text(parts(called)[1])}()")
        name = text(called)
        if name == "map":
            over, function = parts(arguments)
            parameter, body = parts(function)
            return [self._within({text(parameter): one}).of(body) for one in self.of(over)]
        return self._built_in(name, [self.of(one) for one in parts(arguments)])

    def _built_in(self, name: str, given: list[Any]) -> Any:
        here = self._scope.file.path.parent
        if name == "loadJsonContent":
            return json.loads((here / given[0]).read_text("utf-8"))
        if name == "loadTextContent":
            return (here / given[0]).read_text("utf-8")
        if name == "concat":
            return [one for some in given for one in some]
        if name == "union":
            return {key: value for some in given for key, value in some.items()}
        if name == "empty":
            return not isinstance(given[0], Open) and not given[0]
        if name == "string":
            return given[0] if isinstance(given[0], str | Open) else json.dumps(given[0])
        if name == "json":
            return json.loads(given[0])
        if name == "join":
            return given[1].join(str(one) for one in given[0])
        if name == "items":
            return [{"key": key, "value": value} for key, value in sorted(given[0].items())]
        return Open(f"{name}({', '.join(str(one) for one in given)})")


def _member(of: Any, name: str) -> Any:
    if isinstance(of, Module):
        assert name == "outputs"
        return of.scope
    if isinstance(of, Scope):
        return of.output(name)
    return Open(f"{of.way}.{name}") if isinstance(of, Open) else of[name]
