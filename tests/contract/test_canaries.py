"""One call and one chat full of canaries: then every place that anything is written to is searched for them.

What is searched: log lines at DEBUG, spans, metrics, texts of errors and ``repr`` of what carries a call, keys and
values of Redis, cells of SQL, and every file beside the database.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from redis.asyncio import Redis
from shipped_store import shipped_store
from sqlalchemy import text
from worker_stage import Service, incoming

from backend.adapters.redis.client import connect
from backend.adapters.redis.exchange import RedisExchange
from backend.adapters.redis.session_store import RedisSessionStore
from backend.adapters.redis.try_ledger import RedisTries
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import Base
from backend.adapters.telemetry.turn_telemetry import OtelTurnTelemetry
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.private import Private
from backend.domain.search import CallQuery
from backend.domain.session import HistoryItem
from backend.domain.speech import Final
from backend.domain.unsealed import Unsealed
from backend.engine.call.call import CallEnvironment
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.call_desk import CallDesk, DeskRules
from backend.engine.desk.chat_desk import ChatDesk, ChatEnvironment, ChatRules
from backend.engine.desk.route_registry import RouteRegistry
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.thinking.orchestrator import Thinking
from backend.errors import RingmasterError
from backend.identities.matching import Said
from backend.ports import Cipher
from backend.rehearsal.stand_in import StandInModel
from backend.testing.books import MemoryBooks
from backend.testing.caller import FakeSpeechToText
from backend.testing.keys import a_key_ring
from backend.testing.link import FakeLink
from backend.testing.voice import ScriptedVoice
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

NUMBER = "+13125550142"
"""That of ``incoming``."""
POLICY = {"policy_id": "POL-1", "full_name": "Zephyrine Quill", "zip_code": "73921", "last4": "6604"}
SAID = (
    "I want to report an accident, nobody is hurt and everybody is safe",
    "Zephyrine Quill",
    "seven three nine two one",
    "six six zero four",
    "yesterday at nine in the morning",
    "my card is four one one one one one one one one one one one one one one one and my pin is 8157",
    "My VIN is 1HGCM82633A004352, my mail is zq@canary.example, I was born on May 17 1961",
    "It was in Wigglesworth Avenue in Poughkeepsie, and it smelled of kerosene",
)
CANARIES = (
    NUMBER, NUMBER[2:], "Zephyrine", "Quill", "73921", "seven three nine", "6604", "six six zero",
    "4111111111111111", "one one one one", "8157", "1HGCM82633A004352", "zq@canary", "May 17 1961", "Wigglesworth",
    "Poughkeepsie", "kerosene",
)  # fmt: skip
NEVER = ("73921", "seven three nine", "6604", "six six zero", "4111111111111111", "one one one one", "8157")
"""Not even sealed."""


def found_in(place: str, *, never: bool = False) -> list[str]:
    """Which canaries are there; short numbers only where they are no part of an id, a moment or sealed text."""
    found: list[str] = []
    for canary in NEVER if never else CANARIES:
        alone = rf"(?<![\w.+/=-]){canary}(?![\w+/=-])" if canary.isdecimal() and len(canary) < 8 else re.escape(canary)
        if re.search(alone, place, re.IGNORECASE):
            found.append(canary)
    return found


class Everything(logging.Handler):
    """Every log record as text, with all that it carries."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        extra = {name: value for name, value in vars(record).items() if name not in {"msg", "args"}}
        self.lines.append(f"{self.format(record)} {extra}")


