"""Sockets that are read together: nobody notices anything of it but that frames wait for each other."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncGenerator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
import uvloop
from websockets.asyncio.client import ClientConnection, connect

from backend.api import reading_round
from backend.api.door.wire import WireLimits, wire_options
from backend.api.media_socket import SHORT_WAY, MediaSocket
from backend.api.reading_round import ReadingRound
from backend.domain.audio import GRID_MS

LIMIT_S = 20


class Transport(asyncio.Transport):
    """The transport of one end of a pair of sockets, whose loop reads nothing."""

    def __init__(self, end: socket.socket, tls: object = None) -> None:
        super().__init__({"socket": end, "sslcontext": tls})
        self.reads = True
        self.closing = False

    def is_closing(self) -> bool:
        return self.closing

    def pause_reading(self) -> None:
        self.reads = False

    def resume_reading(self) -> None:
        self.reads = True

    def abort(self) -> None:
        self.closing = True


@dataclass(eq=False)
class Member:
    """Somebody whose frames are read."""

    round: ReadingRound
    tls: object = None
    got: list[tuple[int, bytes]] = field(default_factory=list)
    """With the loop's milliseconds."""
    read_paused: bool = False
    fault: Exception | None = None

    def __post_init__(self) -> None:
        self.far, self.near = socket.socketpair()
        self.near.setblocking(False)
        self.transport = Transport(self.near, self.tls)
        self.round.join(self)

    def data_received(self, data: bytes) -> None:
        if self.fault is not None:
            raise self.fault
        self.got.append((round(asyncio.get_running_loop().time() * 1000), data))

    def close(self) -> None:
        self.round.leave(self)
        self.far.close()
        self.near.close()


@asynccontextmanager
async def gathered(count: int, from_many: int) -> AsyncGenerator[tuple[ReadingRound, list[Member]]]:
    together = ReadingRound(from_many)
    members = [Member(together) for _ in range(count)]
    try:
        yield together, members
    finally:
        for member in members:
            member.close()
        assert not together.gathers, "epoll and timer are left behind"


async def until(condition: Any) -> None:
    async with asyncio.timeout(LIMIT_S):
        while not condition():
            await asyncio.sleep(0.002)


