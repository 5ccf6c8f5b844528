"""What a call costs, by a price list: the same for the records of calls, the totals of a line, and planning."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType

from backend.domain.call_use import CallUse, ModelUse

__all__ = ["Bill", "Cost", "ModelPrice", "PriceList", "Used"]

_MINUTE_S = 60.0
_HOUR_MIN = 60.0
_HOUR_S = 3600.0
_MILLION = 1_000_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a call is expected to take."""

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
    """The phone service, or a trunk."""
    recognition: float = 0.0
    voice: float = 0.0
    model: float = 0.0
    recording: float = 0.0
    server: float = 0.0
    """Only where it is planned: what a call takes of a server that runs anyhow is on no bill."""

    @property
    def total(self) -> float:
        """All of it."""
        return sum(getattr(self, each.name) for each in fields(self))

    def __add__(self, other: "Cost") -> "Cost":
        """Both together."""
        return Cost(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})


@dataclass(frozen=True, slots=True)
class Bill:
    """What calls cost by the price list, and what of it is not known."""

    currency: str
    cost: Cost
    missing: tuple[str, ...] = ()
    """Sentences: for what there is no price, and where to set it. Nothing of that is in ``cost``."""
    untold: int = 0
    """Answers of the model whose tokens the service did not tell. Nothing of them is in ``cost``."""

    @property
    def at_least(self) -> bool:
        """Is the real cost higher?"""
        return bool(self.missing or self.untold)


@dataclass(frozen=True, slots=True)
class ModelPrice:
    """Prices of a million tokens of one deployment."""

    read: float
    cached: float
    written: float

    def of(self, use: ModelUse) -> float:
        """What this costs."""
        fresh = use.read - use.cached
        return (fresh * self.read + use.cached * self.cached + use.written * self.written) / _MILLION


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """Prices as the providers name them; ``config/prices.py`` has their defaults. ``None``: there is none."""

    currency: str
    phone_minute: float
    trunk_minute: float | None = None
    recognition_hour: float
    voice_million_characters: float
    recording_minute: float | None = None
    model_million_tokens_read: float
    model_million_tokens_cached: float | None = None
    """``None``: as those that are read anew."""
    model_million_tokens_written: float
    deployment: str = ""
    """The deployment that these are the prices of."""
    models: Mapping[str, ModelPrice] = field(default_factory=lambda: MappingProxyType(dict[str, ModelPrice]()))
    """Of other deployments, by name."""
    core_hour: float

    def cost(self, used: Used) -> Cost:
        """What a call is expected to cost."""
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

    def bill(self, use: CallUse) -> Bill:
        """What calls cost that took this."""
        missing: list[str] = []
        cost = Cost(
            phone=use.phone_s / _MINUTE_S * self.phone_minute
            + _priced(use.trunk_s / _MINUTE_S, self.trunk_minute, missing, _NO_TRUNK),
            recognition=use.heard_s / _HOUR_S * self.recognition_hour,
            voice=use.spoken / _MILLION * self.voice_million_characters,
            model=sum(self._of_model(name, model, missing) for name, model in sorted(use.models.items())),
            recording=_priced(use.recorded_s / _MINUTE_S, self.recording_minute, missing, _NO_RECORDING),
        )
        return Bill(self.currency, cost, tuple(missing), use.untold)

    def _of_model(self, deployment: str, use: ModelUse, missing: list[str]) -> float:
        price = self.models.get(deployment)
        if price is None and deployment in (self.deployment, ""):
            read, cached = self.model_million_tokens_read, self.model_million_tokens_cached
            price = ModelPrice(read, read if cached is None else cached, self.model_million_tokens_written)
        if price is not None:
            return price.of(use)
        if use.read or use.written:
            missing.append(f"no price for the tokens of {deployment}: add it to PRICE_MODELS")
        return 0.0


_NO_TRUNK = "no price for a minute on a trunk: set PRICE_TRUNK_MINUTE"
_NO_RECORDING = "no price for a recorded minute: set PRICE_RECORDING_MINUTE"


def _priced(amount: float, price: float | None, missing: list[str], sentence: str) -> float:
    if price is None and amount > 0:
        missing.append(sentence)
    return amount * (price or 0.0)