class Watch:
    """``CallWatch``: what those who look on are given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def began(self, call: CallRecord) -> None: ...

    def answered(self, call: CallRecord, turn: int, items: Sequence[HistoryItem]) -> None:
        self.seen.append(msgspec.json.encode(items).decode())

    def turn(self, call: CallRecord, turn: TurnRecord) -> None:
        self.seen.append(f"{turn.caller_text} {turn.said} {turn.heard}")

    def moved(self, call: CallRecord) -> None: ...

    def ended(self, call: CallRecord) -> None: ...


@dataclass
class World:
    """A worker on a real SQLite and a real Redis, with telemetry that is kept."""

    folder: Path
    redis_url: str
    cipher: Cipher
    spans: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)
    metrics: InMemoryMetricReader = field(default_factory=InMemoryMetricReader)
    errors: list[str] = field(default_factory=list[str])
    watch: Watch = field(default_factory=Watch)

    async def open(self) -> None:
        self.database = Database(f"sqlite+aiosqlite:///{self.folder}/r.db", self.cipher)
        await self.database.migrate()
        self.redis = connect(self.redis_url, 2.0)
        self.raw = Redis.from_url(self.redis_url)
        await self.raw.flushall()
        self.records = SqlCallRecords(self.database)
        self.sessions = RedisSessionStore(self.redis, 60, self.cipher)
        tracer, meter = TracerProvider(shutdown_on_exit=False), MeterProvider([self.metrics], shutdown_on_exit=False)
        tracer.add_span_processor(SimpleSpanProcessor(self.spans))
        self.telemetry = OtelTurnTelemetry(meter.get_meter("t"), tracer.get_tracer("t"))

        async def audit(call_id: str, action: str, detail: Any) -> None:
            await self.records.audit(call_id=call_id, actor="agent", action=action, detail=detail)

        runner = ToolRunner(BUILT_IN_TOOLS, audit)
        services = ToolServices(
            SqlCaseBook(self.database),
            MemoryBooks([POLICY]),
            audit,
            tries=RedisTries(self.redis, b"secret"),
            callbacks=SqlCallbackBook(self.database),
        )
        self.thinking = Thinking(StandInModel(), runner, services)
        self.store = shipped_store(runner.names)

    async def close(self) -> None:
        await self.database.close()
        await self.redis.aclose()
        await self.raw.aclose()

    async def call(self) -> None:
        """A call, from the ring to the hang-up."""
        service, stt, voice = Service(), FakeSpeechToText(), ScriptedVoice(word_ms=1)
        environment = CallEnvironment(
            ways=WaysIn(service), stt=stt, tts=voice, phrases=PhraseCache(voice), sessions=self.sessions,
            records=self.records, thinking=self.thinking, telemetry=self.telemetry, watches=(self.watch,),
            media_connect_s=5.0, activity=None,
        )  # fmt: skip
        exchange = RedisExchange(self.redis, "w1", 60, cipher=self.cipher)
        desk = CallDesk(environment, lambda: self.store, DeskRules(), RouteRegistry(exchange))
        await desk.incoming(incoming())
        token = service.tokens["r1"]
        talk = asyncio.create_task(desk.attach(token, FakeLink()))
        await until(lambda: bool(voice.said))
        (record,) = desk.live()
        for words in SAID:
            taken = sum(bool(turn.caller_text) for turn in record.turns)
            stt.emit(Final(words, 0.0, 500.0))
            await until(lambda taken=taken: sum(bool(turn.caller_text) for turn in record.turns) > taken)
        self.errors.append(repr(record) + repr(record.turns) + repr(Said(POLICY, POLICY)))
        await self.look()
        await desk.close()
        await asyncio.gather(talk, return_exceptions=True)

    async def chat(self) -> None:
        """The same in a chat."""
        environment = ChatEnvironment(
            self.thinking, lambda: self.store, self.sessions, self.records, self.telemetry, shared=True
        )
        desk = ChatDesk(environment, ChatRules())
        chat = (await desk.open()).id
        for words in SAID:
            await desk.say(chat, words)
        await self.look()
        await desk.close()

    async def look(self) -> None:
        """While it goes on and Redis holds it."""
        assert len([key for key in await self.raw.keys("*") if b"session" in key]) >= 1
        assert not found_in(await self.redis_values())

    async def redis_values(self) -> str:
        found: list[str] = []
        for key in await self.raw.keys("*"):
            kind = await self.raw.type(key)
            found.append(f"{key} {await (self.raw.get(key) if kind == b'string' else self.raw.dump(key))}")
        return "\n".join(found)

    async def cells(self) -> str:
        found: list[str] = []
        async with self.database.engine.connect() as connection:
            for table in Base.metadata.sorted_tables:
                found += [repr(tuple(row)) for row in await connection.execute(text(f"SELECT * FROM {table.name}"))]
        return "\n".join(found)

    async def opened(self) -> str:
        """All that SQL holds, with the key."""
        calls = [await self.records.get(call.call_id) for call in await self.records.list(CallQuery())]
        cases = SqlCaseBook(self.database)
        drafts = [await cases.draft(call.call_id, "fnol") for call in calls if call]
        turns = [(turn.caller_text, turn.said, turn.heard) for call in calls if call for turn in call.turns]
        return (
            f"{turns} {[call.caller.reveal() for call in calls if call]} {[draft and draft.fields for draft in drafts]}"
        )


async def until(condition: Callable[[], bool], limit_s: float = 30.0) -> None:
    async with asyncio.timeout(limit_s):
        while not condition():
            await asyncio.sleep(0.01)


@pytest.fixture
async def world(tmp_path: Path, single_url: str) -> AsyncIterator[World]:
    made = World(tmp_path, single_url, a_key_ring())
    await made.open()
    yield made
    await made.close()


@pytest.mark.timeout(120)
async def test_nothing_of_a_caller_is_in_clear_anywhere(world: World) -> None:
    handler, root = Everything(), logging.getLogger()
    before = {name: logging.getLogger(name).level for name in ("", "backend", "config")}
    for name in before:
        logging.getLogger(name).setLevel(logging.DEBUG if name else logging.WARNING)
    root.addHandler(handler)
    try:
        await world.call()
        await world.chat()
        opened = await world.opened()
        cells = await world.cells()
    finally:
        root.removeHandler(handler)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
    try:
        await Database("sqlite+aiosqlite:////proc/none/r.db").migrate()
    except RingmasterError as error:
        world.errors.append(f"{error} {error!r}")
    assert not found_in("\n".join(handler.lines))
    spans, metrics = world.spans.get_finished_spans(), world.metrics.get_metrics_data()
    assert len(spans) > len(SAID) and metrics is not None
    assert not found_in("\n".join(span.to_json() for span in spans)) and not found_in(metrics.to_json())
    assert not found_in("\n".join(world.errors))
    watched = "\n".join(world.watch.seen)
    assert "Wigglesworth" in watched and not found_in(watched, never=True)
    assert not found_in(await world.redis_values())
    assert not found_in(cells)
    files = b"".join(path.read_bytes() for path in await asyncio.to_thread(lambda: list(world.folder.iterdir())))
    assert len(files) > 10_000 and not found_in(files.decode("latin-1"))
    # It was there, and who has the key can read it; what is a secret is gone even so.
    assert {"zephyrine", "quill", NUMBER, "wigglesworth", "kerosene"} <= {word.casefold() for word in found_in(opened)}
    assert not found_in(opened, never=True)
    assert "'incident_description': 'yesterday at nine in the morning'" in opened


async def test_the_search_finds_what_is_not_sealed(tmp_path: Path, single_url: str) -> None:
    world = World(tmp_path, single_url, Unsealed())
    await world.open()
    now = datetime.now(UTC)
    await world.records.started(
        CallRecord(call_id="c1", line="x", direction="inbound", started_at=now, caller=Private(NUMBER))
    )
    assert NUMBER in found_in(await world.cells())
    await world.close()
