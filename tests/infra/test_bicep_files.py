"""Every Bicep file: its grammar, its names, what modules are given and what is taken from them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bicep_files import INFRA, File, literal, parts, read, target, text, value_of
from tree_sitter import Node

FILES = sorted(INFRA.rglob("*.bicep"))
FUNCTIONS = {
    *("concat", "empty", "environment", "guid", "items", "join", "json", "last", "loadJsonContent", "loadTextContent"),
    *("map", "replace", "resourceGroup", "resourceId", "split", "string", "subscription", "subscriptionResourceId"),
    *("take", "tenant", "toLower", "union", "uniqueString"),
}


def named(path: Path) -> str:
    return path.relative_to(INFRA).as_posix()


every = pytest.mark.parametrize("path", FILES, ids=named)


def below(node: Node) -> Iterator[Node]:
    yield node
    for child in node.named_children:
        yield from below(child)


def declared(file: File) -> set[str]:
    return {name for kind in ("param", "var", "resource", "module") for name in file.named.get(kind, {})}


def names_used(node: Node, known: frozenset[str]) -> Iterator[Node]:
    """Identifiers that stand for something, but for what a loop, a lambda or an inner resource declares."""
    if node.type == "identifier":
        if text(node) not in known:
            yield node
        return
    children = parts(node)
    if node.type in ("for_statement", "lambda_expression"):
        own = {text(one) for one in below(children[0]) if not parts(one)}
        if node.type == "for_statement":
            yield from names_used(children.pop(1), known)
        for child in children[1:]:
            yield from names_used(child, known | own)
        return
    named_by_its_key = node.type == "object_property" and children[0].type == "identifier"
    if named_by_its_key or node.type == "resource_declaration":
        children = children[1:]
    inner = [one for child in parts(node) for one in parts(child) if one.type == "resource_declaration"]
    for child in children:
        yield from names_used(child, known | {text(parts(one)[0]) for one in inner})


@every
def test_its_grammar_is_right(path: Path) -> None:
    assert read(path).faults == []


@every
def test_every_name_in_it_is_declared(path: Path) -> None:
    file = read(path)
    known = frozenset(declared(file) | FUNCTIONS)
    assert [f"line {one.start_point.row + 1}: {text(one)}" for one in all_used(file, known)] == []


def all_used(file: File, known: frozenset[str]) -> list[Node]:
    values = [value_of(node) for kind in file.named.values() for node in kind.values()]
    return [one for value in values if value is not None for one in names_used(value, known)]


@every
def test_everything_declared_is_used(path: Path) -> None:
    file = read(path)
    used = {text(one) for one in all_used(file, frozenset(FUNCTIONS))}
    assert {*file.param, *file.var} <= used


@every
def test_modules_get_what_they_ask_for_and_nothing_else(path: Path) -> None:
    file = read(path)
    for name, node in file.module.items():
        there = read(target(node, file))
        given = {text(entry.named_children[0]) for entry in parts(_params(node))}
        needed = {one for one, declared in there.param.items() if value_of(declared) is None}
        assert given <= set(there.param), f"{name}: no such parameter: {given - set(there.param)}"
        assert needed <= given, f"{name}: not given: {needed - given}"


def _params(node: Node) -> Node:
    (found,) = [
        parts(entry)[-1]
        for entry in below(node)
        if entry.type == "object_property" and text(entry.named_children[0]) == "params"
    ]
    return found


@every
def test_outputs_that_are_taken_are_there(path: Path) -> None:
    file = read(path)
    for module, output in re.findall(r"\b(\w+)!?\.outputs\.(\w+)", path.read_text("utf-8")):
        assert output in read(target(file.module[module], file)).output, f"{module} has no output {output}"


@every
def test_every_resource_has_an_api_version_that_is_no_preview_where_there_is_another(path: Path) -> None:
    only_preview = ("Microsoft.Insights/diagnosticSettings", "Microsoft.Insights/scheduledQueryRules")
    for node in below_all(path):
        kind = literal(next(child for child in parts(node) if child.type == "string"))
        nested = not kind.startswith("Microsoft.")
        assert nested or re.fullmatch(r"[\w./]+@\d{4}-\d\d-\d\d(-preview)?", kind), kind
        assert not kind.endswith("-preview") or kind.startswith(only_preview), kind


def below_all(path: Path) -> list[Node]:
    return [one for node in read(path).resource.values() for one in below(node) if one.type == "resource_declaration"]


def test_parameters_are_those_of_the_file_and_each_has_a_value() -> None:
    given = json.loads((INFRA / "main.parameters.json").read_text("utf-8"))["parameters"]
    assert set(given) == set(read(INFRA / "main.bicep").param)
    whole = (INFRA / "main.parameters.json").read_text("utf-8")
    assert "secretOrRandomPassword" not in whole  # it makes a new secret each time where no vault is named


def test_nothing_broken_passes(tmp_path: Path) -> None:
    broken = tmp_path / "broken.bicep"
    broken.write_text("param a string\nvar b = { a: a\nresource c 'Microsoft.App/x@2024-01-01' = {\n")
    assert read(broken).faults
    misread = tmp_path / "misread.bicep"
    misread.write_text("var a = {\n  b: [ toLower('A') ]\n}\n")
    assert read(misread).faults
    unknown = tmp_path / "unknown.bicep"
    unknown.write_text(
        "param a string\nvar b = [for one in a: { x: one, y: '${two}' }]\nvar c = map(a, z => z.a + q)\n"
    )
    file = read(unknown)
    assert [text(one) for one in all_used(file, frozenset(declared(file) | FUNCTIONS))] == ["two", "q"]
