"""How it went over time, over HTTP: periods that cannot be, who sees what, faults with what to do."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import pytest

from backend.adapters.telemetry.events import EVENTS
from backend.api.services import Access
from backend.domain.call_use import CallUse
from backend.domain.history import Fault, History, HistoryQuery
from backend.domain.hour_counts import counts_of_call
from backend.domain.principal import Principal, Role
from tests.unit.api.test_costs import PRICES
from tests.unit.api.test_line_scope import House, Says
from tests.unit.domain.test_history import moment

NOON = moment("2026-11-26T12:00")
DAY = 20_783  # 2026-11-26
MORE = {("wait", "500"): 19, ("wait", "900"): 1, ("fault", "model.lost x"): 3, ("fault", "other"): 1}


class Book:
    def __init__(self) -> None:
        self.asked: list[Any] = []

    async def history(self, query: HistoryQuery) -> History:
        self.asked.append(query)
        history = History()
        history.add(DAY, "main", counts_of_call("completed", 1, CallUse(phone_s=60)))
        history.add(DAY, "main", counts_of_call("completed", 0, CallUse()) + Counter(MORE))
        history.add(DAY, "", {("fault", "other"): 0})
        history.add(DAY - 1, "", {("fault", "model.lost x"): 0, ("fault", "redis.away"): 1})
        return history

    async def faults(self, *, limit: int = 100, lines: Collection[str] | None = None) -> Sequence[Fault]:
        self.asked.append((limit, lines))
        return [Fault(at=NOON, worker="w", level="error", event="model.lost", message="no deployment answers")]


@pytest.fixture
def house() -> House:
    house = House(None)
    house.book = Book()
    become(house, "operator")
    return house


def become(house: House, role: Role, *lines: str) -> None:
    access = Access(
        authenticator=Says(Principal("t", "key", frozenset([role]), frozenset(lines) or None)), loopback=False
    )
    services = replace(
        house.app.state.services, access=access, history=house.book, prices=PRICES, advice=EVENTS.get
    )  # fmt: skip
    house.app.state.services = services


async def get(house: House, path: str, status: int = 200) -> Any:
    async with house.http() as http:
        answer = await http.get(path)
    assert answer.status_code == status, answer.text
    return answer.json()


PERIOD = "since=2026-11-20T06:00:00Z&until=2026-11-27T06:00:00Z&zone=America/Chicago"


async def test_it_says_how_it_went(house: House) -> None:
    found = await get(house, f"/health/history?{PERIOD}&line=main")
    (line,), (slot,) = found["lines"], found["slots"]
    assert slot == {"at": "2026-11-26T06:00:00Z", **line}
    assert (line["line"], line["calls"], line["outcomes"]) == ("main", 2, {"completed": 2})
    assert line["waits"] == {"answers": 20, "p50_ms": 476.3, "p95_ms": 500.0}
    assert (line["cost"]["total"], line["cost"]["currency"]) == (0.02, "EUR")
    assert [(one["event"], one["count"], bool(one["todo"])) for one in found["faults"]] == [
        ("model.lost", 3, True), ("other", 1, False), ("redis.away", 1, True),
    ]  # fmt: skip
    (query,) = house.book.asked
    assert (query.zone, query.by, query.line, query.lines) == ("America/Chicago", "day", "main", None)


async def test_a_viewer_sees_neither_money_nor_faults(house: House) -> None:
    become(house, "viewer", "dental")
    found = await get(house, f"/health/history?{PERIOD}")
    assert found["lines"][0]["cost"] is None and found["faults"] == []
    assert house.book.asked[0].lines == {"dental"}
    await get(house, "/health/faults", 403)


async def test_the_last_faults_say_what_to_do(house: House) -> None:
    become(house, "operator", "dental")
    (fault,) = await get(house, "/health/faults?limit=7")
    assert fault["message"] == "no deployment answers"
    assert (fault["meaning"], fault["todo"]) == (EVENTS["model.lost"].meaning, EVENTS["model.lost"].todo)
    assert house.book.asked == [(7, {"dental"})]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("since=2026-11-27T00:00:00Z&until=2026-11-26T00:00:00Z", "before"),
        ("since=2026-01-01T00:00:00Z&until=2026-11-26T00:00:00Z", "92 days"),
        ("by=hour&since=2026-11-01T00:00:00Z&until=2026-11-26T00:00:00Z", "168 hours"),
        ("zone=Chicago", "America/Chicago"), ("zone=../x", "time zone"), ("by=week", "by"),
        ("days=3", "unknown parameter"),
    ],
)  # fmt: skip
async def test_a_period_that_cannot_be_is_refused(house: House, asked: str, said: str) -> None:
    told = await get(house, f"/health/history?{asked}", 422)
    assert said in told["error"]["message"]
    assert house.book.asked == []
