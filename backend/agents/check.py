"""The check: every fault of a store at once, each with file, line, and what would be right."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from backend.agents.agent_check import check_agent, check_voices
from backend.agents.books import book_spec, check_books, with_look_ups
from backend.agents.checked import Checked
from backend.agents.comparisons import check_comparisons
from backend.agents.emergency_check import check_emergencies
from backend.agents.files import StoreFiles
from backend.agents.forms import check_forms, check_subjects, with_forms
from backend.agents.graph import check_graph
from backend.agents.identities import attributes_of, check_identities, with_identities
from backend.agents.knowledge import check_knowledge
from backend.agents.learned import check_learned, learned_in
from backend.agents.lent import LENT, completed, missing_files
from backend.agents.line_check import check_line
from backend.agents.outdated import outdated_line
from backend.agents.phrase_check import check_line_phrases, check_whole_files, read_phrases
from backend.agents.phrases import PhraseBook
from backend.agents.problem import Problem
from backend.agents.prompts import variables_with
from backend.agents.sandbox import environment
from backend.agents.spec_reader import read_specs
from backend.agents.store_warnings import check_spoken_texts, store_warnings
from backend.agents.template_trial import try_templates
from backend.agents.templates import check_prompts
from backend.agents.tool_servers import check_broken_server, check_servers, server_spec, with_servers
from backend.agents.unsound import with_unsound
from backend.agents.uses import closure
from backend.domain.agent import AgentSpec
from backend.domain.form_spec import FormSpec
from backend.domain.identity_spec import IdentitySpec
from backend.domain.line import LineSpec
from backend.domain.tool import ToolNames

__all__ = ["check_store"]


def check_store(files: StoreFiles, tools: ToolNames, *, was_live: bool = False) -> Checked:
    """Check everything that can be known without making a call.

    Args:
        files: the store as it was read.
        tools: what agents may use.
        was_live: was this very version live before? What was let pass then is a warning.
    """
    checked = Checked(problems=list(files.problems), sandbox=environment(files.prompts), named=_agents_there(files))
    read_specs(checked, files.agents, "agent", lambda _: AgentSpec, checked.agents)
    files = _with_lent_files(checked, files, tools)
    tools = _read_the_rest(checked, files, tools)
    _check_what_tools_are_made_of(checked, files, tools)
    _check_what_callers_meet(checked, files, with_servers(tools, checked.servers, files.tools))
    checked.problems += _outdated(checked)
    check_voices(checked)
    if was_live:
        checked.warnings += [problem for problem in checked.problems if problem.outdated]
        checked.problems = [problem for problem in checked.problems if not problem.outdated]
    checked.warnings += [*store_warnings(checked), *check_learned(checked, files)]
    check_spoken_texts(checked)
    return checked


# -- reading ------------------------------------------------------------------------------


def _agents_there(files: StoreFiles) -> frozenset[str]:
    """Agents that have a file, even one that could not be read."""
    unread = {problem.file for problem in files.problems if problem.file.startswith(f"{files.agent_folder}/agents/")}
    return frozenset(PurePosixPath(name).stem for name in {*files.agents, *unread})


def _with_lent_files(checked: Checked, files: StoreFiles, tools: ToolNames) -> StoreFiles:
    """The store with what it needs of the one that ships with this version, where it was written for an earlier one."""
    checked.lent = missing_files(files, checked.contents.values(), tools)
    for folder in sorted({name.partition("/")[0] for name in checked.lent}):
        checked.problems.append(Problem(f"{files.agent_folder}/{folder}", 0, LENT, outdated=True))
    return completed(files, checked.lent) if checked.lent else files


def _read_the_rest(checked: Checked, files: StoreFiles, tools: ToolNames) -> ToolNames:
    """Read everything but the agents; gives the tools that there are with those that the store makes itself."""
    checked.named_books = frozenset(PurePosixPath(name).stem for name in files.books)
    read_specs(checked, files.lines, "line", lambda _: LineSpec, checked.lines)
    read_specs(checked, files.forms, "form", lambda _: FormSpec, checked.forms)
    learned = learned_in(files)
    checked.forms = {name: form.with_learned(learned) for name, form in checked.forms.items()}
    checked.phrases = read_phrases(files.phrases, checked.problems)
    read_specs(checked, files.identities, "identity", lambda _: IdentitySpec, checked.identities)
    read_specs(checked, files.books, "book", book_spec, checked.books)
    tools = with_look_ups(with_identities(with_forms(tools, checked.forms), checked.identities), checked.books)
    tools = with_unsound(tools, _unsound(checked, files), _used(checked))
    read_specs(checked, files.tools, "tool server", server_spec, checked.servers)
    return tools


def _unsound(checked: Checked, files: StoreFiles) -> Iterator[bytes]:
    """Forms, identities and books with faults of their own."""
    sound = {source.file for key, source in checked.sources.items() if key not in checked.lost}
    for folder in (files.forms, files.identities, files.books):
        yield from (raw for name, raw in folder.items() if name not in sound)


def _used(checked: Checked) -> frozenset[str]:
    """Every tool that an agent names."""
    return frozenset(use.name for agent in checked.agents.values() for use in agent.uses())


# -- forms, identities, books and tool servers --------------------------------------------


def _check_what_tools_are_made_of(checked: Checked, files: StoreFiles, tools: ToolNames) -> None:
    """What of forms, identities, books and tool servers does not fit the others."""
    checked.problems += check_servers(checked.servers, checked.sources, tools)
    for source, places in checked.broken_servers:
        checked.problems += check_broken_server(source.yaml.content, places, source, tools)
    checked.problems += check_forms(checked.forms, checked.agents, checked.lines, checked.sources, checked.lost)
    attributes = attributes_of(checked.identities.values(), checked.servers.values())
    checked.variables = variables_with(attributes)
    checked.problems += _asked_of_records(checked, files, attributes)
    checked.problems += check_identities(checked.identities, checked)
    checked.problems += check_books(checked.books, checked)


def _asked_of_records(checked: Checked, files: StoreFiles, attributes: frozenset[str]) -> list[Problem]:
    """What forms ask of records, where of every identity and server it is known what it lets out."""
    whole = len(checked.identities) == len(files.identities) and len(checked.servers) == len(files.tools)
    lost = [keys for key, keys in checked.lost.items() if not key.startswith(("form:", "line:", "agent:"))]
    if not whole or files.problems or any({"attributes", "functions"} & keys for keys in lost):
        return []
    return check_subjects(checked.forms, attributes, checked.sources, checked.lost)


# -- agents, lines, prompts, knowledge and phrases ----------------------------------------


def _check_what_callers_meet(checked: Checked, files: StoreFiles, tools: ToolNames) -> None:
    """What fits, or not, once every file that can be read has been."""
    for folder, found in (("agents", files.agents), ("lines", files.lines)):
        if not found and not checked.problems:
            message = f"there is no {folder.removesuffix('s')}; expected at least one YAML file"
            checked.problems.append(Problem(f"{files.agent_folder}/{folder}", 0, message))
    checked.problems += check_prompts(files.prompts, files.prompt_folder, checked.variables)
    checked.problems += check_comparisons(checked, files)
    for agent in checked.agents.values():
        checked.problems += check_agent(agent, checked, files, tools)
    for line in checked.lines.values():
        checked.problems += check_line(line, checked, files.prompts)
    checked.problems += check_knowledge(files.knowledge, checked.lines)
    _check_phrases(checked, files)
    broken = {problem.file for problem in checked.problems}
    if _graph_is_known(checked, files, tools):
        checked.problems += check_graph(checked.agents, checked.lines, checked.sources, tools)
    _try_templates(checked, files, tools, broken)
    told = {(problem.file, problem.line) for problem in checked.problems if "report_emergency" in problem.message}
    needs = check_emergencies(checked.agents, checked.lines, checked.sources, checked.lost, tools)
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


def _try_templates(checked: Checked, files: StoreFiles, tools: ToolNames, broken: set[str]) -> None:
    """Render what is sound as its first caller would meet it."""
    no = checked.untried | checked.lost.keys()
    no |= {f"agent:{name}" for name, agent in checked.agents.items() if _is_broken(agent, files, broken)}
    agents = {name: agent for name, agent in checked.agents.items() if f"agent:{name}" not in no}
    lines = {name: line for name, line in checked.lines.items() if f"line:{name}" not in no}
    known = attributes_of(checked.identities.values(), checked.servers.values())
    checked.problems += try_templates(
        checked.sandbox, agents, lines, checked.sources, files.prompt_folder, tools, files.prompts, known
    )


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


def _outdated(checked: Checked) -> Iterator[Problem]:
    """What only earlier versions let pass."""
    for line in checked.lines.values():
        source = checked.sources[f"line:{line.name}"]
        if not line.company.strip():
            words = "callers would hear nothing where the name of the house is to be; expected a name"
            yield replace(source.problem(("company",), words), outdated=True)
        for path, message in checked.certain(f"line:{line.name}", outdated_line(line)):
            yield replace(source.problem(path, message), outdated=True)
