"""A call that no worker has is over only where its record says so: its caller may speak on while a lease is renewed."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from backend.api.known_live import known_live
from backend.errors import CallNotFound, ProviderError, RingmasterError, StoreError


def server(call: Any) -> Any:
    """With this record; an error is one that the database answers with."""

    async def get(_: str) -> Any:
        if isinstance(call, Exception):
            raise call
        return call

    return cast("Any", SimpleNamespace(records=SimpleNamespace(get=get)))


async def asked(call: Any) -> str:
    async with known_live(server(call), "c1"):
        raise CallNotFound("no live call c1")


def record(outcome: str | None = None, *, waits: bool = False) -> Any:
    return SimpleNamespace(outcome=outcome, waits=waits)


@pytest.mark.parametrize("call", [None, record("completed"), record(waits=True), StoreError("away")])
async def test_who_is_over_unknown_or_has_not_begun_is_no_live_call(call: Any) -> None:
    with pytest.raises(CallNotFound, match="no live call"):
        await asked(call)


async def test_one_that_has_not_ended_is_said_to_be_out_of_sight() -> None:
    with pytest.raises(ProviderError, match="has not ended, but which worker has it is not known"):
        await asked(record())


async def test_whatever_else_goes_wrong_is_told_as_it_is() -> None:
    with pytest.raises(RingmasterError, match="busy"):
        async with known_live(server(record()), "c1"):
            raise ProviderError("workers", "busy")
