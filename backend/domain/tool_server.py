"""Tools that run elsewhere, as people declare them: agent_store/tools/NAME.yaml. Strict: unknown keys are errors."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.agent import Name
from backend.domain.reference import Host, Reference

__all__ = [
    "OF_THE_CALL",
    "AnswerSpec",
    "AnyServer",
    "Bound",
    "FunctionSpec",
    "GrantSpec",
    "HttpFunction",
    "HttpServerSpec",
    "McpFunction",
    "McpServerSpec",
    "Reference",
    "RemoteResult",
    "ServerSpec",
    "header_fault",
]

Bound = Annotated[str, Field(pattern=r"^(call_id|line|(subject\.)?[a-z][a-z0-9_]{0,63})$")]
"""What the server fills in itself: the call, the line, or of the verified caller ``subject.id``, ``subject.name`` or an
attribute, such as ``subject.plan``. An attribute without ``subject.`` is the same, as earlier versions wrote it."""

OF_THE_CALL = frozenset({"call_id", "line"})
"""What is bound to the call and to no subject."""


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AnswerSpec(_Spec):
    """How a result becomes words. All are Jinja lines that may use ``result`` and ``arguments``."""

    message: str = ""
    """One sentence for the model on what happened."""
    say: str = ""
    """Said to the caller as it stands."""
    ask: str = ""
    """The question to put to the caller next."""
    expects: Name | None = None
    """Argument that the caller's answer is for."""


class GrantSpec(_Spec):
    """Who a caller is by a function's answer. A refusal, or an answer without an id, is a failed try."""

    grant: Name
    """What tools may want of the caller then."""
    id: Name = "id"
    """Key of the answer that says which record it is."""
    name: Name = "full_name"
    """Key of the answer with the caller's name."""
    attributes: tuple[Name, ...] = ()
    """Keys of the answer that prompts, tools and forms may know."""
    secret: tuple[Name, ...] = Field(min_length=1)
    """Arguments by which the caller shows who they are; nothing of them is kept."""


class FunctionSpec(_Spec):
    """One function that agents may use, and its policy."""

    name: Name
    """Name that the model sees; no other tool of the store may have it."""
    effect: Literal["read", "write"] = "read"
    """Does it only read, or change something? What changes something is never cut short."""
    requires: Name | None = None
    """What the caller must be: ``verified_caller``, or what an identity grants."""
    grants: GrantSpec | None = None
    """Does its answer show who the caller is? Then it is a way of verifying them."""
    open: bool = False
    """May anybody who rings have it run, though it changes something? What changes something needs this or requires."""
    confirm: str = ""
    """Jinja line with ``arguments`` that is read to the caller; it runs when they have said yes to just that."""
    bind: dict[str, Bound] = Field(default_factory=dict)
    """Arguments that are filled in from the call; no model can choose them."""
    timeout_ms: int | None = Field(default=None, ge=100, le=30_000)
    """Limit on one run; the server's unless given."""
    filler: str | None = None
    """Said when it is slow, instead of the agent's own filler."""
    result: dict[str, Any] = Field(default_factory=dict)
    """JSON Schema of what must come back. Empty: anything."""
    answer: AnswerSpec = AnswerSpec()


class HttpFunction(FunctionSpec):
    """One HTTP request."""

    description: str = Field(min_length=3)
    """What it does, for the model."""
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    """HTTP method; what changes something is no GET."""
    path: str = Field(pattern=r"^/[^?#\s]*$")
    """Path below the server's address; {argument} stands for an argument."""
    arguments: dict[Name, dict[str, Any]] = Field(default_factory=dict)
    """JSON Schema of each argument; a description's question asks a caller for it."""
    optional: tuple[Name, ...] = ()
    """Arguments that may be left out."""
    failures: dict[Annotated[str, Field(pattern=r"^[45]\d\d$")], AnswerSpec] = Field(default_factory=dict)
    """What a status such as 409 means in words. Others are told as "that did not work"."""


class McpFunction(FunctionSpec):
    """One tool of an MCP server. Its schema comes from the server; tools that are not listed are never offered."""

    tool: str = ""
    """The server's name for it, where that differs."""
    description: str = ""
    """Instead of the server's own description."""


class ServerSpec(_Spec):
    """Where a set of tools runs, and the limits on it."""

    name: Name
    """The same as the file's name; agents name it to have all its functions."""
    description: str = Field(min_length=3)
    """What it is, in words that complete "I can't reach ..."."""
    headers: dict[str, str | Reference] = Field(default_factory=dict)
    """Sent with every request. Secrets by reference: {env: TOOL_BOOK_KEY, prefix: "Bearer "}."""
    hosts: tuple[Host, ...] = ()
    """Hosts that it may be at; those on this machine or a private network must be here. Empty: that of the address."""
    timeout_ms: int = Field(default=4000, ge=100, le=30_000)
    """Limit on one run."""
    max_bytes: int = Field(default=65_536, ge=256, le=1_048_576)
    """Largest result that is read."""
    unavailable: AnswerSpec | None = None
    """What the caller is told when it is down. Left out: the phrases ``unreachable`` and ``anything_else``."""


class HttpServerSpec(ServerSpec):
    """A server that is spoken to with plain HTTP requests and JSON."""

    kind: Literal["http"]
    """How it is spoken to."""
    url: str | Reference
    """Address that the paths come after."""
    functions: tuple[HttpFunction, ...] = Field(min_length=1)


class McpServerSpec(ServerSpec):
    """A server of the Model Context Protocol over streamable HTTP.

    Servers that are programs on standard input and output are not for stores: who may edit YAML must not
    be able to run programs on this machine.
    """

    kind: Literal["mcp"]
    """How it is spoken to."""
    url: str | Reference
    """Address of its MCP endpoint."""
    functions: tuple[McpFunction, ...] = Field(min_length=1)


AnyServer = HttpServerSpec | McpServerSpec
"""Any kind of tool server."""


_OWN_HEADERS = frozenset(
    "host content-length content-encoding transfer-encoding connection keep-alive upgrade te trailer expect "
    "accept-encoding idempotency-key forwarded mcp-session-id mcp-protocol-version".split()
)
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")


def header_fault(name: str) -> str:
    """What is wrong with a header that the store wants to be sent, as a sentence; empty where nothing is."""
    if _TOKEN.fullmatch(name) is None:
        return f"{name[:40]!r} is no name of a header"
    if name.casefold() in _OWN_HEADERS or name.casefold().startswith(("proxy-", "x-forwarded-")):
        return f"the header {name} belongs to the connection; leave it out"
    return ""


@dataclass(frozen=True, slots=True)
class RemoteResult:
    """What a tool server answered."""

    failed: bool
    """It refused: an HTTP status of 400 and above, or an MCP error result."""
    content: Any = field(default=None, repr=False)
    """JSON value; text when it is no JSON; ``None`` when there is nothing."""
    status: int = 200
    """HTTP status; 200 or 400 for MCP."""
