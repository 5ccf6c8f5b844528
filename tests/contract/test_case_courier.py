"""Other systems are told of cases: signed, once or under one id, what the line lets out, and nothing is lost."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from aiohttp import web

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.delivery_book import SqlCaseDeliveries
from backend.adapters.tool_servers import address
from backend.adapters.tool_servers.case_receiver import HttpCaseReceiver
from backend.api.application import create_api
from backend.api.services import ApiServices
from backend.domain.call import CallRecord
from backend.domain.callback import CallbackWish
from backend.domain.case_delivery import CaseDelivery, delivery_id
from backend.domain.case_number import NumberPattern
from backend.domain.case_webhook import CaseWebhookSpec
from backend.domain.line import LineSpec
from backend.domain.private import Private
from backend.domain.search import FoundCase
from backend.engine.desk.case_courier import CaseCourier
from backend.errors import SealBroken, TimedOut

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SECRET = "a secret of more than sixteen letters"
NUMBERS = NumberPattern("CLA-{random:6}")
HOOK: dict[str, Any] = {
    "url": {"env": "TOOL_CASES_URL"},
    "secret": {"env": "TOOL_CASES_SECRET"},
    "fields": {"fnol": ["loss_date"], "call_back": ["phone"]},
}


class Receiver:
    """Another system."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.taken.append((dict(request.headers), await request.read()))
        status = self.answers.pop(0) if self.answers else 200
        return web.Response(status=status, headers={"Location": "http://127.0.0.1:1/"} if status == 302 else None)

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.taken]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made, app = Receiver(), web.Application()
    app.router.add_post("/cases", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/cases"
    yield made
    await runner.cleanup()


class House:
    """A database, a line with a webhook, and a courier whose clock is set by hand."""

    def __init__(self, database: Database, url: str, **hook: Any) -> None:
        self.database = database
        self.records, self.cases, self.wishes = (
            SqlCallRecords(database),
            SqlCaseBook(database),
            SqlCallbackBook(database),
        )
        self.deliveries, self.data = SqlCaseDeliveries(database), SqlCallerData(database)
        line = {"name": "insurance", "numbers": ["+18005550100"], "entry": "a", "agents": ["a"], "timezone": "UTC"}
        person = {"number": "+18005550199"}
        self.line = LineSpec.model_validate({**line, "person": person, "webhook": HOOK | hook})
        self.now = datetime.now(UTC)
        self.environ = {"TOOL_CASES_URL": url, "TOOL_CASES_SECRET": SECRET}
        self.courier = self.another()

    def another(self) -> CaseCourier:
        """One in another process."""
        receiver = HttpCaseReceiver(frozenset(), self.environ)
        return CaseCourier(self.deliveries, receiver, lambda: {"insurance": self.line}, lambda: self.now)

    async def filed(self, call_id: str = "c1", *, test: bool = False, line: str = "insurance") -> str:
        caller = Private("+13125550142")
        call = CallRecord(call_id=call_id, line=line, direction="inbound", caller=caller, started_at=NOW)
        await self.records.ended(replace(call, test=test, outcome="completed", ended_at=NOW))
        await self.cases.save_fields(call_id, "fnol", "POL-1", {"loss_date": "2026-11-20", "full_name": "Ann Lee"})
        number = (await self.cases.file(call_id, "fnol", NUMBERS)).number or ""
        self.now = max(self.now, datetime.now(UTC))
        return number

    async def look(self, later_s: float = 5.0) -> int:
        """What is due so much later; real time goes on, too, while cases are filed."""
        self.now += timedelta(seconds=later_s)
        return await self.courier.look()

    async def states(self) -> dict[str, int]:
        return dict(await self.deliveries.counts())


@pytest.fixture(params=["sqlite", "postgres"])
async def house(request: pytest.FixtureRequest, tmp_path: Path, receiver: Receiver) -> AsyncIterator[House]:
    sqlite = request.param == "sqlite"
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db" if sqlite else request.getfixturevalue("empty_postgres"))
    await database.migrate()
    yield House(database, receiver.url)
    await database.close()


async def test_a_filed_case_is_told_signed_with_what_the_line_lets_out(house: House, receiver: Receiver) -> None:
    number = await house.filed()
    assert await house.look() == 1
    ((headers, body),) = receiver.taken
    signed = headers["X-Ringmaster-Time"].encode() + b"." + body
    made = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Ringmaster-Signature"] == f"v1={made}"
    message = json.loads(body)
    assert headers["Idempotency-Key"] == message["id"] == delivery_id("filed", "c1", "fnol", "")
    assert (message["event"], message["case"]["number"], message["case"]["line"]) == ("case.filed", number, "insurance")
    assert message["case"]["fields"] == {"loss_date": "2026-11-20"}
    assert not {b"Ann", b"POL-1", b"3125550142"} & {word for word in (b"Ann", b"POL-1", b"3125550142") if word in body}
    assert (await house.look(), await house.states()) == (0, {"sent": 1})


async def test_a_correction_is_told_with_the_fields_as_they_stand(house: House, receiver: Receiver) -> None:
    number = await house.filed()
    await house.look()
    await house.cases.correct(number, 0, {"loss_date": "2026-11-19"}, "key:ann")
    await house.cases.file("c1", "fnol", NUMBERS)  # again: it is filed already
    assert await house.look() == 1
    assert [(one["event"], one["case"]["revision"]) for one in receiver.messages] == [
        ("case.filed", 0), ("case.corrected", 1),
    ]  # fmt: skip
    assert receiver.messages[1]["case"]["fields"] == {"loss_date": "2026-11-19"}


async def test_a_receiver_that_is_away_gets_it_later_under_the_same_id(house: House, receiver: Receiver) -> None:
    receiver.answers = [500, 503, 429]
    await house.filed()
    assert await house.look() == 1
    assert await house.look(5) == 0
    for pause in (10, 61, 301):
        assert await house.look(pause) == 1
    assert len({one["id"] for one in receiver.messages}) == 1
    assert (len(receiver.taken), await house.states()) == (4, {"sent": 1})


async def test_what_is_tried_in_vain_for_a_day_is_kept_and_told_to_people(house: House, receiver: Receiver) -> None:
    receiver.answers = [500] * 8
    await house.filed()
    for _ in range(8):
        await house.look(50_000)
    assert (await house.look(50_000), await house.states()) == (0, {"dead": 1})
    part = house.courier.health()
    assert (part.state, part.counts["dead"]) == ("degraded", 1)
    (dead,) = await house.deliveries.list("dead")
    assert (dead.line, dead.tries, "500" in dead.fault) == ("insurance", 8, True)
    assert await house.deliveries.list("dead", lines=frozenset({"dental"})) == []
    assert await house.deliveries.send_again(None, house.now, frozenset({"dental"})) == []
    assert await house.deliveries.send_again([dead.id], house.now) == [dead.id]
    assert (await house.look(), await house.states()) == (1, {"sent": 1})
    assert house.courier.health().state == "ok"


@pytest.mark.parametrize("status", [302, 400, 401, 410])
async def test_a_refusal_is_not_repeated_and_no_redirect_followed(
    house: House, receiver: Receiver, status: int
) -> None:
    receiver.answers = [status]
    await house.filed()
    await house.look()
    (dead,) = await house.deliveries.list("dead")
    assert (len(receiver.taken), str(status) in dead.fault) == (1, True)


async def test_what_a_worker_was_telling_when_it_died_another_tells(house: House, receiver: Receiver) -> None:
    await house.filed()
    house.now += timedelta(seconds=5)
    taken = await house.deliveries.due(house.now, house.now + timedelta(seconds=120), 10)
    assert len(taken) == 1
    house.courier = house.another()
    assert await house.look(60) == 0
    assert await house.look(61) == 1
    assert len(receiver.taken) == 1


async def test_two_couriers_tell_each_once(house: House, receiver: Receiver) -> None:
    for number in range(12):
        await house.filed(f"c{number}")
    house.now += timedelta(seconds=5)
    await asyncio.gather(house.courier.look(), house.another().look())
    await house.look()
    assert sorted(one["case"]["call_id"] for one in receiver.messages) == sorted(f"c{n}" for n in range(12))


async def test_wishes_and_tests_are_told_where_the_line_says_so(house: House, receiver: Receiver) -> None:
    await house.filed("t1", test=True)
    await house.filed("w1")
    await house.wishes.keep(CallbackWish("w1", "insurance", "+12065550144", "Ann", "nobody came", NOW))
    await house.look()
    assert [one["event"] for one in receiver.messages] == ["case.filed"]
    hook = {"events": ["filed", "call_back"], "tests": True, "subject": True}
    house.line = LineSpec.model_validate(house.line.model_dump(exclude_unset=True) | {"webhook": HOOK | hook})
    await house.filed("t2", test=True)
    await house.wishes.keep(CallbackWish("w2", "insurance", "+12065550144", "Ann", "nobody came", NOW))
    await house.records.started(CallRecord(call_id="w2", line="insurance", direction="inbound", started_at=NOW))
    await house.look()
    told = {one["case"]["call_id"]: one["case"] for one in receiver.messages}
    assert told["t2"]["test"] and told["t2"]["subject"] == "POL-1"
    assert (told["w2"]["form"], told["w2"]["status"], told["w2"]["fields"]) == (
        "call_back",
        "open",
        {"phone": "+12065550144"},
    )


async def test_nothing_is_told_of_who_was_forgotten_or_where_nobody_wants_it(house: House, receiver: Receiver) -> None:
    await house.filed()
    await house.data.forget("+13125550142", cases=True)
    assert (await house.look(), receiver.taken, await house.states()) == (0, [], {})
    house.line = house.line.model_copy(update={"webhook": None})
    await house.filed("c2")
    assert (await house.look(), receiver.taken, await house.states()) == (1, [], {})


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://169.254.169.254/latest", "secrets"),
        ("http://example.com/cases", "https"),
        ("ftp://example.com/cases", "expected an address"),
        ("http://user:x@127.0.0.1/cases", "expected an address"),
    ],
)
async def test_it_goes_only_where_tools_may_go(
    house: House, monkeypatch: pytest.MonkeyPatch, url: str, why: str
) -> None:
    def public(*_: Any) -> list[Any]:
        return [(0, 0, 0, "", ("93.184.216.34", 80))]

    monkeypatch.setattr(address, "_look_up", public)
    house.environ["TOOL_CASES_URL"] = url
    await house.filed()
    await house.look()
    (dead,) = await house.deliveries.list("dead")
    assert why in dead.fault


