"""Who was held fast, and is out: no need now, where nothing else is told beside it."""

import re
from dataclasses import dataclass, field

__all__ = ["ShutIn"]


@dataclass(frozen=True, slots=True)
class ShutIn:
    """The rule for one language, in its plain spelling. Who was held must be the one who is out.

    Args:
        held: words for being held fast.
        own: the speaker, alone or with others.
        others: somebody else.
        own_out: the speaker is out.
        others_out: somebody else is.
        lasts: that not all of it is over.
    """

    held: re.Pattern[str] = field(repr=False)
    own: re.Pattern[str] = field(repr=False)
    others: re.Pattern[str] = field(repr=False)
    own_out: re.Pattern[str] = field(repr=False)
    others_out: re.Pattern[str] = field(repr=False)
    lasts: re.Pattern[str] = field(repr=False)

    def is_over(self, clause: str, whole: str, needs: re.Pattern[str]) -> bool:
        """Does this clause tell of no other need than of one who is out by now?

        Args:
            clause: which speaks of a need.
            whole: all that was said.
            needs: what a need is told by.
        """
        told = [found[0] for found in needs.finditer(clause)]
        if not told or not all(map(self.held.fullmatch, told)) or self.lasts.search(whole):
            return False
        own, others = self.own.search(clause) is not None, self.others.search(clause) is not None
        if own and others:
            return False
        out = (self.own_out,) if own else (self.others_out,) if others else (self.own_out, self.others_out)
        return any(one.search(whole) for one in out)
