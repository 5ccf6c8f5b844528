"""Trunks and dispatch rules: what LiveKit's SIP service is set up with, and which of them a call belongs to."""

import secrets
from collections.abc import Iterable
from typing import TypeVar

from google.protobuf.message import Message
from livekit.protocol import sip

from local_azure.livekit.refusal import Refusal

__all__ = ["Trunks"]

_Info = TypeVar("_Info", sip.SIPInboundTrunkInfo, sip.SIPOutboundTrunkInfo, sip.SIPDispatchRuleInfo)


class Trunks:
    """Everything that was set up, by id."""

    def __init__(self) -> None:
        self.inbound: dict[str, sip.SIPInboundTrunkInfo] = {}
        self.outbound: dict[str, sip.SIPOutboundTrunkInfo] = {}
        self.rules: dict[str, sip.SIPDispatchRuleInfo] = {}

    def trunk_for(self, called: str, caller: str) -> sip.SIPInboundTrunkInfo | None:
        """The inbound trunk that a call to a number comes in by: one that has it before one that takes any."""
        fits = [
            trunk
            for trunk in self.inbound.values()
            if (not trunk.numbers or called in trunk.numbers)
            and (not trunk.allowed_numbers or caller in trunk.allowed_numbers)
        ]
        return min(fits, key=lambda trunk: not trunk.numbers, default=None)

    def rule_for(self, trunk: sip.SIPInboundTrunkInfo, called: str) -> sip.SIPDispatchRuleInfo | None:
        """The rule that says which room a call goes to: one that names its trunk before one for any."""
        fits = [
            rule
            for rule in self.rules.values()
            if (not rule.trunk_ids or trunk.sip_trunk_id in rule.trunk_ids)
            and (not rule.inbound_numbers or called in rule.inbound_numbers)
        ]
        return min(fits, key=lambda rule: not rule.trunk_ids, default=None)

    # as the API has it

    def create_inbound(self, request: sip.CreateSIPInboundTrunkRequest) -> sip.SIPInboundTrunkInfo:
        """A new inbound trunk. Two for one number, and the same callers, would not know whose a call is."""
        for other in self.inbound.values():
            shared = set(other.numbers) & set(request.trunk.numbers) or other.numbers == request.trunk.numbers
            if shared and set(other.allowed_numbers) == set(request.trunk.allowed_numbers):
                raise Refusal("invalid_argument", f"Conflicting inbound SIP Trunks: {other.sip_trunk_id!r}")
        return _kept(self.inbound, request.trunk, "sip_trunk_id", "ST_")

    def create_outbound(self, request: sip.CreateSIPOutboundTrunkRequest) -> sip.SIPOutboundTrunkInfo:
        """A new outbound trunk."""
        if not request.trunk.address or not request.trunk.numbers:
            raise Refusal("invalid_argument", "an outbound trunk needs an address and numbers")
        return _kept(self.outbound, request.trunk, "sip_trunk_id", "ST_")

    def create_rule(self, request: sip.CreateSIPDispatchRuleRequest) -> sip.SIPDispatchRuleInfo:
        """A new rule, in the old form of the request or in the new."""
        rule = sip.SIPDispatchRuleInfo()
        if request.HasField("dispatch_rule"):
            rule.CopyFrom(request.dispatch_rule)
        else:
            rule = sip.SIPDispatchRuleInfo(
                rule=request.rule,
                trunk_ids=request.trunk_ids,
                hide_phone_number=request.hide_phone_number,
                inbound_numbers=request.inbound_numbers,
                name=request.name,
                metadata=request.metadata,
                attributes=dict(request.attributes),
                room_config=request.room_config,
            )
        if rule.rule.WhichOneof("rule") is None:
            raise Refusal("invalid_argument", "missing rule")
        return _kept(self.rules, rule, "sip_dispatch_rule_id", "SDR_")

    def update_inbound(self, request: sip.UpdateSIPInboundTrunkRequest) -> sip.SIPInboundTrunkInfo:
        """Replace one, or fields of it."""
        return _updated(self.inbound, request.sip_trunk_id, "sip_trunk_id", request)

    def update_outbound(self, request: sip.UpdateSIPOutboundTrunkRequest) -> sip.SIPOutboundTrunkInfo:
        """Replace one, or fields of it."""
        return _updated(self.outbound, request.sip_trunk_id, "sip_trunk_id", request)

    def update_rule(self, request: sip.UpdateSIPDispatchRuleRequest) -> sip.SIPDispatchRuleInfo:
        """Replace one, or fields of it."""
        return _updated(self.rules, request.sip_dispatch_rule_id, "sip_dispatch_rule_id", request)

    def list_inbound(self, request: sip.ListSIPInboundTrunkRequest) -> sip.ListSIPInboundTrunkResponse:
        """All, or those that are named or have one of the numbers."""
        found = _named(self.inbound, request.trunk_ids)
        return sip.ListSIPInboundTrunkResponse(items=[one for one in found if _has(one.numbers, request.numbers)])

    def list_outbound(self, request: sip.ListSIPOutboundTrunkRequest) -> sip.ListSIPOutboundTrunkResponse:
        """All, or those that are named or have one of the numbers."""
        found = _named(self.outbound, request.trunk_ids)
        return sip.ListSIPOutboundTrunkResponse(items=[one for one in found if _has(one.numbers, request.numbers)])

    def list_rules(self, request: sip.ListSIPDispatchRuleRequest) -> sip.ListSIPDispatchRuleResponse:
        """All, or those that are named or for one of the trunks."""
        found = _named(self.rules, request.dispatch_rule_ids)
        return sip.ListSIPDispatchRuleResponse(items=[one for one in found if _has(one.trunk_ids, request.trunk_ids)])

    def delete_trunk(self, request: sip.DeleteSIPTrunkRequest) -> sip.SIPTrunkInfo:
        """Forget one."""
        if self.inbound.pop(request.sip_trunk_id, None) or self.outbound.pop(request.sip_trunk_id, None):
            return sip.SIPTrunkInfo(sip_trunk_id=request.sip_trunk_id)
        raise _unknown()

    def delete_rule(self, request: sip.DeleteSIPDispatchRuleRequest) -> sip.SIPDispatchRuleInfo:
        """Forget one."""
        found = self.rules.pop(request.sip_dispatch_rule_id, None)
        if found is None:
            raise _unknown()
        return found


