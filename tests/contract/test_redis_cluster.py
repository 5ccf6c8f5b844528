"""Calls on a cluster of three: what they keep, what its names say, and what becomes of them when nodes change."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
from worker_stage import Workers, event, incoming, two_workers

from backend.adapters.redis import keys
from backend.adapters.redis.client import connect
from backend.adapters.redis.exchange import RedisExchange
from backend.adapters.redis.lease import CallLeases
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.session_store import RedisSessionStore
from backend.domain.exchange import CallRoute, WorkerLoad
from backend.domain.session import CallSession
from backend.errors import CallNotFound, LeaseLost, SessionLost
from local_azure.redis_cluster import ClusterNode, LocalCluster, redis_cluster

TOKEN = "tHe-sEcReT-of-this-call-0123456789"


def a_ring(call_id: str = "c1", token: str = TOKEN) -> CallRoute:
    return CallRoute(
        token=token, call_id=call_id, line="insurance", direction="inbound", caller="+13125550142",
        connection_id="cc-1", started_at=datetime(2026, 11, 26, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[RedisLink]:
    link = connect(redis_url, 10.0)
    await link.flushall()
    yield link
    await link.aclose()


async def test_names_hold_no_secret_and_no_number_and_every_key_has_an_end(redis_url: str, redis: RedisLink) -> None:
    async with two_workers(redis_url) as workers:
        token = await workers.ring(workers.one)
        await workers.two.connect(token, "cc-r1")
        await workers.two.says("Thank you for calling")
        assert await workers.one.exchange.claim("corr-2")
        async with asyncio.timeout(30):
            while not await redis.keys("rm:session:*"):
                await asyncio.sleep(0.05)
        names = [name.decode() for name in await redis.keys("*")]
        assert {name.split(":")[1] for name in names} >= {"session", "lease", "fence", "ring", "leases", "workers"}
        for name in names:
            assert token not in name
            assert "3125550142" not in name
            assert await redis.ttl(name) > 0, name
        listed = await redis.execute(keys.LEASES, "ZRANGE", keys.LEASES, 0, -1)
        assert [member.decode() for member in listed] == [keys.hashed(token)]


def test_all_keys_of_a_call_are_in_one_slot(cluster: LocalCluster) -> None:
    node = cluster.primaries[0]
    for call_id in ("c1", "0192f3aa-7b1c", "CHAT-9"):
        named = [keys.session(call_id), keys.lease(call_id), keys.fence(call_id)]
        assert len({node.ask("CLUSTER", "KEYSLOT", name) for name in named}) == 1


async def test_a_call_can_be_found_owned_and_forgotten(redis: RedisLink) -> None:
    one, two = RedisExchange(redis, "one", 60), RedisExchange(redis, "two", 60)
    await one.own(a_ring())
    found = await two.find(TOKEN)
    assert (found and found.worker, await two.owner("c1")) == ("one", "one")
    with pytest.raises(LeaseLost):
        await two.own(a_ring())
    await two.own(a_ring(), after="one")
    await two.forget(a_ring())
    assert (await one.find(TOKEN), await one.owner("c1")) == (None, None)


async def test_a_call_whose_lease_ran_out_is_handed_to_who_looks(redis: RedisLink) -> None:
    dead, living = RedisExchange(redis, "dead", 60, lease_s=1), RedisExchange(redis, "living", 60, lease_s=1)
    await dead.own(a_ring())
    async with asyncio.timeout(30):
        while not (abandoned := (await living.beat(WorkerLoad())).abandoned):
            await asyncio.sleep(0.1)
    assert [ring.token for ring in abandoned] == [TOKEN]


# -- a cluster that changes ---------------------------------------------------------------


# redis-py drops what it had of a node that is gone without closing it. The collector closes it, and pytest would report
# that at whatever test runs by then.
DROPPED = ("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@pytest.fixture
def collected() -> Iterator[None]:
    yield
    gc.collect()


def slot_of(node: ClusterNode, name: str) -> int:
    return int(node.ask("CLUSTER", "KEYSLOT", name))


def other(cluster: LocalCluster, node: ClusterNode) -> ClusterNode:
    return next(one for one in cluster.primaries if one is not node)


@pytest.fixture
def changing() -> Iterator[LocalCluster]:
    with redis_cluster() as running:
        yield running


async def test_a_call_stays_owned_while_its_slot_moves_to_another_node(changing: LocalCluster) -> None:
    redis = connect(changing.url, 2.0)
    store, leases = RedisSessionStore(redis, 60), CallLeases(redis, "w1", ttl_s=60)
    session = CallSession(call_id="c1", line="insurance", active_agent="auth")
    await store.save(session)
    lease = await leases.acquire("c1", TOKEN)
    former = changing.owner(keys.session("c1"))
    slot, later = slot_of(former, keys.session("c1")), other(changing, former)
    later.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", former.name())
    former.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", later.name())
    # What has moved is answered with ASK, what has not is still here.
    names = former.ask("CLUSTER", "GETKEYSINSLOT", slot, 10)
    assert "session" in names
    former.ask("MIGRATE", "127.0.0.1", later.port, keys.session("c1"), 0, 5000)
    await store.save(session)
    assert await store.load("c1") == session
    former.ask("MIGRATE", "127.0.0.1", later.port, "", 0, 5000, "KEYS", keys.lease("c1"), keys.fence("c1"))
    for node in changing.primaries:
        node.ask("CLUSTER", "SETSLOT", slot, "NODE", later.name())
    # From now on it is MOVED.
    assert await leases.renew(lease) is True
    assert await leases.owner("c1") == "w1"
    await store.save(session)
    assert session.version == 3
    with pytest.raises(LeaseLost):
        await CallLeases(redis, "w2").acquire("c1", TOKEN)
    await redis.aclose()


@pytest.mark.timeout(90)
@pytest.mark.usefixtures("collected")
@pytest.mark.filterwarnings(*DROPPED)
async def test_a_call_goes_on_when_a_node_dies_and_its_replica_takes_over() -> None:
    with redis_cluster(replicas=True) as cluster:
        async with two_workers(cluster.url, lease_s=6) as workers:
            workers.model.say_next("All right. What is your zip code?")
            token = await workers.ring(workers.one)
            await workers.one.connect(token, "cc-r1")
            await workers.one.says("Thank you for calling")
            workers.one.hears("hello I want to report an accident")
            await workers.one.says("What is your zip code?")
            call = workers.one.desk.live()[0]
            victim = cluster.owner(keys.session(call.call_id))
            victim.process.kill()
            victim.process.wait()
            workers.model.say_next("Thank you, Mister Smith.")
            workers.one.hears("six zero six zero one")
            await workers.one.says("Mister Smith")
            await owned(workers.two.redis, call.call_id, "one")
            assert [len(worker.desk.live()) for worker in (workers.one, workers.two)] == [1, 0]
            await heard(workers, token)
            assert await workers.records.outcome(call.call_id) == "caller_hung_up"


async def owned(redis: RedisLink, call_id: str, worker: str) -> None:
    """Wait until the cluster works again, and see that nobody else has the call meanwhile."""
    leases = CallLeases(redis, "asks")
    async with asyncio.timeout(40):
        while True:
            with contextlib.suppress(SessionLost):
                found = await leases.owner(call_id)
                assert found in {worker, None}
                if found == worker:
                    return
            await asyncio.sleep(0.1)


async def heard(workers: Workers, token: str) -> None:
    """A callback that arrives at the other worker reaches the call."""
    async with asyncio.timeout(40):
        while workers.one.desk.has(token):
            with contextlib.suppress(SessionLost, CallNotFound):  # or heard, and the answer lost
                await workers.two.shared.callback(token, event("CallDisconnected", "d1"))
            await asyncio.sleep(0.1)


@pytest.mark.usefixtures("collected")
@pytest.mark.filterwarnings(*DROPPED)
async def test_calls_on_the_other_nodes_go_on_while_one_is_gone(changing: LocalCluster) -> None:
    redis = connect(changing.url, 0.5)
    leases = CallLeases(redis, "w1", ttl_s=60)  # nobody renews it here
    for number in range(8):
        await leases.acquire(f"c{number}")
    victim = changing.primaries[2]
    changing.primaries[0].ask("CONFIG", "SET", "cluster-require-full-coverage", "no")
    changing.primaries[1].ask("CONFIG", "SET", "cluster-require-full-coverage", "no")
    lost = {f"c{number}" for number in range(8) if changing.owner(keys.lease(f"c{number}")) is victim}
    assert lost
    victim.process.kill()
    victim.process.wait()
    async with asyncio.timeout(20):
        for number in range(8):
            while f"c{number}" not in lost:
                with contextlib.suppress(SessionLost):
                    assert await leases.owner(f"c{number}") == "w1"
                    break
                await asyncio.sleep(0.1)
    with pytest.raises(SessionLost):
        await leases.owner(lost.pop())
    await redis.aclose()


async def test_event_grid_duplicates_at_two_workers_are_answered_once(cluster: LocalCluster) -> None:
    async with two_workers(cluster.url) as workers:
        rings = [f"x{number}" for number in range(8)]
        await asyncio.gather(
            *(worker.shared.incoming(incoming(ring)) for ring in rings for worker in (workers.one, workers.two) * 3)
        )
        assert sorted(workers.service.answered) == rings
