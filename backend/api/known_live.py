"""Whether a call that no worker has is over, or only out of sight for a moment."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from backend.api.services import ApiServices
from backend.errors import CallNotFound, ProviderError, RingmasterError

__all__ = ["known_live"]


@asynccontextmanager
async def known_live(found: ApiServices, call_id: str) -> AsyncGenerator[None]:
    """While the block runs, "no live call" is believed only of calls that are over by their record.

    Between the end of a worker's lease and its next one nobody knows whose a call is, and its caller speaks on.

    Args:
        found: has the records.
        call_id: the call that the block asks for.

    Raises:
        CallNotFound: there is no such call, it is over, or is a session that nobody has entered.
        ProviderError: it has not ended, and which worker has it is not known now.
    """
    try:
        yield
    except CallNotFound as error:
        if not await _goes_on(found, call_id):
            raise
        message = f"call {call_id} has not ended, but which worker has it is not known right now; try again shortly"
        raise ProviderError("workers", message) from error


async def _goes_on(found: ApiServices, call_id: str) -> bool:
    try:
        call = await found.records.get(call_id)
    except RingmasterError:
        return False  # what is known is that no worker has it
    return call is not None and call.outcome is None and not call.waits
