"""Goodbyes in English, and callers who cannot say."""

import re

from backend.language.tokens import words

__all__ = ["does_not_know", "has_goodbye", "says_goodbye"]

_GOODBYE = re.compile(
    r"^(?:(?:okay|ok|well|no|all right|alright|so|thanks|thank you|that is all|that's all|have a good day|then) )*"
    r"(?:goodbye|good bye|bye bye|bye|see you)(?: (?:now|then|thanks|thank you))*$"
)
_LEAD = r"(?:(?:um|uh|er|well|oh|sorry|honestly|actually|hmm|no|i'm sorry|to be honest|i'm afraid) )*"
_TAIL = (
    r"(?: (?:that|it|this|them|right now|now|at the moment|off ?hand|any ?more|sorry|exactly|really|for sure"
    r"|about that|with me|by heart|what that is|which one|either))*"
)
_CORE = (
    r"(?:(?:i )?(?:really |honestly |just )?(?:don't|do not|didn't|did not|wouldn't|would not)"
    r" (?:really |actually |even )?(?:know|remember|recall|have (?:it|that|one|them|a clue|any idea|the number))"
    r"|i (?:can't|cannot|can not|couldn't) (?:really |actually )?(?:say|tell(?: you)?|remember|recall)"
    r"|(?:i )?(?:have |have got |got )?no (?:idea|clue)|(?:i )?haven't (?:a clue|the faintest|got a clue|got it)"
    r"|(?:i'm |i am )?(?:really )?not (?:really )?(?:sure|certain)|(?:i'm |i am )unsure|(?:i )?dunno|beats me"
    r"|i (?:forgot|forget|have forgotten)|i've forgotten|unknown|who knows|god knows|hard to say|search me)"
)
_WHOLE = re.compile(f"^{_LEAD}{_CORE}{_TAIL}$")


def says_goodbye(text: str) -> bool:
    """Is all of this a goodbye, and no answer to anything?"""
    return bool(_GOODBYE.match(" ".join(words(text))))


def has_goodbye(text: str) -> bool:
    """Is there a goodbye among these words?"""
    return bool({"bye", "goodbye", "good-bye"} & set(words(text)))


def does_not_know(text: str) -> bool:
    """Does the whole of ``text`` say that the caller does not know? "I don't know, about five" does not."""
    return bool(_WHOLE.match(" ".join(words(text))))
