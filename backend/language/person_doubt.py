"""When who it was is asked again, though somebody was named: the rule of doubt for people.

Somebody who ran into the caller, or rode with them, is not who was asked for; what is always so need not have been so
this time; what others say of it is their word; and two who are named in one breath are two.
"""

import re
from dataclasses import dataclass, field
from typing import Any

__all__ = ["PersonDoubt"]


@dataclass(frozen=True, slots=True)
class PersonDoubt:
    """The rule for one language, in its plain spelling.

    Args:
        struck: what somebody did to the caller: "hit me".
        rode: what says that somebody was with the caller.
        stood: where somebody waits in traffic, or is on the way by other means, so that nothing of theirs stood empty.
        always: what is so at other times: "usually".
        heard: what says that it is somebody else's word: "they say".
        denied: what takes all of it back at the end: "but it wasn't".
        turns: what says that one drove after the other.
        pair: two people in one breath: "and her boyfriend".
    """

    struck: re.Pattern[str] = field(repr=False)
    rode: re.Pattern[str] = field(repr=False)
    stood: re.Pattern[str] = field(repr=False)
    always: re.Pattern[str] = field(repr=False)
    heard: re.Pattern[str] = field(repr=False)
    denied: re.Pattern[str] = field(repr=False)
    turns: re.Pattern[str] = field(repr=False)
    pair: re.Pattern[str] = field(repr=False)

    def why(self, plain: str, value: dict[str, Any]) -> str:
        """Why this person is to be asked for again, in a few words for an operator; empty when they are not."""
        who = value.get("who")
        reasons = (
            (who == "other" and self.struck.search(plain), "somebody who did something to them"),
            (who == "other" and self.rode.search(plain), "somebody who was with them"),
            (who == "nobody" and self.stood.search(plain), "in traffic, or on the way by other means"),
            (who != "caller" and self.always.search(plain), "what is so at other times"),
            (self.heard.search(plain), "somebody else's word"),
            (self.denied.search(plain), "taken back at the end"),
            (self.turns.search(plain), "one after the other"),
            (self.pair.search(plain), "two people"),
        )
        return next((reason for holds, reason in reasons if holds), "")
