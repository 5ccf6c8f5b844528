"""A suite: a folder with suite.yaml and one file for each conversation, read and checked whole."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from backend.agents.handoffs import handoff_target
from backend.agents.problem import Place, Problem, nearest
from backend.agents.store import AgentStore
from backend.domain.line import LineSpec
from backend.errors import SuiteError
from backend.rehearsal.reading import Written, read_spec
from backend.rehearsal.spec import ConversationSpec, Must, MustNot, SaysSpec, SuiteSpec, ToolAnswerSpec, ToolSpec
from backend.rehearsal.tools import tools_of
from backend.rehearsal.whole_caller import WholeCallerSpec, conversations_of

__all__ = ["SUITE_FILE", "Conversation", "Suite", "load_suites"]

SUITE_FILE = "suite.yaml"
"""The file that makes a folder a suite."""
_WHOLE_CALLER = re.compile(r"^opening:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation of a suite."""

    name: str
    spec: ConversationSpec
    written: Written


@dataclass(frozen=True, slots=True)
class Suite:
    """Conversations that belong together."""

    name: str
    folder: Path
    spec: SuiteSpec
    conversations: tuple[Conversation, ...]

    @property
    def policies(self) -> Path | None:
        """The book of business that it names."""
        return (self.folder / self.spec.policies).resolve() if self.spec.policies else None


def load_suites(root: Path, store: AgentStore) -> list[Suite]:
    """Every suite in a folder, or below it.

    Args:
        root: a folder with suite.yaml, or one that holds such folders.
        store: agents, lines and tools that conversations may name.

    Raises:
        SuiteError: with every fault at once.
    """
    files = sorted(root.rglob(SUITE_FILE)) if root.is_dir() else []
    if not files:
        raise SuiteError([f"{root}: expected a folder with {SUITE_FILE}, there is none"])
    problems: list[Problem] = []
    tools = tools_of(store)
    suites = [_load(file, store, tools, problems) for file in files]
    if problems:
        raise SuiteError([str(problem) for problem in sorted(problems)])
    return [suite for suite in suites if suite is not None]


def _load(file: Path, store: AgentStore, tools: Collection[str], problems: list[Problem]) -> Suite | None:
    folder = file.parent
    spec, written = read_spec(file, f"{folder.name}/{SUITE_FILE}", SuiteSpec, problems)
    conversations: list[Conversation] = []
    beside = {file, folder / spec.policies} if spec and spec.policies else {file}
    paths = sorted({*folder.glob("*.yaml"), *folder.glob("*.yml")} - beside)
    if not paths:
        problems.append(written.problem((), "there is no conversation beside it; expected at least one YAML file"))
    line = store.lines.get(spec.line) if spec else None
    languages = line.languages if line else ()
    for path in paths:
        conversations += _read(path, f"{folder.name}/{path.name}", problems, languages)
    if spec is None:
        return None
    suite = Suite(folder.name, folder, spec, tuple(conversations))
    _Check(suite, store, tools, problems).run(written)
    return suite


def _read(path: Path, name: str, problems: list[Problem], languages: Collection[str]) -> list[Conversation]:
    """The conversations of a file: one that is written, or those of a whole caller."""
    if _WHOLE_CALLER.search(path.read_text("utf-8", errors="replace")):
        caller, place = read_spec(path, name, WholeCallerSpec, problems)
        spoken = conversations_of(caller, languages) if caller else {}
        return [Conversation(one, spec, place) for one, spec in spoken.items()]
    found, place = read_spec(path, name, ConversationSpec, problems)
    return [Conversation(path.stem, found, place)] if found else []