def test_what_came_to_many_is_read_at_one_moment() -> None:
    async def story() -> None:
        async with gathered(5, from_many=3) as (_, members):
            for turn in range(8):
                for member in members:
                    member.far.send(b"frame %d" % turn)
                await until(lambda turn=turn: all(len(member.got) == turn + 1 for member in members))
            for moments in zip(*(member.got for member in members), strict=True):
                assert len({data for _, data in moments}) == 1
                assert len({at // GRID_MS for at, _ in moments}) <= 2, "each was read at a moment of its own"

    uvloop.run(story())


async def test_few_are_left_to_their_loop() -> None:
    async with gathered(2, from_many=3) as (together, members):
        assert not together.gathers
        assert all(member.transport.reads for member in members)
        third = Member(together)
        assert together.gathers
        assert not any(member.transport.reads for member in (*members, third))
        third.close()
        assert all(member.transport.reads for member in members)


async def test_a_backlog_is_read_whole_and_in_order() -> None:
    async with gathered(2, from_many=2) as (_, (one, other)):
        sent = os.urandom(60_000)
        one.far.send(sent)
        other.far.send(b"not forgotten meanwhile")
        await until(lambda: sum(len(data) for _, data in one.got) == len(sent))
        assert b"".join(data for _, data in one.got) == sent
        assert len(one.got) > 3, "so much at once keeps the others waiting"
        assert [data for _, data in other.got] == [b"not forgotten meanwhile"]


async def test_who_takes_nothing_for_the_moment_is_not_read() -> None:
    async with gathered(2, from_many=2) as (_, (one, other)):
        one.read_paused = True
        one.far.send(b"later")
        other.far.send(b"now")
        await until(lambda: other.got)
        assert one.got == []
        one.read_paused = False
        await until(lambda: one.got)


async def test_a_round_that_takes_long_lets_the_loop_do_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a pause of the process all have a backlog, and what is to be sent must not wait for all of it."""
    now, order = [0.0], list[str]()
    monkeypatch.setattr(reading_round, "monotonic", lambda: now[0])

    class Slow(Member):
        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            now[0] += 0.003
            order.append("read")
            asyncio.get_running_loop().call_soon(order.append, "sent")

    together = ReadingRound(2)
    members = [Slow(together) for _ in range(6)]
    for member in members:
        member.far.send(b"frame")
    await until(lambda: all(member.got for member in members))
    assert order[:3] == ["read", "read", "sent"]
    assert order.count("read") == 6
    members[0].far.send(b"frame")
    members[1].far.send(b"frame")
    members[2].far.send(b"frame")
    await until(lambda: len(members[0].got) == 2)
    for member in members:
        member.close()  # in the midst of a round
    await asyncio.sleep(GRID_MS * 3 / 1000)
    assert not together.gathers


async def test_an_end_is_left_to_the_loop_to_find() -> None:
    async with gathered(3, from_many=2) as (together, (one, other, third)):
        one.far.close()
        await until(lambda: one.transport.reads)
        assert together.gathers and not other.transport.reads
        third.transport.closing = True
        third.far.send(b"too late")
        await until(lambda: not together.gathers)
        assert third.got == [] and not third.transport.reads, "a transport that closes was told to read on"


async def test_a_fault_of_one_is_not_one_of_the_others() -> None:
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    async with gathered(4, from_many=2) as (_, (broken, *others)):
        broken.fault = ValueError("no frame")
        broken.far.send(b"bad")
        await until(lambda: broken.transport.closing)
        assert [context["exception"] for context in told] == [broken.fault]
        for other in others:
            other.far.send(b"good")
        await until(lambda: all(other.got for other in others))


async def test_bytes_under_tls_are_for_the_loop_alone() -> None:
    together = ReadingRound(1)
    member = Member(together, tls=object())
    assert not together.gathers and member.transport.reads
    member.close()


# -- whole sockets, by uvicorn and uvloop, as in production ------------------------------------


class Uvicorn(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):
        yield


@dataclass
class Ears:
    """An application that listens to each socket the short way."""

    heard: dict[str, list[bytes]] = field(default_factory=dict)
    long_way: dict[str, list[str]] = field(default_factory=dict)
    sockets: dict[str, MediaSocket] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        name = scope["path"]
        await receive()
        await send({"type": "websocket.accept"})
        self.sockets[name] = scope["extensions"][SHORT_WAY]
        self.sockets[name].listen(self.heard.setdefault(name, []).append)
        while (message := await receive())["type"] != "websocket.disconnect":
            self.long_way.setdefault(name, []).append(message["text"])
        self.closed.add(name)


@asynccontextmanager
async def talking(count: int) -> AsyncGenerator[tuple[Ears, dict[str, ClientConnection]]]:
    ears = Ears()
    options = wire_options(WireLimits())
    options["ws"].together = ReadingRound(3)
    server = Uvicorn(uvicorn.Config(ears, port=0, **options))
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        async with AsyncExitStack() as stack:
            clients = {
                f"/{number}": await stack.enter_async_context(
                    connect(f"ws://127.0.0.1:{port}/{number}", compression=None, proxy=None)
                )
                for number in range(count)
            }
            await until(lambda: len(ears.heard) == count)
            yield ears, clients
    finally:
        server.should_exit = True
        await serving


def reads(ears: Ears) -> set[str]:
    return {name for name, one in ears.sockets.items() if one.transport.is_reading()}


def play(story: Coroutine[Any, Any, None]) -> None:
    uvloop.run(story)


def test_a_server_has_a_round_of_its_own() -> None:
    one, other = (wire_options(WireLimits())["ws"].together for _ in range(2))
    assert isinstance(one, ReadingRound) and one is not other


def test_frames_of_many_calls_come_whole_and_in_order() -> None:
    async def story() -> None:
        async with talking(4) as (ears, clients):
            assert not reads(ears)
            for number in range(30):
                for name, client in clients.items():
                    await client.send(f"{name} {number} ".ljust(900, "x"))
            await until(lambda: all(len(frames) == 30 for frames in ears.heard.values()))
            for name, frames in ears.heard.items():
                assert [frame.split()[:2] for frame in frames] == [
                    [name.encode(), str(number).encode()] for number in range(30)
                ]

    play(story())


def test_what_takes_the_long_way_gives_nobody_back_to_the_loop() -> None:
    async def story() -> None:
        async with talking(3) as (ears, clients):
            await clients["/1"].send(["in ", "pieces"])
            await until(lambda: ears.long_way.get("/1") == ["in pieces"])
            await clients["/1"].send("whole")
            await until(lambda: ears.heard["/1"] == [b"whole"])
            assert not reads(ears)
            await asyncio.wait_for(await clients["/1"].ping(), LIMIT_S)

    play(story())


@pytest.mark.parametrize("abrupt", [False, True], ids=["says good-bye", "is gone"])
def test_a_call_that_ends_is_noticed_and_the_others_go_on(abrupt: bool) -> None:
    async def story() -> None:
        async with talking(4) as (ears, clients):
            if abrupt:
                clients["/0"].transport.abort()
            else:
                await clients["/0"].close()
            await until(lambda: "/0" in ears.closed)
            assert not reads(ears) - {"/0"}
            await clients["/1"].close()
            await until(lambda: reads(ears) >= {"/2", "/3"})
            for name in ("/2", "/3"):
                await clients[name].send("still here")
            await until(lambda: ears.heard["/2"] and ears.heard["/3"])

    play(story())
