"""Prompts: Jinja in a sandbox, strict about names, bounded in size and work."""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.loaders import DictLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from backend.agents.filters import FILTERS
from backend.domain.agent import AgentSpec, LineSpec
from backend.domain.session import CallSession
from backend.errors import StoreError

__all__ = ["VARIABLES", "PromptVariables", "environment", "ready_line", "render", "render_words"]

_LARGEST = 64 * 1024
_MOST_STEPS = 2000

VARIABLES: Mapping[str, frozenset[str] | None] = {
    "caller": frozenset({"known", "full_name", "first_name", "policy_id"}),
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


@dataclass(frozen=True, slots=True)
class CallerVariables:
    """``caller``: empty texts until he is verified."""

    known: bool = False
    full_name: str = ""
    first_name: str = ""
    policy_id: str = ""


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
        cls, *, session: CallSession, line: LineSpec, agent: AgentSpec, now: datetime, channel: str = "voice"
    ) -> "PromptVariables":
        """The variables of a call at this moment. ``now`` is in the line's time zone."""
        verified = session.verified
        caller = CallerVariables()
        if verified:
            caller = CallerVariables(True, verified.full_name, verified.first_name, verified.policy_id)
        handoff = session.facts.get("handoff", {})
        return cls(
            caller=caller,
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
            vars=agent.variables,
            facts={key: value for key, value in session.facts.items() if not key.startswith("_")},
            handoff=HandoffVariables(handoff.get("source", ""), handoff.get("summary", "")),
            today=now.strftime("%A, %B %-d, %Y"),
            now=now.strftime("%-I:%M %p"),
            channel=channel,
        )

    def values(self) -> dict[str, Any]:
        """As the template sees them."""
        found = {name: getattr(self, name) for name in VARIABLES}
        return found | {"caller": asdict(self.caller), "handoff": asdict(self.handoff)}


class _Sandbox(ImmutableSandboxedEnvironment):
    """No attribute with an underscore, no endless range, no methods that build huge texts."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not all(isinstance(side, int | float) for side in (left, right)):
            raise TemplateError(f"the operator {operator} is not for prompts")
        return super().call_binop(context, operator, left, right)


def _few(*bounds: int) -> range:
    steps = range(*bounds)
    if len(steps) > _MOST_STEPS:
        raise TemplateError(f"range({len(steps)}) is too long for a prompt")
    return steps


def environment(sources: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    """A sandbox that knows these templates (name to text) and nothing else. They are compiled here, not in a call."""
    sandbox = _Sandbox(
        loader=DictLoader(dict(sources)),
        undefined=StrictUndefined,
        autoescape=False,  # spoken text is no HTML: O'Brien stays O'Brien
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    sandbox.globals.clear()
    sandbox.globals["range"] = _few  # pyright: ignore[reportArgumentType]
    for name in ("pprint", "xmlattr", "filesizeformat", "urlize", "format", "center", "indent"):
        sandbox.filters.pop(name, None)
    sandbox.filters |= FILTERS
    for name in sources:
        with suppress(TemplateError):  # who checks a store tells of it
            sandbox.get_template(name)
    return sandbox


def render(sandbox: ImmutableSandboxedEnvironment, source: str, variables: PromptVariables, *, inline: bool) -> str:
    """The text of a template (by name, or of ``source`` itself when ``inline``).

    Raises:
        StoreError: it uses what is not there, or grows beyond 64 KiB.
    """
    try:
        template = _compiled(sandbox, source) if inline else sandbox.get_template(source)
        return _bounded(template.generate(variables.values())).strip()
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
        name = "a greeting or line" if inline else source
        raise StoreError([f"{name}: {error}"]) from error


def ready_line(sandbox: ImmutableSandboxedEnvironment, source: str) -> None:
    """Compile a greeting or line before a call needs it."""
    with suppress(TemplateError):
        _compiled(sandbox, source)


@lru_cache(512)
def _compiled(sandbox: ImmutableSandboxedEnvironment, source: str) -> Template:
    # Lines are few and compiling one takes half a millisecond, in which every call of this worker is silent.
    return sandbox.from_string(source)


def render_words(source: str, values: Mapping[str, Any]) -> str:
    """The text of a line with values of its own, such as a tool's answer.

    Raises:
        StoreError: it uses what is not there, or grows beyond 64 KiB.
    """
    try:
        return _bounded(_compiled(_of_words(), source).generate(dict(values))).strip()
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
        raise StoreError([f"a tool's line: {error}"]) from error


@lru_cache(1)
def _of_words() -> ImmutableSandboxedEnvironment:
    return environment({})


def _bounded(pieces: Iterator[str]) -> str:
    text, size = list[str](), 0
    for piece in itertools.islice(pieces, _LARGEST):
        size += len(piece)
        if size > _LARGEST:
            raise TemplateError(f"the text grows beyond {_LARGEST} characters")
        text.append(piece)
    return "".join(text)
