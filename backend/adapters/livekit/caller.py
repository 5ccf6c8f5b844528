"""Who in a room is the caller, and what is known of them before a word is said."""

from collections.abc import Iterable, Mapping

import msgspec

from backend.adapters.livekit.room import SIP, STANDARD, Participant
from backend.domain.call import IncomingCall
from backend.domain.private import Private

__all__ = ["WAY", "JobWish", "caller_among", "incoming_call", "is_caller", "is_up", "read_wish"]

WAY = "livekit"
"""Name of this way in."""

ROLE = "ringmaster.role"
"""Attribute of those who are no caller: a supervisor who listens, or speaks with the caller beside the agent."""

_HEADER = "sip.h."
_UP = frozenset({"active", "automation"})


class JobWish(msgspec.Struct, frozen=True):
    """What whoever asked for an agent wrote into the metadata of the job. They have our key, so it is to be trusted."""

    line: str = ""
    """The line that the caller is on; empty: that of the number they dialled."""
    caller: str = ""
    """The caller's identity in the room; empty: a phone, or else the first who comes."""


_decoder = msgspec.json.Decoder(JobWish)


def read_wish(metadata: str) -> JobWish:
    """The metadata of a job. What is not for us says nothing."""
    try:
        return _decoder.decode(metadata)
    except msgspec.MsgspecError:
        return JobWish()


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
    return who.kind != SIP or who.attributes.get("sip.callStatus", "active") in _UP


def incoming_call(job_id: str, who: Participant, wish: JobWish, default_line: str) -> IncomingCall:
    """The caller as the desk takes them.

    What an attribute says of numbers is believed of phones only: everybody else may write their own.
    """
    sip: Mapping[str, str] = who.attributes if who.kind == SIP else {}
    called = sip.get("sip.trunkPhoneNumber", "")
    return IncomingCall(
        event_id=job_id,
        context=job_id,
        caller=Private(sip.get("sip.phoneNumber", "") or (who.identity if who.kind != SIP else "")),
        called=Private(called),
        correlation_id=sip.get("sip.callID", "") or who.sid,
        way=WAY,
        headers={name.removeprefix(_HEADER): value for name, value in sip.items() if name.startswith(_HEADER)},
        line=wish.line or ("" if called else default_line),
    )
