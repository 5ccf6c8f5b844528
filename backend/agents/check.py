"""The check: every fault of a store at once, each with file, line, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from backend.agents.files import StoreFiles
from backend.agents.graph import check_graph
from backend.agents.knowledge import check_knowledge
from backend.agents.problem import Problem, nearest
from backend.agents.templates import check_inline, check_prompts
from backend.agents.tool_servers import check_servers, server_spec, with_servers
from backend.agents.yaml_file import YamlFault, YamlFile, parse_yaml
from backend.domain.agent import AgentSpec, LineSpec
from backend.domain.timezone import is_zone
from backend.domain.tool import ToolNames
from backend.domain.tool_server import AnyServer

__all__ = ["Checked", "Source", "check_store"]

_S = TypeVar("_S", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a spec was written."""

    file: str
    yaml: YamlFile

    def problem(self, path: tuple[str | int, ...], message: str) -> Problem:
        """A fault at a place of this file."""
        return Problem(self.file, self.yaml.line(path), message)


@dataclass(slots=True)
class Checked:
    """The outcome: what could be read, and everything that is wrong with it."""

    agents: dict[str, AgentSpec] = field(default_factory=dict[str, AgentSpec])
    lines: dict[str, LineSpec] = field(default_factory=dict[str, LineSpec])
    servers: dict[str, AnyServer] = field(default_factory=dict[str, AnyServer])
    """Tool servers that the store declares."""
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    """By ``agent:NAME``, ``line:NAME`` and ``tool server:NAME``."""
    problems: list[Problem] = field(default_factory=list[Problem])
    named: frozenset[str] = frozenset()
    """Agents that are there, sound or not: one fault is told once, not by everybody who mentions the agent."""


def check_store(files: StoreFiles, tools: ToolNames) -> Checked:
    """Check everything that can be known without making a call."""
    named = frozenset(PurePosixPath(name).stem for name in files.agents)
    checked = Checked(problems=list(files.problems), named=named)
    for name, raw in files.agents.items():
        _read(checked, name, raw, AgentSpec, "agent", checked.agents)
    for name, raw in files.lines.items():
        _read(checked, name, raw, LineSpec, "line", checked.lines)
    for name, raw in files.tools.items():
        _read(checked, name, raw, server_spec(raw), "tool server", checked.servers)
    checked.problems += check_servers(checked.servers, checked.sources, tools)
    tools = with_servers(tools, checked.servers, files.tools)
    if not files.agents and not checked.problems:
        checked.problems.append(Problem("agents", 0, "there is no agent; expected at least one YAML file"))
    if not files.lines and not checked.problems:
        checked.problems.append(Problem("lines", 0, "there is no line; expected at least one YAML file"))
    checked.problems += check_prompts(files.prompts, files.prompt_folder)
    for agent in checked.agents.values():
        source = checked.sources[f"agent:{agent.name}"]
        checked.problems += _check_agent(agent, source, files, checked, tools)
    for line in checked.lines.values():
        checked.problems += _check_line(line, checked.sources[f"line:{line.name}"], checked)
    checked.problems += check_knowledge(files.knowledge, checked.lines)
    complete = len(checked.agents) == len(files.agents) and len(checked.lines) == len(files.lines)
    if complete and not checked.problems:
        checked.problems += check_graph(checked.agents, checked.lines, checked.sources, tools.exits())
    return checked


def _read(checked: Checked, file: str, raw: bytes, spec: type[_S], kind: str, into: dict[str, Any]) -> None:
    try:
        yaml = parse_yaml(raw)
    except YamlFault as fault:
        checked.problems.append(Problem(file, fault.line, str(fault)))
        return
    source = Source(file, yaml)
    checked.problems += [
        Problem(file, line, f"the key {key!r} is written twice; keep one") for line, key in yaml.duplicates
    ]
    try:
        value = spec.model_validate(yaml.content)
    except ValidationError as error:
        faults: list[dict[str, Any]] = [dict(fault) for fault in error.errors(include_url=False)]
        for fault in faults:
            fault["loc"] = _place(source, fault)
        inner = {fault["loc"][:depth] for fault in faults for depth in range(len(fault["loc"]))}
        # Where one of several shapes fits almost, only what is wrong inside it is told.
        told = [fault for fault in faults if fault["loc"] not in inner or fault["type"] == "missing"]
        checked.problems += [_fault(source, spec, fault) for fault in told]
        return
    name = str(getattr(value, "name", ""))
    stem = PurePosixPath(file).stem
    if name != stem:
        checked.problems.append(
            source.problem(("name",), f"the name is {name!r} but the file is {stem!r}; make them one")
        )
    if name in into:
        checked.problems.append(source.problem(("name",), f"there is another {kind} named {name!r}"))
        return
    into[name] = value
    checked.sources[f"{kind}:{name}"] = source


