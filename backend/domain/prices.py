"""What a call costs, by a price list: the same for the records of calls, the totals of a line, and planning."""

from dataclasses import dataclass, fields

__all__ = ["Cost", "PriceList", "Used"]

_HOUR_MIN = 60.0
_HOUR_S = 3600.0
_MILLION = 1_000_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a call, or many together, took."""

    phone_minutes: float = 0.0
    """On the line, both sides of which the telephone service bills."""
    recognized_minutes: float = 0.0
    """Audio given to the recognizer, silence included."""
    voice_characters: float = 0.0
    """Text given to the voice."""
    tokens_read: float = 0.0
    tokens_written: float = 0.0
    core_seconds: float = 0.0
    """Processor of this server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Money, by what it is for, in the currency of the price list."""

    phone: float = 0.0
    recognition: float = 0.0
    voice: float = 0.0
    model: float = 0.0
    server: float = 0.0

    @property
    def total(self) -> float:
        """All of it."""
        return self.phone + self.recognition + self.voice + self.model + self.server

    def __add__(self, other: "Cost") -> "Cost":
        """Both together."""
        return Cost(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """Prices as the providers name them; ``config/prices.py`` has their defaults."""

    currency: str
    phone_minute: float
    recognition_hour: float
    voice_million_characters: float
    model_million_tokens_read: float
    model_million_tokens_written: float
    core_hour: float

    def cost(self, used: Used) -> Cost:
        """What this costs."""
        return Cost(
            phone=used.phone_minutes * self.phone_minute,
            recognition=used.recognized_minutes / _HOUR_MIN * self.recognition_hour,
            voice=used.voice_characters / _MILLION * self.voice_million_characters,
            model=(
                used.tokens_read * self.model_million_tokens_read
                + used.tokens_written * self.model_million_tokens_written
            )
            / _MILLION,
            server=used.core_seconds / _HOUR_S * self.core_hour,
        )
