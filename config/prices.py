"""The price list: what a call costs is computed from it, and read from no bill."""

from pydantic import Field

from backend.domain.prices import PriceList
from config.concern import Concern

__all__ = ["PriceSettings"]


class PriceSettings(Concern):
    """Prices by which the cost of calls is told. The defaults are list prices that may be old; yours are on your bill.

    They change nothing but what is told: the cap of a day has estimates of its own, ``COST_PER_MINUTE`` and
    ``COST_PER_1000_TOKENS``.
    """

    price_currency: str = Field(default="USD", min_length=3, max_length=3, pattern="^[A-Z]{3}$")
    """Currency of all prices, in three letters."""
    price_phone_minute: float = Field(default=0.026, ge=0, le=1000)
    """A minute on the line: the number's own (0.022, toll-free in the United States) and the server's side (0.004)."""
    price_recognition_hour: float = Field(default=1.0, ge=0, le=1000)
    """An hour of audio that is recognized as it is spoken."""
    price_voice_million_characters: float = Field(default=16.0, ge=0, le=10_000)
    """A million characters of text that are spoken."""
    price_million_tokens_read: float = Field(default=1.25, ge=0, le=10_000)
    """A million tokens that the model reads."""
    price_million_tokens_written: float = Field(default=10.0, ge=0, le=10_000)
    """A million tokens that the model writes."""
    price_core_hour: float = Field(default=0.1, ge=0, le=1000)
    """An hour of one processor core of this server, with its memory."""

    def price_list(self) -> PriceList:
        """As the server computes with it."""
        return PriceList(
            currency=self.price_currency,
            phone_minute=self.price_phone_minute,
            recognition_hour=self.price_recognition_hour,
            voice_million_characters=self.price_voice_million_characters,
            model_million_tokens_read=self.price_million_tokens_read,
            model_million_tokens_written=self.price_million_tokens_written,
            core_hour=self.price_core_hour,
        )
