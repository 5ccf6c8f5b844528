"""Does a Spanish answer agree? An allow-list: what is not plainly a yes is none.

The whole answer must be made of phrases that agree, words that say nothing ("este", "por favor") and words of the
question itself; one word too many and it is no yes. A word of refusal or change, a number or a day makes it a no or
a correction, whatever else was said.
"""

import re

from backend.language.consent_kind import Consent
from backend.language.es.consenting import CHANGING, HEDGED, NOTHING, REFUSING, RIGHT, TIMES, YES
from backend.language.es.manners import plain_speech
from backend.language.es.no_refusal import denies_a_denial, speaks_elsewhere, was_not_heard
from backend.language.es.words import said

__all__ = ["read_consent"]

_HEDGE = re.compile(rf"\b(?:{HEDGED})\b")
_BARE_NO = frozenset({"no", "nop", "nel"})
_SIGHS = frozenset("eh este ah ay pues bueno perdon disculpe".split())
_DENYING = _BARE_NO | frozenset(
    "que gracias quiero es fue era esta asi eso de ninguna manera para claro no yo por supuesto desde luego ni"
    " hablar loco"
    " broma modo forma digo dije".split()
)
"""Words of a refusal that puts nothing right."""
_IS_RIGHT = frozenset({"correcto", "correcta", "bien", "verdad", "cierto", "exacto"})
_TURNED = {"le": ("me",), "su": ("mi",), "sus": ("mis",), "usted": ("yo",), "esta": ("estoy",), "es": ("soy",)}
_WAITING = frozenset("espere espera esperese espereme perdon disculpe un momento momentito tantito por favor".split())
_ASKS_BACK = re.compile(r"[¿?]")
_LONGEST = 40
_LONGEST_PHRASE = 7


_FAULT_DENIED = re.compile(
    r"\b(?:no (?:tiene|hay|veo|le veo|encuentro) nada (?:de )?mal[oa]?|no (?:esta|tiene) nada (?:de )?mal[oa]?"
    r"|no (?:puedo|podria) quejarme|no me puedo quejar)\b"
)
"""Two refusals that are together a yes, or nearly: "no tiene nada de malo"."""


def read_consent(text: str, *, asked: str = "", keys: bool = False, negative: bool = False) -> Consent:
    """What ``text`` says to a question for a yes.

    Args:
        text: the caller's words.
        asked: the question; its own words are harmless in the answer ("sí, cancélela").
        keys: 1 was offered for yes and 2 for no.
        negative: the question denies something, so that a bare yes or no may mean either.
    """
    words = said(plain_speech(text)).plain.split()
    if words in (["1"], ["2"]) and not keys:
        return "unclear"  # a key that was not offered: nobody knows what they mean by it
    if keys and words in (["1"], ["2"]):
        return "yes" if words == ["1"] else "no"
    if not words:
        return "unclear"
    echoes = _echoes(said(asked).plain.split())
    agreed = _agreement(words, echoes if negative else frozenset(filter(_is_harmless, echoes)))
    if agreed and _ASKS_BACK.search(text) and not _is_all_yes(words):
        return "unclear"
    if agreed:
        return "unclear" if negative and agreed == "yes" else "yes"
    if _no_before_right(words, echoes):
        return "hedged"
    found = _contrary(words, echoes)
    if negative and found == "correction" and _begins_with_yes(words) and not CHANGING.intersection(words):
        return "unclear"  # "correcto, ni un rasguño": the denial may be the question's
    return "unclear" if negative and found == "no" and not _IS_RIGHT & set(words) else found


def _is_all_yes(words: list[str]) -> bool:
    return set(words) <= {"si", "claro"}


def _echoes(asked: list[str]) -> frozenset[str]:
    """The words of a question as they come back: "le mando" is "me manda"."""
    return frozenset(asked).union(*(_TURNED.get(word, ()) for word in asked))


def _is_harmless(word: str) -> bool:
    return not (word in REFUSING | CHANGING | TIMES or any(character.isdigit() for character in word))


def _agreement(words: list[str], asked: frozenset[str]) -> str:
    """``right`` where the answer says that something is right, ``yes`` where it only agrees, else nothing."""
    if len(words) > _LONGEST:
        return ""
    reached: dict[int, int] = {0: 0}
    for place in range(len(words)):
        if place not in reached:
            continue
        for end in range(place + 1, min(place + _LONGEST_PHRASE, len(words)) + 1):
            phrase = tuple(words[place:end])
            kind = 2 if phrase in RIGHT else 1 if phrase in YES else -1
            if kind < 0 and (phrase in NOTHING or (end == place + 1 and words[place] in asked)):
                kind = 0
            if kind >= 0:
                reached[end] = max(reached.get(end, 0), reached[place], kind)
    return ("", "yes", "right")[reached.get(len(words), 0)]


def _no_before_right(words: list[str], asked: frozenset[str]) -> bool:
    """ "No, no, todo está bien", asked whether it is right: the no may be of a worry, and the rest says yes."""
    rest = list(words)
    while rest and rest[0] in _BARE_NO | _SIGHS:
        rest.pop(0)
    return bool(asked & _IS_RIGHT) and len(rest) < len(words) and _agreement(rest, frozenset()) == "right"


def _contrary(words: list[str], asked: frozenset[str]) -> Consent:
    found, plain = set(words), " ".join(words)
    if "o" in found and {"si", "no"} <= found and len(words) <= 3:  # "sí o no" is our own question, come back
        return "unclear"
    if found <= _WAITING or was_not_heard(plain):
        return "unclear"
    refused = bool(found & REFUSING)
    if _HEDGE.search(plain) or _FAULT_DENIED.search(plain) or denies_a_denial(plain) or speaks_elsewhere(plain):
        return "hedged"
    if "si" in found and found & _BARE_NO and found <= {"si", "no", "y", "o", *_SIGHS}:
        return "hedged"
    if refused and not found & CHANGING and all(word in _DENYING | REFUSING or _says_nothing(word) for word in words):
        return "no"
    numbers = {word for word in words if word in TIMES or any(character.isdigit() for character in word)}
    if refused or found & CHANGING or numbers:
        return "hedged" if not refused and not found & CHANGING and numbers <= asked else "correction"
    return "hedged" if _begins_with_yes(words) else "unclear"


def _says_nothing(word: str) -> bool:
    return (word,) in NOTHING or word in {
        "bien",
        "correcto",
        "correcta",
        "cierto",
        "verdad",
        "acuerdo",
        "seguro",
        "favor",
    }


def _begins_with_yes(words: list[str]) -> bool:
    return any(tuple(words[:length]) in YES | RIGHT for length in range(1, 5))
