"""A call that is transferred: what goes with it to whoever takes it, and which report settles it."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from backend.domain.call import CallRecord
from backend.domain.hiding import HIDDEN, KnownSecret, note_secret
from backend.domain.line import PersonSpec
from backend.domain.session import CallSession
from backend.domain.tool import TransferToPerson
from backend.engine.call.transfer import Transfer
from backend.errors import CallRefused
from backend.ports import CallControl


class Service:
    """Keeps what it is given to send along."""

    def __init__(self) -> None:
        self.context: Mapping[str, str] = {}
        self.asked: list[str] = []
        self.refuses = False
        self.reports: Callable[[], None] = lambda: None

    async def transfer(
        self, connection_id: str, *, to: str, context: Mapping[str, str], token: str, operation: str = ""
    ) -> None:
        self.context = context
        self.asked.append(operation)
        if self.refuses:
            raise CallRefused("not now")
        self.reports()


def a_transfer(service: Service, facts: dict[str, Any] | None = None) -> Transfer:
    record = CallRecord(call_id="c1", line="insurance", direction="inbound", started_at=datetime.now(UTC))
    session = CallSession(call_id="c1", line="insurance", active_agent="auth", facts=facts or {})
    return Transfer(cast(CallControl, service), record, session, "token")


async def asked_for(transfer: Transfer, service: Service, limit_s: float = 5.0) -> asyncio.Task[bool]:
    """A transfer that the service tries."""
    before = len(service.asked)
    moving = asyncio.create_task(transfer.to_number("+18005550199", {}, limit_s))
    while len(service.asked) == before:
        await asyncio.sleep(0)
    return moving


FIRST, SECOND, NONE, FOREIGN = "first", "second", "", "foreign"


@pytest.mark.parametrize(
    ("reports", "taken"),
    [
        ([(FIRST, False), (SECOND, True)], True),
        ([(FIRST, False), (SECOND, False)], False),
        ([(FIRST, False), (FIRST, False), (SECOND, True)], True),
        ([(FOREIGN, False), (SECOND, True)], True),
        ([(FOREIGN, True), (SECOND, False)], False),
        ([(NONE, False), (SECOND, True)], True),
        ([(NONE, True), (SECOND, False)], False),
        ([(FIRST, False), (NONE, False), (SECOND, True)], False),
        ([(FIRST, False), (NONE, True), (SECOND, False)], True),
        ([(FIRST, True), (SECOND, False)], False),
        ([(FIRST, True), (None, True)], True),
    ],
    ids=str,
)
async def test_a_late_report_of_an_earlier_transfer_settles_no_later_one(
    reports: list[tuple[str | None, bool]], *, taken: bool
) -> None:
    """One without a name counts where no earlier transfer may be meant: some services leave it out."""
    service = Service()
    transfer = a_transfer(service)
    assert not await (await asked_for(transfer, service, limit_s=0.0))
    moving = await asked_for(transfer, service)
    first, second = service.asked
    names = {FIRST: first, SECOND: second}
    for named, accepted in reports:
        transfer.result(accepted=accepted, operation=names.get(named, named) if named is not None else None)
    assert await moving is taken
    assert transfer.made is (taken or (FIRST, True) in reports or (NONE, True) in reports)


@pytest.mark.parametrize(("named", "made"), [(FIRST, True), (NONE, True), (FOREIGN, False)])
async def test_who_is_taken_after_all_has_not_hung_up(named: str, *, made: bool) -> None:
    service = Service()
    transfer = a_transfer(service)
    transfer.result(accepted=True, operation=NONE)
    assert not transfer.made, "none was asked for"
    assert not await (await asked_for(transfer, service, limit_s=0.0))
    transfer.result(accepted=True, operation=service.asked[0] if named == FIRST else named)
    assert transfer.made is made


async def test_a_report_may_be_faster_than_the_answer_and_a_refused_transfer_has_none() -> None:
    service = Service()
    transfer = a_transfer(service)
    refusing = Service()
    refusing.refuses = True
    transfer._control = cast(CallControl, refusing)
    with pytest.raises(CallRefused):
        await transfer.to_number("+18005550199", {})
    transfer._control = cast(CallControl, service)
    service.reports = lambda: transfer.result(accepted=False, operation=NONE)
    assert not await transfer.to_number("+18005550199", {})
    assert not transfer.made


async def test_a_summary_goes_without_secrets_because_carriers_keep_headers() -> None:
    service = Service()
    told: dict[str, Any] = {"handoff": {"source": "auth", "summary": "Karen, 9037, card 4111 1111 1111 1111, a crash"}}
    note_secret(told, KnownSecret(1, "last4", "9037"))
    transfer = a_transfer(service, told)
    moving = asyncio.create_task(transfer.to_person(PersonSpec(number="+18005550199"), TransferToPerson("a crash")))
    while not service.context:
        await asyncio.sleep(0)
    transfer.result(accepted=True)
    assert await moving
    assert service.context["Summary"] == f"Karen, {HIDDEN}, card {HIDDEN}, a crash"
    assert service.context["Reason"] == "a crash"
