"""Moments in which a conversation decides who has the floor; what is counted of them tells how well it listens."""

from typing import Literal

__all__ = ["FloorMoment"]

FloorMoment = Literal[
    "early_used",  # the model began on words that were not final, and its answer was used
    "early_wasted",  # it began, and the caller went on or had said something else
    "held",  # the caller made a sound while the agent spoke: the voice was held
    "hold_unconfirmed",  # there were no words in it (a cough, "uh-huh"): the voice went on
    "interrupted",  # words took the floor
    "out_of_order",  # it changed in a way that its table does not allow: a fault of ours
    "taken_back",  # an answer had begun too early: both halves became one turn
]
