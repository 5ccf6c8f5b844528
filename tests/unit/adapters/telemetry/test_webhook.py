"""Alerts go to somebody's address: signed, retried, not too often, and never in the way of a call."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from backend.adapters.telemetry.webhook import AlertWebhook
from backend.protocol.signing import signature


class Receiver:
    def __init__(self, *answers: int) -> None:
        self.answers = list(answers)
        self.got: list[tuple[dict, bytes, str]] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.got.append((json.loads(body), body, request.headers["X-Ringmaster-Signature"]))
        self.times = request.headers["X-Ringmaster-Time"]
        return web.Response(status=self.answers.pop(0) if self.answers else 204)


@asynccontextmanager
async def receiving(*answers: int) -> AsyncIterator[Receiver]:
    receiver = Receiver(*answers)
    app = web.Application()
    app.router.add_post("/alerts", receiver.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/alerts"
    try:
        yield receiver
    finally:
        await runner.cleanup()


def record(event: str, **fields: object) -> logging.LogRecord:
    made = logging.LogRecord("backend.x", logging.WARNING, "", 0, "a call was refused", (), None)
    made.__dict__ |= {"event": event, **fields}
    return made


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.005)


async def test_an_alert_is_signed_and_says_what_to_do() -> None:
    async with receiving() as receiver:
        hook = AlertWebhook(receiver.url, "s3cret")
        hook.emit(record("line.refused", line="main", reason="full"))
        hook.emit(record("media.broke"))
        await until(lambda: hook.sent == 1)
        (message, body, signed) = receiver.got[0]
        assert (message["event"], message["line"], message["reason"]) == ("line.refused", "main", "full")
        assert message["todo"]
        assert signed == signature("s3cret", receiver.times, body)
        await hook.shut()
    assert len(receiver.got) == 1


async def test_it_is_tried_again_but_not_where_the_receiver_says_no() -> None:
    async with receiving(500, 503, 204, 400) as receiver:
        hook = AlertWebhook(receiver.url, "s", retry_s=(0.0, 0.0, 0.0))
        hook.emit(record("line.deaf", line="a"))
        await until(lambda: hook.sent == 1)
        hook.emit(record("line.deaf", line="b"))
        await until(lambda: hook.failed == 1)
        await hook.shut()
    assert len(receiver.got) == 4
    assert len({message["id"] for message, _, _ in receiver.got}) == 2  # a receiver can tell what it has had


async def test_a_hundred_refusals_are_one_message_in_five_minutes() -> None:
    now = [0.0]
    async with receiving() as receiver:
        hook = AlertWebhook(receiver.url, "s", now=lambda: now[0])
        for _ in range(100):
            hook.emit(record("line.refused", line="main"))
        await until(lambda: hook.sent == 1)
        now[0] = 301.0
        hook.emit(record("line.refused", line="main"))
        await until(lambda: hook.sent == 2)
        await hook.shut()
    assert [message["since_last"] for message, _, _ in receiver.got] == [0, 99]


async def test_a_receiver_that_is_away_blocks_nobody_and_is_bounded() -> None:
    hook = AlertWebhook("http://127.0.0.1:9/alerts", "s", retry_s=())
    for number in range(500):
        hook.emit(record("line.refused", line=f"line-{number}"))
    await until(lambda: hook.failed + hook.dropped + hook.health().counts["waiting"] >= 499)
    assert hook.dropped > 300
    await hook.shut()