async def test_a_private_address_must_be_named_by_whoever_runs_the_server(house: House, receiver: Receiver) -> None:
    plain = HOOK | {"url": receiver.url}
    house.line = LineSpec.model_validate(house.line.model_dump(exclude_unset=True) | {"webhook": plain})
    await house.filed()
    await house.look()
    (dead,) = await house.deliveries.list("dead")
    assert ("private network" in dead.fault, receiver.taken) == (True, [])
    named = plain | {"hosts": ["127.0.0.1"]}
    house.line = LineSpec.model_validate(house.line.model_dump(exclude_unset=True) | {"webhook": named})
    await house.deliveries.send_again(None, house.now)
    await house.look()
    assert len(receiver.taken) == 1


@pytest.mark.parametrize("secret", ["", "short"])
async def test_nothing_goes_unsigned(house: House, receiver: Receiver, secret: str) -> None:
    house.environ["TOOL_CASES_SECRET"] = secret
    await house.filed()
    await house.look()
    (dead,) = await house.deliveries.list("dead")
    assert ("TOOL_CASES_SECRET" in dead.fault, receiver.taken) == (True, [])


async def test_people_see_what_was_given_up_and_send_it_again(house: House, receiver: Receiver) -> None:
    receiver.answers = [401]
    await house.filed()
    await house.look()
    nothing: dict[str, Any] = dict.fromkeys(
        ("desk", "records", "cases", "case_search", "callbacks", "store", "open_media")
    )
    app = create_api(ApiServices(**nothing, deliveries=house.deliveries))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test/api/v1") as http:
        (shown,) = (await http.get("/deliveries")).json()
        assert (shown["call_id"], shown["state"], "401" in shown["fault"]) == ("c1", "dead", True)
        assert (await http.post("/deliveries/send-again", json={"ids": ["0" * 32]})).status_code == 404
        assert (await http.post("/deliveries/send-again", json={})).json() == {"count": 1}
        assert (await http.get("/deliveries")).json() == []
    house.now = datetime.now(UTC)
    await house.look()
    assert len(receiver.taken) == 2


