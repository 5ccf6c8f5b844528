"""A declared tool that says who a caller is: whoever it names, within the limits of every verification."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from backend.domain.session import CallSession
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.domain.tool_server import GrantSpec
from backend.domain.tries import MemoryTries, VerificationLimits
from backend.tool_store.context import ToolContext
from backend.tool_store.granting import Granting

SPEC = GrantSpec(grant="member", id="member_id", attributes=("plan",), secret=("word",))
ANNA = {"member_id": 7, "full_name": "Anna Bell", "plan": "gold", "word": "secret"}
DONE, REFUSED = ToolOutcome(True, "Done."), ToolOutcome(False, "That did not work.", code="tool.failed")


def granting(tries: MemoryTries | None = None, number: str = "+13125550142") -> tuple[CallSession, Granting]:
    session = CallSession(call_id="c1", line="main", active_agent="desk", caller_number=number)
    limits = VerificationLimits(per_call=2, per_number=3)
    context = SimpleNamespace(session=session, tries=tries or MemoryTries(), limits=limits)
    return session, Granting(SPEC, cast("ToolContext", context))


async def test_whoever_the_answer_names_is_the_caller() -> None:
    session, way = granting()
    assert await way.refusal() is None
    assert (await way.judged(DONE, ANNA)).ok
    subject = session.subject
    assert subject is not None
    assert (subject.id, subject.name, subject.attributes, subject.grants) == (
        "7", "Anna Bell", {"plan": "gold"}, ("member",),
    )  # fmt: skip
    assert session.verification_attempts == 0


@pytest.mark.parametrize("answer", [{}, {"member_id": None}, {"member_id": ""}, {"member_id": True}, [], "7", None])
async def test_an_answer_that_names_nobody_is_a_failed_try(answer: Any) -> None:
    session, way = granting()
    assert not (await way.judged(DONE, answer)).ok
    assert (session.subject, session.verification_attempts) == (None, 1)


async def test_after_the_last_try_a_person_takes_over_and_nothing_is_asked_any_more() -> None:
    session, way = granting()
    assert (await way.judged(REFUSED, None)).directive is None
    assert isinstance((await way.judged(REFUSED, None)).directive, TransferToPerson)
    refused = await way.refusal()
    assert refused is not None
    assert isinstance(refused.directive, TransferToPerson)
    assert session.subject is None


async def test_failures_count_against_the_number_over_calls() -> None:
    tries = MemoryTries()
    for _ in range(3):
        await granting(tries)[1].judged(REFUSED, None)
    assert await granting(tries)[1].refusal() is not None
    assert await granting(tries, "+13125550199")[1].refusal() is None


async def test_a_system_that_cannot_be_reached_costs_no_try() -> None:
    session, way = granting()
    away = ToolOutcome(False, "It can't be reached.", code="provider.unavailable")
    assert await way.judged(away, None) is away
    assert session.verification_attempts == 0
