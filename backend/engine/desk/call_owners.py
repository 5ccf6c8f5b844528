"""Has the worker that has a call do something with it."""

from backend.domain.exchange import Reply, Request
from backend.errors import CallNotFound, CallRefused, PoolExhausted, ProviderError, SessionLost
from backend.ports import Exchange

__all__ = ["ask_owner"]


async def ask_owner(exchange: Exchange, request: Request, limit_s: float) -> None:
    """Have a call's owner do what is asked.

    Raises:
        CallNotFound: no other worker has this call.
        CallRefused, PoolExhausted, SessionLost: its owner says so.
        ProviderError: its owner does not answer, or could not do it.
    """
    owner = await exchange.owner(request.call_id)
    if owner is None or owner == exchange.worker:
        raise CallNotFound(f"no live call {request.call_id}")
    reply = await exchange.ask(owner, request, limit_s)
    if reply is None:
        raise ProviderError("workers", f"the worker that has call {request.call_id} does not answer; try again shortly")
    _raise(reply)


def _raise(reply: Reply) -> None:
    """Raise what went wrong at the other worker."""
    if reply.ok:
        return
    for kind in (CallNotFound, CallRefused, PoolExhausted, SessionLost):
        if reply.code == kind.code:
            raise kind(reply.message)
    raise ProviderError("calls", reply.message.removeprefix("calls: "))
