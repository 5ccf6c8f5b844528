"""From worker to worker over Redis: who is gone, and who may only be on their way back."""

import asyncio

import pytest

from backend.adapters.redis import worker_rpc
from backend.adapters.redis.channel import Channel
from backend.adapters.redis.client import connect
from backend.adapters.redis.worker_rpc import WorkerRpc
from backend.domain.exchange import Reply, Request
from backend.errors import SessionLost

ASKED = Request(do="release", token="t1")


async def lost(_channel: Channel, _wait_s: float) -> bytes | None:
    raise SessionLost("redis: ConnectionError")


async def nothing(_: Request) -> Reply:
    return Reply()


async def test_after_an_outage_others_are_given_time_to_come_back(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One worker had its channel back sooner, took the other for gone, and both spoke with the caller in turn."""
    monkeypatch.setattr(worker_rpc, "_RETURN_S", 1.0)
    redis = connect(redis_url, 5.0)
    rpc = WorkerRpc(redis, "sooner")
    listening = asyncio.create_task(rpc.listen(nothing))
    try:
        assert await rpc.listening(5)
        assert await rpc.ask("later", ASKED, 1) is None, "nobody was away, so it is gone"

        with monkeypatch.context() as away:
            away.setattr(Channel, "read", lost)
            async with asyncio.timeout(10):
                while rpc.sure:
                    await asyncio.sleep(0.01)
        assert await rpc.listening(5)
        with pytest.raises(SessionLost, match="on their way back"):
            await rpc.ask("later", ASKED, 1)

        async with asyncio.timeout(10):
            while not rpc.sure:
                await asyncio.sleep(0.01)
        assert await rpc.ask("later", ASKED, 1) is None, "it had time enough"
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await redis.aclose()
