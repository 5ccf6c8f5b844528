"""A part of an answer that somebody does not know in Spanish: "no me acuerdo del año"."""

import re

from backend.language.es.asides import KNOW

__all__ = ["unknown_part"]

_UNKNOWN = re.compile(
    rf"\b(?:pero |y )?(?:no (?:(?:me|lo|le|la) )?(?:{KNOW}|sé|se|recuerdo|acuerdo|sabria decirle|estoy segur[oa])"
    r"|ni idea|no tengo idea)(?: (?:el|la|los|las|del|de|de la|de que|que|cual es el|cual es la|bien|exactamente))+ "
    r"(?P<part>[a-z]+)(?: (?:es|era|sea))?\b"
)


def unknown_part(plain: str) -> str:
    """The words that say so, in the plain spelling; empty where there are none."""
    found = _UNKNOWN.search(plain)
    return found[0] if found else ""
