"""The sign of life that is asked of Redis before the first start: what is wrong stops it, what is away does not."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import cast

import pytest
from pydantic import SecretStr

from backend.boot.preflight import require_redis
from backend.errors import ConfigError
from config import Settings
from config.connections import ConnectionSettings
from local_azure.redis_server import redis_server


def settings(url: str) -> Settings:
    return cast("Settings", SimpleNamespace(connections=ConnectionSettings(redis_url=SecretStr(url))))


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A server, in a thread of its own, that gives every command the same answer."""
    loop, started = asyncio.new_event_loop(), threading.Event()
    place: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(65_536):
            writer.write(answer)
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        place.append(server.sockets[0].getsockname()[1])
        started.set()
        async with server:
            await stop.wait()

    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    started.wait()
    try:
        yield f"redis://:hush@127.0.0.1:{place[0]}/0"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def test_a_redis_that_answers_is_nothing_to_speak_of(caplog: pytest.LogCaptureFixture) -> None:
    with redis_server() as (url, _):
        require_redis(settings(url))
    assert caplog.records == []


def test_one_that_is_away_is_warned_of_and_stops_no_start(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        require_redis(settings("redis://:hush@127.0.0.1:1/0"))
    (record,) = caplog.records
    assert "no Redis answers at 127.0.0.1:1" in record.getMessage()
    assert record.__dict__["event"] == "redis.away_at_start"
    assert "hush" not in record.getMessage()


def test_one_that_is_loading_its_data_stops_no_start() -> None:
    with answering(b"-LOADING Redis is loading the dataset in memory\r\n") as url:
        require_redis(settings(url))


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "something else answers"),
        (b"-WRONGPASS invalid username-password pair\r\n", "refuses its name or password"),
        (b"-NOAUTH Authentication required.\r\n", "refuses its name or password"),
    ],
)
def test_what_is_wrong_for_certain_stops_it(answer: bytes, sentence: str) -> None:
    with answering(answer) as url, pytest.raises(ConfigError, match=sentence) as refused:
        require_redis(settings(url))
    assert "hush" not in str(refused.value)


def test_no_address_no_question() -> None:
    require_redis(settings(""))
