"""The agent store: an immutable snapshot of all agents, lines and prompts that passed the check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from jinja2.sandbox import ImmutableSandboxedEnvironment

from backend.agents.books import declared_books
from backend.agents.check import check_store
from backend.agents.files import StoreFiles, read_files, version_of
from backend.agents.identities import attributes_of
from backend.agents.knowledge import MarkdownKnowledge
from backend.agents.phrases import PhraseBook
from backend.agents.problem import Problem
from backend.agents.prompts import PromptVariables, render
from backend.domain.agent import AgentSpec
from backend.domain.book_spec import DeclaredBook
from backend.domain.form_spec import FormSpec
from backend.domain.identity_spec import IdentitySpec
from backend.domain.line import LineSpec
from backend.domain.tool import ToolNames
from backend.domain.tool_server import AnyServer
from backend.errors import StoreError

__all__ = ["AgentStore", "build_store", "load_store"]


@dataclass(frozen=True)
class AgentStore:
    """Everything operations wrote, at one version. Calls keep the snapshot that they began with."""

    version: str
    """Hash of all files."""
    agents: Mapping[str, AgentSpec]
    lines: Mapping[str, LineSpec]
    forms: Mapping[str, FormSpec]
    identities: Mapping[str, IdentitySpec]
    books: Mapping[str, DeclaredBook]
    prompts: Mapping[str, str]
    knowledge: MarkdownKnowledge
    phrases: PhraseBook
    """Fixed sentences."""
    servers: tuple[AnyServer, ...]
    """Tool servers that the store declares."""
    files: Mapping[str, str] = field(repr=False)
    """Whole texts by lasting name: ``agents/auth.yaml``."""
    warnings: tuple[Problem, ...]
    """What is better put right."""
    _sandbox: ImmutableSandboxedEnvironment = field(repr=False)

    def line_for_number(self, number: str) -> LineSpec | None:
        """The line that a called number, or identity of the ACS resource, leads to."""
        return next((line for line in self.lines.values() if number in line.numbers), None)

    @cached_property
    def attributes(self) -> frozenset[str]:
        """What prompts may know of callers who are verified, besides their names."""
        return attributes_of(self.identities.values(), self.servers)

    @property
    def languages(self) -> frozenset[str]:
        """Tags of all languages that a call may be held in: those of lines, and what agents speak and understand."""
        agents = [self.agents[name] for line in self.lines.values() for name in line.agents]
        heard = [tag for agent in agents for tag in (agent.voice.language, *agent.speech.languages)]
        return frozenset(heard).union(*(line.languages for line in self.lines.values()))

    @property
    def credentials(self) -> frozenset[str]:
        """Arguments of tools by which callers show who they are; nothing of them is kept."""
        asked = {part.name for identity in self.identities.values() for part in identity.exact}
        declared = [function.grants for server in self.servers for function in server.functions]
        return frozenset(asked.union(*(grants.secret for grants in declared if grants)))

    def render_prompt(self, agent: AgentSpec, variables: PromptVariables) -> str:
        """The agent's prompt for this moment of the call."""
        return render(self._sandbox, agent.prompt, variables, inline=False)

    def render_line(self, text: str, variables: PromptVariables) -> str:
        """A greeting or other spoken line."""
        return render(self._sandbox, text, variables, inline=True)


def load_store(agent_store: Path, prompt_store: Path, tools: ToolNames) -> AgentStore:
    """Read and check the store.

    Args:
        agent_store: folder with ``agents/`` and ``lines/``.
        prompt_store: folder with the prompts.
        tools: what agents may use.

    Raises:
        StoreError: with every fault at once.
    """
    return build_store(read_files(agent_store, prompt_store), tools)


def build_store(files: StoreFiles, tools: ToolNames, *, was_live: bool = False) -> AgentStore:
    """Like ``load_store``, from files that are already in memory.

    Args:
        files: the store as it was read.
        tools: what agents may use.
        was_live: was this very version live before? What was let pass then is a warning.

    Raises:
        StoreError: with every fault at once.
    """
    checked = check_store(files, tools, was_live=was_live)
    if checked.problems:
        raise StoreError(sorted(checked.problems))
    contents = files.contents()
    return AgentStore(
        version=version_of(contents),
        agents=checked.agents,
        lines=checked.lines,
        forms=checked.forms,
        identities=checked.identities,
        books=declared_books(checked.books, checked.servers),
        prompts=files.prompts,
        knowledge=MarkdownKnowledge(files.knowledge),
        phrases=PhraseBook(checked.phrases),
        servers=tuple(checked.servers.values()),
        files=contents,
        warnings=tuple(sorted(checked.warnings)),
        _sandbox=checked.sandbox,
    )
