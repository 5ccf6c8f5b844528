"""Questions that hold their own answer: guesses, and choices of two."""

import re

from local_azure.phone.car_truth import names_a_car
from local_azure.phone.persona import Persona, Utterance

__all__ = ["is_guess", "names_something_else", "option_named"]

_GUESS = re.compile(
    r"^(?:(?:so|then|okay|ok|and|alright|all right|thanks|thank you|just to be sure)[, ]+)*"
    r"(?:you (?:said|mean|were|are|told)|i (?:understood|heard|have|got|understand)|it (?:was|is|happened)"
    r"|that (?:was|is)"
    r"|that's|it's|was (?:it|that|this)|is (?:it|that|this)|did you mean|do you mean)\b"
)
_A_VEHICLE = re.compile(r"^(?:\w+[, ]+){0,3}(?:was|is|were|are|did|do|does)\b")
_ANOTHER_CASE = re.compile(
    r"\b(?:same|earlier|other|another|that) (?:accident|incident|claim|loss|event|thing)\b.*\?"
    r"|\badd (?:it|this|that) to\b"
)
_OPTIONS = re.compile(
    r"\b(?:in the |at |on |by |a |an |the )?([a-z]+(?: [a-z]+)?) or (?:in the |at |on |by |a |an |the )?([a-z]+)"
)
_PLAIN = frozenset("yes no not one two you it that this more right correct so the and".split())


def is_guess(question: str) -> bool:
    """Does it only want to be told whether it is so?"""
    return bool(_GUESS.search(question)) or (names_a_car(question) and bool(_A_VEHICLE.search(question)))


def names_something_else(question: str) -> bool:
    """Is it about another claim? Everybody here calls for the first time."""
    return bool(_ANOTHER_CASE.search(question))


def option_named(persona: Persona, question: str) -> Utterance | None:
    """The utterance that holds one of the two things to choose from, and not the other."""
    match = _OPTIONS.search(question)
    if match is None:
        return None
    first, second = match.group(1).split()[-1], match.group(2)
    if {first, second} & _PLAIN:
        return None
    for one in persona.utterances:
        said = " ".join(one.forms).lower().split()
        if (first in said) is not (second in said):
            return one
    return None
