"""A server with sessions, in memory, and what it is asked for over HTTP."""

import asyncio
from functools import cache
from typing import Any, ClassVar

import httpx2
from fastapi import FastAPI

from backend.api.access import GuessLimit
from backend.api.application import create_api
from backend.api.request_limit import RequestLimit
from backend.api.services import Access, ApiServices
from backend.domain.call import CallRecord
from backend.domain.call_marks import CallMarks
from backend.domain.principal import Principal
from backend.domain.room_event import GuestPass, RoomEvent
from backend.domain.session_plan import SessionPlan
from backend.engine.desk.route_registry import RouteRegistry
from backend.engine.desk.session_desk import SessionDesk
from backend.errors import AuthError, CallNotFound, Unavailable

__all__ = ["WISH", "Office", "the_app"]

WISH = {"line": "insurance", "agent": "intake", "variables": {"plan": "gold"}, "identity": "user_456"}


class Line:
    def __init__(self, name: str, number: str, *agents: str) -> None:
        self.name, self.numbers, self.agents = name, (number,), agents


class Store:
    version = "v1"
    lines: ClassVar = {
        "insurance": Line("insurance", "+18005550100", "auth", "intake"),
        "bank": Line("bank", "+1", "teller", "guard"),
        "vault": Line("vault", "+2", "guard", "auth"),
    }


class Records:
    def __init__(self) -> None:
        self.calls: dict[str, CallRecord] = {}

    async def started(self, call: CallRecord) -> None:
        self.calls[call.call_id] = call

    ended = started

    async def get(self, call_id: str) -> CallRecord | None:
        return self.calls.get(call_id)

    async def list(self, query: Any, **_: Any) -> list[CallRecord]:
        return [call for call in self.calls.values() if query.fits(call)]

    async def count(self, query: Any, **_: Any) -> Any:
        from backend.domain.search import Totals

        return Totals(len(await self.list(query)), 0)


class Rooms:
    def __init__(self) -> None:
        self.sent: list[tuple[str, SessionPlan]] = []
        self.ended: list[str] = []
        self.let: list[tuple] = []
        self.fails = False

    def let_in(self, room: str, identity: str, role: str, lives_s: int, plan: SessionPlan | None = None) -> GuestPass:
        self.let.append((room, identity, role, lives_s, plan))
        return GuestPass("wss://rooms", "a.b.c", room, identity)

    async def send_agent(self, room: str, plan: SessionPlan) -> None:
        if self.fails:
            raise Unavailable("calls", "LiveKit is away")
        await asyncio.sleep(0)
        self.sent.append((room, plan))

    def connection(self, room: str) -> str:
        return f"LK_{room[::-1]}"

    async def named(self, connection_id: str) -> str:
        return connection_id.removeprefix("LK_")[::-1]

    async def end(self, room: str) -> None:
        self.ended.append(room)

    def event_of(self, body: bytes, authorization: str) -> RoomEvent:
        if authorization != "signed":
            raise AuthError("not signed")
        kind, room, number = body.decode().split()
        return RoomEvent(number, kind, room)


class Desk:
    draining = False

    def __init__(self) -> None:
        self.hung_up: list[str] = []
        self.calls: list[CallRecord] = []

    def live(self) -> list[CallRecord]:
        return self.calls

    async def hang_up(self, call_id: str) -> None:
        if not any(call.call_id == call_id for call in self.calls):
            raise CallNotFound("not live")
        self.hung_up.append(call_id)


class Somebody:
    def __init__(self, principal: Principal) -> None:
        self.principal = principal

    async def who(self, *_: Any) -> Principal:
        return self.principal


@cache
def the_app() -> FastAPI:
    """Made once: its document takes a second."""
    return create_api(ApiServices(**dict.fromkeys(_NEEDED)))


_NEEDED = ("desk", "records", "cases", "case_search", "callbacks", "store", "open_media")


class Office:
    """A server with sessions, in memory."""

    def __init__(self) -> None:
        self.rooms, self.records, self.desk = Rooms(), Records(), Desk()
        self.principal = Principal("app", "key", frozenset({"operator"}))
        the_app().state.request_limit, the_app().state.guesses = RequestLimit(), {"livekit": GuessLimit()}
        self.sessions = SessionDesk(self.rooms, self.desk, self.records, RouteRegistry(), lambda: Store, CallMarks())

    def begins(self, session: str, room: str = "") -> None:
        """Somebody has entered."""
        call = self.records.calls[session]
        call.connection_id, call.detail = self.rooms.connection(room or f"ringmaster-{session}"), ""

    def http(self, **parts: Any) -> httpx2.AsyncClient:
        app = the_app()
        app.state.services = ApiServices(
            desk=self.desk,
            records=self.records,
            cases=None,
            case_search=None,
            callbacks=None,
            store=None,
            open_media=None,
            sessions=parts.get("sessions", self.sessions),
            access=Access(loopback=False, authenticator=Somebody(self.principal)),
        )
        return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test")

    def limit(self, *lines: str) -> None:
        """Whoever asks is limited to some lines from now on."""
        self.principal = Principal("app", "key", frozenset({"operator"}), frozenset(lines))