async def test_a_message_that_cannot_be_told_stops_no_other(house: House, receiver: Receiver) -> None:
    """An address that no client can read, and a fault of ours: each is tried again, and the others are told."""

    class Breaks(HttpCaseReceiver):
        async def tell(self, spec: CaseWebhookSpec, delivery_id: str, message: Mapping[str, Any]) -> None:
            if message["case"]["call_id"] == "c1":
                raise KeyError("a fault of ours")
            await super().tell(spec, delivery_id, message)

    for call_id in ("c1", "c2"):
        await house.filed(call_id)
    broken = Breaks(frozenset(), house.environ)
    house.courier = CaseCourier(house.deliveries, broken, lambda: {"insurance": house.line}, lambda: house.now)
    assert await house.look() == 2
    assert ([one["case"]["call_id"] for one in receiver.messages], await house.states()) == (
        ["c2"], {"sent": 1, "waiting": 1},
    )  # fmt: skip
    for _ in range(9):
        await house.look(50_000)
    assert await house.states() == {"sent": 1, "dead": 1}
    assert house.courier.health().state == "degraded"


async def test_a_clock_that_was_ahead_keeps_no_message_waiting(house: House, receiver: Receiver) -> None:
    """It was a year ahead when a receiver could not be reached, or hung, and was put right."""

    class Hangs(HttpCaseReceiver):
        async def tell(self, spec: CaseWebhookSpec, delivery_id: str, message: Mapping[str, Any]) -> None:
            if hanging:
                raise TimedOut("case_webhook", "no answer within 10 s")
            await super().tell(spec, delivery_id, message)

    hanging, year_s = True, 365 * 86_400.0
    await house.filed()
    hangs = Hangs(frozenset(), house.environ)
    house.courier = CaseCourier(house.deliveries, hangs, lambda: {"insurance": house.line}, lambda: house.now)
    assert await house.look(year_s) == 1
    hanging = False
    assert await house.look(-year_s) == 1
    assert await house.states() == {"sent": 1}