def _fault(source: Source, spec: type[BaseModel], fault: dict[str, Any]) -> Problem:
    path: tuple[str | int, ...] = fault["loc"]
    dotted = ".".join(str(part) for part in path)
    if fault["type"] == "extra_forbidden":
        known = _keys(spec, path[:-1])
        return source.problem(path, f"unknown key {str(path[-1])!r}{nearest(str(path[-1]), known)}")
    if fault["type"] == "missing":
        return source.problem(path[:-1], f"{dotted!r} is missing; it must be given")
    came = fault.get("input")
    shown = repr(came) if isinstance(came, str | int | float | bool | type(None)) else type(came).__name__
    return source.problem(path, f"{dotted}: {_expected(fault)}, got {shown[:80]}")


def _place(source: Source, fault: dict[str, Any]) -> tuple[str | int, ...]:
    """Where it is in the file: pydantic's path without the names of the shapes that it tried."""
    path: tuple[str | int, ...] = ()
    for part in fault["loc"]:
        last = part == fault["loc"][-1] and fault["type"] == "missing"
        if (*path, part) in source.yaml.lines or last:
            path = (*path, part)
    return path


def _expected(fault: dict[str, Any]) -> str:
    message = str(fault["msg"])
    if fault["type"] == "string_pattern_mismatch":
        pattern = fault["ctx"]["pattern"]
        known = {
            r"^[a-z][a-z0-9_]{0,63}$": "expected a name in lower case with underscores",
            r"^\+[1-9][0-9]{6,14}$": "expected a phone number such as +18005550100",
            r"^[\w./-]+\.jinja$": "expected a file name that ends in .jinja",
            r"^[+-]\d{1,2}%$": "expected a change in percent such as '+5%'",
            r"^\d\d:\d\d$": "expected a time such as '08:30'",
            r"^TOOL_[A-Z0-9_]{1,60}$": "expected a variable that begins with TOOL_",
            r"^/[^?#\s]*$": "expected a path such as /slots, without a query",
        }
        return known.get(pattern, f"expected something like {pattern}")
    message = message.replace("Input should be", "expected").replace("Value error, ", "")
    return message[:1].lower() + message[1:]


def _keys(spec: type[BaseModel], path: Iterable[str | int]) -> list[str]:
    model: Any = spec
    for part in path:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation if part in model.model_fields else None
        model = _model_in(annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _model_in(argument):
            return found
    return None


def _check_agent(
    agent: AgentSpec, source: Source, files: StoreFiles, checked: Checked, tools: ToolNames
) -> list[Problem]:
    problems: list[Problem] = []
    if agent.prompt not in files.prompts:
        where = f"the prompt {agent.prompt!r} is not in {files.prompt_folder}{nearest(agent.prompt, files.prompts)}"
        problems.append(source.problem(("prompt",), where))
    for key in ("greeting", "return_greeting"):
        problems += [source.problem((key,), fault) for fault in check_inline(getattr(agent, key))]
    for index, use in enumerate(agent.uses()):
        if use.name not in tools.sets:
            problems.append(
                source.problem(("tools", index), f"unknown tool {use.name!r}{nearest(use.name, tools.sets)}")
            )
            continue
        for function in use.disabled:
            if function not in tools.sets[use.name]:
                known = nearest(function, tools.sets[use.name])
                problems.append(source.problem(("tools", index), f"{use.name} has no function {function!r}{known}"))
    for index, handoff in enumerate(agent.handoffs):
        if handoff.to == agent.name:
            problems.append(source.problem(("handoffs", index, "to"), "an agent cannot hand over to itself"))
        elif handoff.to not in checked.named:
            known = nearest(handoff.to, checked.named)
            problems.append(source.problem(("handoffs", index, "to"), f"unknown agent {handoff.to!r}{known}"))
    return problems + _check_voice(agent, source)


def _check_voice(agent: AgentSpec, source: Source) -> list[Problem]:
    voice = agent.voice
    prefix = "-".join(voice.name.split("-")[:2])
    if "Multilingual" in voice.name or prefix.lower() == voice.language.lower() or len(prefix.split("-")) < 2:
        return []
    message = f"the voice {voice.name} speaks {prefix}, not {voice.language}; choose another voice or language"
    return [source.problem(("voice", "name"), message)]


def _check_line(line: LineSpec, source: Source, checked: Checked) -> list[Problem]:
    problems: list[Problem] = []
    for index, name in enumerate(line.agents):
        if name not in checked.named:
            problems.append(source.problem(("agents", index), f"unknown agent {name!r}{nearest(name, checked.named)}"))
    if line.entry not in line.agents:
        message = f"the entry agent {line.entry!r} is not among the line's agents{nearest(line.entry, line.agents)}"
        problems.append(source.problem(("entry",), message))
    for other in checked.lines.values():
        shared = set(line.numbers) & set(other.numbers) if other.name < line.name else set[str]()
        for number in sorted(shared):
            index = line.numbers.index(number)
            problems.append(source.problem(("numbers", index), f"the number {number} also belongs to {other.name}"))
    for path, name in (
        (("timezone",), line.timezone),
        (("hours", "timezone"), line.hours.timezone if line.hours else ""),
    ):
        if not is_zone(name):
            problems.append(source.problem(path, f"unknown time zone {name!r}; expected one such as America/Chicago"))
    if line.overflow.action == "redirect" and not line.overflow.number:
        problems.append(source.problem(("overflow",), "redirect needs a number to redirect to"))
    return problems
