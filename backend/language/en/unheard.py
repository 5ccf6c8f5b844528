"""Who has not heard or understood what was asked, and so has answered nothing: "I couldn't make that out"."""

import re
from collections.abc import Callable

__all__ = ["was_not_heard"]

_NOT_HEARD = re.compile(
    r"(?<!you )(?<!they )(?<!he )(?<!she )\b(?:not|never|cannot|[a-z]+n't)"
    r"(?: (?:quite|really|even|able to|been able to|properly|too well))*"
    r" (?:(?:hear|catch|get|understand|follow|(?:make|pick)(?= (?:[a-z]+ )*(?:out|up)\b))"
    r"(?: (?:you|it|this|that|all|any|much|most|half|a word|a thing"
    r"|anything|everything|one word|of|what|said|say|saying|asked|there|then|well|very|too|right|properly|clearly"
    r"|at all|up|out|question|the))*"
    r"|(?:listening|paying attention)(?: (?:to that|to you|there|then|just then))*)$"
)
_LEADS = frozenset("no nope sorry oh um uh well i'm i am ma'am sir pardon excuse me dear afraid".split())


def was_not_heard(said: list[str], refuses: Callable[[str], bool]) -> bool:
    """Do the words say that the question was not heard? "You didn't get that right" speaks of us, and refuses.

    Args:
        said: the words of the answer.
        refuses: does this word refuse or deny?
    """
    text = " ".join(said)
    found = _NOT_HEARD.search(text)
    before = [word for word in text[: found.start()].split() if word not in _LEADS] if found else []
    return found is not None and not any(map(refuses, before))
