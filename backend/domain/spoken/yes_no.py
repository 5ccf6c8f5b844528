"""Yes and no, in the words that people use for them."""

from backend.domain.spoken.consent import read_consent
from backend.domain.spoken.tokens import words
from backend.domain.spoken.unsure import does_not_know

__all__ = ["read_yes_no"]

_YES = frozenset(
    "yes yeah yep yup yea sure correct right absolutely definitely certainly affirmative indeed exactly true okay ok "
    "fine please perfect good yet guess".split()
)
_WEAK = frozenset("right correct yet guess please good fine perfect true sure exactly".split())
"""Words that are a yes only in a short answer or after "that's": "the right little" is none."""

_NO = frozenset(
    "no nope nah not never negative wrong incorrect false none nobody nothing don't doesn't isn't can't".split()
)
_NO_PHRASES = ("not correct", "not right", "that's wrong", "not quite", "no one")


def read_yes_no(text: str) -> bool | None:
    """``True`` for a yes, ``False`` for a no, ``None`` when it is neither, or both.

    For answers about facts ("yes, it still drives"), where more may be said than a yes. What is agreed to is read by
    ``backend.domain.spoken.consent``, which is stricter.
    """
    if does_not_know(text):
        return None
    plain = read_consent(text)
    if plain in ("yes", "no"):
        return plain == "yes"
    tokens = words(text)
    said = " ".join(tokens)
    if any(phrase in said for phrase in _NO_PHRASES):
        return False
    denied = any(token in _NO or token.endswith("n't") for token in tokens)
    agreed = any(token in _YES - _WEAK for token in tokens)
    if denied or agreed:
        return None if denied and agreed else agreed
    short = len(tokens) <= 2 or any(
        lead in said for lead in ("that is", "that's", "is right", "is correct", "all right")
    )
    return True if short and set(tokens) & _WEAK else None
