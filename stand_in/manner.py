"""How clever the stand-in model is."""

from typing import Literal

__all__ = ["MANNERS", "Manner"]

Manner = Literal["usual", "dumb", "tidy"]
"""
usual  the answer to a question in the caller's words, and what a story tells besides as values
dumb   as a poor model: the bare words in the field that was asked, one at a time; it reads nothing by itself
tidy   as a good model: whatever it can read goes to the tool as a value of its schema, the words where it cannot
"""

MANNERS: tuple[Manner, ...] = ("usual", "dumb", "tidy")
"""All of them."""
