"""What a call has taken of what costs money: telephony, speech, the model, recordings. Amounts only, never money."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec

__all__ = ["CallUse", "ModelUse", "UseTotals"]


class ModelUse(msgspec.Struct):
    """What one deployment of the model did, in tokens as the service counts them."""

    answers: int = 0
    """Answers that were asked of it, those that were given up included."""
    untold: int = 0
    """Answers whose tokens the service did not tell: they are not in the figures below."""
    read: int = 0
    """Tokens read, ``cached`` included."""
    cached: int = 0
    """Of those, the ones that the service had in its cache; 0 also where it tells nothing of a cache."""
    written: int = 0


class CallUse(msgspec.Struct):
    """What one call, or many together, took so far. Within a call no amount ever becomes less."""

    phone_s: float = 0.0
    """Seconds on a line of the phone service (ACS)."""
    trunk_s: float = 0.0
    """Seconds on a SIP trunk of LiveKit."""
    heard_s: float = 0.0
    """Seconds of audio that were given to the recognizer, silence included."""
    spoken: int = 0
    """Characters of text that were given to the voice; phrases whose sound is kept are not given to it."""
    recorded_s: float = 0.0
    """Seconds that were recorded, pauses included."""
    models: dict[str, ModelUse] = msgspec.field(default_factory=dict[str, ModelUse])
    """By name of the deployment."""

    def model(self, deployment: str) -> ModelUse:
        """What this deployment did, to be added to."""
        return self.models.setdefault(deployment, ModelUse())

    def note_answer(self, deployment: str, read: int | None, cached: int | None, written: int | None) -> None:
        """One answer was asked of a deployment; ``None``: the service did not say."""
        use = self.model(deployment)
        use.answers += 1
        if read is None or written is None:
            use.untold += 1
            return
        use.read += read
        use.cached += min(read, cached or 0)
        use.written += written

    def raise_to(self, other: "CallUse") -> None:
        """Be at least as much as what somebody else knows of the same call. It is counted once, whoever counted."""
        _each(self, other, max)

    def add(self, other: "CallUse") -> None:
        """Take another call to this."""
        _each(self, other, lambda one, two: one + two)

    @property
    def untold(self) -> int:
        """Answers whose tokens are not known."""
        return sum(use.untold for use in self.models.values())


_AMOUNTS = ("phone_s", "trunk_s", "heard_s", "spoken", "recorded_s")
_COUNTS = ("answers", "untold", "read", "cached", "written")


def _each(mine: CallUse, theirs: CallUse, join: Callable[[float, float], float]) -> None:
    for name in _AMOUNTS:
        setattr(mine, name, join(getattr(mine, name), getattr(theirs, name)))
    for deployment, their_model in theirs.models.items():
        my_model = mine.model(deployment)
        for name in _COUNTS:
            setattr(my_model, name, join(getattr(my_model, name), getattr(their_model, name)))


@dataclass(frozen=True, slots=True)
class UseTotals:
    """What many calls took together."""

    calls: int = 0
    unknown: int = 0
    """Of those, calls of which it is not known: an earlier version wrote them down."""
    use: CallUse = field(default_factory=CallUse)

    @classmethod
    def of(cls, uses: Iterable[CallUse | None]) -> "UseTotals":
        """From what each call took; ``None``: not known."""
        known, calls, total = 0, 0, CallUse()
        for use in uses:
            calls += 1
            if use is not None:
                known += 1
                total.add(use)
        return cls(calls, calls - known, total)

    def __add__(self, other: "UseTotals") -> "UseTotals":
        """Both together."""
        total = CallUse()
        total.add(self.use)
        total.add(other.use)
        return UseTotals(self.calls + other.calls, self.unknown + other.unknown, total)
