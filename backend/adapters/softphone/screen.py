"""What a softphone shows of its call, as events that wait in order until they are sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from backend.domain.call import CallOutcome, Latencies
from backend.errors import ProviderError
from backend.ports.captions import AgentState
from backend.protocol.softphone import event_text

__all__ = ["SoftphoneScreen"]

log = logging.getLogger(__name__)

_MOST_WAITING = 200
_FLUSH_S = 1.0
_WAITS = ("final_ms", "first_token_ms", "first_clause_ms", "first_audio_ms", "first_frame_ms", "filler_ms", "heard_ms")


class SoftphoneScreen:
    """``CallScreen`` over a socket. Of what changes while it waits, only the latest is sent.

    Args:
        send: sends one text frame; raises ``ProviderError`` where the socket is gone.
    """

    watched = True

    def __init__(self, send: Callable[[str], Awaitable[None]]) -> None:
        self._send = send
        self._waiting: dict[str, str] = {}
        self._more = asyncio.Event()
        self._sent = asyncio.Event()
        self._sent.set()
        self._task: asyncio.Task[None] | None = None
        self._told: Callable[[str], None] | None = None
        self._count = self.lost = 0

    # -- what is shown --------------------------------------------------------------------

    def show(self, kind: str, *, instead_of: str = "", **told: Any) -> None:
        """Send an event when its turn comes.

        Args:
            kind: its type.
            instead_of: it takes the place of the event that waits under this name.
            told: what it tells.
        """
        self._count += 1
        name = instead_of or f"#{self._count}"
        if len(self._waiting) >= _MOST_WAITING and name not in self._waiting:
            self.lost += 1
            if self.lost == 1:
                log.warning(
                    "a softphone takes what is shown too slowly; some of it was left out",
                    extra={"event": "softphone.reader_slow"},
                )
            return
        self._waiting[name] = event_text(kind, **told)
        self._sent.clear()
        self._more.set()
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._deliver(), name="softphone-screen")

    def state(self, state: AgentState) -> None:
        """The agent does something else now."""
        self.show("state", instead_of="state", state=state)

    def caller(self, segment: str, text: str, *, final: bool) -> None:
        """The caller is understood to have said this so far."""
        self.show("caller", instead_of=segment, segment=segment, text=text, final=final)

    def agent(self, segment: str, text: str, *, final: bool) -> None:
        """So much of what the agent says has been heard."""
        self.show("agent", instead_of=segment, segment=segment, text=text, final=final)

    def agent_is(self, name: str) -> None:
        """This agent speaks with the caller from now on."""
        self.show("speaks", agent=name)

    def tool(self, turn: int, name: str, *, ok: bool | None) -> None:
        """A tool was called."""
        self.show("tool", turn=turn, name=name, ok=ok)

    def form(self, name: str, fields: Mapping[str, Any], status: str, number: str) -> None:
        """What is known of a form by now."""
        self.show("form", instead_of=f"form {name}", form=name, fields=dict(fields), status=status, number=number)

    def turn_over(self, turn: int, agent: str, latencies: Latencies, *, interrupted: bool) -> None:
        """A turn is settled."""
        waits = {name: getattr(latencies, name) for name in _WAITS}
        self.show("turn", turn=turn, agent=agent, interrupted=interrupted, waits=waits)

    def over(self, outcome: CallOutcome, detail: str) -> None:
        """The call has ended."""
        self.show("end", outcome=outcome, detail=detail)

    # -- what is written ------------------------------------------------------------------

    def on_written(self, told: Callable[[str], None]) -> None:
        """Have what the caller types told from now on."""
        self._told = told

    def written(self, text: str) -> None:
        """The caller has typed this."""
        if self._told is not None:
            self._told(text)

    # -- sending --------------------------------------------------------------------------

    async def flush(self) -> None:
        """Wait until everything is sent, a second at most, and send no more."""
        self._told = None
        try:
            async with asyncio.timeout(_FLUSH_S):
                await self._sent.wait()
        except TimeoutError:
            self._waiting.clear()
        finally:
            self.close()

    def close(self) -> None:
        """Send no more."""
        if self._task is not None:
            self._task.cancel()

    async def _deliver(self) -> None:
        try:
            while True:
                await self._more.wait()
                self._more.clear()
                while self._waiting:
                    await self._send(self._waiting.pop(next(iter(self._waiting))))
                self._sent.set()
        except ProviderError:
            self._waiting.clear()
            self._sent.set()
