"""Which session an application means by a key of its own."""

from hashlib import sha256

from backend.domain.call import CallRecord
from backend.domain.session_plan import SessionPlan
from backend.errors import CallRefused
from backend.ports import CallRecords

__all__ = ["SessionKeys", "id_of"]

_MOST_TRIES = 20
"""So often a session that could not be begun may be asked for again by one key."""


class SessionKeys:
    """Finds sessions by their keys, the same ones at every worker.

    Args:
        records: all calls.
    """

    def __init__(self, records: CallRecords) -> None:
        self._records = records

    async def find(self, owner: str, key: str, plan: SessionPlan) -> tuple[str, CallRecord | None]:
        """The id that a key stands for, and its session if there is one.

        One that could not be begun leaves its key to the next try: whoever asks again after an error wants an agent.

        Raises:
            CallRefused: its session has ended, or is another one than the plan says.
        """
        for tries in range(_MOST_TRIES):
            call_id = id_of(owner, key, tries)
            known = await self._records.get(call_id)
            if known is None:
                return call_id, None
            if known.outcome != "failed" or known.connection_id:
                _require_same(known, plan)
                return call_id, known
        raise CallRefused(f"a session of this key could not be started {_MOST_TRIES} times; use another key")


def id_of(owner: str, key: str, tries: int = 0) -> str:
    """The id of a session by whose key it is; another one after each try that came to nothing."""
    named = f"{owner}\0{key}\0{tries}" if tries else f"{owner}\0{key}"
    return sha256(named.encode()).hexdigest()[:16]


def _require_same(known: CallRecord, plan: SessionPlan) -> None:
    """Is it the session that is asked for, and can it be entered still?

    Raises:
        CallRefused: it is not; whoever entered would be in a room in which nobody speaks with them.
    """
    if known.line != plan.line:
        raise CallRefused(f"this key is of a session on the line {known.line}")
    if known.outcome is not None:
        raise CallRefused(f"the session of this key, {known.call_id}, has ended; use another key for a new one")
    caller = known.caller.reveal()
    if plan.caller and caller and plan.caller != caller:
        raise CallRefused("this key is of a session for another identity; use another key")
