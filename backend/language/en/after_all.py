"""What is said of everybody in the end, against what was told of somebody before it."""

from collections.abc import Sequence

__all__ = ["is_of_everybody"]

_EVERYBODY = frozenset(
    "everybody everybody's everyone everyone's nobody nobody's anybody anyone none we we're us they they're all".split()
)
_OF_THE_REST = frozenset("else other others otherwise rest though except besides".split())


def is_of_everybody(tokens: Sequence[str]) -> bool:
    """Does a clause speak of all of them, and not of the others only: "we're all fine", not "everyone else is"?"""
    return not _EVERYBODY.isdisjoint(tokens) and _OF_THE_REST.isdisjoint(tokens)
