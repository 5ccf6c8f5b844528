"""Which calls have begun already, of those that were asked for by their id."""

from backend.engine.desk.registry import CallRegistry
from backend.errors import CallNotFound, RingmasterError
from backend.ports import CallRecords

__all__ = ["BegunCalls"]


class BegunCalls:
    """Calls of this worker, and those of the record.

    Args:
        registry: those that are here.
        records: all.
    """

    def __init__(self, registry: CallRegistry, records: CallRecords) -> None:
        self._registry = registry
        self._records = records

    async def has(self, call_id: str) -> bool:
        """Has there been a call with this id? One that is asked for and has not begun is none yet.

        Raises:
            CallNotFound: it is not to begin any more.
        """
        if any(call.record.call_id == call_id for call in self._registry.all()):
            return True
        try:
            record = await self._records.get(call_id)
        except RingmasterError:
            return False  # whoever waits for it is worth more than what may stand there
        if record is not None and record.outcome is not None and not record.connection_id:
            raise CallNotFound("this session was ended before it began")
        return record is not None and bool(record.connection_id)
