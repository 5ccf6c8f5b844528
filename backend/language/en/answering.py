"""How a phone is answered: by a person, who greets, or by a machine, which asks for a message."""

import re

from backend.language.tokens import words

__all__ = ["is_greeting", "sounds_like_machine", "sounds_like_person"]

_SURELY = re.compile(
    r"\b(?:after|at|wait for|following) the (?:tone|beep|signal)\b"
    r"|\bleave (?:me |us |him |her |them )?(?:a |your |the )(?:detailed |short |brief )?(?:message|name)\b"
    r"|\b(?:record|leave) your (?:message|name)\b"
    r"|\b(?:voice ?mail|voice-mail|voice mailbox|mailbox|answering machine)\b"
    r"|\bat the tone\b|\bmailbox is full\b"
    r"|\bdespues (?:de la senal|del tono)\b|\bdeje (?:su|un) mensaje\b"
)
_PERHAPS = re.compile(
    r"\b(?:you have|you've|you) reached\b"
    r"|\b(?:not|isn't|aren't) (?:available|here|home|in)\b|\bunavailable\b"
    r"|\b(?:cannot|can't|unable to|not able to) (?:take|answer|come|get)\b"
    r"|\b(?:get|call|be) back (?:to|with)? ?you\b|\breturn your call\b"
    r"|\bas soon as (?:i|we|possible)\b|\bthe (?:person|number|customer|subscriber) you\b"
)
_ASKED = re.compile(r"\b(?:do you want|would you like|you want|can i|may i|could i|shall i|should i)\b")
"""Who asks this is a person, whatever else they say: "would you like to leave a message?"."""

_PERSON = re.compile(
    r"\b(?:how (?:can|may|could) (?:i|we) help|what can (?:i|we) do for you|(?:can|may) i help you"
    r"|who is (?:this|calling)"
    r"|who's (?:this|calling|there)|speaking|hold on|one moment)\b"
)
_GREETING = frozenset(
    "hello hi hey yes yeah yep speaking who who's is this it it's that there here good morning afternoon evening what "
    "sorry pardon um uh oh ok okay please am i'm calling".split()
)


def sounds_like_machine(text: str) -> bool:
    """Do only machines say this? One sure sign, or two that a secretary might give as well."""
    plain = " ".join(words(text))
    if _ASKED.search(plain):
        return False
    return bool(_SURELY.search(plain)) or len({found.group() for found in _PERHAPS.finditer(plain)}) > 1


def sounds_like_person(text: str) -> bool:
    """Does somebody wait for an answer? A receptionist's hello may be as long as a machine's."""
    plain = " ".join(words(text))
    return bool(_ASKED.search(plain) or _PERSON.search(plain))


def is_greeting(text: str) -> bool:
    """Is it nothing but a hello, which asks for no answer of its own?"""
    return all(word in _GREETING for word in words(text))
