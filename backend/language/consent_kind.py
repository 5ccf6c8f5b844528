"""What an answer to a question for a yes may be."""

from typing import Literal

__all__ = ["Consent"]

Consent = Literal["yes", "no", "correction", "hedged", "unclear"]
"""``hedged``: half a yes, or a yes and a no. ``unclear``: neither, and nothing of the kind."""
