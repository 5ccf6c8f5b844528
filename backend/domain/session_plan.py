"""How an agent session that an application asks for by name begins; a phone call's line is found by its number."""

import re

import msgspec

__all__ = ["SessionPlan"]

_ID = re.compile(r"[0-9a-f]{16}")
_CLOCKS_S = 75
"""A LiveKit server takes a pass for a minute longer than it says (protocol/auth/verifier.go), since clocks differ."""


class SessionPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was asked for. It travels as the metadata of a job, so only whoever has the server's secret writes it.

    Attributes:
        line: the line, by its name in the agent store; empty: that of the number that was dialed.
        caller: the caller's identity in the room; empty: a phone, or else the first who comes.
        call_id: the call's id, which is the session's; empty: it gets one when it begins.
        agent: who speaks first; empty: the line's entry agent.
        voice: heard instead of the agents' own, where it speaks their language; empty: theirs.
        variables: constants for prompts, over those of the agents, as ``{{ vars.NAME }}``.
        version: of the agent store that it begins with; empty: the live one.
        test: is it a try of ours, and no caller's call?
        until: when the pass that brings the agent ends, in seconds since 1970; 0: it does not. LiveKit gives whoever
            is in a room new passes, with all that stood in theirs, so the end of the first one is told here.
    """

    line: str = ""
    caller: str = ""
    call_id: str = ""
    agent: str = ""
    voice: str = ""
    variables: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    version: str = ""
    test: bool = False
    until: int = 0

    def __repr__(self) -> str:
        return f"SessionPlan(line={self.line!r}, call_id={self.call_id!r})"

    @property
    def says(self) -> bool:
        """Does it say anything of how the call begins?"""
        return bool(self.line or self.call_id or self.agent or self.voice or self.variables)

    def over(self, room_made: int) -> bool:
        """Had the pass ended when the room was made that it brings an agent into?

        Args:
            room_made: when that was, in seconds since 1970, by the clock of the room's server; 0: not known.
        """
        return bool(self.until) and room_made > self.until + _CLOCKS_S

    def as_told(self) -> str:
        """As it travels."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def told(cls, text: str) -> "SessionPlan":
        """As it came. Other programs' metadata says nothing, and an id that is none of ours is passed over."""
        try:
            plan = msgspec.json.decode(text, type=cls)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            return cls()
        return plan if _ID.fullmatch(plan.call_id) else msgspec.structs.replace(plan, call_id="")
