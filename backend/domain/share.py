"""A version of the agent store that some of the new calls get, beside the one that is live."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

__all__ = ["Share", "VersionFigures"]

_SPAN = 2**32


@dataclass(frozen=True, slots=True)
class Share:
    """Who gets another version than the live one.

    Attributes:
        version: the one that is tried.
        base: the one that was live when it began. When another goes live, the share is over.
        percent: of new calls, 1 to 99.
        actor: who began it.
        since: when.
        note: why, in their words.
    """

    version: str
    base: str
    percent: int
    actor: str
    since: datetime
    note: str = ""

    def draws(self, call_id: str) -> bool:
        """Does this call get it? The same at every worker, and for the same call always."""
        digest = hashlib.sha256(f"{self.version}/{call_id}".encode()).digest()
        return int.from_bytes(digest[:4], "big") * 100 < self.percent * _SPAN

    def text(self) -> str:
        """As the workers tell it each other."""
        return json.dumps(asdict(self) | {"since": self.since.isoformat()}, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "Share":
        """From what ``text`` gave.

        Raises:
            ValueError: it is none.
        """
        try:
            content = json.loads(text)
            return cls(**content | {"since": datetime.fromisoformat(content["since"])})
        except (TypeError, KeyError, ValueError) as error:
            raise ValueError("this is no share of calls") from error


@dataclass(frozen=True, slots=True)
class VersionFigures:
    """How calls with one version went since a moment, tests left out.

    Attributes:
        calls: how many are over.
        live: how many go on.
        outcomes: how many ended how.
        turns: answers whose wait is known.
        wait_p50_ms: half of the answers began sooner after the caller's last sound; ``None``: none is known.
        wait_p95_ms: so did 95 of 100.
        counted: calls of which it is known how often something was asked again.
        repairs: how often, in all of those.
        repaired: calls in which it was.
    """

    calls: int = 0
    live: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict[str, int])
    turns: int = 0
    wait_p50_ms: float | None = None
    wait_p95_ms: float | None = None
    counted: int = 0
    repairs: int = 0
    repaired: int = 0

    def plain(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)
