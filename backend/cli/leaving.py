"""How somebody at the keyboard leaves a conversation by Ctrl-C."""

import asyncio
import contextlib

import aiohttp

__all__ = ["say_bye"]

_LIMIT_S = 1.0


async def say_bye(socket: aiohttp.ClientWebSocketResponse) -> None:
    """Tell the server that nobody is there any more: a socket that just closes is a lost connection to it, and the
    conversation waits for its caller to come back. A server that does not take it within a second is left all the
    same."""
    with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
        async with asyncio.timeout(_LIMIT_S):
            await socket.send_json({"type": "bye"})
