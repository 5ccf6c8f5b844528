"""An application's own key for a session: which session it stands for, and when it is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.domain.call import CallRecord
from backend.domain.private import Private
from backend.domain.session_plan import SessionPlan
from backend.engine.desk.session_keys import SessionKeys, id_of
from backend.errors import CallRefused

PLAN = SessionPlan(line="insurance", caller="ann")


class Records:
    def __init__(self, *calls: CallRecord) -> None:
        self.calls = {call.call_id: call for call in calls}

    async def get(self, call_id: str) -> CallRecord | None:
        return self.calls.get(call_id)


def session(tries: int = 0, **values: Any) -> CallRecord:
    told: dict[str, Any] = {"line": "insurance", "caller": Private("ann")} | values
    return CallRecord(call_id=id_of("app", "k", tries), direction="browser", started_at=datetime.now(UTC), **told)


async def find(*calls: CallRecord) -> tuple[str, CallRecord | None]:
    return await SessionKeys(Records(*calls)).find("app", "k", PLAN)  # pyright: ignore[reportArgumentType]


async def test_a_new_key_is_of_no_session_yet() -> None:
    assert await find() == (id_of("app", "k"), None)
    assert len({id_of("app", "k"), id_of("app", "k2"), id_of("other", "k"), id_of("app", "k", 1)}) == 4


@pytest.mark.parametrize("caller", ["ann", ""])
async def test_a_key_that_was_used_is_of_its_session(caller: str) -> None:
    known = session(caller=Private(caller))
    assert await find(known) == (known.call_id, known)


async def test_what_could_not_be_begun_leaves_the_key_to_the_next_try() -> None:
    failed, known = session(outcome="failed"), session(1)
    assert await find(failed) == (id_of("app", "k", 1), None)
    assert await find(failed, known) == (known.call_id, known)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"line": "bank"}, "on the line bank"),
        ({"outcome": "completed", "connection_id": "LK_1"}, "has ended"),
        ({"outcome": "failed", "connection_id": "LK_1"}, "has ended"),
        ({"outcome": "idle"}, "has ended"),
        ({"caller": Private("bob")}, "another identity"),
    ],
)
async def test_a_session_in_which_nobody_would_speak_with_them_is_refused(values: dict[str, Any], why: str) -> None:
    with pytest.raises(CallRefused, match=why):
        await find(session(**values))


async def test_a_key_is_given_up_in_the_end() -> None:
    with pytest.raises(CallRefused, match="use another key"):
        await find(*(session(tries, outcome="failed") for tries in range(20)))
