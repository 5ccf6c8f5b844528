"""Which route asks for what: the one table. A route that is not in it is open to nobody."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from starlette.routing import compile_path

from backend.domain.principal import ROLES, Role

__all__ = ["RIGHTS", "Right", "Rule", "rule_for", "rule_of"]

Right = Role | Literal["open", "docs", "acs", "event_grid", "livekit"]
"""A role; or ``open`` to all, ``docs`` (a viewer, and everybody of this machine), or a provider with its own proof."""


_API = "/api/v1/"
_SHOWS = frozenset({"read", "list", "export", "watch", "listen"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What one route asks for.

    Args:
        right: the role, or how else they show that they may.
        action: what the audit calls it; empty for what shows nothing of callers and changes nothing.
        whole: is it closed to those who are limited to some lines? So it is with what concerns all lines at once.
    """

    right: Right
    action: str = ""
    whole: bool = False

    @property
    def shows(self) -> bool:
        """Does it show something that the audit must have an entry of first?"""
        return self.action.rpartition(".")[2] in _SHOWS

    @property
    def role(self) -> Role | None:
        """The role that it asks for, if it asks for one."""
        return self.right if self.right in ROLES else None


_OPEN, _DOCS, _ACS, _EVENT_GRID = Rule("open"), Rule("docs"), Rule("acs"), Rule("event_grid")
_LIVEKIT = Rule("livekit")
_LOOK = Rule("viewer")
_FIGURES = Rule("viewer", whole=True)
"""Figures of the whole server, by line: who is limited to some has those of `/api/v1/health/history`."""
_DRAFTS = Rule("editor", whole=True)
"""Who changes what in the store, and is not done."""


def _reads(action: str) -> Rule:
    return Rule("viewer", action)


def _acts(action: str) -> Rule:
    return Rule("operator", action)


def _edits(action: str) -> Rule:
    return Rule("editor", action, whole=True)


def _rules(action: str) -> Rule:
    return Rule("admin", action, whole=True)


_LISTED = ("agents", "lines", "tools", "prompts", "knowledge", "rehearsals")
_FILES = (*_LISTED, "forms", "identities", "books")
_EDITS = {"PUT": "change", "POST": "add", "DELETE": "remove"}

