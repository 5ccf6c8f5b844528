"""Checks the tool servers that a store declares."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Protocol

from backend.agents.outdated import outdated_server
from backend.agents.problem import Fault, Place, Problem, nearest
from backend.agents.salvage import salvaged
from backend.agents.templates import check_words
from backend.agents.unused_options import unused_by_functions
from backend.agents.yaml_file import YamlFault, content_of
from backend.domain.json_schema import schema_faults
from backend.domain.tool import VERIFIED, ToolNames
from backend.domain.tool_server import (
    OF_THE_CALL,
    AnswerSpec,
    AnyServer,
    FunctionSpec,
    HttpFunction,
    HttpServerSpec,
    McpServerSpec,
    Reference,
    header_fault,
)

__all__ = ["check_broken_server", "check_servers", "server_spec", "with_servers"]


_HAND_OFF = "hand_off_to_"
_SECRET = re.compile(r"authorization|key|token|secret|password|cookie", re.IGNORECASE)


class _Source(Protocol):
    def problem(self, path: Place, message: str) -> Problem: ...


def server_spec(raw: bytes) -> type[HttpServerSpec] | type[McpServerSpec]:
    """Which of the two kinds a file declares; HTTP when it does not say."""
    try:
        kind = content_of(raw).get("kind")
    except YamlFault:
        kind = None
    return McpServerSpec if kind == "mcp" else HttpServerSpec


def with_servers(tools: ToolNames, servers: Mapping[str, AnyServer], files: Mapping[str, bytes]) -> ToolNames:
    """What agents may name: the typed tools, each server as a set, and each of its functions alone.

    Servers with a fault of their own count: one fault is told once, not by every agent that mentions it.
    """
    sets, requires, grants = dict(tools.sets), dict(tools.requires), dict(tools.grants)
    for file, raw in files.items():
        names = _function_names(raw)
        sets |= {name: frozenset({name}) for name in names} | {PurePosixPath(file).stem: frozenset(names)}
    for server in servers.values():
        names = [function.name for function in server.functions]
        sets |= {name: frozenset({name}) for name in names} | {server.name: frozenset(names)}
        requires |= {function.name: function.requires for function in server.functions if function.requires}
        grants |= {one.name: frozenset({VERIFIED, one.grants.grant}) for one in server.functions if one.grants}
    return replace(tools, sets=sets, requires=requires, grants=grants)


def _function_names(raw: bytes) -> list[str]:
    try:
        functions = content_of(raw).get("functions")
    except YamlFault:
        return []
    listed: list[Any] = functions if isinstance(functions, list) else []
    return [str(one["name"]) for one in listed if isinstance(one, dict) and "name" in one]


def check_servers(servers: Mapping[str, AnyServer], sources: Mapping[str, _Source], tools: ToolNames) -> list[Problem]:
    """Everything about these servers that can be known without reaching them."""
    problems: list[Problem] = []
    taken = dict.fromkeys(tools.sets, "one of the tools that ship")
    for server in servers.values():
        source = sources[f"tool server:{server.name}"]
        problems += _check_address(server, source)
        outdated = [*outdated_server(server), *unused_by_functions(server)]
        problems += [replace(source.problem(path, fault), outdated=True) for path, fault in outdated]
        if server.name in taken:
            problems.append(source.problem(("name",), f"the name {server.name!r} is {taken[server.name]}"))
        for index, function in enumerate(server.functions):
            place: Place = ("functions", index)
            if function.name in taken or function.name.startswith(_HAND_OFF):
                of = taken.get(function.name, "kept for hand-offs")
                problems.append(source.problem((*place, "name"), f"the name {function.name!r} is {of}"))
            taken[function.name] = f"a function of {server.name}"
            problems += _check_function(function, source, place)
        problems += _check_answer(server.unavailable or AnswerSpec(), source, ("unavailable",))
    return problems


class _Sound:
    """Tells faults of what is left of a file under the places that they have in the whole of it."""

    def __init__(self, source: _Source, kept: Sequence[int], lost: frozenset[str]) -> None:
        self._source, self._kept, self._lost = source, kept, lost
        self.following: set[Problem] = set()
        """Faults of keys that are lost: they would only follow from that."""

    def problem(self, path: Place, message: str) -> Problem:
        """A fault at a place of what is left."""
        match path:
            case ("functions", int(index), *rest):
                return self._source.problem(("functions", self._kept[index], *rest), message)
            case _:
                problem = self._source.problem(path, message)
                self.following |= {problem} if path and str(path[0]) in self._lost else set()
                return problem


def check_broken_server(
    content: Mapping[str, Any], faults: Sequence[Place], source: _Source, tools: ToolNames
) -> list[Problem]:
    """What else is wrong with a server whose file has faults of shape, which have been told already.

    Args:
        content: the file as it was read.
        faults: where the faults of shape are.
        source: where it was written.
        tools: what there is besides.
    """
    listed: list[Any] = content["functions"] if isinstance(content.get("functions"), list) else []
    bad = {path[1] for path in faults if path[:1] == ("functions",) and len(path) > 1}
    kept = [index for index in range(len(listed)) if index not in bad]
    rest = dict(content) | {"functions": [listed[index] for index in kept]}
    spec = McpServerSpec if content.get("kind") == "mcp" else HttpServerSpec
    outside = [path for path in faults if path[:1] != ("functions",)]
    server, lost = salvaged(spec, rest, outside)
    if server is None or not kept:
        return []
    lost |= {"url"} if "hosts" in lost else set()  # whether its host is named cannot be told
    sound = _Sound(source, kept, lost)
    problems = check_servers({server.name: server}, {f"tool server:{server.name}": sound}, tools)
    return [problem for problem in problems if replace(problem, outdated=False) not in sound.following]


def _check_address(server: AnyServer, source: _Source) -> list[Problem]:
    problems: list[Problem] = []
    known = server.url.default if isinstance(server.url, Reference) else server.url
    if known is not None and not re.match(r"^https?://[^/\s@]+(/\S*)?$", known):
        problems.append(source.problem(("url",), "expected an address such as https://tools.example.com"))
    for name, value in server.headers.items():
        if fault := header_fault(name):
            problems.append(source.problem(("headers", name), fault))
        if isinstance(value, str) and _SECRET.search(name):
            message = f"the header {name} looks like a secret; refer to it, such as {{env: TOOL_KEY}}"
            problems.append(source.problem(("headers", name), message))
    return problems


def _check_function(function: FunctionSpec, source: _Source, place: Place) -> list[Problem]:
    problems = _check_answer(function.answer, source, (*place, "answer"))
    problems += [source.problem((*place, "confirm"), fault) for fault in check_words(function.confirm, {"arguments"})]
    problems += _check_schema(function.result, source, (*place, "result"))
    problems += [source.problem((*place, *path), message) for path, message in _subject_faults(function)]
    if isinstance(function, HttpFunction):
        problems += _check_request(function, source, place)
    return problems


def _subject_faults(function: FunctionSpec) -> Iterator[Fault]:
    """What is bound to a verified caller, or says who the caller is."""
    bound = sorted(set(function.bind.values()) - OF_THE_CALL)
    if bound and function.requires is None:
        yield ("bind",), f"{bound[0]} is a verified caller's; add 'requires: verified_caller'"
    if function.grants is None:
        return
    if function.requires is not None:
        yield ("requires",), "it shows who the caller is, so nothing can be wanted of them before"
    if isinstance(function, HttpFunction):
        for index, name in enumerate(function.grants.secret):
            if name not in function.arguments:
                known = nearest(name, function.arguments)
                yield ("grants", "secret", index), f"{name!r} is no argument{known}"


def _check_request(function: HttpFunction, source: _Source, place: Place) -> list[Problem]:
    problems: list[Problem] = []
    known = set(function.arguments) | set(function.bind)
    for name in re.findall(r"{([^}]*)}", function.path):
        if name not in known:
            message = f"the path wants {name!r}, which is no argument{nearest(name, known)}"
            problems.append(source.problem((*place, "path"), message))
    for name in function.optional:
        if name not in function.arguments:
            message = f"{name!r} is no argument{nearest(name, function.arguments)}"
            problems.append(source.problem((*place, "optional"), message))
        elif f"{{{name}}}" in function.path:
            problems.append(source.problem((*place, "optional"), f"{name!r} is in the path and can't be left out"))
    problems += _check_arguments(function, source, place)
    for name, schema in function.arguments.items():
        if "description" not in schema and name not in function.bind:
            message = f"{name} has no description; say what it is and ask for it, such as 'Day. Which day suits you?'"
            problems.append(source.problem((*place, "arguments", name), message))
    if function.method in {"POST", "PUT", "PATCH", "DELETE"} and function.effect == "read":
        message = f"{function.method} changes something; expected 'effect: write', or the method GET"
        problems.append(source.problem((*place, "method"), message))
    for status, answer in function.failures.items():
        problems += _check_answer(answer, source, (*place, "failures", status))
    return problems


def _check_arguments(function: HttpFunction, source: _Source, place: Place) -> list[Problem]:
    """All together, for that is how they are used: a reference begins at the root of all."""
    problems: list[Problem] = []
    for path, fault in schema_faults({"type": "object", "properties": dict(function.arguments)}):
        inside = path[1:] if path[:1] == ("properties",) else path
        problems.append(source.problem((*place, "arguments", *inside), fault))
    return problems


def _check_answer(answer: AnswerSpec, source: _Source, path: Place) -> list[Problem]:
    problems: list[Problem] = []
    for key in ("message", "say", "ask"):
        faults: Sequence[str] = check_words(getattr(answer, key), {"result", "arguments"})
        problems += [source.problem((*path, key), fault) for fault in faults]
    return problems


def _check_schema(schema: Mapping[str, Any], source: _Source, path: Place) -> list[Problem]:
    return [source.problem((*path, *place), fault) for place, fault in schema_faults(schema)]
