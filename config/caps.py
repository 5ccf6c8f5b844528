"""Caps on calls: for one number, for a day, and on what a day may cost."""

from pydantic import Field

from config.concern import Concern

__all__ = ["CapSettings"]


class CapSettings(Concern):
    """How many calls there may be, counted over all workers in the last hour and the last 24 hours. 0 is no cap.

    Calls of tests are not capped. A caller beyond a cap is answered and told so, with what to do in an emergency.
    """

    calls_per_caller_hour: int = Field(default=20, ge=0, le=100_000)
    """Calls from one number in an hour; withheld numbers have no count of their own."""
    calls_per_caller_day: int = Field(default=60, ge=0, le=100_000)
    """Calls from one number in 24 hours."""
    calls_per_day: int = Field(default=0, ge=0, le=10_000_000)
    """Calls that come in within 24 hours, all together."""
    placed_calls_per_number_day: int = Field(default=10, ge=0, le=100_000)
    """Calls placed, and calls transferred by people, to one number in 24 hours."""
    placed_calls_per_day: int = Field(default=500, ge=0, le=10_000_000)
    """Calls placed, and calls transferred by people, in 24 hours, all together."""
    cost_per_day: float = Field(default=0, ge=0, le=10_000_000)
    """What calls of 24 hours may cost, by the estimates below and in their currency; beyond it no call is begun."""
    cost_per_minute: float = Field(default=0.06, ge=0, le=1000)
    """Estimate of a minute of a call: telephony, recognition and voice. Read from no bill: yours may differ."""
    cost_per_1000_tokens: float = Field(default=0.002, ge=0, le=1000)
    """Estimate of 1000 tokens of the model, those that it reads and those that it writes."""
