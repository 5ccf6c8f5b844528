"""Does an answer agree? An allow-list: what is not plainly a yes is none."""

from typing import Literal

from backend.domain.spoken.tokens import words

__all__ = ["Consent", "read_consent"]

Consent = Literal["yes", "no", "correction", "unclear"]

_YES = frozenset("yes yeah yep yup sure correct right ok okay fine".split())
_HARMLESS = frozenset("please thanks thank you that's is that it all".split())
_NO = frozenset("no nope not never don't wrong incorrect".split())


def read_consent(text: str, *, keys: bool = False, negative: bool = False) -> Consent:
    """What ``text`` says to a question for a yes.

    Args:
        text: the caller's words.
        keys: 1 was offered for yes and 2 for no.
        negative: the question was put negatively, so that a bare yes or no may mean either.
    """
    said = words(text)
    if keys and said in (["1"], ["one"], ["2"], ["two"]):
        return "yes" if said[0] in {"1", "one"} else "no"
    if not said:
        return "unclear"
    if set(said) & _NO:
        return "no" if len(said) <= 3 else "correction"
    if set(said) <= _YES | _HARMLESS and set(said) & _YES:
        return "unclear" if negative and len(said) == 1 else "yes"
    return "correction" if set(said) & _YES else "unclear"
