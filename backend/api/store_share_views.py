"""What operations see of a share of calls, and of how both versions do."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.store_views import EditView
from backend.domain.share import Share, VersionFigures

__all__ = ["ComparedView", "FiguresView", "PutLive", "PutLiveView", "ShareView", "SharesView", "verdict"]

_ENOUGH = 30
"""Calls of each version below which nothing is concluded."""
What = Literal["transferred", "completed", "failed", "repaired"]
_OUTCOMES: tuple[Literal["transferred", "completed", "failed"], ...] = ("transferred", "completed", "failed")
_SURE = 1.96
"""Standard errors beyond which a difference is hardly chance (95 of 100)."""


class PutLive(BaseModel):
    """A version to be put live, for all new calls or for some."""

    model_config = ConfigDict(extra="forbid")

    version: str = Field(pattern=r"^[0-9a-f]{1,64}$", examples=["3f0c1d2e4b5a"], description="A draft, or a past one.")
    share: int | None = Field(
        default=None, ge=1, le=99, description="Percent of new calls that get it. Left out: all of them."
    )
    note: str = Field(default="", max_length=500, description="Why; it stands in the history.")
    override: str = Field(
        default="",
        max_length=500,
        description="Why it goes live although a line demands rehearsals that it has not passed. For admins; audited.",
    )


class ShareView(BaseModel):
    """Who gets another version than the live one."""

    version: str
    base: str = Field(description="The live version beside it.")
    percent: int
    actor: str
    since: datetime
    note: str

    @classmethod
    def of(cls, share: Share) -> "ShareView":
        """From what the workers agreed on."""
        return cls(**{name: getattr(share, name) for name in cls.model_fields})


class PutLiveView(BaseModel):
    """What became of it."""

    live: bool = Field(description="Does every new call get it?")
    version: str
    share: ShareView | None = None
    edit: EditView | None = None


class FiguresView(BaseModel):
    """How calls with one version went, tests left out."""

    version: str
    calls: int = Field(description="Calls that are over.")
    live: int = Field(description="Calls that go on.")
    outcomes: dict[str, int]
    transfers: int
    turns: int = Field(description="Answers whose wait is known.")
    wait_p50_ms: float | None = Field(description="From the caller's last sound to the answer's first.")
    wait_p95_ms: float | None
    repairs: int = Field(description="How often a question had to be asked again.")
    repaired: int = Field(description="Calls in which it had.")
    counted: int = Field(description="Calls of which that is known.")

    @classmethod
    def of(cls, version: str, figures: VersionFigures) -> "FiguresView":
        """From the records."""
        told = figures.plain()
        return cls(version=version, transfers=figures.outcomes.get("transferred", 0), **told)


class ComparedView(BaseModel):
    """One figure of both versions, as a share of calls, and whether they differ."""

    what: What
    base: float | None = Field(description="Share of calls, 0 to 1.")
    tried: float | None
    verdict: Literal["too_few", "no_difference_seen", "more", "fewer"] = Field(
        description="Of the version that is tried, beside the live one."
    )


class SharesView(BaseModel):
    """The share of calls, and both versions side by side."""

    share: ShareView | None = Field(description="null: every new call gets the live version.")
    active: bool = Field(description="Are calls drawn for it here, now?")
    note: str = Field(description="Why not, in a sentence, although a share is agreed on.")
    base: FiguresView | None = None
    tried: FiguresView | None = None
    enough: bool = Field(default=False, description="Are there enough calls of both to compare?")
    says: str = Field(default="", description="What can be said, in a sentence.")
    compared: list[ComparedView] = []


def verdict(share: Share, base: VersionFigures, tried: VersionFigures) -> tuple[bool, str, list[ComparedView]]:
    """What can be said of two versions: are there enough calls, a sentence, and figure by figure."""
    compared = [
        _compared(what, base.outcomes.get(what, 0), base.calls, tried.outcomes.get(what, 0), tried.calls)
        for what in _OUTCOMES
    ]
    compared.append(_compared("repaired", base.repaired, base.counted, tried.repaired, tried.counted))
    least = min(base.calls, tried.calls)
    if least < _ENOUGH:
        return False, f"too few calls to tell: {tried.calls} and {base.calls}, of {_ENOUGH} that each needs", compared
    differ = [f"{one.verdict} {one.what}" for one in compared if one.verdict in {"more", "fewer"}]
    what = ", ".join(differ) or "no difference that is more than chance"
    return True, f"{share.version} beside {share.base}: {what}", compared


def _compared(what: What, hits: int, of: int, tried_hits: int, tried_of: int) -> ComparedView:
    base, tried = hits / of if of else None, tried_hits / tried_of if tried_of else None
    seen = ComparedView(what=what, base=base, tried=tried, verdict="too_few")
    if base is None or tried is None or min(of, tried_of) < _ENOUGH:
        return seen
    both = (hits + tried_hits) / (of + tried_of)
    error = (both * (1 - both) * (1 / of + 1 / tried_of)) ** 0.5
    if not error or abs(tried - base) <= _SURE * error:
        return seen.model_copy(update={"verdict": "no_difference_seen"})
    return seen.model_copy(update={"verdict": "more" if tried > base else "fewer"})
