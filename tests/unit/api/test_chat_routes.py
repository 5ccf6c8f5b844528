"""The chat routes, over a desk of paper."""

import asyncio

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from backend.api import standing
from backend.api.application import create_api
from backend.api.services import Access, ApiServices
from backend.domain.principal import Principal
from backend.engine.call.chat import ChatReply
from backend.engine.conversation.text_events import AgentChanged, Over, Said, Token, ToolRan, Typing
from backend.errors import AuthError, CallNotFound, CallRefused, Unavailable


class Nothing:
    """Parts that chats do not need."""


class Desk:
    def __init__(self) -> None:
        self.watchers: list = []
        self.heard: list[str] = []
        self.ended: list[str] = []
        self.tests: list[bool] = []

    def _tell(self, *events: object) -> None:
        for watcher in list(self.watchers):
            for event in events:
                watcher(event)

    async def open(
        self, line: str | None = None, to: str | None = None, *, test: bool = False, store: object = None
    ) -> ChatReply:
        self.tests.append(test)
        if line == "nope":
            raise CallRefused("no line named 'nope'; there are: insurance")
        return ChatReply("chat-1", line or "insurance", "auth", (Said("auth", "Hello."),))

    async def say(self, chat_id: str, text: str) -> ChatReply:
        if chat_id != "chat-1":
            raise CallNotFound("no such chat, or it is over")
        self.heard.append(text)
        await asyncio.sleep(0)
        self._tell(Typing("auth"), ToolRan("find", True), AgentChanged("info"), Token("info", "Here."))
        self._tell(Said("info", "Here."))
        outcome = "completed" if text == "goodbye" else None
        if outcome:
            self._tell(Over(outcome))
        return ChatReply("chat-1", "insurance", "info", (Said("info", "Here."),), outcome)

    async def watch(self, chat_id: str, watcher: object) -> ChatReply:
        if chat_id != "chat-1":
            raise CallNotFound("no such chat, or it is over")
        self.watchers.append(watcher)
        return ChatReply("chat-1", "insurance", "auth")

    def unwatch(self, chat_id: str, watcher: object) -> None:
        self.watchers.remove(watcher)

    async def end(self, chat_id: str) -> ChatReply:
        self.ended.append(chat_id)
        self._tell(Over("caller_hung_up"))
        return ChatReply("chat-1", "insurance", "auth", (), "caller_hung_up")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def client(desk: Desk | None, **access: object) -> TestClient:
    nothing = Nothing()
    services = ApiServices(
        desk=nothing, records=nothing, cases=nothing, callbacks=nothing, case_search=nothing, store=nothing,
        open_media=nothing, chats=desk, access=Access(**access),
    )  # fmt: skip
    return TestClient(create_api(services))


def test_a_chat_is_marked_as_a_test_by_who_holds_the_key_and_asks_for_it(desk: Desk) -> None:
    for body in ({}, {"test": True}):
        assert client(desk).post("/api/v1/chat", json=body).status_code == 200
    for query in ("", "?test=true"):
        with client(desk).websocket_connect(f"/api/v1/chat{query}") as socket:
            assert socket.receive_json()["type"] == "session"
    assert desk.tests == [False, True, False, True]


def test_a_message_without_a_session_begins_a_chat(desk: Desk) -> None:
    answer = client(desk).post("/api/v1/chat", json={"text": "hi"})
    assert answer.status_code == 200
    body = answer.json()
    assert (body["session"], body["line"], body["agent"], body["outcome"]) == ("chat-1", "insurance", "info", None)
    assert body["replies"] == [{"agent": "auth", "text": "Hello."}, {"agent": "info", "text": "Here."}]
    assert client(desk).post("/api/v1/chat", json={}).json()["replies"] == [{"agent": "auth", "text": "Hello."}]


def test_a_message_goes_on_with_its_chat(desk: Desk) -> None:
    body = client(desk).post("/api/v1/chat", json={"session": "chat-1", "text": "goodbye"}).json()
    assert body["outcome"] == "completed"
    assert desk.heard == ["goodbye"]


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ({"session": "chat-2", "text": "hi"}, 404),
        ({"session": "chat-1"}, 409),
        ({"line": "nope"}, 409),
        ({"text": ""}, 422),
        ({"text": "x" * 2001}, 422),
    ],
)
def test_a_wrong_message_is_refused(desk: Desk, message: dict, status: int) -> None:
    assert client(desk).post("/api/v1/chat", json=message).status_code == status


def test_leaving_ends_the_chat(desk: Desk) -> None:
    assert client(desk).delete("/api/v1/chat/chat-1").status_code == 204
    assert desk.ended == ["chat-1"]


def test_the_rule_of_the_operations_api_holds_for_chats(desk: Desk) -> None:
    guarded = client(desk, api_key="k" * 20)
    assert guarded.post("/api/v1/chat", json={}).status_code == 401
    with pytest.raises(WebSocketDisconnect), guarded.websocket_connect("/api/v1/chat"):
        pass
    key = {"Authorization": f"Bearer {'k' * 20}"}
    assert guarded.post("/api/v1/chat", json={}, headers=key).status_code == 200
    with guarded.websocket_connect("/api/v1/chat", headers=key) as socket:
        assert socket.receive_json()["type"] == "session"
    closed = client(desk, loopback=False)
    assert closed.post("/api/v1/chat", json={}).status_code == 401


def test_a_page_of_another_site_cannot_use_a_readers_browser(desk: Desk) -> None:
    with pytest.raises(WebSocketDisconnect):
        client(desk).websocket_connect("/api/v1/chat", headers={"Origin": "http://evil.example"}).__enter__()
    with client(desk).websocket_connect("/api/v1/chat", headers={"Origin": "http://testserver"}) as socket:
        assert socket.receive_json()["type"] == "session"


