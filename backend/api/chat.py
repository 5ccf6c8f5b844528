"""Chat: the agents in text. One request a turn, or a WebSocket on which answers are streamed."""

import asyncio
import logging
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query, Response, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ConfigDict, Field

from backend.agents.store import AgentStore
from backend.api.access import Person, Services, admit, services
from backend.api.audited import Noted, admitted, note_socket
from backend.api.faults import fault_of
from backend.api.scope import chosen_line, require_chat
from backend.api.services import ApiServices, ChatDeskView
from backend.api.standing import right_ends
from backend.domain.call import CallOutcome
from backend.engine.call.chat import ChatReply
from backend.engine.conversation.text_events import (
    AgentChanged,
    Over,
    Said,
    TextEvent,
    Token,
    ToolRan,
    Typing,
)
from backend.errors import CallNotFound, CallRefused, Forbidden, NotInStore, ProtocolError, RingmasterError
from backend.protocol.close_reason import close_reason

__all__ = ["router"]

log = logging.getLogger(__name__)

_FAULTS: dict[int | str, dict[str, object]] = {
    401: fault_of("no key, or the wrong one"),
    404: fault_of("no such chat, or it is over"),
    409: fault_of("not possible now"),
}
_DONE, _GOING_AWAY, _POLICY, _TRY_LATER = 1000, 1001, 1008, 1013
_PARAMETERS = ("line", "to", "session", "test")
_UNSENT = 2000
"""Events that wait for a slow reader; beyond it tokens are left out (the whole words follow)."""

router = APIRouter(prefix="/api/v1/chat", tags=["chat"], responses=_FAULTS)


class ChatMessage(BaseModel):
    """One message. Without ``session`` a chat begins; without ``text`` it only greets."""

    model_config = ConfigDict(extra="forbid")

    session: str | None = Field(default=None, max_length=64, description="The chat to go on with.")
    text: str | None = Field(default=None, min_length=1, max_length=2000)
    line: str | None = Field(default=None, max_length=64, description="Line of a new chat; the first when left out.")
    to: str | None = Field(default=None, max_length=16, description="Or the number of that line.")
    test: bool = Field(default=False, description="Mark a new chat as a test; totals leave it out.")
    version: str = Field(
        default="",
        max_length=64,
        description="Version of a new chat, past or a draft, to be tried: it is a test. Empty: the live one.",
    )


class ChatWords(BaseModel):
    """What an agent said."""

    agent: str
    text: str


class ChatAnswer(BaseModel):
    """Where the chat stands."""

    session: str
    line: str
    agent: str = Field(description="Who answers next.")
    replies: list[ChatWords]
    outcome: CallOutcome | None = Field(description="Set once the chat is over; then the session is gone.")

    @classmethod
    def of(cls, *replies: ChatReply) -> "ChatAnswer":
        """From one reply, or from a greeting and the reply after it."""
        last = replies[-1]
        words = [ChatWords(agent=said.agent, text=said.text) for reply in replies for said in reply.said]
        return cls(session=last.id, line=last.line, agent=last.agent, replies=words, outcome=last.outcome)


@router.post("", summary="Say something in a chat, or begin one", dependencies=[admitted])
async def say(found: Services, person: Person, note: Noted, message: ChatMessage) -> ChatAnswer:
    """The answer is complete when this returns. A chat that nobody writes in for a while is over."""
    desk = _desk(found)
    replies: list[ChatReply] = []
    session = message.session
    if session is None:
        line = chosen_line(found, person, message.line, message.to)
        tried = await _tried(found, message.version) if message.version else None
        replies.append(await desk.open(line, message.to, test=message.test, store=tried))
        session = replies[0].id
        note.target, note.line = session, replies[0].line
    else:
        note.quiet = True  # that it began is noted, not each word
        await require_chat(found, person, session)
    if message.text and not (replies and replies[0].outcome):
        replies.append(await desk.say(session, message.text))
    elif not replies:
        raise CallRefused("expected a text; it is empty")
    return ChatAnswer.of(*replies)


async def _tried(found: ApiServices, version: str) -> AgentStore:
    """The version that somebody tries.

    Raises:
        NotInStore, StoreError: it cannot be had.
    """
    if found.live is None:
        raise NotInStore("this server has one version of its agent store only")
    return await found.live.tried.prepare(version)


@router.delete("/{session}", status_code=204, summary="Leave a chat", dependencies=[admitted])
async def leave(found: Services, person: Person, session: str) -> Response:
    """End it; its record stays with the calls."""
    await require_chat(found, person, session)
    await _desk(found).end(session)
    return Response(status_code=204)


@router.websocket("")
async def converse(
    websocket: WebSocket,
    line: Annotated[str | None, Query(max_length=64)] = None,
    to: Annotated[str | None, Query(max_length=16)] = None,
    session: Annotated[str | None, Query(max_length=64)] = None,
    test: bool = False,
) -> None:
    """Converse. The client sends ``{"type": "say", "text": ...}`` or ``{"type": "bye"}``; it is sent ``session``,
    ``typing``, ``token``, ``said``, ``tool``, ``agent``, ``ready``, ``error`` and ``over``. Refused: an HTTP 403."""
    found = services(websocket)
    person = await admit(websocket)  # the door has asked already, and refuses before this is reached
    await websocket.accept()
    try:
        _check_asked(websocket)
        socket = _Socket(websocket, _desk(found))
        if session is not None:
            await require_chat(found, person, session)
        else:
            line = chosen_line(found, person, line, to)
        await socket.open(line, to, session, test=test)
        await note_socket(websocket, person, socket.session)
    except RingmasterError as error:
        await websocket.send_json(_fault(error))
        await websocket.close(_TRY_LATER)
        return
    await socket.run()