async def test_an_address_that_no_client_can_read_is_given_up(house: House) -> None:
    house.environ["TOOL_CASES_URL"] = "https://[x"
    await house.filed()
    await house.look()
    assert await house.states() == {"dead": 1}


async def test_a_receiver_that_hangs_keeps_no_other_message_waiting(house: House, receiver: Receiver) -> None:
    told: list[str] = []

    class Hangs(HttpCaseReceiver):
        async def tell(self, spec: CaseWebhookSpec, delivery_id: str, message: Mapping[str, Any]) -> None:
            told.append(message["case"]["call_id"])
            await everybody.wait()

    everybody = asyncio.Barrier(3)
    for call_id in ("c1", "c2", "c3"):
        await house.filed(call_id)
    hangs = Hangs(frozenset(), house.environ)
    house.courier = CaseCourier(house.deliveries, hangs, lambda: {"insurance": house.line}, lambda: house.now)
    async with asyncio.timeout(30):
        assert await house.look() == 3  # each goes on only once all are being told
    assert sorted(told) == ["c1", "c2", "c3"]


async def test_a_case_that_cannot_be_opened_stops_no_other(house: House, receiver: Receiver) -> None:
    """It was sealed with a key that this server has not: tried again, given up in the end, and named."""

    class Sealed(SqlCaseDeliveries):
        async def case_of(self, delivery: CaseDelivery) -> FoundCase | None:
            if delivery.call_id == "c1":
                raise SealBroken("a case was encrypted with another key")
            return await super().case_of(delivery)

    for call_id in ("c1", "c2"):
        await house.filed(call_id)
    house.deliveries = Sealed(house.database)
    house.courier = house.another()
    assert await house.look() == 2
    assert ([one["case"]["call_id"] for one in receiver.messages], await house.states()) == (
        ["c2"], {"sent": 1, "waiting": 1},
    )  # fmt: skip
    for _ in range(9):
        await house.look(50_000)
    (dead,) = await house.deliveries.list("dead")
    assert (dead.call_id, "another key" in dead.fault) == ("c1", True)


async def test_many_messages_for_a_receiver_that_hangs_keep_no_other_line_waiting(house: House) -> None:
    asked: list[str] = []

    class Hangs(HttpCaseReceiver):
        async def tell(self, spec: CaseWebhookSpec, delivery_id: str, message: Mapping[str, Any]) -> None:
            asked.append(message["case"]["line"])
            if hanging and asked[-1] == "dental":
                raise TimedOut("case_webhook", "no answer within 10 s")

    hanging = True
    for number in range(25):
        await house.filed(f"d{number}", line="dental")
    await house.filed("c1")
    lines = {name: house.line.model_copy(update={"name": name}) for name in ("insurance", "dental")}
    house.courier = CaseCourier(house.deliveries, Hangs(frozenset(), house.environ), lambda: lines, lambda: house.now)
    while await house.look(0.1) == 10:
        pass
    assert asked.count("dental") <= 10 and asked.count("insurance") == 1, "no more than were asked at once"
    hanging = False
    for _ in range(9):
        await house.look(61)
    assert await house.states() == {"sent": 26}
