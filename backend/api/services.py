"""What the routes work with. The application is given one of these; tests give it fakes."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from fastapi import FastAPI
from starlette.websockets import WebSocket

from backend.agents.live import LiveStore
from backend.agents.release_gate import ReleaseGate
from backend.agents.sharing import Sharing
from backend.agents.store import AgentStore
from backend.agents.tried import TriedVersions
from backend.api.block_desk import BlockDesk
from backend.api.entra_sign_in import EntraSignIn
from backend.api.fixed_key import FixedKey
from backend.api.key_cookie import KeyCookie
from backend.api.key_desk import KeyDesk
from backend.domain.agent import AgentSpec
from backend.domain.call import CallRecord, IncomingCall, WayOut
from backend.domain.call_event import CallEvent
from backend.domain.callback import CallingBack
from backend.domain.case_names import CaseNames
from backend.domain.form_spec import FormSpec
from backend.domain.line import LineSpec
from backend.domain.model import ToolSchema
from backend.domain.prices import PriceList
from backend.engine.call.chat import ChatReply, Watcher
from backend.engine.desk.audit_trail import AuditTrail
from backend.engine.desk.caller_desk import CallerDesk
from backend.engine.desk.live_board import LiveBoard
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.desk.run_desk import RunDesk
from backend.engine.desk.session_desk import SessionDesk
from backend.engine.desk.supervision import Supervision
from backend.ports import (
    Authenticator,
    CallbackBook,
    CallRecords,
    CaseBook,
    CaseDeliveries,
    CaseSearch,
    DeepCheck,
    DraftBook,
    HealthPart,
    HistoryBook,
    MediaLink,
    Revisions,
    Softphones,
    TextToSpeech,
    VersionFigureBook,
)

__all__ = ["Access", "ApiServices", "CallDeskView", "ChatDeskView", "LiveServices", "Ping", "StoreView", "TokenCheck"]

_NO_GUESS = 32
"""Letters of a key that nobody finds by trying."""


class CallDeskView(Protocol):
    """What the routes need of the call desk."""

    async def incoming(self, call: IncomingCall) -> None: ...

    async def place(
        self, to: str, line: str | None = None, out: WayOut | None = None, back: CallingBack | None = None
    ) -> CallRecord: ...

    async def callback(self, token: str, event: CallEvent) -> None: ...

    async def expects_media(self, token: str, connection_id: str | None) -> bool: ...

    async def attach(self, token: str, link: MediaLink) -> None: ...

    async def hang_up(self, call_id: str) -> None: ...

    async def transfer(self, call_id: str, to: str) -> None: ...

    async def press(self, call_id: str, keys: str) -> None: ...

    def live(self) -> Sequence[CallRecord]: ...

    @property
    def draining(self) -> bool: ...


class ChatDeskView(Protocol):
    """What the routes need of the chat desk."""

    async def open(
        self, line: str | None = None, to: str | None = None, *, test: bool = False, store: AgentStore | None = None
    ) -> ChatReply: ...

    async def say(self, chat_id: str, text: str) -> ChatReply: ...

    async def watch(self, chat_id: str, watcher: Watcher) -> ChatReply: ...

    def unwatch(self, chat_id: str, watcher: Watcher) -> None: ...

    async def end(self, chat_id: str) -> ChatReply: ...


class StoreView(Protocol):
    """What operations may see of the agent store."""

    def version(self) -> str: ...

    def agents(self) -> Sequence[AgentSpec]: ...

    def lines(self) -> Sequence[LineSpec]: ...

    def tools(self) -> Sequence[ToolSchema]: ...

    def form(self, name: str) -> FormSpec | None: ...


class Advice(Protocol):
    """What a log event means, and what to do about it."""

    @property
    def meaning(self) -> str: ...

    @property
    def todo(self) -> str: ...


class TokenCheck(Protocol):
    """Checks a bearer token; raises ``AuthError`` or ``Unavailable``."""

    async def check(self, authorization: str | None) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Ping:
    """One thing that the server needs, and how to ask whether it is there. ``needed=False``: calls go on without.

    No provider is asked: a ping that is about one tells what is known of it.
    """

    name: str
    ask: Callable[[], Awaitable[None]]
    needed: bool | Callable[[], bool] = True

    @property
    def is_needed(self) -> bool:
        """Is this worker out of service without it, as things stand?"""
        return self.needed if isinstance(self.needed, bool) else self.needed()


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call which routes."""

    acs_tokens: TokenCheck | None = None
    """Checks callbacks and media sockets; ``None`` leaves it to the secret in the path."""
    event_grid_key: str = field(default="", repr=False)
    event_grid_tokens: TokenCheck | None = None
    event_grid_subscriptions: frozenset[str] = frozenset()
    """Names of the subscriptions whose deliveries are taken, in small letters; empty for any."""
    api_key: str = field(default="", repr=False)
    loopback: bool = True
    """The server listens on this machine only, so that operations need no key."""
    authenticator: Authenticator | None = None
    """Knows everybody who may use the API; ``None``: only the holder of ``api_key``."""
    key_cookie: KeyCookie | None = None
    """Signs browsers in with a key; ``None``: only where ``authenticator`` knows another way."""
    entra: EntraSignIn | None = None
    """Signs browsers in with Entra ID."""

    @property
    def people(self) -> Authenticator:
        """Knows who sends a request."""
        return self.authenticator or FixedKey(self.api_key)

    @property
    def open_to_this_machine(self) -> bool:
        """May a program of this machine do everything without a key?"""
        return self.loopback and not self.api_key

    @property
    def guessable(self) -> bool:
        """Is ``api_key`` so short that trying might find it? Then it is refused where too many wrong ones came from."""
        return len(self.api_key) < _NO_GUESS


