"""Sets a LiveKit project up for phones: an inbound trunk, an outbound trunk, and the rule by which agents are sent.

Each is known by its name, so that doing it again changes what differs and makes nothing twice. Trunks and rules of
other names are left alone.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from google.protobuf.message import Message
from livekit.api import LiveKitAPI, ServerError
from livekit.protocol.agent_dispatch import RoomAgentDispatch
from livekit.protocol.room import RoomConfiguration
from livekit.protocol.sip import (
    CreateSIPDispatchRuleRequest,
    CreateSIPInboundTrunkRequest,
    CreateSIPOutboundTrunkRequest,
    ListSIPDispatchRuleRequest,
    ListSIPInboundTrunkRequest,
    ListSIPOutboundTrunkRequest,
    SIPDispatchRule,
    SIPDispatchRuleIndividual,
    SIPDispatchRuleInfo,
    SIPHeaderOptions,
    SIPInboundTrunkInfo,
    SIPOutboundTrunkInfo,
)

from backend.adapters.livekit.faults import PROVIDER, once
from backend.errors import ProviderError

__all__ = ["Done", "TrunkSetup", "TrunkWish"]

_PREFIX = "call-"
"""How the rooms of phones begin; the API lets nobody enter those by name."""
_NO_SIP = "sip not connected"
"""As a server without Redis says it (1.13.5, service/errors.go)."""


@dataclass(frozen=True, slots=True)
class TrunkWish:
    """How a project is to be.

    Args:
        name: of the trunks and the rule; one for each Ringmaster that shares a project.
        numbers: those that lead here.
        agent_name: jobs are dispatched to this name.
        address: where placed calls go, as ``sip.example.com``; empty: no outbound trunk.
        allowed: addresses from which the carrier calls; empty: the user and the password show that it is them.
        user, password: of the trunks.
    """

    name: str
    numbers: Sequence[str]
    agent_name: str
    address: str = ""
    allowed: Sequence[str] = ()
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one part: ``made``, ``changed``, ``as it was``; or what would come of it."""

    what: str
    came_of_it: str
    id: str = ""
    """Empty where it is not there yet."""
    differs: tuple[str, ...] = ()
    """Names of what is or was to be changed."""


class _Part(Protocol):
    """A trunk or a rule, as LiveKit keeps it."""

    name: str


_P = TypeVar("_P", bound=_Part)


