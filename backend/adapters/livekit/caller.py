"""Who in a room is the caller, and what is known of them before a word is said."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from backend.adapters.livekit.place import ROLE, UP
from backend.adapters.livekit.room import SIP, STANDARD, Participant
from backend.domain.call import IncomingCall, Way
from backend.domain.private import Private
from backend.domain.session_plan import SessionPlan

__all__ = ["WAY", "caller_among", "incoming_call", "is_caller", "is_up"]

WAY: Way = "livekit"
"""Name of this way in."""

_HEADER = "sip.h."


def is_caller(who: Participant, wanted: str = "") -> bool:
    """May this be the caller? Agents, recorders and supervisors are not."""
    if wanted:
        return who.identity == wanted and who.kind in (SIP, STANDARD)
    return who.kind == SIP or (who.kind == STANDARD and not who.attributes.get(ROLE))


def caller_among(people: Iterable[Participant], wanted: str = "") -> Participant | None:
    """The caller, if they are there: a phone before anybody else, then who came first."""
    callers = [who for who in people if is_caller(who, wanted)]
    return min(callers, key=lambda who: who.kind != SIP, default=None)


def is_up(who: Participant) -> bool:
    """Can they be spoken with? A phone still rings until it says that it does not."""
    return who.kind != SIP or who.attributes.get("sip.callStatus", "active") in UP


def incoming_call(job_id: str, who: Participant, plan: SessionPlan, default_line: str) -> IncomingCall:
    """The caller as the desk takes them.

    What an attribute says of numbers is believed of phones only: everybody else may write their own.
    """
    sip: Mapping[str, str] = who.attributes if who.kind == SIP else {}
    called = sip.get("sip.trunkPhoneNumber", "")
    if not called and not plan.line:
        plan = replace(plan, line=default_line)
    return IncomingCall(
        event_id=job_id,
        context=job_id,
        caller=Private(sip.get("sip.phoneNumber", "") or (who.identity if who.kind != SIP else "")),
        called=Private(called),
        correlation_id=sip.get("sip.callID", "") or who.sid,
        way=WAY,
        headers={name.removeprefix(_HEADER): value for name, value in sip.items() if name.startswith(_HEADER)},
        plan=plan if plan.says else None,
    )