@dataclass(frozen=True, slots=True)
class LiveServices:
    """The live store, the record of its versions, those that are tried, and what people change."""

    store: LiveStore
    revisions: Revisions
    tried: TriedVersions
    drafts: DraftBook
    sharing: Sharing | None = None
    """``None``: every call gets the live version."""
    gate: ReleaseGate | None = None
    """``None``: every version that passes the check may go live."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiServices:
    """Everything behind the routes."""

    desk: CallDeskView
    records: CallRecords
    cases: CaseBook
    case_search: CaseSearch
    callbacks: CallbackBook
    store: StoreView
    case_names: tuple[CaseNames, ...] = ()
    """Names that cases have outside besides the plain ones, by the forms of the store."""
    live: LiveServices | None = None
    """The store as it may be edited; ``None`` where it may only be looked at."""
    runs: RunDesk | None = None
    """Plays rehearsals and replays; ``None``: this server plays none."""
    history: HistoryBook | None = None
    """How it went over time; ``None``: nobody can be told."""
    prices: PriceList | None = None
    """What things cost; ``None``: nobody is told what calls cost."""
    figures: VersionFigureBook | None = None
    """How calls went, by their version."""
    rehearsals: Path | None = None
    """Folder with rehearsals of this server, besides those of the store."""
    heard_by: str = "Azure Speech"
    """What recognizes callers, for who speaks to a line from the console."""
    ways: tuple[str, ...] = ("acs",)
    """By which ways calls come; the routes that ACS calls are there only where it is one of them."""
    open_media: Callable[[WebSocket], Awaitable[MediaLink]]
    """Makes the link of an accepted media socket."""
    speech: TextToSpeech | None = None
    """Says samples of voices; ``None``: nobody may hear one."""
    chats: ChatDeskView | None = None
    """``None``: no chat."""
    access: Access = field(default_factory=Access)
    deliveries: CaseDeliveries | None = None
    """What other systems are told of cases; ``None``: nobody is."""
    callers: CallerDesk | None = None
    """What is kept of one caller, to be shown or forgotten."""
    keys: KeyDesk | None = None
    blocks: BlockDesk | None = None
    recordings: RecordingDesk | None = None
    live_board: LiveBoard | None = None
    """``None``: no page is shown calls as they go."""
    supervision: Supervision | None = None
    """``None``: nobody can listen to live calls."""
    sessions: SessionDesk | None = None
    """``None``: no LiveKit server is set."""
    softphones: Softphones | None = None
    """Clients of ``WS /api/v1/realtime``."""
    audit: AuditTrail | None = None
    """Where people's actions are noted. Only tests have none."""
    pings: tuple[Ping, ...] = ()
    parts: Callable[[], Sequence[HealthPart]] = list[HealthPart]
    """How the parts of this worker are."""
    deep_checks: tuple[DeepCheck, ...] = ()
    """What people may have asked of the services."""
    metrics: Callable[[], bytes] = bytes
    """The page for Prometheus. Blocks: for a thread."""
    advice: Callable[[str], Advice | None] = lambda _: None
    """What a log event means, and what to do about it."""
    diagnostics: Callable[[], dict[str, Any]] = dict[str, Any]
    """The last log lines and the counts of events."""
    instrument: Callable[[FastAPI], None] = lambda _: None
    """Has requests traced."""
    loop_lag_ms: Callable[[], float] = lambda: 0.0
    stats: Callable[[], dict[str, Any]] = dict[str, Any]
    started: Callable[[], bool] = lambda: True