class TrunkSetup:
    """Compares a project with what is wished for, and makes it so.

    Args:
        api: LiveKit's client.
        dry_run: change nothing, and say what would be.
    """

    def __init__(self, api: LiveKitAPI, *, dry_run: bool) -> None:
        self._sip = api.sip
        self._dry_run = dry_run

    async def run(self, wish: TrunkWish) -> list[Done]:
        """Do it, or say what would be done.

        Raises:
            ProviderError: the server cannot be asked, or refuses, with what it says; what was done until then stays,
                and is found again.
        """
        try:
            return await self._run(wish)
        except ProviderError as error:
            raise _explained(error) from error

    async def _run(self, wish: TrunkWish) -> list[Done]:
        inbound = await self._inbound(wish)
        done = [inbound]
        if wish.address:
            done.append(await self._outbound(wish))
        return [*done, await self._rule(wish, inbound.id)]

    async def _inbound(self, wish: TrunkWish) -> Done:
        wanted = SIPInboundTrunkInfo(
            name=wish.name,
            numbers=wish.numbers,
            allowed_addresses=wish.allowed,
            auth_username=wish.user,
            auth_password=wish.password,
            include_headers=SIPHeaderOptions.SIP_X_HEADERS,
        )
        listed = await once(lambda: self._sip.list_inbound_trunk(ListSIPInboundTrunkRequest()))
        found = _named(listed.items, wish.name)
        fields = ("numbers", "allowed_addresses", "auth_username", "auth_password", "include_headers")
        known = found.sip_trunk_id if found else ""

        async def make() -> str:
            made = await self._sip.create_inbound_trunk(CreateSIPInboundTrunkRequest(trunk=wanted))
            return made.sip_trunk_id

        async def change() -> str:
            wanted.sip_trunk_id = known
            return (await self._sip.update_inbound_trunk(known, wanted)).sip_trunk_id

        return await self._settle("inbound trunk", known, _differs(found, wanted, fields), make, change)

    async def _outbound(self, wish: TrunkWish) -> Done:
        wanted = SIPOutboundTrunkInfo(
            name=wish.name,
            address=wish.address,
            numbers=wish.numbers,
            auth_username=wish.user,
            auth_password=wish.password,
        )
        listed = await once(lambda: self._sip.list_outbound_trunk(ListSIPOutboundTrunkRequest()))
        found = _named(listed.items, wish.name)
        fields = ("address", "numbers", "auth_username", "auth_password")
        known = found.sip_trunk_id if found else ""

        async def make() -> str:
            made = await self._sip.create_outbound_trunk(CreateSIPOutboundTrunkRequest(trunk=wanted))
            return made.sip_trunk_id

        async def change() -> str:
            wanted.sip_trunk_id = known
            return (await self._sip.update_outbound_trunk(known, wanted)).sip_trunk_id

        return await self._settle("outbound trunk", known, _differs(found, wanted, fields), make, change)

    async def _rule(self, wish: TrunkWish, trunk: str) -> Done:
        wanted = SIPDispatchRuleInfo(
            name=wish.name,
            trunk_ids=[trunk] if trunk else [],
            rule=SIPDispatchRule(dispatch_rule_individual=SIPDispatchRuleIndividual(room_prefix=_PREFIX)),
            room_config=RoomConfiguration(agents=[RoomAgentDispatch(agent_name=wish.agent_name)]),
        )
        listed = await once(lambda: self._sip.list_dispatch_rule(ListSIPDispatchRuleRequest()))
        found = _named(listed.items, wish.name)
        known = found.sip_dispatch_rule_id if found else ""

        async def make() -> str:
            made = await self._sip.create_dispatch_rule(CreateSIPDispatchRuleRequest(dispatch_rule=wanted))
            return made.sip_dispatch_rule_id

        async def change() -> str:
            wanted.sip_dispatch_rule_id = known
            return (await self._sip.update_dispatch_rule(known, wanted)).sip_dispatch_rule_id

        differs = _differs(found, wanted, ("trunk_ids", "rule", "room_config"))
        return await self._settle("dispatch rule", known, differs, make, change)

    async def _settle(
        self,
        what: str,
        known: str,
        differs: tuple[str, ...],
        make: Callable[[], Awaitable[str]],
        change: Callable[[], Awaitable[str]],
    ) -> Done:
        if known and not differs:
            return Done(what, "as it was", known)
        if self._dry_run:
            return Done(what, "would be changed" if known else "would be made", known, differs if known else ())
        if known:
            return Done(what, "changed", await once(change), differs)
        return Done(what, "made", await once(make))


def _explained(error: ProviderError) -> ProviderError:
    """The same with what LiveKit says of it, which stays out of other errors since it may name callers."""
    said = error.__cause__
    if not isinstance(said, ServerError):
        return error
    if said.status in (401, 403):
        why = "the LiveKit server does not let LIVEKIT_API_KEY with LIVEKIT_API_SECRET set up phones"
    elif _NO_SIP in said.message:
        why = "the LiveKit server has no SIP service: give it Redis, and run livekit/sip beside it"
    else:
        why = f"LiveKit answered {said.status} {said.code}: {said.message}"
    return type(error)(PROVIDER, why)


def _named(parts: Sequence[_P], name: str) -> _P | None:
    return next((one for one in parts if one.name == name), None)


def _differs(found: object, wanted: object, fields: Sequence[str]) -> tuple[str, ...]:
    """Names of the fields in which the two differ; the order in lists does not matter."""
    if found is None:
        return ()
    return tuple(name for name in fields if _plain(getattr(found, name)) != _plain(getattr(wanted, name)))


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, Message)) else sorted(value)
