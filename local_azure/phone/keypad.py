"""Keys that an agent offers, and which of them a caller would press."""

import re

from rapidfuzz import fuzz

from local_azure.phone.persona import Persona, Utterance
from local_azure.phone.sentences import digit_groups

__all__ = ["keys_for", "keys_offered", "polarity"]

_OFFERED = re.compile(
    r"\b(?:press|presses|pressing|keypad|key pad|key (?:in|it|them)|touch.?tone|dial pad|punch in|type|typing)\b"
    r"|\b(?:enter|dial|use)\b.{0,40}\b(?:keys?|keypad|phone|telephone)\b"
)
_SPOKEN = re.compile(r"\b(?:say|says|tell|speak|spell|repeat|or press|or key|or type|or enter)\b")
_DIGIT = {word: str(value) for value, word in enumerate("zero one two three four five six seven eight nine".split())}
_CHOICE = re.compile(rf"\b(\d|{'|'.join(_DIGIT)}) (?:for|if|when|means) ([^,.?;]+)")
_YES = re.compile(
    r"^(?:yes|yeah|yep|yup|sure|of course|correct|right|oh yes|exactly|that.?s right|that is (?:right|correct))\b"
)
_NO = re.compile(r"^(?:no|nope|not|nobody|no one|none|nothing|never|oh no)\b")
_LIKE = 85
_SHORT = 3
"""Letters; shorter words tell nothing."""
_A_NUMBER = 3


def keys_offered(text: str) -> bool:
    """Does ``text`` (lower case) offer keys?"""
    return bool(_OFFERED.search(text))


def keys_for(persona: Persona, utterance: Utterance, text: str, *, before: int) -> str:
    """What the caller presses in answer to ``text``, which ``utterance`` would answer; empty when they speak.

    They press where nothing else is wanted, where they have said it before in vain, and where they like keys better.

    Args:
        persona: who calls.
        utterance: what they would say.
        text: what the agent said, in lower case.
        before: how often they have answered this before.
    """
    if not keys_offered(text):
        return ""
    if before == 0 and persona.keys != "first" and _SPOKEN.search(text):
        return ""
    choices = [(_DIGIT.get(one.group(1), one.group(1)), one.group(2).strip()) for one in _CHOICE.finditer(text)]
    if choices:
        return _choice(utterance, choices)
    return _number(persona, utterance)


def polarity(text: str) -> bool | None:
    """Is this a yes or a no, by how it begins?"""
    if _YES.search(text):
        return True
    return False if _NO.search(text) else None


def _number(persona: Persona, utterance: Utterance) -> str:
    fact = persona.facts.get(utterance.id, "")
    if fact.isdigit():
        return fact
    groups = [group for form in utterance.forms for group in digit_groups(form) if len(group) >= _A_NUMBER]
    known = [fact for fact in persona.facts.values() if fact.isdigit() and fact in groups]
    return (known or groups or [""])[0]


def _choice(utterance: Utterance, choices: list[tuple[str, str]]) -> str:
    said = " ".join(utterance.forms).lower()
    yes = polarity(utterance.text.lower())
    for key, words in choices:
        if yes is not None and polarity(words) is yes:
            return key
    for key, words in choices:
        telling = [word for word in words.split() if len(word) > _SHORT]
        if telling and all(fuzz.partial_ratio(word, said) >= _LIKE for word in telling):
            return key
    return ""