class _Check:
    """Does everything that a suite names exist?"""

    def __init__(self, suite: Suite, store: AgentStore, tools: Collection[str], problems: list[Problem]) -> None:
        self._suite = suite
        self._store = store
        self._tools = tools
        self._problems = problems

    def run(self, written: Written) -> None:
        """Add what is wrong to the problems."""
        spec = self._suite.spec
        line = self._line(spec.line, written, ("line",))
        if self._suite.policies is not None and not self._suite.policies.is_file():
            self._add(written, ("policies",), f"there is no file {spec.policies!r}")
        if line is not None:
            self._must_not(spec.must_not, written, line)
        self._answers(spec.tool_answers, written)
        for one in self._suite.conversations:
            self._conversation(one, line)

    def _conversation(self, one: Conversation, line: LineSpec | None) -> None:
        spec, written = one.spec, one.written
        if spec.line is not None:
            line = self._line(spec.line, written, ("line",))
        if spec.caller is not None and spec.caller not in self._suite.spec.callers:
            known = nearest(spec.caller, self._suite.spec.callers)
            self._add(written, ("caller",), f"unknown caller {spec.caller!r}{known}")
        if not spec.says and not spec.answers and spec.caller is None:
            self._add(written, (), "the caller says nothing; expected 'says', 'answers' or 'caller'")
        self._answers(spec.tool_answers, written)
        if line is None:
            return
        if spec.speaks and spec.speaks not in line.languages:
            message = f"the line {line.name} speaks {', '.join(line.languages)}, not {spec.speaks}"
            self._add(written, ("speaks",), message)
        self._must(spec.must, written, line)
        self._must_not(spec.must_not, written, line)
        second = spec.calls_again.says if spec.calls_again else ()
        for path, lines in ((("says",), spec.says), (("calls_again", "says"), second)):
            for index, says in enumerate(lines):
                if isinstance(says, SaysSpec):
                    if says.speaks and says.speaks not in line.languages:
                        message = f"the line {line.name} speaks {', '.join(line.languages)}, not {says.speaks}"
                        self._add(written, (*path, index, "speaks"), message)
                    self._says(says, written, line, (*path, index))

    def _answers(self, answers: tuple[ToolAnswerSpec, ...], written: Written) -> None:
        declared = [function.name for server in self._store.servers for function in server.functions]
        for index, answer in enumerate(answers):
            if answer.tool not in declared:
                known = nearest(answer.tool, declared)
                self._add(written, ("tool_answers", index, "tool"), f"no server declares {answer.tool!r}{known}")

    def _says(self, says: SaysSpec, written: Written, line: LineSpec, path: Place) -> None:
        self._named_tools(says.tools, written, line, (*path, "tools"))
        self._named_tools(says.tools_not, written, line, (*path, "tools_not"))
        if says.agent is not None:
            self._agent(says.agent, written, line, (*path, "agent"))

    def _must(self, must: Must, written: Written, line: LineSpec) -> None:
        self._named_tools(must.tools, written, line, ("must", "tools"))
        for index, agent in enumerate(must.agents):
            self._agent(agent, written, line, ("must", "agents", index))
        fields = {field.name for form in self._store.forms.values() for field in form.fields}
        for path in (*must.claim, *must.holds):
            if path.split(".")[0] not in fields:
                self._add(written, ("must", "claim", path), f"unknown claim field {path!r}{nearest(path, fields)}")

    def _must_not(self, must_not: MustNot, written: Written, line: LineSpec) -> None:
        self._named_tools(must_not.tools, written, line, ("must_not", "tools"))
        for index, agent in enumerate(must_not.agents):
            self._agent(agent, written, line, ("must_not", "agents", index))

    def _named_tools(self, tools: tuple[str | ToolSpec, ...], written: Written, line: LineSpec, path: Place) -> None:
        for index, tool in enumerate(tools):
            name = tool if isinstance(tool, str) else tool.name
            place = (*path, index) if isinstance(tool, str) else (*path, index, "name")
            if target := handoff_target(name):
                self._agent(target, written, line, place)
            elif name not in self._tools:
                self._add(written, place, f"unknown tool {name!r}{nearest(name, self._tools)}")

    def _agent(self, name: str, written: Written, line: LineSpec, path: Place) -> None:
        if name not in line.agents:
            known = nearest(name, line.agents)
            self._add(written, path, f"the line {line.name} has no agent {name!r}{known}")

    def _line(self, name: str, written: Written, path: Place) -> LineSpec | None:
        lines: Mapping[str, LineSpec] = self._store.lines
        if name not in lines:
            self._add(written, path, f"unknown line {name!r}{nearest(name, lines)}")
        return lines.get(name)

    def _add(self, written: Written, path: Place, message: str) -> None:
        self._problems.append(written.problem(path, message))
