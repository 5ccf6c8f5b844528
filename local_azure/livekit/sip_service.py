"""LiveKit's SIP service in small: phones call in by trunks and rules, are called, and are handed on by REFER."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, Mapping

from livekit.protocol import sip
from livekit.protocol.agent_dispatch import RoomAgentDispatch
from livekit.protocol.room import RoomConfiguration

from backend.domain.audio import PCM_16K
from local_azure.acs.leg import Bridge, Dialling, Leg
from local_azure.background import Background
from local_azure.livekit.access import LiveKitAccess
from local_azure.livekit.refusal import BUSY, DECLINED, Refusal, sip_refusal
from local_azure.livekit.sip_participant import Phoned, SipParticipant
from local_azure.livekit.timings import SipTimings
from local_azure.livekit.trunks import Trunks
from local_azure.pacing import Ticker
from local_azure.telephony import EndReason, Exchange, Line, Party

__all__ = ["SipService"]

_HOST = "127.0.0.1"
_REFUSED: Mapping[str, tuple[int, str]] = {"busy": BUSY, "rejected": DECLINED}
_RING_SECONDS_IN = 40.0


class SipService:
    """Brings phones into rooms.

    Args:
        access: the LiveKit server that has the rooms.
        exchange: who is at the numbers that are called.
    """

    def __init__(
        self,
        access: LiveKitAccess,
        exchange: Exchange,
        ticker: Ticker,
        background: Background,
        timings: SipTimings | None = None,
    ) -> None:
        self.trunks = Trunks()
        self.timings = timings or SipTimings()
        self.participants: dict[Phoned, SipParticipant] = {}
        """Who is in a room."""
        self._access = access
        self._exchange = exchange
        self._ticker = ticker
        self._background = background

    def take_every_number(self, agent_name: str) -> None:
        """Lead every number that has no trunk of its own into a room of its own, and ask for an agent there."""
        trunk = self.trunks.create_inbound(
            sip.CreateSIPInboundTrunkRequest(
                trunk=sip.SIPInboundTrunkInfo(name="every number", include_headers=sip.SIPHeaderOptions.SIP_X_HEADERS)
            )
        )
        agents = [RoomAgentDispatch(agent_name=agent_name)]
        self.trunks.create_rule(
            sip.CreateSIPDispatchRuleRequest(
                dispatch_rule=sip.SIPDispatchRuleInfo(
                    name="a room for each call",
                    trunk_ids=[trunk.sip_trunk_id],
                    rule=sip.SIPDispatchRule(
                        dispatch_rule_individual=sip.SIPDispatchRuleIndividual(room_prefix="call-")
                    ),
                    room_config=RoomConfiguration(agents=agents),
                )
            )
        )

    # a phone calls in

    def dial(self, party: Party, number: str, headers: Mapping[str, str] | None = None) -> Line:
        """A phone dials a number of a trunk. Without a trunk and a rule nobody takes the call."""
        trunk = self.trunks.trunk_for(number, party.number)
        rule = self.trunks.rule_for(trunk, number) if trunk is not None else None
        if trunk is None or rule is None:
            leg = Leg(party, _Nobody(), headers)
            asyncio.get_running_loop().call_soon(leg.end, "failed")
            return leg
        name = f"sip_{party.number}"
        leg = Leg(party, _Nobody(), headers)
        phone = self._phone(leg, Phoned(_room_of(rule, party.number, number), name))
        leg.far_end = phone
        attributes = {**_attributes(trunk.sip_trunk_id, number, party.number), "sip.callStatus": "ringing"}
        attributes |= {"sip.ruleID": rule.sip_dispatch_rule_id, **dict(rule.attributes)}
        attributes |= _from_headers(headers or {}, trunk)
        token = self._access.phone_token(
            phone.where.room,
            name,
            f"Phone {party.number}",
            rule.metadata,
            attributes,
            rule.room_config if rule.HasField("room_config") else None,
        )
        limit = trunk.ringing_timeout.ToTimedelta().total_seconds() or _RING_SECONDS_IN
        self._background.spawn(self._ring_in(phone, token, limit), "sip-in")
        return leg

    async def _ring_in(self, phone: SipParticipant, token: str, limit: float) -> None:
        """It rings until somebody's voice is in the room; that is the answer."""
        async with self._entered(phone, token):
            try:
                async with asyncio.timeout(limit):
                    answered = await phone.answered
            except TimeoutError:
                phone.leg.end("no_answer")
                answered = False
            if not answered:
                await phone.leave()
                return
            await asyncio.sleep(self.timings.up)
            await phone.talk()
            await phone.left.wait()

    # a phone is called

    async def create_participant(self, request: sip.CreateSIPParticipantRequest) -> sip.SIPParticipantInfo:
        """Call a number and bring whoever answers into a room.

        Raises:
            Refusal: it cannot be called; or, where the answer is waited for, it was not answered.
        """
        trunk = self.trunks.outbound.get(request.sip_trunk_id)
        if trunk is None:
            raise Refusal("not_found", "object cannot be found")
        if not request.sip_call_to or not request.room_name:
            raise Refusal("invalid_argument", "missing sip_call_to or room_name")
        number = request.sip_call_to.removeprefix("sip:").partition("@")[0]
        where = Phoned(request.room_name, request.participant_identity or f"sip_{number}")
        party = self._exchange.party(number, codec=True)
        call = _PlacedCall(
            self._phone(Leg(party, _Nobody()), where),
            party,
            request.ringing_timeout.ToTimedelta().total_seconds() or self.timings.ring,
            dict(request.headers),
        )
        call_id = _call_id()
        attributes = _attributes(trunk.sip_trunk_id, request.sip_number or trunk.numbers[0], number, call_id)
        attributes |= {"sip.callStatus": "dialing", **dict(request.participant_attributes)}
        name = request.participant_name or f"Phone {number}"
        metadata = request.participant_metadata
        token = self._access.phone_token(where.room, where.identity, name, metadata, attributes, None)
        self._background.spawn(self._ring_out(call, token), "sip-out")
        await call.joined
        if request.wait_until_answered:
            await _until_answered(call, request.dtmf)
        return sip.SIPParticipantInfo(
            participant_id=call.phone.sid,
            participant_identity=where.identity,
            room_name=where.room,
            sip_call_id=call_id,
        )

    async def _ring_out(self, call: "_PlacedCall", token: str) -> None:
        phone = call.phone
        try:
            async with self._entered(phone, token):
                call.joined.set_result(None)
                await asyncio.sleep(self.timings.ringing)
                await phone.status("ringing")
                if (reason := await self._rung(call)) is not None:
                    await phone.leave(self.timings.refused_leaves if reason in _REFUSED else None)
                    return
                phone.leg.far_end = phone
                await phone.talk()
                await phone.left.wait()
        finally:
            call.give_up()

    async def _rung(self, call: "_PlacedCall") -> EndReason | None:
        """Ring, and say why nobody took it; ``None`` where somebody did."""
        dialling = Dialling(call.party, call.limit, call.settle, call.headers)
        call.phone.leg = dialling.leg
        gone = self._background.spawn(_waited(call.phone.left), "sip-out-watch")
        await asyncio.wait({call.outcome, gone}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not call.outcome.done():  # the application has removed it while it rang
            dialling.cancel()
            call.settle(None, "failed")
        return call.outcome.result()

    # a phone is handed on

    async def transfer(self, request: sip.TransferSIPParticipantRequest) -> sip.TransferSIPParticipantResponse:
        """Hand a phone on by REFER, and wait for what comes of it.

        Raises:
            Refusal: there is none, or the other side would not have it.
        """
        phone = self.participants.get(Phoned(request.room_name, request.participant_identity))
        if phone is None or phone.leg.over:
            raise Refusal("not_found", "participant does not exist")
        number = _number(request.transfer_to)
        if not number:
            raise Refusal("invalid_argument", "transfer_to must be a tel: or sip: address")
        ended: asyncio.Future[tuple[Leg | None, EndReason]] = asyncio.get_running_loop().create_future()

        def done(leg: Leg | None, reason: EndReason) -> None:
            if not ended.done():
                ended.set_result((leg, reason))

        limit = request.ringing_timeout.ToTimedelta().total_seconds() or self.timings.refer_limit
        Dialling(self._exchange.party(number), limit + 1, done, dict(request.headers))
        gives_up = asyncio.get_running_loop().call_later(
            max(limit / 2, limit - self.timings.refer_gives_up),
            lambda: self._background.spawn(phone.leave(), "sip-refer-over"),
        )
        try:
            async with asyncio.timeout(limit):
                leg, reason = await ended
        except TimeoutError:
            raise Refusal("deadline_exceeded", "request timed out") from None
        finally:
            gives_up.cancel()
        if leg is None:
            raise sip_refusal(_REFUSED.get(reason, DECLINED))
        await self._hand_over(phone, leg, number)
        return sip.TransferSIPParticipantResponse()

    async def _hand_over(self, phone: SipParticipant, leg: Leg, number: str) -> None:
        if phone.leg.over:
            leg.end("far_end")
            raise Refusal("not_found", "participant does not exist")
        phone.release()
        phone.leg.party.moved(number)
        Bridge(phone.leg, leg, PCM_16K, self._ticker)
        await asyncio.sleep(self.timings.transferred)
        self._background.spawn(phone.leave(self.timings.transferred_leaves), "sip-transferred")

    async def close(self) -> None:
        """Take every phone out of its room."""
        for phone in list(self.participants.values()):
            await phone.go()

    # for all of them

    def _phone(self, leg: Leg, where: Phoned) -> SipParticipant:
        return SipParticipant(leg, where, self._ticker, self._background, self.timings)

    @contextlib.asynccontextmanager
    async def _entered(self, phone: SipParticipant, token: str) -> AsyncGenerator[None]:
        self.participants[phone.where] = phone
        try:
            await phone.join(self._access.url, token)
            yield
        except Exception:
            phone.leg.end("failed")
            raise
        finally:
            if self.participants.get(phone.where) is phone:
                del self.participants[phone.where]
            await phone.go()


class _PlacedCall:
    """A call to a phone, until somebody takes it or nobody does."""

    def __init__(self, phone: SipParticipant, party: Party, limit: float, headers: Mapping[str, str]) -> None:
        loop = asyncio.get_running_loop()
        self.phone = phone
        self.party = party
        self.limit = limit
        self.headers = headers
        self.joined: asyncio.Future[None] = loop.create_future()
        """The phone is in the room."""
        self.outcome: asyncio.Future[EndReason | None] = loop.create_future()
        """Why nobody took it; ``None`` where somebody did."""

    def settle(self, leg: Leg | None, reason: EndReason) -> None:
        """It was taken, or was not."""
        if not self.outcome.done():
            self.outcome.set_result(None if leg is not None else reason)

    def give_up(self) -> None:
        """Nothing more will come of it; whoever waits is told."""
        self.settle(None, "failed")
        if not self.joined.done():
            self.joined.set_exception(Refusal("unavailable", "the room cannot be entered"))


async def _until_answered(call: _PlacedCall, keys: str) -> None:
    if (reason := await asyncio.shield(call.outcome)) is not None:
        raise _not_answered(reason)
    await call.phone.talking.wait()
    for key in keys:
        call.phone.leg.party.key(key)


class _Nobody:
    """The far end of a call that does not come about."""

    def picked_up(self, leg: Leg) -> None:
        """Nothing to take."""

    def declined(self, leg: Leg) -> None:
        """Nothing to refuse."""

    def pressed(self, leg: Leg, tone: str) -> None:
        """Nobody hears it."""

    def hung_up(self, leg: Leg) -> None:
        """Nobody is told."""


async def _waited(event: asyncio.Event) -> None:
    await event.wait()


def _room_of(rule: sip.SIPDispatchRuleInfo, caller: str, called: str) -> str:
    kind = rule.rule.WhichOneof("rule")
    random = secrets.token_urlsafe(12)[:12].replace("-", "x").replace("_", "y")
    if kind == "dispatch_rule_direct":
        return rule.rule.dispatch_rule_direct.room_name
    if kind == "dispatch_rule_callee":
        callee = rule.rule.dispatch_rule_callee
        return f"{callee.room_prefix}{called}" + (f"_{random}" if callee.randomize else "")
    individual = rule.rule.dispatch_rule_individual
    return f"{individual.room_prefix}_{caller}" + ("" if individual.no_randomness else f"_{random}")


def _call_id() -> str:
    return "SCL_" + secrets.token_urlsafe(9)


def _attributes(trunk: str, own: str, other: str, call_id: str = "") -> dict[str, str]:
    return {
        "sip.phoneNumber": other,
        "sip.trunkPhoneNumber": own,
        "sip.trunkID": trunk,
        "sip.hostname": _HOST,
        "sip.callID": call_id or _call_id(),
        "sip.callIDFull": f"{secrets.token_hex(16)}@{_HOST}",
        "sip.callTag": secrets.token_hex(8),
    }


def _from_headers(headers: Mapping[str, str], trunk: sip.SIPInboundTrunkInfo) -> dict[str, str]:
    """Headers of an INVITE that the trunk makes attributes of."""
    named = {name.lower(): value for name, value in headers.items()}
    mapped = {
        attribute: named[header.lower()]
        for header, attribute in trunk.headers_to_attributes.items()
        if header.lower() in named
    }
    if trunk.include_headers == sip.SIP_ALL_HEADERS:
        return mapped | {f"sip.h.{name}": value for name, value in named.items()}
    if trunk.include_headers == sip.SIP_X_HEADERS:
        return mapped | {f"sip.h.{name}": value for name, value in named.items() if name.startswith("x-")}
    return mapped


def _number(address: str) -> str:
    scheme, colon, rest = address.partition(":")
    return rest.partition("@")[0] if colon and scheme in ("tel", "sip") else ""


def _not_answered(reason: EndReason) -> Refusal:
    if reason in _REFUSED:
        return sip_refusal(_REFUSED[reason])
    if reason == "no_answer":
        return Refusal("canceled", "request canceled")
    return Refusal("unavailable", "the call did not come about")
