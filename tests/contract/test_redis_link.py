"""The way to Redis: a limit that holds, and what becomes of calls when a server answers strangely."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from subprocess import Popen

import pytest
from redis.exceptions import RedisError
from worker_stage import incoming, two_workers

from backend.adapters.redis.client import connect, guarded
from backend.adapters.redis.lease import CallLeases
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.session_store import RedisSessionStore
from backend.adapters.redis.stalls import Stalls
from backend.domain.session import CallerSaid, CallSession
from backend.errors import SessionLost
from local_azure.redis_cluster import LocalCluster
from local_azure.redis_server import redis_server

LIMIT_S = 1.0
"""Long enough for a busy machine, whose delays must not be taken for a limit."""


def a_session() -> CallSession:
    return CallSession(call_id="c1", line="insurance", active_agent="auth", history=[CallerSaid("hello", 1)])


@pytest.fixture
def server() -> Iterator[tuple[str, Popen[bytes]]]:
    with redis_server() as found:
        yield found


@asynccontextmanager
async def frozen(process: Popen[bytes]) -> AsyncIterator[None]:
    """A Redis that takes connections and says nothing: what a failover in the cloud looks like from here."""
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[str]:
    """A server that gives every command the same answer."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(65_536):
            writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0"


async def seconds(work: Callable[[], object]) -> float:
    """How long something takes that fails because Redis does not answer."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    with pytest.raises(SessionLost):
        await work()  # type: ignore[misc]
    return loop.time() - began


@pytest.mark.parametrize("met", [False, True])
async def test_one_limit_holds_for_a_command_with_all_that_it_needs(
    server: tuple[str, Popen[bytes]], *, met: bool
) -> None:
    """Connecting, finding out what it is, a check of health and a second try took a limit each."""
    redis = connect(server[0], LIMIT_S)
    if met:
        await redis.ping()
    async with frozen(server[1]):
        assert await seconds(lambda: guarded(redis.get("k"))) < 2 * LIMIT_S
    await redis.aclose()


async def test_the_next_commands_do_not_wait_for_it_again_until_it_is_back(server: tuple[str, Popen[bytes]]) -> None:
    redis = connect(server[0], LIMIT_S)
    await redis.ping()
    async with frozen(server[1]):
        await seconds(lambda: guarded(redis.get("k")))
        for _ in range(20):
            assert await seconds(lambda: guarded(redis.get("k"))) < LIMIT_S / 2
    async with asyncio.timeout(30):
        while True:
            try:
                await redis.set("k", b"v", ex=60)
                break
            except RedisError:
                await asyncio.sleep(0.05)
    assert await redis.get("k") == b"v"
    await redis.aclose()


async def test_a_ring_is_answered_at_once_though_redis_is_silent() -> None:
    with redis_server() as (url, process):
        async with two_workers(url, redis_s=LIMIT_S) as workers, frozen(process):
            loop = asyncio.get_running_loop()
            began = loop.time()
            await workers.one.shared.incoming(incoming("r1"))
            assert loop.time() - began < 3 * LIMIT_S, "it was a limit for each of four commands"
            assert workers.service.answered == ["r1"]


@pytest.mark.parametrize("met", [False, True])
async def test_a_stall_of_this_process_is_no_silence_of_redis(server: tuple[str, Popen[bytes]], *, met: bool) -> None:
    """A worker that had just started, and was late itself, took Redis for silent and kept its first chat to itself."""
    limit_s = 0.4
    redis = connect(server[0], limit_s)
    if met:
        await redis.ping()
    asking = asyncio.create_task(redis.set("k", "v", ex=60))
    for _ in range(3):
        await asyncio.sleep(0)
    time.sleep(1.5 * limit_s)  # noqa: ASYNC251 - what holds up the loop is meant
    assert await asking, "it was given up though it had answered"
    assert await redis.get("k") == b"v", "it was left in peace though it had answered"
    await redis.aclose()


async def test_what_was_given_up_is_not_left_behind(server: tuple[str, Popen[bytes]]) -> None:
    redis = connect(server[0], LIMIT_S)
    before = len(asyncio.all_tasks())
    async with frozen(server[1]):
        results = await asyncio.gather(*(guarded(redis.get("k")) for _ in range(200)), return_exceptions=True)
        assert all(isinstance(result, SessionLost) for result in results)
    await redis.aclose()
    async with asyncio.timeout(20):
        while len(asyncio.all_tasks()) > before:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "answer",
    [
        b"-READONLY You can't write against a read only replica.\r\n",
        b"-LOADING Redis is loading the dataset in memory\r\n",
        b"-MOVED 3999 127.0.0.1:1\r\n",
        b"-ASK 3999 127.0.0.1:1\r\n",
        b"-CLUSTERDOWN The cluster is down\r\n",
        b"-TRYAGAIN Multiple keys request during rehashing of slot\r\n",
        b"-MASTERDOWN Link with MASTER is down\r\n",
        b"-OOM command not allowed when used memory > 'maxmemory'.\r\n",
        b"-MISCONF Redis is configured to save RDB snapshots\r\n",
        b"-NOAUTH Authentication required.\r\n",
        b"-WRONGTYPE Operation against a key holding the wrong kind of value\r\n",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"*3\r\n:1\r\n",
    ],
    ids=lambda answer: answer.decode().split()[0].strip("-"),
)
@pytest.mark.parametrize("said", ["", "?cluster=true"])
async def test_a_server_that_refuses_is_lost_and_changes_nothing(answer: bytes, said: str) -> None:
    async with answering(answer) as url:
        redis = connect(url + said, 0.2)
        store, leases, session = RedisSessionStore(redis, 60), CallLeases(redis, "w1"), a_session()
        for work in (
            lambda: store.save(session),
            lambda: store.load("c1"),
            lambda: leases.acquire("c1", "t1"),
            lambda: leases.owner("c1"),
        ):
            with pytest.raises(SessionLost):
                await work()
        assert session.version == 0
        await redis.aclose()


async def test_a_replica_takes_no_writes_and_does_again_once_it_leads(server: tuple[str, Popen[bytes]]) -> None:
    redis = connect(server[0], 1.0)
    store, session = RedisSessionStore(redis, 60), a_session()
    await store.save(session)
    await redis.execute("", "REPLICAOF", "127.0.0.1", "1")
    with pytest.raises(SessionLost):
        await store.save(session)
    assert session.version == 1
    assert await store.load("c1") == session
    await redis.execute("", "REPLICAOF", "NO", "ONE")
    await store.save(session)
    assert session.version == 2
    await redis.aclose()


async def test_a_node_that_may_not_say_what_it_is_is_found_to_be_one_of_a_cluster(cluster: LocalCluster) -> None:
    for node in cluster.primaries:
        node.ask("ACL", "SETUSER", "mute", "on", "nopass", "~*", "&*", "+@all", "-info")
    redis = connect(cluster.url.replace("://", "://mute:x@"), 2.0)
    for number in range(12):
        await redis.set(f"k{number}", b"v", ex=60)
    assert redis.clustered
    await redis.aclose()


def test_a_place_is_left_in_peace_for_a_while_and_others_are_not() -> None:
    now = [0.0]
    stalls = Stalls(1.0, lambda: now[0])
    stalls.gave_up("a")
    stalls.check("b")
    now[0] = 0.9
    with pytest.raises(RedisError):
        stalls.check("a")
    now[0] = 1.0
    stalls.check("a")
    stalls.gave_up("a")
    stalls.answered("a")
    stalls.check("a")


async def test_a_link_over_a_client_of_somebody_else_leaves_it_open(server: tuple[str, Popen[bytes]]) -> None:
    redis = connect(server[0], 1.0)
    await redis.ping()
    assert redis._meeting.client is not None
    await RedisLink.of(redis._meeting.client).aclose()
    await redis.ping()
    await redis.aclose()
