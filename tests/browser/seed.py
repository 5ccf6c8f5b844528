"""A busy month on one line, for pages to show: 500 calls with long names, and cases that were filed or broke off."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from house import House

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.call_use import AMOUNTS
from backend.adapters.sql.hour_book import SqlHourBook
from backend.adapters.sql.tables import CallAgent, CallModel
from backend.domain.call import CallRecord, Latencies, TurnRecord
from backend.domain.call_use import CallUse, ModelUse
from backend.domain.case_number import NumberPattern
from backend.domain.history import Fault, wait_bound
from backend.domain.hour_counts import HourKey, counts_of_call, hour_of
from backend.domain.private import Private
from backend.domain.turn_moment import TurnMoment

ONE_BY_ONE = 12
"""So many calls are written down as a server does it. The others are there for their number."""
OUTCOMES = ("completed", "completed", "completed", "caller_hung_up", "transferred", "idle", "failed", "rejected")
LONG = "a-line-whose-name-is-as-long-as-a-name-may-be-and-has-no-place-to-break"
SAID = (
    (
        "hello i was rear ended on my way to work",
        "I'm sorry to hear that. Is anyone hurt, and are you in a safe place?",
    ),
    ("no nobody is hurt we are all fine", "I'm glad. What is your full name, please?"),
    ("john smith", "Thank you, John. And your zip code?"),
    ("six oh six oh one", "Thank you. When did it happen?"),
    ("this morning at about a quarter past eight", "And where was that?"),
    ("at the corner of lake street and wells", "Can the car still be driven?"),
    ("yes but the trunk does not close any more", "I have everything I need. Shall I file it like this?"),
)
FIELDS = {
    "happened_at": "2026-11-25T08:15:00-06:00",
    "place": "Lake Street and Wells Street, Chicago",
    "drivable": True,
    "injuries": [],
    "vehicle": {"year": 2019, "make": "Toyota", "model": "Camry"},
    "description": "Rear ended at a red light. " * 8,
    "report_number": None,
}


async def seed(running: House, calls: int = 500) -> str:
    """Write them down. Gives the id of a call with turns."""
    records, now = running.services.records, datetime.now(UTC)
    chance, many = random.Random(7), list[CallRecord]()
    for number in range(calls):
        began = now - timedelta(minutes=7 * number + 3)
        call = CallRecord(
            call_id=f"seeded-{number:04}", line=LONG if number == 3 else "insurance", direction="inbound", way="acs",
            caller=Private(f"+1312555{number:04}"), called=Private("+18005550100"), started_at=began,
            store_version="3f9c1a7be2d04c55", agents=["auth", "fnol_intake"][: 1 + number % 2],
        )  # fmt: skip
        if number < 3:
            await records.started(call)
            for index, (understood, said) in enumerate(SAID):
                await records.turn(call.call_id, _turn(index, understood, said, began, chance))
        call.ended_at = began + timedelta(seconds=chance.randint(5, 400))
        call.use = None if number == 9 else _use(chance)
        call.repairs = chance.choice((0, 0, 1))
        call.outcome = OUTCOMES[number % len(OUTCOMES)] if number else "completed"
        call.detail = "the caller asked for a person" if call.outcome == "transferred" else ""
        call.case_number = await _case(running, call.call_id) if number in (0, 1) else None
        if number < ONE_BY_ONE:
            await records.ended(call)
        else:
            many.append(call)
    await _write_at_once(running, many)
    await running.services.cases.save_fields("seeded-0002", "claim", "", {"place": "Halsted Street"}, verified=False)
    await _hours(running, now, chance)
    return "seeded-0000"


async def _write_at_once(running: House, calls: Sequence[CallRecord]) -> None:
    """What the records of so many calls come to, in a few statements."""
    database = running.services.history._database
    records, counts = SqlCallRecords(database), Counter[HourKey]()
    async with database.session() as session:
        for call in calls:
            assert call.use is not None and call.outcome
            row = records._row(call)
            for name in AMOUNTS:
                setattr(row, name, getattr(call.use, name))
            its = {"call_id": call.call_id, "started_at": call.started_at, "line": call.line, "test": call.test}
            models = [
                CallModel(deployment=name, **its, **msgspec.structs.asdict(told))
                for name, told in call.use.models.items()
            ]
            session.add_all([row, *models, *(CallAgent(agent=agent, call_id=call.call_id) for agent in call.agents)])
            hour = hour_of(call.started_at.timestamp())
            for (kind, name), count in counts_of_call(call.outcome, call.repairs, call.use).items():
                counts[hour, call.line, kind, name] += count
    await SqlHourBook(database).add(counts, [])


def _use(chance: random.Random) -> CallUse:
    """What a call took; the service told the tokens of all answers but those that were given up."""
    heard = chance.randint(60, 300)
    models = {"gpt-5.1": ModelUse(14, chance.choice((0, 0, 2)), 300 * heard, 100 * heard, 5 * heard)}
    return CallUse(phone_s=heard, heard_s=heard, spoken=9 * heard, recorded_s=heard, models=models)


async def _hours(running: House, now: datetime, chance: random.Random) -> None:
    """How long callers waited on both days, who was not taken, and what failed."""
    book, counts = SqlHourBook(running.services.history._database), dict[HourKey, int]()
    for back in range(40):
        hour = hour_of(now.timestamp()) - back
        for _ in range(30):
            bound = wait_bound(chance.lognormvariate(6.6, 0.3))
            counts[hour, "insurance", "wait", str(bound)] = counts.get((hour, "insurance", "wait", str(bound)), 0) + 1
        counts[hour, "insurance", "refused", "full"] = int(back % 9 == 0)
        counts[hour, "insurance", "fault", "model.attempt_failed provider.timed_out"] = int(back % 5 == 0)
    fault = Fault(
        at=now, worker="worker-1", level="error", event="model.lost", code="provider.timed_out", line="insurance",
        call_id="seeded-0002", message="no deployment of the model answers",
    )  # fmt: skip
    await book.add(counts, [fault])


def _turn(index: int, understood: str, said: str, began: datetime, chance: random.Random) -> TurnRecord:
    final, clause = chance.randint(150, 500), chance.randint(550, 1400)
    cut = index == 3
    return TurnRecord(
        index=index, agent="auth" if index < 4 else "fnol_intake", caller_text=understood, said=said,
        heard="Thank you." if cut else said, interrupted=cut, early=index == 2,
        tools=["verify_caller"] if index == 3 else ["record_claim"] if index > 4 else [],
        moments=_moments(index, began),
        started_at=began + timedelta(seconds=9 * index),
        latencies=Latencies(
            final_ms=final, first_token_ms=clause - 100, first_clause_ms=clause, first_audio_ms=clause + 120,
            first_frame_ms=clause + 160,
        ),
    )  # fmt: skip


def _moments(index: int, began: datetime) -> list[TurnMoment]:
    """What happened beside words: a whisper, a tool with much to show, a hand-off, and trouble."""
    at = began + timedelta(seconds=9 * index)
    given = '{"zip_code": "60601", "last4": "[hidden]"}'
    result = '{"ok": true, "message": "The caller is John Smith.", "data": {"policy": "POL-100234"}}'
    return {
        1: [TurnMoment(kind="whispered", at=at, by="key:anna", ok=True, given="Ask for the police report.")],
        3: [
            TurnMoment(kind="tool", at=at, took_ms=48.0, name="verify_caller", ok=True, given=given, result=result),
            TurnMoment(kind="handed_over", name="fnol_intake", given="John Smith was rear ended."),
        ],
        5: [TurnMoment(kind="tool", at=at, took_ms=12.0, name="record_claim", ok=False, given="{}", result="{}")],
        6: [TurnMoment(kind="fault", at=at, name="provider.timed_out")],
    }.get(index, [])


async def _case(running: House, call_id: str) -> str:
    cases = running.services.cases
    await cases.save_fields(call_id, "claim", "POL-100234", FIELDS)
    filed = await cases.file(call_id, "claim", NumberPattern("CLA-{year}-{random:6}"))
    assert filed.number
    return filed.number