def test_a_server_without_chats_says_so() -> None:
    assert client(None).post("/api/v1/chat", json={}).status_code == 409


def test_what_happens_is_streamed_and_the_socket_closes_cleanly_at_the_end(desk: Desk) -> None:
    with client(desk).websocket_connect("/api/v1/chat?line=insurance") as socket:
        assert socket.receive_json() == {"type": "session", "session": "chat-1", "line": "insurance", "agent": "auth"}
        assert socket.receive_json() == {"type": "said", "agent": "auth", "text": "Hello."}
        assert socket.receive_json() == {"type": "ready"}
        socket.send_json({"type": "say", "text": "goodbye"})
        events = [socket.receive_json() for _ in range(6)]
        assert [event["type"] for event in events] == ["typing", "tool", "agent", "token", "said", "over"]
        assert events[1] == {"type": "tool", "name": "find", "ok": True}
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert closed.value.code == 1000
    assert desk.watchers == []


def test_a_reader_who_leaves_ends_the_chat_and_one_who_is_lost_may_come_back(desk: Desk) -> None:
    with client(desk).websocket_connect("/api/v1/chat") as socket:
        for _ in range(3):
            socket.receive_json()
        socket.send_json({"type": "bye"})
        assert socket.receive_json() == {"type": "over", "outcome": "caller_hung_up"}
    with client(desk).websocket_connect("/api/v1/chat?session=chat-1") as socket:
        assert [socket.receive_json()["type"] for _ in range(2)] == ["session", "ready"]
        socket.send_json({"type": "say", "text": "hi"})
        assert socket.receive_json()["type"] == "typing"
    assert desk.ended == ["chat-1"], "only the one that said so"
    assert desk.watchers == []


@pytest.mark.parametrize(
    "raw", ["", "{", "[]", '{"x": ' + "[" * 9000, '{"type": "shout"}', '{"text": "hi"}', '{"type": "say", "text": 1}']
)
def test_what_cannot_be_read_is_an_error_and_no_end(desk: Desk, raw: str) -> None:
    with client(desk).websocket_connect("/api/v1/chat") as socket:
        for _ in range(3):
            socket.receive_json()
        socket.send_text(raw)
        error = socket.receive_json()
        assert (error["type"], error["code"]) == ("error", "protocol.malformed")
        assert socket.receive_json() == {"type": "ready"}


def test_a_line_or_chat_that_is_not_there_is_an_error_and_closes(desk: Desk) -> None:
    for query in ("line=nope", "session=chat-2", "lin=insurance", "line=insurance&line=nope", "session=chat-1&key=k"):
        with client(desk).websocket_connect(f"/api/v1/chat?{query}") as socket:
            assert socket.receive_json()["type"] == "error"
            with pytest.raises(WebSocketDisconnect):
                socket.receive_json()


class Changing:
    """An authenticator that thinks better of it."""

    def __init__(self, *answers: Principal | AuthError) -> None:
        self._answers = list(answers)

    async def who(self, *_: object) -> Principal:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, AuthError):
            raise answer
        return answer


def of_lines(*lines: str) -> Principal:
    return Principal("anna", "key", frozenset({"operator"}), frozenset(lines) if lines else None)


@pytest.mark.parametrize(
    ("then", "why"),
    [
        (AuthError("unknown or expired API key"), "unknown or expired API key"),
        (of_lines("dental"), "this line is not yours any more"),
        (Principal("anna", "key", frozenset({"viewer"})), "this needs the role operator"),
    ],
)
def test_who_may_not_any_more_is_shown_out_of_their_chat(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, then: Principal | AuthError, why: str
) -> None:
    monkeypatch.setattr(standing, "_ASKED_S", 0.01)
    people = Changing(of_lines(), of_lines(), then)
    with client(desk, authenticator=people, loopback=False).websocket_connect("/api/v1/chat") as socket:
        assert [socket.receive_json()["type"] for _ in range(3)] == ["session", "said", "ready"]
        assert socket.receive_json() == {"type": "error", "code": "auth.forbidden", "message": why}
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert (closed.value.code, closed.value.reason) == (1008, why)
    assert desk.watchers == [] and desk.heard == []


def test_while_nobody_can_tell_a_chat_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "_ASKED_S", 0.01)
    asked: list[int] = []

    class Away(Changing):
        async def who(self, *_: object) -> Principal:
            asked.append(1)
            if len(asked) > 2:
                raise Unavailable("database", "away")
            return of_lines()

    with client(desk, authenticator=Away(of_lines()), loopback=False).websocket_connect("/api/v1/chat") as socket:
        assert [socket.receive_json()["type"] for _ in range(3)] == ["session", "said", "ready"]
        while len(asked) < 5:
            socket.send_json({"type": "say", "text": "hi"})
            assert [socket.receive_json()["type"] for _ in range(6)][-1] == "ready"


def test_a_frame_of_bytes_is_refused_and_the_chat_goes_on() -> None:
    desk = Desk()
    with client(desk).websocket_connect("/api/v1/chat") as socket:
        for _ in range(3):
            socket.receive_json()
        socket.send_bytes(b"\x00\xff")
        refused = socket.receive_json()
        assert (refused["type"], refused["message"]) == ("error", "expected text frames")
        socket.send_json({"type": "say", "text": "hello"})
        assert socket.receive_json()["type"] == "typing"
    assert desk.heard == ["hello"]
