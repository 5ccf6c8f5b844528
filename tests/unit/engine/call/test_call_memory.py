"""Who looks on hears of a call's going elsewhere only if they have heard of the call."""

from datetime import UTC, datetime
from types import SimpleNamespace

from backend.adapters.redis.session_store import MemorySessionStore
from backend.domain.call import CallRecord
from backend.domain.session import CallSession
from backend.domain.veil import Veil
from backend.engine.call.call_memory import CallMemory


class Watch:
    def __init__(self) -> None:
        self.told: list[str] = []

    def began(self, call: CallRecord) -> None:
        self.told.append("began")

    def moved(self, call: CallRecord) -> None:
        self.told.append("moved")


class Records:
    async def started(self, call: CallRecord) -> None: ...


def memory(watch: Watch) -> CallMemory:
    environment = SimpleNamespace(
        watches=(watch,),
        records=Records(),
        sessions=MemorySessionStore(),
        thinking=SimpleNamespace(services=SimpleNamespace(veil=Veil())),
    )
    record = CallRecord(call_id="c1", line="insurance", direction="outbound", started_at=datetime.now(UTC))
    session = CallSession(call_id="c1", line="insurance", active_agent="auth")

    async def mine() -> bool:
        return True

    return CallMemory(environment, record, session, mine)


async def test_a_call_that_never_came_about_moves_nowhere() -> None:
    watch = Watch()
    await memory(watch).hand_on()
    assert watch.told == []


async def test_a_call_that_was_there_moves() -> None:
    watch = Watch()
    known = memory(watch)
    known.note_call()
    await known.hand_on()
    assert watch.told == ["began", "moved"]
