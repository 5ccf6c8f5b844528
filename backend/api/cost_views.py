"""What calls took of what costs money, and what that comes to by the price list."""

from pydantic import BaseModel, Field

from backend.domain.call_use import CallUse, UseTotals
from backend.domain.prices import Bill, PriceList

__all__ = ["CallTotalsView", "CostView", "ModelUseView", "UseView"]

_CENTS = 6
"""Digits behind the point: a turn costs a fraction of a cent."""


class ModelUseView(BaseModel):
    """What one deployment of the model did."""

    deployment: str = Field(description="Empty: the one of the settings.")
    answers: int = Field(description="Asked for, those that were given up included.")
    untold: int = Field(description="Answers whose tokens the service did not tell; they are not in what follows.")
    read: int = Field(description="Tokens.")
    cached: int = Field(description="Of those read, the ones that the service had in its cache.")
    written: int = Field(description="Tokens.")


class UseView(BaseModel):
    """Amounts of what costs money."""

    phone_minutes: float = Field(description="On a line of ACS.")
    trunk_minutes: float = Field(description="On a SIP trunk of LiveKit.")
    heard_seconds: float = Field(description="Audio given to the recognizer, silence included.")
    spoken_characters: int = Field(description="Text given to the voice; phrases whose sound is kept are not.")
    recorded_minutes: float
    models: list[ModelUseView]

    @classmethod
    def of(cls, use: CallUse) -> "UseView":
        """From the record."""
        return cls(
            phone_minutes=round(use.phone_s / 60, 3),
            trunk_minutes=round(use.trunk_s / 60, 3),
            heard_seconds=round(use.heard_s, 1),
            spoken_characters=use.spoken,
            recorded_minutes=round(use.recorded_s / 60, 3),
            models=[
                ModelUseView(
                    deployment=name, answers=model.answers, untold=model.untold, read=model.read, cached=model.cached,
                    written=model.written,
                )
                for name, model in sorted(use.models.items())
            ],
        )  # fmt: skip


class CostView(BaseModel):
    """Money by the price list of the settings as it is now, not by a bill; for operators."""

    currency: str
    total: float = Field(description="Of what is known. Where `at_least` is true the real cost is higher.")
    at_least: bool
    missing: list[str] = Field(description="Sentences: for what there is no price, and what to set.")
    untold: int = Field(description="Answers of the model whose tokens are not known, and not in it.")
    phone: float = Field(description="ACS and trunks.")
    recognition: float
    voice: float
    model: float
    recording: float

    @classmethod
    def of(cls, bill: Bill) -> "CostView":
        """From what the price list says."""
        parts = {name: round(getattr(bill.cost, name), _CENTS) for name in _PARTS}
        return cls(
            currency=bill.currency,
            total=round(bill.cost.total, _CENTS),
            at_least=bill.at_least,
            missing=list(bill.missing),
            untold=bill.untold,
            **parts,
        )

    @classmethod
    def by(cls, prices: PriceList | None, use: CallUse | None) -> "CostView | None":
        """What this costs; ``None`` where nobody is to be told, or nothing is known."""
        return None if prices is None or use is None else cls.of(prices.bill(use))


_PARTS = ("phone", "recognition", "voice", "model", "recording")


class CallTotalsView(BaseModel):
    """What many calls took together."""

    calls: int = Field(description="Calls that fit; tests are left out, unless `test=true` asks for them.")
    unknown: int = Field(description="Of those, calls of which it is not known: an earlier version wrote them down.")
    use: UseView
    cost: CostView | None = Field(description="For operators; empty for those who are viewers only.")

    @classmethod
    def of(cls, totals: UseTotals, prices: PriceList | None) -> "CallTotalsView":
        """From the records; ``prices`` where whoever asks may see money."""
        return cls(
            calls=totals.calls,
            unknown=totals.unknown,
            use=UseView.of(totals.use),
            cost=CostView.by(prices, totals.use),
        )
