"""A service that is down keeps no server from starting, and is told."""

import logging
from collections.abc import Callable

import pytest
from azure.core.exceptions import ClientAuthenticationError

from backend.adapters.speech.pool import WarmPool
from backend.adapters.speech.threads import SdkThreads
from backend.adapters.speech.warm_up import warm_up
from backend.errors import Unavailable


class Access:
    """The sign-in alone."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.signed_in = 0

    def sign_in(self) -> None:
        self.signed_in += 1
        if self.error:
            raise self.error


class Connection:
    up = True

    def __init__(self, kind: str, _: Callable[["Connection"], None]) -> None:
        self.kind = kind

    async def open(self, limit_s: float) -> None:
        if self.kind == "refused":
            raise Unavailable("speech", "refused")

    def discard(self) -> None:
        pass


def lines() -> WarmPool[str, Connection]:
    return WarmPool("lines", Connection, size=2, most=4, wait_s=1.0, open_s=1.0)


async def test_connections_of_each_kind_are_open_when_it_is_done() -> None:
    pool, access = lines(), Access()
    await warm_up(access, SdkThreads(), pool, ["a", "b"])  # type: ignore[arg-type]
    assert access.signed_in == 1
    assert pool.stats()["warm"] == 4
    await pool.close()


async def test_no_token_yet_is_told_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    pool = lines()
    with caplog.at_level(logging.WARNING):
        await warm_up(Access(ClientAuthenticationError("no")), SdkThreads(), pool, ["a"])  # type: ignore[arg-type]
    assert [getattr(record, "event", "") for record in caplog.records] == ["speech.no_token"]
    assert pool.stats()["warm"] == 2
    await pool.close()


async def test_a_service_that_refuses_is_told_after_a_while(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.adapters.speech.warm_up._START_S", 0.05)
    pool = lines()
    with caplog.at_level(logging.WARNING):
        await warm_up(Access(), SdkThreads(), pool, ["refused"])  # type: ignore[arg-type]
    told = [(getattr(record, "event", ""), getattr(record, "pool", "")) for record in caplog.records]
    assert ("speech.not_warm", "lines") in told
    await pool.close()
