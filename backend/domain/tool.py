"""What a tool is told, what it answers, and what it may ask of the call."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = [
    "VERIFIED",
    "Directive",
    "Effect",
    "EndCall",
    "FieldProblem",
    "HandOff",
    "ToolNames",
    "ToolOutcome",
    "TransferToPerson",
]

VERIFIED = "verified_caller"
"""What anybody is who was shown to be somebody, whoever that is."""

Effect = Literal["none", "read", "draft", "write"]
"""What a tool does to the world: nothing (speech only), reads records, notes in a draft what the next call of it may
write over, or changes something. A draft is made on words that may still be corrected; a change waits for the final."""


@dataclass(frozen=True, slots=True)
class HandOff:
    """Go on with another agent of the line. ``summary`` is for that agent, not for the caller."""

    to: str
    summary: str = field(default="", repr=False)
    brings: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)
    """What that agent's opening tool is called with."""


@dataclass(frozen=True, slots=True)
class TransferToPerson:
    """Connect the caller to a person. ``context`` travels with the call as SIP headers."""

    reason: str
    emergency: bool = False
    context: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    number: str = field(default="", repr=False)
    """Where that person is reached; empty: at the line's number for it."""
    say: str = field(default="", repr=False)
    """What the caller hears first: words on what was done for them that they spoke over."""


@dataclass(frozen=True, slots=True)
class EndCall:
    """Hang up once what is being said has been heard."""

    reason: str
    outcome: Literal["completed", "rejected"] = "completed"
    """``rejected``: the line took no call."""


Directive = HandOff | TransferToPerson | EndCall


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One argument that was not taken, and a sentence on what would be."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class ToolOutcome:
    """The one envelope every tool answers in."""

    ok: bool
    message: str = field(repr=False)
    """One sentence for the model on what happened."""
    data: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)
    problems: tuple[FieldProblem, ...] = ()
    ask: str | None = None
    """The question to put to the caller next, when the tool knows it."""
    expects: str | None = None
    """Name of the field that ``ask`` is about; endpointing uses it to know what a complete answer is."""
    tool: str = ""
    """The tool that takes the caller's answer to ``ask``, when it is not the one that answered."""
    say: str | None = None
    """A line that must be said to the caller as it stands (a number, a legal notice): the engine says it and
    shows it to the model as ``said``."""
    directive: Directive | None = None
    code: str = ""
    """Error code from the tree when ``ok`` is false."""
    verbatim: bool = False
    """The engine puts ``ask`` as it stands, whoever words this agent's questions: what a caller agrees to is exactly
    what was said."""
    lasting: bool = True
    """False when the same call with the caller's fuller words simply replaces what this one did, as in a draft."""

    def envelope(self) -> dict[str, Any]:
        """The JSON object that the model is shown. Absent parts are left out."""
        body: dict[str, Any] = {"ok": self.ok, "message": self.message}
        if self.data:
            body["data"] = dict(self.data)
        if self.problems:
            body["problems"] = [{"field": p.field, "message": p.message} for p in self.problems]
        told = {"ask": self.ask, "expects": self.expects, "tool": self.tool, "said": self.say, "code": self.code}
        body.update({key: value for key, value in told.items() if value})
        return body


@dataclass(frozen=True, slots=True)
class ToolNames:
    """What a store may refer to. ``sets`` maps a tool set to its functions; a lone tool is a set of one."""

    sets: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    requires: Mapping[str, str] = field(default_factory=dict[str, str])
    """What must be so before a function runs, such as ``verified_caller``; functions that want nothing are left out."""
    grants: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """What is so once a function has succeeded."""

    def functions(self, name: str, disabled: Collection[str] = ()) -> frozenset[str]:
        """The functions of a tool or set, without those that are switched off."""
        return self.sets.get(name, frozenset()) - frozenset(disabled)

    def exits(self) -> frozenset[str]:
        """Tools by which a caller can leave an agent for good."""
        return frozenset({"end_call", "transfer_to_person"})