RIGHTS: Mapping[tuple[str, str], Rule] = {
    ("GET", "/livez"): _OPEN,
    ("GET", "/startupz"): _OPEN,
    ("GET", "/readyz"): _OPEN,
    ("GET", "/"): _OPEN,
    ("GET", "/sign-in"): _OPEN,
    ("GET", "/sign-in/entra"): _OPEN,
    ("GET", "/sign-in/entra/begin"): _OPEN,
    ("GET", "/console/{name}"): _OPEN,
    ("GET", "/api/v1/session"): _LOOK,
    ("POST", "/api/v1/session"): _OPEN,
    ("DELETE", "/api/v1/session"): _OPEN,
    ("GET", "/openapi.json"): _DOCS,
    ("GET", "/docs"): _DOCS,
    ("GET", "/docs/oauth2-redirect"): _DOCS,
    ("GET", "/static-offline-docs/{path:path}"): _DOCS,
    ("POST", "/api/v1/calls/answer"): _EVENT_GRID,
    ("OPTIONS", "/api/v1/calls/answer"): _EVENT_GRID,
    ("POST", "/api/v1/calls/callbacks/{token}"): _ACS,
    ("WEBSOCKET", "/api/v1/media/stream/{token}"): _ACS,
    ("POST", "/api/v1/livekit/webhook"): _LIVEKIT,
    ("POST", "/api/v1/livekit/token"): _acts("livekit.token"),
    ("GET", "/api/v1/sessions"): _reads("sessions.list"),
    ("GET", "/api/v1/sessions/{session_id}"): _reads("sessions.read"),
    ("POST", "/api/v1/sessions"): _acts("sessions.start"),
    ("POST", "/api/v1/sessions/{session_id}/end"): _acts("sessions.end"),
    ("WEBSOCKET", "/api/v1/realtime"): _acts("softphone.call"),
    ("GET", "/stats"): _FIGURES,
    ("GET", "/metrics"): _FIGURES,
    ("GET", "/api/v1/diagnostics"): _rules("diagnostics.read"),
    ("GET", "/api/v1/health"): _LOOK,
    ("GET", "/api/v1/health/history"): _LOOK,
    ("GET", "/api/v1/health/faults"): Rule("operator"),
    ("GET", "/api/v1/events"): _reads("calls.watch"),
    ("GET", "/api/v1/calls"): _reads("calls.list"),
    ("GET", "/api/v1/calls/totals"): _reads("calls.list"),
    ("GET", "/api/v1/calls/{call_id}"): _reads("calls.read"),
    ("GET", "/api/v1/cases"): _reads("cases.list"),
    ("GET", "/api/v1/cases/export"): _acts("cases.export"),
    ("PATCH", "/api/v1/cases/{number}"): _acts("cases.correct"),
    ("GET", "/api/v1/cases/{number}"): _reads("cases.read"),
    ("GET", "/api/v1/callbacks"): _reads("callbacks.list"),
    ("GET", "/api/v1/callbacks/{call_id}"): _reads("callbacks.read"),
    ("PATCH", "/api/v1/callbacks/{call_id}"): _acts("callbacks.change"),
    ("GET", "/api/v1/deliveries"): _reads("deliveries.list"),
    ("POST", "/api/v1/deliveries/send-again"): _acts("deliveries.send_again"),
    ("POST", "/api/v1/calls/search"): _acts("calls.search"),
    ("POST", "/api/v1/callers/export"): _rules("callers.export"),
    ("POST", "/api/v1/callers/forget"): _rules("callers.forget"),
    ("POST", "/api/v1/calls"): _acts("calls.place"),
    ("POST", "/api/v1/calls/{call_id}/call-back"): _acts("calls.call_back"),
    ("GET", "/api/v1/calls/{call_id}/recording"): _reads("recordings.read"),
    ("GET", "/api/v1/calls/{call_id}/recording/audio"): _acts("recordings.listen"),
    ("GET", "/api/v1/calls/{call_id}/recording/wave"): _acts("recordings.read"),
    ("DELETE", "/api/v1/calls/{call_id}/recording"): Rule("admin", "recordings.delete"),
    ("POST", "/api/v1/calls/{call_id}/hangup"): _acts("calls.hang_up"),
    ("POST", "/api/v1/calls/{call_id}/transfer"): _acts("calls.transfer"),
    ("WEBSOCKET", "/api/v1/calls/{call_id}/listen"): _acts("calls.listen"),
    ("WEBSOCKET", "/api/v1/calls/{call_id}/take-over"): _acts("calls.take_over"),
    ("POST", "/api/v1/calls/{call_id}/whisper"): _acts("calls.whisper"),
    ("POST", "/api/v1/calls/{call_id}/keys"): _acts("calls.press"),
    ("POST", "/api/v1/chat"): _acts("chats.say"),
    ("DELETE", "/api/v1/chat/{session}"): _acts("chats.leave"),
    ("WEBSOCKET", "/api/v1/chat"): _acts("chats.join"),
    ("GET", "/api/v1/store"): _LOOK,
    ("GET", "/api/v1/store/revisions"): _LOOK,
    ("GET", "/api/v1/store/revisions/{version}"): _LOOK,
    ("GET", "/api/v1/store/drafts"): _DRAFTS,
    ("GET", "/api/v1/store/drafts/mine"): _DRAFTS,
    ("PUT", "/api/v1/store/drafts/mine"): _edits("store.keep_draft"),
    ("DELETE", "/api/v1/store/drafts/mine"): _edits("store.drop_draft"),
    ("POST", "/api/v1/store/check"): _edits("store.check"),
    ("GET", "/api/v1/store/schemas"): _LOOK,
    ("POST", "/api/v1/store/understand"): _edits("store.understand"),
    ("POST", "/api/v1/store/voice"): _edits("store.listen"),
    ("POST", "/api/v1/store/changes"): _edits("store.change"),
    ("POST", "/api/v1/store/drafts"): _edits("store.draft"),
    ("POST", "/api/v1/store/rollback"): _edits("store.roll_back"),
    ("GET", "/api/v1/store/gate"): _LOOK,
    ("POST", "/api/v1/store/live"): _edits("store.put_live"),
    ("GET", "/api/v1/store/shares"): _LOOK,
    ("DELETE", "/api/v1/store/shares"): _edits("store.take_back"),
    ("GET", "/api/v1/store/rehearsals/written"): _LOOK,
    ("POST", "/api/v1/store/rehearsals/from-call"): _edits("rehearsals.from_call"),
    ("GET", "/api/v1/store/rehearsals"): _LOOK,
    ("POST", "/api/v1/store/rehearsals"): _edits("rehearsals.play"),
    ("GET", "/api/v1/store/rehearsals/{run_id}"): _LOOK,
    ("DELETE", "/api/v1/store/rehearsals/{run_id}"): _edits("rehearsals.stop"),
    ("GET", "/api/v1/store/replays"): _LOOK,
    ("POST", "/api/v1/store/replays"): _edits("replays.play"),
    ("GET", "/api/v1/store/replays/{run_id}"): Rule("viewer", "replays.read", whole=True),
    ("DELETE", "/api/v1/store/replays/{run_id}"): _edits("replays.stop"),
    **{("GET", f"/api/v1/{kind}"): _LOOK for kind in _LISTED},
    **{("GET", f"/api/v1/{kind}/{{name:path}}"): _LOOK for kind in _FILES},
    **{
        (method, f"/api/v1/{kind}/{{name:path}}"): _edits(f"{kind}.{verb}")
        for kind in _FILES
        for method, verb in _EDITS.items()
    },
    ("GET", "/api/v1/keys"): _rules("keys.list"),
    ("POST", "/api/v1/keys"): _rules("keys.add"),
    ("POST", "/api/v1/keys/{name}/rotate"): _rules("keys.rotate"),
    ("DELETE", "/api/v1/keys/{name}"): _rules("keys.revoke"),
    ("GET", "/api/v1/audit"): _rules("audit.read"),
    ("GET", "/api/v1/blocks"): _acts("blocks.list"),
    ("POST", "/api/v1/blocks"): _acts("blocks.add"),
    ("DELETE", "/api/v1/blocks/{block_id}"): _acts("blocks.remove"),
}
"""By method (``WEBSOCKET`` for sockets) and path; the first that fits counts."""

