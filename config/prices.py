"""The price list: what a call costs is computed from it, and read from no bill."""

import json
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

from backend.domain.prices import ModelPrice, PriceList
from config.concern import Concern
from config.shapes import shaped

__all__ = ["PriceSettings"]

_Price = Annotated[float, Field(ge=0, le=10_000)]
_PriceOrNone = Annotated[float | None, BeforeValidator(lambda value: None if value == "" else value)]


def _table(value: Any) -> Any:
    """What stands in the environment, read as JSON."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value or "{}")
    except ValueError as error:
        raise ValueError('expected JSON such as {"gpt-5-mini": [0.25, 0.025, 2.0]}') from error


_Table = Annotated[dict[str, tuple[_Price, _Price, _Price]], NoDecode, BeforeValidator(_table)]


class PriceSettings(Concern):
    """Prices by which the cost of calls is told. The defaults are list prices that may be old; yours are on your bill.

    They change nothing but what is told: the cap of a day has estimates of its own, ``COST_PER_MINUTE`` and
    ``COST_PER_1000_TOKENS``.
    """

    price_currency: Annotated[str, Field(min_length=3), shaped(r"[A-Z]{3}", "three letters such as USD")] = "USD"
    """Currency of all prices, in three letters."""
    price_phone_minute: float = Field(default=0.026, ge=0, le=1000)
    """A minute on the line: the number's own (0.022, toll-free in the United States) and the server's side (0.004)."""
    price_trunk_minute: _PriceOrNone = Field(default=None, ge=0, le=1000)
    """A minute on a SIP trunk of LiveKit, the carrier's and LiveKit's together; unset: none is known."""
    price_recognition_hour: float = Field(default=1.0, ge=0, le=1000)
    """An hour of audio that is recognized as it is spoken."""
    price_voice_million_characters: float = Field(default=16.0, ge=0, le=10_000)
    """A million characters of text that are spoken."""
    price_recording_minute: _PriceOrNone = Field(default=0.0004, ge=0, le=1000)
    """A recorded minute for as long as it is kept: by default 6 MB in hot storage for 90 days."""
    price_million_tokens_read: float = Field(default=1.25, ge=0, le=10_000)
    """A million tokens that the deployment AZURE_OPENAI_DEPLOYMENT reads."""
    price_million_tokens_cached: _PriceOrNone = Field(default=0.125, ge=0, le=10_000)
    """Of those, a million that the service has in its cache; unset: as the others."""
    price_million_tokens_written: float = Field(default=10.0, ge=0, le=10_000)
    """A million tokens that it writes."""
    price_models: _Table = Field(default_factory=dict[str, tuple[float, float, float]])
    """Other deployments, as JSON: ``{"NAME": [READ, CACHED, WRITTEN]}``, each for a million tokens."""
    price_core_hour: float = Field(default=0.1, ge=0, le=1000)
    """An hour of one processor core of this server, with its memory."""

    def price_list(self, deployment: str = "") -> PriceList:
        """As the server computes with it; ``deployment`` is the one that has the prices of a model without a name."""
        return PriceList(
            currency=self.price_currency,
            phone_minute=self.price_phone_minute,
            trunk_minute=self.price_trunk_minute,
            recognition_hour=self.price_recognition_hour,
            voice_million_characters=self.price_voice_million_characters,
            recording_minute=self.price_recording_minute,
            model_million_tokens_read=self.price_million_tokens_read,
            model_million_tokens_cached=self.price_million_tokens_cached,
            model_million_tokens_written=self.price_million_tokens_written,
            deployment=deployment,
            models={name: ModelPrice(*prices) for name, prices in self.price_models.items()},
            core_hour=self.price_core_hour,
        )