def _check_asked(websocket: WebSocket) -> None:
    """A parameter that is misspelt, or given twice, would begin another chat than was asked for.

    Raises:
        ProtocolError: naming it.
    """
    given = [name for name, _ in websocket.query_params.multi_items()]
    wrong = next((name for name in given if name not in _PARAMETERS or given.count(name) > 1), None)
    if wrong is not None:
        raise ProtocolError(f"parameter {wrong[:80]!r}: expected each of {', '.join(_PARAMETERS)} once at most")


class _Socket:
    """One reader of one chat: what happens goes out as it happens, what they write comes in turn by turn."""

    def __init__(self, websocket: WebSocket, desk: ChatDeskView) -> None:
        self._websocket = websocket
        self._desk = desk
        self._session = self._line = ""
        self._unsent: asyncio.Queue[dict[str, Any]] = asyncio.Queue(_UNSENT)

    async def open(self, line: str | None, to: str | None, session: str | None, *, test: bool) -> None:
        """Begin a chat, or go on with one.

        Raises:
            CallRefused, CallNotFound: it cannot be.
        """
        begins = session is None
        reply = await (self._desk.open(line, to, test=test) if begins else self._desk.watch(session, self._on_event))
        self._session, self._line = reply.id, reply.line
        self._send({"type": "session", "session": reply.id, "line": reply.line, "agent": reply.agent})
        for said in reply.said:
            self._send(_event(said))
        if reply.outcome is None and session is None:
            await self._desk.watch(reply.id, self._on_event)
        self._send({"type": "over", "outcome": reply.outcome} if reply.outcome else {"type": "ready"})

    @property
    def session(self) -> str:
        """The chat's id; empty before it is open."""
        return self._session

    async def run(self) -> None:
        """Converse until it is over, or they are gone or may not any more. The chat waits for them until it is idle."""
        work = (("sending", self._deliver()), ("hearing", self._hear()), ("asking", self._ask()))
        tasks = [asyncio.create_task(one, name=f"chat-{name}") for name, one in work]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._desk.unwatch(self._session, self._on_event)
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        for task in tasks:
            if not task.cancelled():
                task.result()

    def _on_event(self, event: TextEvent) -> None:
        self._send(_event(event))

    def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "token" and self._unsent.qsize() > _UNSENT // 2:
            return
        try:
            self._unsent.put_nowait(message)
        except asyncio.QueueFull:
            log.warning("a client reads a chat too slowly; an event was left out", extra={"event": "chat.reader_slow"})

    async def _deliver(self) -> None:
        try:
            while True:
                message = await self._unsent.get()
                await self._websocket.send_json(message)
                if message["type"] == "over":
                    failed = message["outcome"] == "failed"
                    await self._websocket.close(_GOING_AWAY if failed else _DONE)
                    return
        except (WebSocketDisconnect, RuntimeError):
            return  # the reader is gone

    async def _ask(self) -> None:
        """Show them out when they may not any longer."""
        why = await right_ends(self._websocket, lambda: self._line)
        try:
            await self._websocket.send_json(_fault(Forbidden(why)))
            await self._websocket.close(_POLICY, close_reason(why))
        except (WebSocketDisconnect, RuntimeError):
            return  # they are gone already

    async def _hear(self) -> None:
        try:
            while True:
                try:
                    raw = await self._websocket.receive_text()
                except KeyError:  # a frame of bytes; what they write next is heard all the same
                    self._send(_fault(ProtocolError("expected text frames")))
                else:
                    await self._take(raw)
        except (WebSocketDisconnect, RuntimeError):
            return

    async def _take(self, raw: str) -> None:
        try:
            message = _read(raw)
            if message.type == "bye":
                await self._desk.end(self._session)
            elif (await self._desk.say(self._session, message.text)).outcome is None:
                self._send({"type": "ready"})
        except RingmasterError as error:
            self._send(_fault(error))
            self._send({"type": "over", "outcome": "failed"} if isinstance(error, CallNotFound) else {"type": "ready"})


class _Message(msgspec.Struct):
    """What a client sends."""

    type: Literal["say", "bye"]
    text: str = ""


def _read(raw: str) -> _Message:
    try:
        message = msgspec.json.decode(raw, type=_Message)
        message.text.encode()
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ProtocolError('expected {"type": "say", "text": "..."} or {"type": "bye"}') from error
    if "\0" in message.text:
        raise ProtocolError("expected a text without the NUL character")
    return message


_EVENTS: dict[type[TextEvent], Callable[[Any], dict[str, Any]]] = {
    Typing: lambda e: {"type": "typing", "agent": e.agent},
    Token: lambda e: {"type": "token", "agent": e.agent, "text": e.text},
    Said: lambda e: {"type": "said", "agent": e.agent, "text": e.text},
    ToolRan: lambda e: {"type": "tool", "name": e.name, "ok": e.ok},
    AgentChanged: lambda e: {"type": "agent", "agent": e.agent},
    Over: lambda e: {"type": "over", "outcome": e.outcome},
}


def _event(event: TextEvent) -> dict[str, Any]:
    return _EVENTS[type(event)](event)


def _fault(error: RingmasterError) -> dict[str, Any]:
    return {"type": "error", "code": error.code, "message": str(error)}


def _desk(found: ApiServices) -> ChatDeskView:
    if found.chats is None:
        raise CallRefused("chats are turned off on this server")
    return found.chats
