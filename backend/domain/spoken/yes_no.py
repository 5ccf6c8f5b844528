"""Yes and no, in the words that people use for them."""

from backend.domain.spoken.tokens import words

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
    """``True`` for a yes, ``False`` for a no, ``None`` when it is neither.

    The first of the two words decides ("no, that's right" is a no), but "not" before a yes
    word makes it one too ("that is not correct").
    """
    tokens = words(text)
    said = " ".join(tokens)
    if any(phrase in said for phrase in _NO_PHRASES):
        return False
    for token in tokens:
        if token in _NO:
            return False
        if token in _YES - _WEAK:
            return True
    short = len(tokens) <= 2 or any(
        lead in said for lead in ("that is", "that's", "is right", "is correct", "all right")
    )
    return True if short and set(tokens) & _WEAK else None
