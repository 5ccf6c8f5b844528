"""Places a call through the phone of a running local Azure and asks the server what became of it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import aiohttp

from backend.errors import ConfigError
from local_azure.phone.persona import Persona, wire_form

__all__ = ["CallClient", "CallOrder"]

_GRACE_SECONDS = 60.0
"""The phone ends by itself; this is for a phone that died."""
_OUTCOME_SECONDS = 15.0
_POLL_SECONDS = 0.2
_SUBSCRIBED_SECONDS = 10.0
_SERVER_SECONDS = 10.0
_WAV_LIMIT = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CallOrder:
    """Who is called by whom, and for how long at most."""

    persona: Persona
    to: str
    caller: str
    limit: float
    ear: str = "book"
    via: str = "acs"
    """``livekit``: as a SIP participant in a room."""


class CallClient:
    """``emulator`` and ``server`` are base addresses; ``api_key`` is for the server's operations API."""

    def __init__(self, emulator: str, server: str, api_key: str = "") -> None:
        self._emulator = emulator.rstrip("/")
        self._server = server.rstrip("/")
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}

    async def place(self, order: CallOrder, show: Callable[[Mapping[str, Any]], None]) -> dict[str, Any]:
        """Place the call, show its events, and give the phone's report.

        Raises:
            ConfigError: the local Azure or the server cannot be reached, or no server is subscribed to its calls.
        """
        async with aiohttp.ClientSession() as web:
            await self._await_line(order.via)
            await self._require_server()
            message = {
                "op": "dial",
                "to": order.to,
                "from": order.caller,
                "limit": order.limit,
                "ear": order.ear,
                "via": order.via,
                **wire_form(order.persona),
            }
            try:
                async with (
                    asyncio.timeout(order.limit + _GRACE_SECONDS),
                    web.ws_connect(f"{self._emulator}/emulator/phone", max_msg_size=_WAV_LIMIT) as socket,
                ):
                    await socket.send_json(message)
                    return await _watch(socket, show)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                raise ConfigError(f"the local Azure at {self._emulator} went away: {error}") from error

    async def recording(self, report: Mapping[str, Any]) -> bytes:
        """The call as a stereo WAV file.

        Raises:
            ConfigError: it cannot be fetched.
        """
        url = f"{self._emulator}/emulator/phone/recordings/{report['recording']}"
        try:
            async with aiohttp.ClientSession(raise_for_status=True) as web, web.get(url) as answer:
                return await answer.read()
        except (aiohttp.ClientError, OSError) as error:
            raise ConfigError(f"the recording cannot be fetched: {error}") from error

    async def outcome(self, connection_id: str) -> dict[str, Any] | None:
        """The server's record of the call, once it has an outcome; what there is when that takes too long."""
        found: dict[str, Any] | None = None
        async with self._asking() as web:
            until = asyncio.get_running_loop().time() + _OUTCOME_SECONDS
            while connection_id and asyncio.get_running_loop().time() < until:
                found = await self._lookup(web, connection_id) or found
                if found is not None and found.get("outcome"):
                    break
                await asyncio.sleep(_POLL_SECONDS)
        return found

    async def so_far(self, connection_id: str) -> dict[str, Any] | None:
        """The server's record of the call as it is now; ``None`` where there is none."""
        async with self._asking() as web:
            return await self._lookup(web, connection_id)

    async def _lookup(self, web: aiohttp.ClientSession, connection_id: str) -> dict[str, Any] | None:
        calls = await self._get(web, f"/api/v1/calls?connection_id={connection_id}")
        listed: object = cast("dict[str, Any]", calls).get("calls") if isinstance(calls, dict) else calls
        if not isinstance(listed, list) or not listed:
            return None
        call_id = cast("list[dict[str, Any]]", listed)[0].get("call_id")
        call = await self._get(web, f"/api/v1/calls/{call_id}")
        return cast("dict[str, Any]", call) if isinstance(call, dict) else None

    async def _get(self, web: aiohttp.ClientSession, path: str) -> object:
        try:
            async with web.get(self._server + path) as answer:
                _let_in(answer.status)
                return await _json_of(answer) if answer.status == 200 else None
        except (aiohttp.ClientError, OSError, TimeoutError):
            return None

    def _asking(self) -> aiohttp.ClientSession:
        """To ask the server by; what answers nothing is not waited for."""
        limit = aiohttp.ClientTimeout(total=_SERVER_SECONDS)
        return aiohttp.ClientSession(headers=self._headers, timeout=limit)

    async def _require_server(self) -> None:
        """Before minutes are spent on a call: can the server be asked afterwards what became of it?"""
        try:
            async with self._asking() as web, web.get(f"{self._server}/api/v1/calls?limit=1") as answer:
                _let_in(answer.status)
                told = await _json_of(answer)
        except aiohttp.ClientResponseError:
            told = None  # it does not even speak HTTP
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise ConfigError(f"no server answers at {self._server}; --server names another") from error
        if isinstance(told, list):
            return
        fault = cast("dict[str, Any]", told).get("error") if isinstance(told, dict) else None
        if isinstance(fault, dict) and "message" in fault:
            raise ConfigError(f"the server at {self._server} refuses: {fault['message']}")
        raise ConfigError(f"what answers at {self._server} is no server of Ringmaster; --server names another")

    async def _health(self) -> dict[str, Any]:
        """Of the local Azure.

        Raises:
            ConfigError: it does not answer, or something else does.
        """
        limit = aiohttp.ClientTimeout(total=_SERVER_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as web,
                web.get(f"{self._emulator}/emulator/health", raise_for_status=True) as answer,
            ):
                health = await _json_of(answer)
        except aiohttp.ClientResponseError as error:
            raise ConfigError(self._another()) from error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            why = str(error) or f"within {_SERVER_SECONDS:.0f} seconds"
            raise ConfigError(
                f"no local Azure answers at {self._emulator}; `ringmaster dev` starts one ({why})"
            ) from error
        if not isinstance(health, dict) or not isinstance(cast("dict[str, Any]", health).get("subscriptions"), list):
            raise ConfigError(self._another())
        return cast("dict[str, Any]", health)

    def _another(self) -> str:
        return (
            f"what answers at {self._emulator} is no local Azure; --emulator names another, `ringmaster dev` starts one"
        )

    async def _await_line(self, via: str) -> None:
        """Wait until the local Azure has somebody to tell of the call. While it loads its models it has nobody."""
        until = asyncio.get_running_loop().time() + _SUBSCRIBED_SECONDS
        while True:
            health = await self._health()
            if via == "livekit":
                if health.get("livekit"):
                    return
                raise ConfigError("the local Azure has no LiveKit server; `make run LIVEKIT=1` starts one with it")
            if any(one.get("validated") for one in health["subscriptions"]):
                return
            if health.get("loading"):
                until = asyncio.get_running_loop().time() + _SUBSCRIBED_SECONDS
            elif asyncio.get_running_loop().time() > until:
                raise ConfigError("no server is subscribed to the calls of the local Azure (emulator --subscribe URL)")
            await asyncio.sleep(_POLL_SECONDS)


async def _json_of(answer: aiohttp.ClientResponse) -> object:
    """What was answered; nothing where that is no JSON."""
    try:
        return await answer.json(content_type=None)
    except (ValueError, RecursionError):
        return None


def _let_in(status: int) -> None:
    if status in (401, 403):
        raise ConfigError("the server's operations API wants a key: set API_KEY or --api-key")


async def _watch(socket: aiohttp.ClientWebSocketResponse, show: Callable[[Mapping[str, Any]], None]) -> dict[str, Any]:
    async for message in socket:
        event: dict[str, Any] = message.json()
        if event.get("event") == "report":
            return event
        if event.get("event") == "error":
            raise ConfigError(f"the phone refused the call: {event.get('message')}")
        show(event)
    raise ConfigError("the phone went away in the middle of the call")
