"""A call as somebody hears it who listens in: a few hundredths of a second of both sides."""

from array import array

import msgspec

__all__ = ["FRAMES", "Overheard", "side_by_side"]

FRAMES = 3
"""Frames of 20 ms that go together: 60 ms are nothing to an ear, and a third of the messages."""


class Overheard(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``FRAMES`` frames of a call. What callers say is in it: it goes to an ear, and is kept nowhere.

    Attributes:
        rate: samples a second.
        pcm: 16-bit little-endian stereo: the caller left; right what the caller hears.
        hushed: the caller was asked for a secret; their side is silence.
        colleague: the visit of a colleague who speaks with the caller instead of the agent; empty: nobody does.
        over: the call has ended; nothing follows, and nothing is heard.
    """

    rate: int
    pcm: bytes
    hushed: bool = False
    colleague: str = ""
    over: bool = False

    def __repr__(self) -> str:
        return f"Overheard(rate={self.rate}, hushed={self.hushed})"


def side_by_side(left: bytes, right: bytes) -> bytes:
    """Two voices of the same length, 16-bit mono, as stereo."""
    both = array("h", bytes(2 * len(left)))
    both[0::2], both[1::2] = array("h", left), array("h", right)
    return both.tobytes()