_COMPILED = [(method, compile_path(path)[0], rule) for (method, path), rule in RIGHTS.items()]


def rule_for(method: str, path: str, aliases: Collection[str] = ()) -> Rule | None:
    """What a request asks for, before anybody has looked at its body; ``None`` where there is no such route.

    Args:
        method: its method.
        path: its path.
        aliases: other names of ``/api/v1/cases``, by the forms of the store. None of them stands for a route that the
            table has.
    """
    method = "GET" if method == "HEAD" else method
    for one in (path, _without_alias(path, aliases)):
        for name, shape, rule in _COMPILED:
            if name == method and shape.match(one):
                return rule
    return None


def _without_alias(path: str, aliases: Collection[str]) -> str:
    start = path.removeprefix(_API).partition("/")[0]
    return path.replace(_API + start, f"{_API}cases", 1) if path.startswith(_API) and start in aliases else path


def rule_of(scope: Mapping[str, object]) -> Rule | None:
    """The same for an ASGI scope."""
    method = "WEBSOCKET" if scope["type"] == "websocket" else str(scope.get("method", ""))
    state = getattr(scope.get("app"), "state", None)
    return rule_for(method, str(scope["path"]), getattr(state, "case_aliases", ()))


def rows() -> Iterator[tuple[str, str, Rule]]:
    """The table line by line, for people."""
    return ((method, path, rule) for (method, path), rule in RIGHTS.items())
