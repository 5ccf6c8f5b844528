"""The check: every fault of a store at once, each with file, line, and what would be right."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from backend.agents.books import book_spec, check_books, with_look_ups
from backend.agents.case_webhook_check import webhook_faults
from backend.agents.checked import Checked, Source
from backend.agents.comparisons import check_comparisons
from backend.agents.doubts import doubt_problems, told_with_doubts
from backend.agents.files import StoreFiles
from backend.agents.forms import check_forms, check_subjects, with_forms
from backend.agents.graph import check_graph
from backend.agents.hours_check import past_days
from backend.agents.identities import attributes_of, check_identities, with_identities
from backend.agents.knowledge import check_knowledge
from backend.agents.languages import check_languages, check_line_languages
from backend.agents.lent import LENT, completed, missing_files
from backend.agents.needs import check_needs
from backend.agents.outdated import outdated_line
from backend.agents.phrase_check import check_line_phrases, check_whole_files, read_phrases, says_faults
from backend.agents.phrases import PhraseBook
from backend.agents.problem import Fault, Place, Problem, nearest
from backend.agents.prompts import variables_with
from backend.agents.quotes import quote_problems
from backend.agents.salvage import salvaged
from backend.agents.sandbox import environment
from backend.agents.sense import senseless_agent, senseless_line
from backend.agents.shape import shape_faults
from backend.agents.spec_file import spec_in
from backend.agents.spoken_texts import unspoken
from backend.agents.templates import check_inline, check_prompts, inline_lines
from backend.agents.tool_servers import check_broken_server, check_servers, server_spec, with_servers
from backend.agents.trial import try_templates
from backend.agents.unsound import with_unsound
from backend.agents.unused_options import unused_by_agent, unused_by_line
from backend.agents.uses import closure
from backend.agents.variables import unknown_line_variables, unknown_variables
from backend.agents.voices import doubtful_voice
from backend.agents.yaml_file import YamlFault, YamlFile, seen_yaml
from backend.domain.agent import AgentSpec, LineSpec
from backend.domain.form_spec import FormSpec
from backend.domain.identity_spec import IdentitySpec
from backend.domain.timezone import is_zone
from backend.domain.tool import ToolNames

__all__ = ["check_store"]

_S = TypeVar("_S", bound=BaseModel)


def check_store(files: StoreFiles, tools: ToolNames, *, was_live: bool = False) -> Checked:
    """Check everything that can be known without making a call.

    Args:
        files: the store as it was read.
        tools: what agents may use.
        was_live: was this very version live before? What was let pass then is a warning.
    """
    unread = {p.file for p in files.problems if p.file.startswith(f"{files.agent_folder}/agents/")}
    named = frozenset(PurePosixPath(name).stem for name in {*files.agents, *unread})
    checked = Checked(problems=list(files.problems), sandbox=environment(files.prompts), named=named)
    for name, raw in files.agents.items():
        _read(checked, name, raw, AgentSpec, "agent", checked.agents)
    added = missing_files(files, checked.contents.values(), tools)
    files = completed(files, added) if added else files
    checked.lent = added
    checked.named_books = frozenset(PurePosixPath(name).stem for name in files.books)
    for folder in sorted({name.partition("/")[0] for name in added}):
        checked.problems.append(Problem(f"{files.agent_folder}/{folder}", 0, LENT, outdated=True))
    for name, raw in files.lines.items():
        _read(checked, name, raw, LineSpec, "line", checked.lines)
    for name, raw in files.forms.items():
        _read(checked, name, raw, FormSpec, "form", checked.forms)
    checked.phrases = read_phrases(files.phrases, checked.problems)
    for name, raw in files.identities.items():
        _read(checked, name, raw, IdentitySpec, "identity", checked.identities)
    for name, raw in files.books.items():
        _read(checked, name, raw, book_spec(raw), "book", checked.books)
    tools = with_look_ups(with_identities(with_forms(tools, checked.forms), checked.identities), checked.books)
    tools = with_unsound(tools, _unsound(checked, files), _used(checked))
    for name, raw in files.tools.items():
        _read(checked, name, raw, server_spec(raw), "tool server", checked.servers)
    checked.problems += check_servers(checked.servers, checked.sources, tools)
    for source, places in checked.broken_servers:
        checked.problems += check_broken_server(source.yaml.content, places, source, tools)
    checked.problems += check_forms(checked.forms, checked.agents, checked.lines, checked.sources, checked.lost)
    attributes = attributes_of(checked.identities.values(), checked.servers.values())
    checked.variables = variables_with(attributes)
    checked.problems += _asked_of_records(checked, files, attributes)
    checked.problems += check_identities(checked.identities, checked, tools)
    checked.problems += check_books(checked.books, checked)
    _check_contents(checked, files, with_servers(tools, checked.servers, files.tools))
    checked.problems += _outdated(checked)
    _check_voices(checked)
    if was_live:
        checked.warnings += [problem for problem in checked.problems if problem.outdated]
        checked.problems = [problem for problem in checked.problems if not problem.outdated]
    checked.warnings += _unannounced_voices(checked)
    checked.warnings += _past_days(checked)
    checked.warnings += _without_use(checked)
    _check_spoken_texts(checked)
    return checked


def _unsound(checked: Checked, files: StoreFiles) -> Iterator[bytes]:
    """Forms, identities and books with faults of their own."""
    sound = {source.file for key, source in checked.sources.items() if key not in checked.lost}
    for folder in (files.forms, files.identities, files.books):
        yield from (raw for name, raw in folder.items() if name not in sound)


def _asked_of_records(checked: Checked, files: StoreFiles, attributes: frozenset[str]) -> list[Problem]:
    """What forms ask of records, where of every identity and server it is known what it lets out."""
    whole = len(checked.identities) == len(files.identities) and len(checked.servers) == len(files.tools)
    lost = [keys for key, keys in checked.lost.items() if not key.startswith(("form:", "line:", "agent:"))]
    if not whole or files.problems or any({"attributes", "functions"} & keys for keys in lost):
        return []
    return check_subjects(checked.forms, attributes, checked.sources, checked.lost)


def _used(checked: Checked) -> frozenset[str]:
    """Every tool that an agent names."""
    return frozenset(use.name for agent in checked.agents.values() for use in agent.uses())


def _past_days(checked: Checked) -> Iterator[Problem]:
    """Days in opening hours that are over."""
    for line in checked.lines.values():
        key = f"line:{line.name}"
        for place, message in _certain(checked, key, past_days(line)):
            yield checked.sources[key].problem(place, message)


def _without_use(checked: Checked) -> Iterator[Problem]:
    """Options that others beside them leave without a use: they are kept for a change back, so that it is only said."""
    faults = [(f"agent:{agent.name}", unused_by_agent(agent)) for agent in checked.agents.values()]
    faults += [(f"line:{line.name}", unused_by_line(line)) for line in checked.lines.values()]
    for key, found in faults:
        for place, message in _certain(checked, key, found):
            yield checked.sources[key].problem(place, message)


def _outdated(checked: Checked) -> Iterator[Problem]:
    """What only earlier versions let pass."""
    for line in checked.lines.values():
        source = checked.sources[f"line:{line.name}"]
        if not line.company.strip():
            words = "callers would hear nothing where the name of the house is to be; expected a name"
            yield replace(source.problem(("company",), words), outdated=True)
        for path, message in _certain(checked, f"line:{line.name}", outdated_line(line)):
            yield replace(source.problem(path, message), outdated=True)


def _check_spoken_texts(checked: Checked) -> None:
    """Texts that callers of one of a line's languages would not hear in theirs."""
    told: set[tuple[str, Place]] = set()
    for line in checked.lines.values():
        for one in unspoken(line, checked.agents):
            lost = {key for name in (one.owner, f"line:{line.name}") for key in checked.lost.get(name, ())}
            if (one.owner, one.place) in told or {one.place[0], "languages"} & lost:
                continue
            told.add((one.owner, one.place))
            problem = checked.sources[one.owner].problem(one.place, one.message)
            (checked.problems if one.certain else checked.warnings).append(problem)


