"""What came of a check: the specs that could be read, where each was written, and everything that is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from backend.agents.problem import Fault, Place, Problem
from backend.agents.prompts import VARIABLES
from backend.agents.sandbox import environment
from backend.agents.yaml_file import YamlFile
from backend.domain.agent import AgentSpec
from backend.domain.book_spec import AnyBook
from backend.domain.form_spec import FormSpec
from backend.domain.identity_spec import IdentitySpec
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.domain.tool_server import AnyServer

__all__ = ["Checked", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a spec was written."""

    file: str
    yaml: YamlFile

    def problem(self, path: Place, message: str) -> Problem:
        """A fault at a place of this file."""
        return Problem(self.file, self.yaml.line(path), message)


@dataclass(slots=True)
class Checked:
    """The outcome: what could be read, and everything that is wrong with it."""

    agents: dict[str, AgentSpec] = field(default_factory=dict[str, AgentSpec])
    lines: dict[str, LineSpec] = field(default_factory=dict[str, LineSpec])
    forms: dict[str, FormSpec] = field(default_factory=dict[str, FormSpec])
    phrases: dict[str, Phrases] = field(default_factory=dict[str, Phrases])
    """By language or region."""
    identities: dict[str, IdentitySpec] = field(default_factory=dict[str, IdentitySpec])
    books: dict[str, AnyBook] = field(default_factory=dict[str, AnyBook])
    servers: dict[str, AnyServer] = field(default_factory=dict[str, AnyServer])
    """Tool servers that the store declares."""
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    """By ``agent:NAME``, ``line:NAME``, ``form:NAME``, ``identity:NAME``, ``book:NAME`` and ``tool server:NAME``."""
    problems: list[Problem] = field(default_factory=list[Problem])
    """What is wrong: a version with any of these does not go live."""
    warnings: list[Problem] = field(default_factory=list[Problem])
    """What may go live, and is better put right."""
    sandbox: ImmutableSandboxedEnvironment = field(default_factory=lambda: environment({}))
    """Where the prompts are rendered; those that were tried are compiled there."""
    lost: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """Of files that are not sound, as ``sources``: keys of which nobody knows what was meant."""
    untried: set[str] = field(default_factory=set[str])
    """As ``sources``: what a rendering would only stumble over again."""
    broken_servers: list[tuple[Source, tuple[Place, ...]]] = field(default_factory=list[Any])
    """Tool servers with faults of shape, and where those are."""
    lent: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """Forms, identities and books that came with the server, for an earlier store that lacks them; by lasting name."""
    variables: Mapping[str, frozenset[str] | None] = field(default_factory=lambda: VARIABLES)
    """What prompts and greetings may use."""
    contents: dict[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    """What stands in each file that is YAML, of whatever shape."""
    named: frozenset[str] = frozenset()
    """Agents that are there, sound or not: one fault is told once, not by everybody who mentions the agent."""
    named_books: frozenset[str] = frozenset()
    """Books that are there, likewise."""

    def certain(self, name: str, faults: Iterable[Fault]) -> Iterator[Fault]:
        """Faults but for those of keys that could not be read: they would only follow from that.

        Args:
            name: whose they are, as in ``sources``.
            faults: what was found.
        """
        lost = self.lost.get(name, frozenset[str]())
        if "tools" in lost:
            lost |= {"opening_tool"}  # one of them
        return (fault for fault in faults if fault[0][0] not in lost)