def _kept(shelf: dict[str, _Info], given: _Info, key: str, prefix: str) -> _Info:
    info = type(given)()
    info.CopyFrom(given)
    info.created_at.GetCurrentTime()
    setattr(info, key, prefix + secrets.token_urlsafe(9))
    shelf[getattr(info, key)] = info
    return info


def _updated(shelf: dict[str, _Info], wanted: str, key: str, request: Message) -> _Info:
    """``request`` has ``replace`` and ``update``, one of which is set."""
    info = shelf.get(wanted)
    if info is None:
        raise _unknown()
    if request.HasField("replace"):
        info.CopyFrom(request.replace)  # pyright: ignore[reportAttributeAccessIssue]
        setattr(info, key, wanted)
    else:
        _change(info, request.update)  # pyright: ignore[reportAttributeAccessIssue]
    info.updated_at.GetCurrentTime()
    return info


def _change(info: Message, update: Message) -> None:
    for field, value in update.ListFields():
        if field.message_type is not None and field.message_type.name == "ListUpdate":
            current: list[str] = list(getattr(info, field.name))
            wanted = [] if value.clear else list(value.set) or [one for one in current if one not in value.remove]
            del getattr(info, field.name)[:]
            getattr(info, field.name).extend([*wanted, *(one for one in value.add if one not in wanted)])
        elif field.name == "attributes":
            getattr(info, field.name).update(value)
        elif field.message_type is not None:
            getattr(info, field.name).CopyFrom(value)
        else:
            setattr(info, field.name, value)


def _named(shelf: dict[str, _Info], ids: Iterable[str]) -> list[_Info]:
    wanted = list(ids)
    return [info for key, info in shelf.items() if not wanted or key in wanted]


def _has(own: Iterable[str], wanted: Iterable[str]) -> bool:
    asked = set(wanted)
    return not asked or bool(asked & set(own))


def _unknown() -> Refusal:
    return Refusal("not_found", "object cannot be found")