def _unannounced_voices(checked: Checked) -> Iterator[Problem]:
    """Hand-offs by which a caller suddenly hears somebody else."""
    for agent in checked.agents.values():
        for index, handoff in enumerate(agent.handoffs):
            other = checked.agents.get(handoff.to)
            if other is None or handoff.announcement or other.voice.name == agent.voice.name:
                continue
            if checked.lost.keys() & {f"agent:{agent.name}", f"agent:{other.name}"}:
                continue  # nobody knows what was meant
            if any(check_languages(one) for one in (agent, other)):
                continue  # the voice itself is wrong, which is told already
            message = (
                f"{handoff.to} has another voice ({other.voice.name}), and nobody says so; give the hand-off an "
                'announcement, such as "My colleague will take your report now.", or both agents the same voice'
            )
            yield checked.sources[f"agent:{agent.name}"].problem(("handoffs", index), message)


def _check_voices(checked: Checked) -> None:
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


def _certain(checked: Checked, name: str, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Faults but for those of keys that could not be read: they would only follow from that."""
    lost = checked.lost.get(name, frozenset[str]())
    if "tools" in lost:
        lost |= {"opening_tool"}  # one of them
    return (fault for fault in faults if fault[0][0] not in lost)


def _check_contents(checked: Checked, files: StoreFiles, tools: ToolNames) -> None:
    """What fits, or not, once every file that can be read has been."""
    for folder, found in (("agents", files.agents), ("lines", files.lines)):
        if not found and not checked.problems:
            message = f"there is no {folder.removesuffix('s')}; expected at least one YAML file"
            checked.problems.append(Problem(f"{files.agent_folder}/{folder}", 0, message))
    checked.problems += check_prompts(files.prompts, files.prompt_folder, checked.variables)
    checked.problems += check_comparisons(checked, files)
    for agent in checked.agents.values():
        source = checked.sources[f"agent:{agent.name}"]
        checked.problems += _check_agent(agent, source, files, checked, tools)
    for line in checked.lines.values():
        checked.problems += _check_line(line, checked.sources[f"line:{line.name}"], checked, files.prompts)
    checked.problems += check_knowledge(files.knowledge, checked.lines)
    _check_phrases(checked, files)
    broken = {problem.file for problem in checked.problems}
    if _graph_is_known(checked, files, tools):
        checked.problems += check_graph(checked.agents, checked.lines, checked.sources, tools)
    no = checked.untried | checked.lost.keys()
    no |= {f"agent:{name}" for name, agent in checked.agents.items() if _is_broken(agent, files, broken)}
    agents = {name: agent for name, agent in checked.agents.items() if f"agent:{name}" not in no}
    lines = {name: line for name, line in checked.lines.items() if f"line:{name}" not in no}
    known = attributes_of(checked.identities.values(), checked.servers.values())
    checked.problems += try_templates(
        checked.sandbox, agents, lines, checked.sources, files.prompt_folder, tools, files.prompts, known
    )
    told = {(problem.file, problem.line) for problem in checked.problems if "report_emergency" in problem.message}
    needs = check_needs(checked.agents, checked.lines, checked.sources, checked.lost, tools)
    checked.problems += [problem for problem in needs if (problem.file, problem.line) not in told]


def _check_phrases(checked: Checked, files: StoreFiles) -> None:
    """What is said in fixed words, in every language of every line."""
    check_whole_files(files.phrases, checked.phrases, checked.problems)
    book = PhraseBook(checked.phrases)
    for line in checked.lines.values():
        agents = {name: checked.agents[name] for name in line.agents if name in checked.agents}
        sure = {name: agent for name, agent in agents.items() if "voice" not in checked.lost.get(f"agent:{name}", ())}
        if sure and not {"languages", "says"} & checked.lost.get(f"line:{line.name}", frozenset()):
            source = checked.sources[f"line:{line.name}"]
            checked.problems += check_line_phrases(line, sure, book, checked.phrases, source)


def _is_broken(agent: AgentSpec, files: StoreFiles, broken: set[str]) -> bool:
    """Is its prompt, or a partial of it, at fault? Rendering it would only stumble over that again."""
    return any(
        f"{files.prompt_folder}/{name}" in broken for name in (agent.prompt, *closure(agent.prompt, files.prompts))
    )


_OF_THE_GRAPH = frozenset({"handoffs", "tools", "draft", "agents", "entry", "name"})


def _graph_is_known(checked: Checked, files: StoreFiles, tools: ToolNames) -> bool:
    """Can it be told who hands over to whom? Else what is wrong with the hand-offs would only follow from that."""
    agents, lines = checked.agents, checked.lines
    complete = len(agents) == len(files.agents) and len(lines) == len(files.lines) and not files.problems
    named = all(PurePosixPath(source.file).stem == key.partition(":")[2] for key, source in checked.sources.items())
    return (
        complete
        and named
        and not any(_OF_THE_GRAPH & lost for lost in checked.lost.values())
        and all(handoff.to in agents for agent in agents.values() for handoff in agent.handoffs)
        and all(use.name in tools.sets for agent in agents.values() for use in agent.uses())
        and all(name in agents for line in lines.values() for name in line.agents)
        and all(line.entry in line.agents for line in lines.values())
    )


def _shaped(spec: type[_S], raw: bytes, yaml: YamlFile) -> tuple[_S | None, list[Fault]]:
    """What a file says, or what is wrong with its shape."""
    try:
        return spec_in(raw, spec), []
    except ValidationError as error:
        return None, told_with_doubts(shape_faults(spec, error, yaml.lines), yaml)


def _read(checked: Checked, file: str, raw: bytes, spec: type[_S], kind: str, into: dict[str, Any]) -> None:
    try:
        yaml = seen_yaml(raw)
    except YamlFault as fault:
        checked.problems.append(Problem(file, fault.line, str(fault)))
        return
    checked.contents[file] = yaml.content
    source = Source(file, yaml)
    checked.problems += [
        Problem(file, line, f"the key {key!r} is written twice; keep one") for line, key in yaml.duplicates
    ]
    value, faults = _shaped(spec, raw, yaml)
    checked.problems += dict.fromkeys(source.problem(path, message) for path, message in faults)
    checked.problems += quote_problems(file, yaml, dict(faults))
    checked.problems += doubt_problems(file, yaml, dict(faults))
    if faults and kind == "tool server":
        checked.broken_servers.append((source, tuple(path for path, _ in faults)))
        return
    if faults:
        value, lost = salvaged(spec, yaml.content, (path for path, _ in faults))
        checked.lost |= {f"{kind}:{getattr(value, 'name', '')}": lost} if value is not None else {}
    if value is None:
        return
    name = str(getattr(value, "name", ""))
    stem = PurePosixPath(file).stem
    if name != stem:
        checked.problems.append(
            source.problem(("name",), f"the name is {name!r} but the file is {stem!r}; make them one")
        )
    if name in into:
        other = checked.sources[f"{kind}:{name}"].file
        checked.problems.append(source.problem(("name",), f"there is another {kind} named {name!r} in {other}"))
        return
    into[name] = value
    checked.sources[f"{kind}:{name}"] = source


def _check_agent(
    agent: AgentSpec, source: Source, files: StoreFiles, checked: Checked, tools: ToolNames
) -> list[Problem]:
    problems: list[Problem] = []
    unread = f"{files.prompt_folder}/{agent.prompt}" in {problem.file for problem in files.problems}
    if agent.prompt not in files.prompts and not unread:
        where = f"the prompt {agent.prompt!r} is not in {files.prompt_folder}{nearest(agent.prompt, files.prompts)}"
        problems.append(source.problem(("prompt",), where))
    for path, text in inline_lines(agent):
        problems += [source.problem(path, fault) for fault in check_inline(text, checked.variables)]
    key, lost = f"agent:{agent.name}", checked.lost.get(f"agent:{agent.name}", frozenset[str]())
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
    faults += unknown
    return problems + [source.problem(path, fault) for path, fault in _certain(checked, key, faults)]


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


def _check_line(line: LineSpec, source: Source, checked: Checked, prompts: Mapping[str, str]) -> list[Problem]:
    faults = [*_name_faults(line, checked), *senseless_line(line), *says_faults(line)]
    faults += webhook_faults(line, checked.forms)
    if not is_zone(line.timezone):
        checked.untried.add(f"line:{line.name}")  # nobody knows what time it is there
    for name in line.agents:
        if name not in checked.agents:
            continue
        if "speech" not in checked.lost.get(f"agent:{name}", frozenset()):
            faults += check_line_languages(line, checked.agents[name])
        unknown = list(unknown_line_variables(line, checked.agents[name], prompts))
        if unknown:
            checked.untried.add(f"line:{line.name}")
        faults += unknown
    return [source.problem(path, fault) for path, fault in _certain(checked, f"line:{line.name}", faults)]


def _name_faults(line: LineSpec, checked: Checked) -> Iterator[Fault]:
    """Agents, numbers and time zones that there are not, or that belong to somebody else."""
    for index, name in enumerate(line.agents):
        if name not in checked.named:
            yield ("agents", index), f"unknown agent {name!r}{nearest(name, checked.named)}"
    if line.entry not in line.agents:
        known = nearest(line.entry, line.agents)
        yield ("entry",), f"the entry agent {line.entry!r} is not among the line's agents{known}"
    for other in checked.lines.values():
        shared = set(line.numbers) & set(other.numbers) if other.name < line.name else set[str]()
        for number in sorted(shared):
            yield ("numbers", line.numbers.index(number)), f"the number {number} also belongs to {other.name}"
    for path, name in (
        (("timezone",), line.timezone),
        (("hours", "timezone"), line.hours.timezone if line.hours else ""),
    ):
        if not is_zone(name):
            yield path, f"unknown time zone {name!r}; expected one such as America/Chicago"
