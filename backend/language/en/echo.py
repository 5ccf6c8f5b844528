"""English words of a question that is said again before its answer."""

from backend.language.echo import Echo

__all__ = ["ECHO"]

ECHO = Echo(
    yes=frozenset("yes yeah yep yup yea".split()),
    no=frozenset("no nope nah".split()),
    denials=frozenset(
        "not never nobody none nothing no-one without isn't wasn't aren't weren't don't doesn't didn't can't"
        " won't".split()
    ),
    joints=frozenset("and but so well um uh oh".split()),
    small=frozenset(
        "is it was were are be been being am do does did can could has have had will would the a an any anyone anybody"
        " someone somebody there in that this still".split()
    ),
)
"""The rule for English."""
