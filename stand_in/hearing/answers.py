"""Yes and no."""

import re

from stand_in.hearing.plain import plain

__all__ = ["read_yes_no"]

_UNSURE = re.compile(
    r"\b(?:not sure|no idea|(?:don't|do not|can't|cannot) (?:really )?(?:know|say|tell|remember)|maybe|perhaps)\b"
    r"|\bno (?:lo )?sé\b|\btal vez\b|\bquizás?\b|\bno (?:estoy segur[oa]|recuerdo|me acuerdo)\b|\bcreo que\b"
)
_NO = re.compile(
    r"\b(?:no|nope|nah|not|never|none|nobody|nothing|neither|wrong|incorrect|cannot|false|negative|\w+n't|nada|nadie|ningun[oa]|nunca"
    r"|incorrecto|(?:está|eso está) mal)\b"
)
_YES = re.compile(
    r"\b(?:yes|yeah|yep|yup|yea|sure|absolutely|definitely|certainly|affirmative|of course|okay|ok|indeed|go ahead"
    r"|sí|claro|así es|correcto|exacto|por supuesto|de acuerdo|adelante|dale|(?:está|todo) bien|perfecto)\b"
)
_RIGHT = re.compile(
    r"^(?:(?:all|that|this|it|everything|sounds|looks|is|was|that's|it's|quite|very|exactly|perfectly) ?)*"
    r"(?:right|correct|fine|good|perfect|true|exactly|correcto)\b"
    r"|^(?:it|he|she|they|we|i|you) (?:is|was|does|did|can|do|are|am)$"
)


def read_yes_no(text: str) -> bool | None:
    """``None`` for neither, for both, and for whoever does not know."""
    said = plain(text)
    if _UNSURE.search(said):
        return None
    no, yes = bool(_NO.search(said)), bool(_YES.search(said) or _RIGHT.search(said))
    return yes if yes != no else None
