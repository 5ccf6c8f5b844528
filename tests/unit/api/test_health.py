"""Probes answer in time whatever is away, ask no provider, and ask nobody twice; people may have the services asked."""

import asyncio

import httpx2
import pytest

from backend.adapters.redis.client import connect
from backend.adapters.redis.session_store import RedisSessionStore
from backend.api.application import create_api
from backend.api.readiness import DeepChecks, Pings
from backend.api.services import ApiServices, Ping
from backend.errors import ProviderRejected, Unavailable
from backend.ports import DeepCheck, HealthPart


class Desk:
    draining = False


class Store:
    def version(self) -> str:
        return "v1"


def client(desk: Desk, **parts: object) -> httpx2.AsyncClient:
    fixed = dict.fromkeys(("records", "cases", "case_search", "callbacks", "open_media"))
    services = ApiServices(desk=desk, store=Store(), **fixed, **parts)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(create_api(services)), base_url="http://test")


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_readyz_waits_for_nobody_that_is_away(desk: Desk) -> None:
    async def never() -> None:
        await asyncio.shield(asyncio.get_running_loop().create_future())

    pings = (Ping("redis", never, needed=False), Ping("database", never, needed=False))
    loop = asyncio.get_running_loop()
    async with client(desk, pings=pings) as http:
        began = loop.time()
        answer = await http.get("/readyz")
        assert answer.status_code == 200
        assert {name: ping["result"] for name, ping in answer.json()["pings"].items()} == {
            "redis": "no answer", "database": "no answer",
        }  # fmt: skip
        assert loop.time() - began < 15.0  # its own limit is 0.2 s; a busy machine adds to it
        assert all(ping["ms"] <= 200 for ping in answer.json()["pings"].values())


async def test_a_redis_that_swallows_everything_costs_a_probe_a_fifth_of_a_second(desk: Desk) -> None:
    writers: list[asyncio.StreamWriter] = []

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        while await reader.read(1000):
            pass

    server = await asyncio.start_server(swallow, "127.0.0.1", 0)
    redis = connect(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0", 0.5)
    sessions = RedisSessionStore(redis, 60)
    try:
        async with client(desk, pings=(Ping("redis", sessions.ping, needed=False),)) as http:
            for _ in range(3):
                answer = await http.get("/readyz")
                assert answer.status_code == 200
                assert answer.json()["pings"]["redis"]["result"] in ("no answer", "session.lost")
    finally:
        for writer in writers:
            writer.close()
        await asyncio.gather(*(task for task in asyncio.all_tasks() if task.get_name().startswith("ping-")))
        await redis.aclose()
        for writer in writers:
            writer.close()
            await writer.wait_closed()
        server.close()
        await server.wait_closed()


async def test_however_many_probes_come_each_thing_is_asked_once_at_a_time() -> None:
    asked = 0
    answer = asyncio.Event()

    async def slow() -> None:
        nonlocal asked
        asked += 1
        await answer.wait()

    asking = Pings((Ping("database", slow),))
    probes = [asyncio.create_task(asking.results()) for _ in range(60)]
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(answer.set)
    assert [results["database"]["result"] for results in await asyncio.gather(*probes)] == ["ok"] * 60
    assert asked == 1


async def test_what_all_workers_lack_takes_none_of_them_out_of_service(desk: Desk) -> None:
    others_able = False

    async def away() -> None:
        raise Unavailable("speech", "down")

    async with client(desk, pings=(Ping("speech", away, needed=lambda: others_able),)) as http:
        assert (await http.get("/readyz")).status_code == 200
        others_able = True
        assert (await http.get("/readyz")).status_code == 503


async def test_parts_show_in_health(desk: Desk) -> None:
    full = HealthPart("disk", "down", "/data cannot be written: No space left on device; make room", {"free_bytes": 0})
    async with client(desk, parts=lambda: [full]) as http:
        body = (await http.get("/api/v1/health")).json()
        assert (await http.get("/readyz")).status_code == 200
    assert body["status"] == "degraded"
    assert body["parts"][0]["sentence"].startswith("/data cannot be written")
    assert body["deep"] is None


async def test_deep_checks_are_asked_for_people_only_and_not_too_often(desk: Desk) -> None:
    asked: list[str] = []

    async def acs() -> str:
        asked.append("acs")
        raise ProviderRejected("calls", "the key is refused")

    async def disk() -> str:
        asked.append("disk")
        return "written"

    checks = (DeepCheck("acs", acs), DeepCheck("disk", disk))
    async with client(desk, deep_checks=checks) as http:
        await http.get("/readyz")
        assert (await http.get("/api/v1/health")).json()["status"] == "ok"
        assert asked == []
        first, *_ = await asyncio.gather(*(http.get("/api/v1/health?deep=1") for _ in range(5)))
        await http.get("/api/v1/health?deep=1")
    body = first.json()
    assert body["status"] == "degraded"
    assert body["deep"]["acs"]["result"] == "provider.rejected"
    assert "key is refused" in body["deep"]["acs"]["sentence"]
    assert body["deep"]["disk"]["sentence"] == "written"
    assert sorted(asked) == ["acs", "disk"]


async def test_a_deep_check_that_hangs_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.api.readiness._DEEP_S", 0.01)

    async def hangs() -> str:
        await asyncio.sleep(60)
        return ""

    found = await DeepChecks([DeepCheck("x", hangs)]).results()
    assert found["x"]["result"] == "no answer"


async def test_metrics_and_diagnostics_are_given(desk: Desk) -> None:
    told = {"worker": "w", "version": "1", "log": ["{}"], "events": {"line.refused": 2}}
    async with client(desk, metrics=lambda: b"ringmaster_calls_live 1.0\n", diagnostics=lambda: told) as http:
        page = await http.get("/metrics")
        assert page.headers["content-type"].startswith("text/plain")
        assert page.text == "ringmaster_calls_live 1.0\n"
        assert (await http.get("/api/v1/diagnostics")).json() == told


async def test_stats_keep_what_they_have_and_more(desk: Desk) -> None:
    given = {"calls": dict.fromkeys("live talking capacity taken tests refused brought_back given_up".split(), 0)}
    given["calls"] |= {"draining": False, "not_stored": 0, "newer": 1}
    async with client(desk, stats=lambda: given | {"outbox": {"waiting": 1}}) as http:
        body = (await http.get("/stats")).json()
        page = (await http.get("/openapi.json")).json()
    assert body["calls"]["newer"] == 1
    assert body["outbox"] == {"waiting": 1}
    assert {"calls", "floor", "chats", "workers", "speech", "model", "lines", "loop", "loop_lag_ms"} <= set(
        page["components"]["schemas"]["StatsView"]["properties"]
    )
