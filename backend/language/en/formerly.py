"""What something used to be, told before what it is now: "it used to be ..., now it's ..."."""

import re
from collections.abc import Callable
from dataclasses import replace

from backend.language.reading import Reading

__all__ = ["read_as_it_is_now"]

_FORMERLY = re.compile(
    r"^(?P<before>.*\b(?:used to (?:be|have|use)|(?:i|we) had|(?:my|the|our) old (?:one|number|address|e-?mail))\b.*?"
    r"\b(?:now (?:it's|it is|i'm|i am|i use|i have)|but (?:now )?(?:it's|it is|i use|i have)|it's now|it is now"
    r"|(?:my|the|our) new (?:one|number|address|e-?mail)(?: is|'s)?)) (?P<now>\S.*?)"
    r"(?P<behind>,? (?:now|these days|nowadays|currently))?\W*$",
    re.IGNORECASE,
)


def read_as_it_is_now(text: str, read: Callable[[str], Reading]) -> Reading:
    """The reading of what it is now, where that is told for sure behind what it was; else that of all the words."""
    found = _FORMERLY.match(text)
    reading = read(found["now"]) if found else None
    if found is None or reading is None or reading.outcome != "value":
        return read(text)
    beside = tuple(filter(None, (found["before"], found["behind"])))
    return replace(reading, against=(*reading.against, *beside))
