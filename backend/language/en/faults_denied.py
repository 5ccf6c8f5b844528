"""Two refusals that are together a yes, or nearly: "there's nothing I would change", "ain't nothing wrong with it"."""

import re
from collections.abc import Callable

__all__ = ["denies_a_fault"]

_FAULTS = frozenset("wrong incorrect mistake mistakes error errors".split())
_FAULT_DENIED = re.compile(
    r"^never been (?:more|better)\b|^(?:(?:there's|there is|well|i'm sure|honestly|i) )*(?:nothing|not a thing"
    r"|can't|cannot|couldn't"
    r"|could not|wouldn't)"
    r"(?: \w+| i'd){0,4}? (?:change|fault|better|improve|argue|quibble|complain)(?: [\w']+){0,3}$"
)
_BARE_NO = frozenset("no nope nah".split())


def denies_a_fault(said: list[str], refuses: Callable[[str], bool]) -> bool:
    """Does one word of refusal deny another, so that nothing is wrong? A bare no is none of them.

    Args:
        said: the words of the answer.
        refuses: does this word refuse or deny?
    """
    if _FAULT_DENIED.match(" ".join(said)):
        return True
    faults = _FAULTS.intersection(said)
    denied = any(refuses(word) for word in said if word not in _FAULTS | _BARE_NO)
    return bool(faults) and denied and said[0] not in _BARE_NO and said[-1:] != ["wrong"]
