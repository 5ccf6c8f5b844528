"""What people do with live calls beside ending and transferring them: listen in, whisper, take over. Anywhere."""

from contextlib import AbstractAsyncContextManager

from backend.domain.exchange import Request
from backend.engine.desk.call_owners import ask_owner
from backend.engine.desk.ear import Ear
from backend.engine.desk.listening_in import ListeningIn
from backend.engine.desk.registry import CallRegistry
from backend.engine.desk.taking_over import Seat, TakingOver
from backend.errors import CallNotFound
from backend.ports import Cipher, Exchange, Relay

__all__ = ["Supervision"]

_LIMIT_S = 3.0


class Supervision:
    """Supervisors at this worker, and those of others whose calls are here.

    Args:
        calls: those that are here.
        exchange: reaches the workers that have the others; ``None``: there are none.
        relay: carries voices to and from them.
        cipher: what is whispered over another worker is sealed with it; ``None`` where there is no other.
    """

    def __init__(
        self,
        calls: CallRegistry,
        exchange: Exchange | None = None,
        relay: Relay | None = None,
        cipher: Cipher | None = None,
    ) -> None:
        self._calls = calls
        self._exchange = exchange
        self._cipher = cipher
        self._listening = ListeningIn(calls, exchange, relay)
        self._taking_over = TakingOver(calls, self._listening, exchange, relay)

    def listen(self, call_id: str, who: str = "") -> AbstractAsyncContextManager[Ear]:
        """Hear a call while the block runs. Raises like ``ListeningIn.listen``."""
        return self._listening.listen(call_id, who)

    def take_over(self, call_id: str, by: str) -> AbstractAsyncContextManager[Seat]:
        """Speak with a caller while the block runs. Raises like ``TakingOver.take_over``."""
        return self._taking_over.take_over(call_id, by)

    async def whisper(self, call_id: str, text: str, by: str) -> None:
        """Tell the agent of a call something that the caller does not hear.

        Raises:
            CallNotFound: it is not live.
            CallRefused: the line forbids it, nobody speaks with the caller, or too much waits already.
            ProviderError, SessionLost: it is at another worker, which cannot be asked now.
        """
        if (call := self._calls.find(call_id)) is not None:
            call.attending.whisper(text, by)
            return
        if self._exchange is None or self._cipher is None:
            raise CallNotFound(f"no live call {call_id}")
        sealed = self._cipher.seal(text.encode(), _place(call_id)).decode()
        await ask_owner(self._exchange, Request(do="whisper", call_id=call_id, to=sealed, by=by), _LIMIT_S)

    async def handle(self, request: Request) -> None:
        """Do what a supervisor at another worker asks of a call of ours. What is none of that changes nothing.

        Raises:
            RingmasterError: it cannot be done.
        """
        match request.do:
            case "listen":
                self._listening.relay_to(request.call_id, request.token)
            case "unlisten":
                self._listening.no_more(request.call_id, request.token)
            case "whisper":
                self._hear_whisper(request)
            case "take_over":
                self._taking_over.admit(request.call_id, request.token, request.by)
            case "give_back":
                self._taking_over.give_back(request.call_id, request.token, request.to)
            case _:
                return

    async def close(self) -> None:
        """Nobody of another worker speaks here any more."""
        await self._taking_over.close()

    def _hear_whisper(self, request: Request) -> None:
        call = self._calls.by_id(request.call_id)
        sealed = request.to.encode()
        text = sealed if self._cipher is None else self._cipher.open(sealed, _place(request.call_id))
        call.attending.whisper(text.decode(), request.by)


def _place(call_id: str) -> str:
    return f"whisper {call_id}"
