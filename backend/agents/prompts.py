"""Prompts: Jinja in a sandbox, strict about names, bounded in size and work."""

import itertools
import traceback
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from backend.agents.problem import Problem
from backend.agents.sandbox import LARGEST, bounded, environment
from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec
from backend.domain.session import CallSession
from backend.domain.subject import Subject
from backend.errors import StoreError

__all__ = ["VARIABLES", "PromptVariables", "render", "render_words", "variables_with"]

VARIABLES: Mapping[str, frozenset[str] | None] = {
    "caller": frozenset({"known", "full_name", "first_name", "id"}),
    "line": frozenset({"name", "company", "description", "timezone", "vars", "person_number"}),
    "agent": frozenset({"name", "description"}),
    "agents": None,
    "vars": None,
    "facts": None,
    "handoff": frozenset({"source", "summary"}),
    "today": None,
    "now": None,
    "channel": None,
}
"""What a prompt or greeting may use; ``None`` where any attribute may follow."""


class CallerVariables(dict[str, Any]):
    """``caller``: empty texts until they are verified, and what their identity lets out of their record.

    Args:
        subject: who they are.
        attributes: what the store's identities let out; empty where this caller's does not.
    """

    def __init__(self, subject: Subject | None, attributes: Iterable[str]) -> None:
        super().__init__(dict.fromkeys(attributes, ""))
        self.update(subject.attributes if subject else {})
        self["known"] = subject is not None
        self["full_name"], self["first_name"], self["id"] = (
            (subject.name, subject.first_name, subject.id) if subject else ("", "", "")
        )


def variables_with(attributes: Iterable[str]) -> Mapping[str, frozenset[str] | None]:
    """What a prompt may use in a store whose identities let these attributes out."""
    return {**VARIABLES, "caller": (VARIABLES["caller"] or frozenset()) | frozenset(attributes)}


@dataclass(frozen=True, slots=True)
class HandoffVariables:
    """``handoff``: how the caller came to this agent; empty at the entry."""

    source: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class PromptVariables:
    """Everything a prompt may use. Values are data: they never become template code."""

    caller: CallerVariables
    line: Mapping[str, Any]
    agent: Mapping[str, str]
    agents: list[Mapping[str, str]]
    vars: Mapping[str, str]
    facts: Mapping[str, Any]
    handoff: HandoffVariables
    today: str
    now: str
    channel: str = "voice"
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @classmethod
    def of(
        cls,
        *,
        session: CallSession,
        line: LineSpec,
        agent: AgentSpec,
        now: datetime,
        channel: str = "voice",
        attributes: Iterable[str] = (),
    ) -> "PromptVariables":
        """The variables of a call at this moment.

        Args:
            session: the call's memory.
            line: the line it came in on.
            agent: who speaks.
            now: in the line's time zone.
            channel: ``voice`` or ``text``.
            attributes: what the store's identities let out of records.
        """
        handoff = session.facts.get("handoff", {})
        return cls(
            caller=CallerVariables(session.subject, attributes),
            line={
                "name": line.name,
                "company": line.company,
                "description": line.description,
                "timezone": line.timezone,
                "vars": line.variables,
                "person_number": line.person.number,
            },
            agent={"name": agent.name, "description": agent.description},
            agents=[{"name": handoff.to, "when": handoff.when} for handoff in agent.handoffs],
            vars=agent.variables | session.variables,
            facts={key: value for key, value in session.facts.items() if not key.startswith("_")},
            handoff=HandoffVariables(handoff.get("source", ""), handoff.get("summary", "")),
            today=now.strftime("%A, %B %-d, %Y"),
            now=now.strftime("%-I:%M %p"),
            channel=channel,
        )

    def values(self) -> dict[str, Any]:
        """As the template sees them."""
        found = {name: getattr(self, name) for name in VARIABLES}
        return found | {"handoff": {"source": self.handoff.source, "summary": self.handoff.summary}}


def render(sandbox: ImmutableSandboxedEnvironment, source: str, variables: PromptVariables, *, inline: bool) -> str:
    """The text of a template (by name, or of ``source`` itself when ``inline``).

    Raises:
        StoreError: it uses what is not there, takes too long, or grows beyond 64 KiB.
    """
    name = "a greeting or line" if inline else source
    with _faults_of(name):
        template = _compiled(sandbox, source) if inline else sandbox.get_template(source)
        return _whole(template.generate(variables.values())).strip()


@lru_cache(512)
def _compiled(sandbox: ImmutableSandboxedEnvironment, source: str) -> Template:
    # Lines are few and compiling one takes half a millisecond, in which every call of this worker is silent.
    return sandbox.from_string(source)


def render_words(source: str, values: Mapping[str, Any]) -> str:
    """The text of a line with values of its own, such as a tool's answer.

    Raises:
        StoreError: it uses what is not there, takes too long, or grows beyond 64 KiB.
    """
    with _faults_of("a tool's line"):
        return _whole(_compiled(_of_words(), source).generate(dict(values))).strip()


@lru_cache(1)
def _of_words() -> ImmutableSandboxedEnvironment:
    return environment({})


@contextmanager
def _faults_of(name: str) -> Generator[None]:
    """Renders within bounds; whatever goes wrong in a template is the template's fault, told with its place."""
    try:
        with bounded():
            yield
    except Exception as error:  # a template can raise whatever Python can, and a filter likewise
        raise StoreError([Problem(*_place(error, name), f"fails when it is rendered: {_said(error)}")]) from error


def _place(error: Exception, name: str) -> tuple[str, int]:
    """The template and the line where an error came up, as far as it says so."""
    frames = [(f.f_code.co_filename, line) for f, line in traceback.walk_tb(error.__traceback__)]
    inside = [(file, line) for file, line in frames if file == name or file.endswith(".jinja")]
    return inside[-1] if inside else (name, 0)


def _said(error: Exception) -> str:
    if isinstance(error, TemplateError):
        return str(error.message or error)
    if isinstance(error, RecursionError):
        return "it goes round in circles, or is nested too deeply"
    return f"{error} ({type(error).__name__})"


def _whole(pieces: Iterator[str]) -> str:
    text, size = list[str](), 0
    for piece in itertools.islice(pieces, LARGEST):
        size += len(piece)
        if size > LARGEST:
            raise TemplateError(f"the text grows beyond {LARGEST} characters")
        text.append(piece)
    return "".join(text)
