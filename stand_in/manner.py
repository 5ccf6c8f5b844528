"""How clever the stand-in model is."""

from typing import Literal

__all__ = ["MANNERS", "Manner"]

Manner = Literal["usual", "dumb"]
"""``dumb``: passes the caller's bare words on in the field that was asked, one at a time; reads nothing by itself."""

MANNERS: tuple[Manner, ...] = ("usual", "dumb")
