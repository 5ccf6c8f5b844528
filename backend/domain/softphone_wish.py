"""Whom somebody calls with a softphone, or which call they go on with."""

from dataclasses import dataclass, field

__all__ = ["SoftphoneWish"]


@dataclass(frozen=True, slots=True)
class SoftphoneWish:
    """What a client asks for.

    Args:
        line: name of the line; empty: the first one.
        caller: number that the caller seems to come from; empty: it is withheld.
        agent: who speaks first; empty: the line's entry agent.
        version: version of the agent store; empty: the live one.
        connection_id, token: of the call that is gone on with; empty: a new one.
    """

    line: str = ""
    caller: str = field(default="", repr=False)
    agent: str = ""
    version: str = ""
    connection_id: str = ""
    token: str = field(default="", repr=False)

    @property
    def resumes(self) -> bool:
        """Does it go on with a call?"""
        return bool(self.token)
