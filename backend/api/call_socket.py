"""A page's socket to a live call: what is heard goes to it, and it ends with the call, the page, or the right."""

import asyncio
import logging
from array import array
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from fastapi import WebSocket
from starlette.websockets import WebSocketDisconnect

from backend.api.standing import right_ends
from backend.domain.overheard import Overheard
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.ear import Ear
from backend.errors import AuthError, RingmasterError
from backend.protocol.close_reason import close_reason

__all__ = ["DONE", "POLICY", "TRY_LATER", "CallSocket", "Closed"]

log = logging.getLogger(__name__)

DONE, POLICY, TRY_LATER = 1000, 1008, 1013
"""Close codes of RFC 6455, 7.4.1 and the registry of IANA."""
_GONE = (RuntimeError, ConnectionError, WebSocketDisconnect)
"""What a socket raises that is closed already."""

Closed = tuple[int, str]
"""With which code and words a socket is to be closed; 0: the page is gone."""


class CallSocket:
    """One accepted socket.

    Args:
        websocket: it.
        line: of its call.
    """

    def __init__(self, websocket: WebSocket, line: str = "") -> None:
        self._websocket = websocket
        self.line = line

    async def carry(
        self, ear: Ear, read: Callable[[], Awaitable[Closed]], about: Callable[[Overheard], dict[str, Any] | None]
    ) -> Closed:
        """Let the page hear until something of it is over.

        Args:
            ear: what is heard.
            read: takes what the page says, until it is gone or has had enough.
            about: what the page is told of what it hears, whenever that changes; ``None``: it hears no more.
        """
        loop = asyncio.get_running_loop()
        work: tuple[Coroutine[Any, Any, Closed], ...] = (self._play(ear, about), _call(read), self._ask())
        tasks = [loop.create_task(one, name="call socket") for one in work]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            return next(task.result() for task in tasks if task in done)
        finally:
            await end_tasks(tasks)

    async def receive(self) -> bytes | str | None:
        """What the page says next; ``None`` when it is gone."""
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            return None
        said = message.get("bytes")
        return said if said is not None else str(message.get("text") or "")

    async def close(self, code: int, why: str) -> None:
        """Say why, and close it."""
        try:
            await self._websocket.send_json({"type": "end", "why": why})
            await self._websocket.close(code, close_reason(why))
        except _GONE:
            log.debug("a page was gone already", extra={"event": "listening.gone"})

    async def refuse(self, error: RingmasterError) -> None:
        """Say why it is not let in, and close it."""
        log.info("a page was not let into a call", extra={"event": "listening.refused", "code": error.code})
        await self.close(POLICY if isinstance(error, AuthError) else TRY_LATER, str(error))

    async def _play(self, ear: Ear, about: Callable[[Overheard], dict[str, Any] | None]) -> Closed:
        told: dict[str, Any] = {}
        try:
            while (heard := await ear.next()) is not None:
                if (now := about(heard)) is None:
                    return DONE, "you do not speak with the caller any more"
                if now != told:
                    told = now
                    await self._websocket.send_json({"type": "heard"} | now)
                await self._websocket.send_bytes(heard.pcm if now["channels"] == 2 else left_of(heard.pcm))
        except _GONE:
            return 0, ""
        return DONE, ear.over

    async def _ask(self) -> Closed:
        """Return when they may not any longer, with the reason."""
        return POLICY, await right_ends(self._websocket, lambda: self.line)


def left_of(stereo: bytes) -> bytes:
    """The caller's side alone."""
    return array("h", stereo)[0::2].tobytes()


async def _call(read: Callable[[], Awaitable[Closed]]) -> Closed:
    return await read()
