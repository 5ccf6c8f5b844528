"""``ringmaster livekit setup``: trunks and the dispatch rule of a LiveKit project."""

import asyncio
import os
import re
from collections.abc import Iterator, Sequence
from ipaddress import ip_network

from rich.markup import escape

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.server import LiveKitServer
from backend.adapters.livekit.trunk_setup import Done, TrunkSetup, TrunkWish
from backend.adapters.terminal.screen import screen
from backend.agents.store import load_store
from backend.errors import ConfigError
from backend.tool_store.built_in_tools import tool_names
from config import Settings

__all__ = ["set_up"]

_out = screen()
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?")
"""What LiveKit takes for the address of a trunk; it wants no ``sip:``, no user and no parameters."""


def set_up(
    settings: Settings, name: str, numbers: Sequence[str], address: str, allowed: Sequence[str], *, dry_run: bool
) -> None:
    """Make the project so that the numbers of the lines lead here; say what was made, changed, or left."""
    livekit = settings.livekit
    if not livekit.livekit_url:
        raise ConfigError("LIVEKIT_URL: expected the address of the LiveKit server, it is not set")
    if not (livekit.livekit_api_key and livekit.livekit_api_secret.get_secret_value()):
        raise ConfigError("LIVEKIT_API_KEY and LIVEKIT_API_SECRET: expected the key of the project, they are not set")
    if wrong := "\n".join(_wrong(numbers, address, allowed)):
        raise ConfigError(wrong)
    wish = TrunkWish(
        name=name,
        numbers=sorted(numbers) or _numbers(settings),
        agent_name=livekit.livekit_agent_name,
        address=address,
        allowed=allowed,
        user=os.environ.get("SIP_TRUNK_USER", ""),
        password=os.environ.get("SIP_TRUNK_PASSWORD", ""),
    )
    if not wish.numbers:
        raise ConfigError(
            "--number: expected one; no line has a number, and a trunk without one takes the calls of all"
        )
    if bool(wish.user) != bool(wish.password):
        raise ConfigError("SIP_TRUNK_USER and SIP_TRUNK_PASSWORD: expected both or neither")
    if not wish.allowed and not wish.password:
        raise ConfigError(
            "--allow, or SIP_TRUNK_USER and SIP_TRUNK_PASSWORD: expected one; else anybody can call through it"
        )
    secret = livekit.livekit_api_secret.get_secret_value()
    access = LiveKitAccess(livekit.livekit_address, livekit.livekit_api_key, secret)
    for one in asyncio.run(_run(access, wish, dry_run=dry_run)):
        _tell(one)


async def _run(access: LiveKitAccess, wish: TrunkWish, *, dry_run: bool) -> list[Done]:
    server = LiveKitServer(access)
    try:
        return await TrunkSetup(server.api, dry_run=dry_run).run(wish)
    finally:
        await server.close()


def _wrong(numbers: Sequence[str], address: str, allowed: Sequence[str]) -> Iterator[str]:
    """What LiveKit would take, or refuse in other words, and by which no call would come."""
    for number in numbers:
        if not _NUMBER.fullmatch(number):
            yield f"--number: expected one such as +18005550100, got {number[:40]!r}"
    if address and not _HOST.fullmatch(address):
        yield f"--address: expected a host, and perhaps a port, such as sip.example.com:5060, got {address[:80]!r}"
    for one in allowed:
        try:
            ip_network(one, strict=False)
        except ValueError:
            yield f"--allow: expected an IP address or a network such as 192.0.2.0/24, got {one[:80]!r}"


def _numbers(settings: Settings) -> list[str]:
    """The numbers of all lines; identities of ACS come by no trunk."""
    places = settings.connections
    store = load_store(places.agent_store, places.prompt_store, tool_names())
    return sorted(number for line in store.lines.values() for number in line.numbers if number.startswith("+"))


def _tell(one: Done) -> None:
    differs = escape(f" ({', '.join(one.differs)})") if one.differs else ""
    _out.print(f"[green]ok[/]: {one.what} {one.came_of_it}{differs}{f': {one.id}' if one.id else ''}")
    if one.what == "outbound trunk" and one.id:
        _out.print(f"    LIVEKIT_OUTBOUND_TRUNK={one.id}")
