"""What calls took and cost, over HTTP: amounts for everybody who sees the call, money for operators."""

from dataclasses import replace
from typing import Any

import pytest

from backend.api.services import Access
from backend.domain.call_use import CallUse, ModelUse
from backend.domain.prices import ModelPrice, PriceList
from backend.domain.principal import Principal, Role
from tests.unit.api.test_line_scope import Says
from tests.unit.api.test_search_routes import House, call, house

__all__ = ["house"]

PRICES = PriceList(
    currency="EUR", phone_minute=0.02, recognition_hour=1.2, voice_million_characters=15, core_hour=0.3,
    model_million_tokens_read=1, model_million_tokens_written=8, deployment="big", models={"mini": ModelPrice(1, 1, 1)},
)  # fmt: skip
USE = CallUse(phone_s=90, heard_s=60, spoken=1000, models={"big": ModelUse(2, 0, 10_000, 0, 100)})
COST = 0.03 + 0.02 + 0.015 + 0.0108


@pytest.fixture
async def priced(house: House) -> House:
    """Two real calls and a test in the database, one that goes on."""
    for name, changes in (("a", {}), ("b", {"line": "dental"}), ("t", {"test": True}), ("old", {"use": None})):
        await house.records.ended(replace(call(name, outcome="completed", use=USE), **changes))
    await house.records.started(call("live", use=CallUse()))
    house.desk.records = [call("live", use=USE)]
    become(house, "operator")
    return house


def become(house: House, role: Role, *lines: str) -> None:
    says = Says(Principal("t", "key", frozenset([role]), frozenset(lines) or None))
    services = replace(house.app.state.services, prices=PRICES, access=Access(authenticator=says, loopback=False))
    house.app.state.services = services


async def get(house: House, path: str) -> Any:
    answer = await house.http.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_call_says_what_it_took_and_cost(priced: House) -> None:
    found = await get(priced, "/calls/a")
    assert found["use"] == {
        "phone_minutes": 1.5, "trunk_minutes": 0, "heard_seconds": 60, "spoken_characters": 1000,
        "recorded_minutes": 0,
        "models": [{"deployment": "big", "answers": 2, "untold": 0, "read": 10_000, "cached": 0, "written": 100}],
    }  # fmt: skip
    assert found["cost"] == {
        "currency": "EUR", "total": pytest.approx(COST), "at_least": False, "missing": [], "untold": 0, "phone": 0.03,
        "recognition": 0.02, "voice": 0.015, "model": 0.0108, "recording": 0,
    }  # fmt: skip
    assert (await get(priced, "/calls/live"))["cost"]["total"] == pytest.approx(COST)
    old = await get(priced, "/calls/old")
    assert (old["use"], old["cost"]) == (None, None)


@pytest.mark.parametrize(
    ("asked", "calls", "unknown"),
    [
        ("", 4, 1), ("?line=dental", 1, 0), ("?test=true", 1, 0), ("?test=false", 4, 1), ("?live=true", 1, 0),
        ("?outcome=completed", 3, 1), ("?outcome=failed", 0, 0),
    ],
)  # fmt: skip
async def test_totals_have_the_filters_of_the_list(priced: House, asked: str, calls: int, unknown: int) -> None:
    found = await get(priced, f"/calls/totals{asked}")
    assert (found["calls"], found["unknown"]) == (calls, unknown)
    assert found["cost"]["total"] == pytest.approx(COST * (calls - unknown))
    assert found["use"]["phone_minutes"] == 1.5 * (calls - unknown)


async def test_viewers_see_amounts_and_no_money(priced: House) -> None:
    become(priced, "viewer", "insurance")
    assert {one["call_id"]: one["cost"] for one in await get(priced, "/calls")} == dict.fromkeys(
        ["live", "a", "t", "old"]
    )
    found = await get(priced, "/calls/totals")
    assert (found["calls"], found["cost"], found["use"]["phone_minutes"]) == (3, None, 3)


async def test_a_price_that_is_missing_is_said(priced: House) -> None:
    models = {"else": ModelUse(3, 1, 10, 0, 1)}
    await priced.records.ended(call("x", outcome="completed", use=CallUse(trunk_s=60, models=models)))
    cost = (await get(priced, "/calls/x"))["cost"]
    assert (cost["at_least"], cost["untold"], cost["total"]) == (True, 1, 0)
    assert [sentence.split(": ")[1] for sentence in cost["missing"]] == [
        "set PRICE_TRUNK_MINUTE",
        "add it to PRICE_MODELS",
    ]
