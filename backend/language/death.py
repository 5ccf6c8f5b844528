"""What words tell of somebody's death, the same in every language."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Death", "DeathWords"]

Death = Literal["now", "perhaps", "mourned", "none"]
"""It is of this moment; nothing says whether it is; those who are left behind put papers in order; or there is nothing
told of any, or other words have to say whether somebody needs help."""


@dataclass(frozen=True, slots=True)
class DeathWords:
    """By which words a language tells what there is to know of a death.

    Args:
        tells: does a clause tell that somebody died?
        here: in that clause: it is of this moment, or of this place.
        cries: anywhere: whoever says so has more to tell than of a death.
        affairs: what the living put in order after it.
        lies_dead: in that clause: somebody is dead, and not has died.
        present: in that clause: a place that one may be at now.
        harsh: in that clause: words that nobody has for one whom they mourn.
        event: anywhere: what people die of at once.
    """

    tells: Callable[[str], bool] = field(repr=False)
    here: re.Pattern[str] = field(repr=False)
    cries: re.Pattern[str] = field(repr=False)
    affairs: re.Pattern[str] = field(repr=False)
    lies_dead: re.Pattern[str] = field(repr=False)
    present: re.Pattern[str] = field(repr=False)
    harsh: re.Pattern[str] = field(repr=False)
    event: re.Pattern[str] = field(repr=False)

    def death_in(self, clauses: Sequence[str]) -> Death:
        """What is told of somebody's death in these clauses, in the language's plain spelling."""
        deaths = [clause for clause in clauses if self.tells(clause)]
        whole = " ".join(clauses)
        if any(map(self.here.search, deaths)):
            return "now"
        if not deaths or any(map(self.cries.search, [whole, *clauses])):
            return "none"
        affairs = self.affairs.search(whole) is not None
        if not affairs and any(map(self.lies_dead.search, deaths)):
            return "now"
        if not affairs and any(map(self.present.search, deaths)):
            return "none"
        harsh = any(map(self.harsh.search, deaths))
        if self.event.search(whole):
            return "perhaps" if affairs else "now" if harsh else "none"
        return "mourned" if affairs or not harsh else "perhaps"
