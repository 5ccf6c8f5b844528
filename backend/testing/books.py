"""Books in memory: policies and claims for tests and rehearsals."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from backend.domain.callback import CallbackWish
from backend.domain.records import ClaimNote, ClaimRecord, Policyholder, Vehicle
from backend.domain.revision import Revision
from backend.domain.search import FILED_CLAIMS, ClaimQuery, FoundClaim, Totals

__all__ = ["MemoryCallbacks", "MemoryClaimSearch", "MemoryClaims", "MemoryPolicies", "MemoryRevisions"]


class MemoryPolicies:
    """``PolicyBook`` of given policies."""

    def __init__(self, policies: Sequence[Policyholder]) -> None:
        self._policies = {policy.policy_id: policy for policy in policies}

    @classmethod
    def from_yaml(cls, path: Path) -> "MemoryPolicies":
        """The policies of a demo book."""
        rows = yaml.safe_load(path.read_text())["policyholders"]
        return cls([Policyholder(**row | {"vehicles": tuple(Vehicle(**v) for v in row["vehicles"])}) for row in rows])

    async def get(self, policy_id: str) -> Policyholder | None:
        """One policy."""
        return self._policies.get(policy_id)

    async def all(self) -> Sequence[Policyholder]:
        """Every policy."""
        return list(self._policies.values())


class MemoryCallbacks:
    """``CallbackBook`` that forgets when the process ends."""

    def __init__(self) -> None:
        self._by_call: dict[str, CallbackWish] = {}

    async def keep(self, wish: CallbackWish) -> None:
        """One for each call."""
        self._by_call[wish.call_id] = wish

    async def get(self, call_id: str) -> CallbackWish | None:
        """The wish of one call."""
        return self._by_call.get(call_id)

    async def list(
        self,
        *,
        limit: int = 50,
        line: str | None = None,
        test: bool | None = None,
        before: str = "",
        lines: Collection[str] | None = None,
    ) -> Sequence[CallbackWish]:
        """The newest first."""
        found = [w for w in self._by_call.values() if line in (None, w.line) and test in (None, w.test)]
        found = [wish for wish in found if lines is None or wish.line in lines]
        found.sort(key=lambda wish: (wish.requested_at, wish.call_id), reverse=True)
        last = self._by_call.get(before)
        place = (last.requested_at, last.call_id) if last else None
        return [w for w in found if place is None or (w.requested_at, w.call_id) < place][:limit]


class MemoryClaims:
    """``ClaimBook`` that forgets when the process ends."""

    def __init__(self) -> None:
        self._by_call: dict[str, ClaimRecord] = {}

    @property
    def all(self) -> list[ClaimRecord]:
        """Drafts too."""
        return list(self._by_call.values())

    @property
    def filed(self) -> list[ClaimRecord]:
        """Filed claims, the oldest first."""
        return [claim for claim in self._by_call.values() if claim.status == "filed"]

    async def draft(self, call_id: str) -> ClaimRecord | None:
        """What this call has gathered."""
        return self._by_call.get(call_id)

    async def save_fields(
        self, call_id: str, policy_id: str, fields: Mapping[str, Any], *, verified: bool = True
    ) -> ClaimRecord:
        """Merge fields into the draft."""
        known = self._by_call.get(call_id)
        if known and known.status == "filed":
            return known
        now = datetime.now(UTC)
        known = known or ClaimRecord(call_id, policy_id, "draft", {}, now, verified=verified)
        if verified and not known.verified:
            known = replace(known, policy_id=policy_id, verified=True)
        record = replace(known, fields={**known.fields, **fields}, updated_at=now)
        self._by_call[call_id] = record
        return record

    async def file(self, call_id: str, number: str = "") -> ClaimRecord:
        """File the draft, once; under numbers that count up."""
        known = self._by_call[call_id]
        if known.status == "draft":
            now = datetime.now(UTC)
            number = f"CLA-{now.year}-{len(self.filed) + 1:06d}"
            known = replace(known, status="filed", claim_id=number, filed_at=now)
            self._by_call[call_id] = known
        return known

    async def get(self, claim_id: str) -> ClaimRecord | None:
        """One filed claim."""
        return next((claim for claim in self.filed if claim.claim_id == claim_id), None)

    async def list(self, *, limit: int = 50, policy_id: str | None = None) -> Sequence[ClaimRecord]:
        """Filed claims, the newest first."""
        found = [claim for claim in self.filed if policy_id in (None, claim.policy_id)]
        return found[::-1][:limit]

    async def broken_off(self, policy_id: str, since: datetime) -> ClaimRecord | None:
        """The newest draft of this policy. Every call but the asking one counts as over."""
        drafts = (claim for claim in self._by_call.values() if claim.status == "draft" and claim.verified)
        found = [claim for claim in drafts if claim.policy_id == policy_id and claim.updated_at > since]
        return max(found, key=lambda claim: claim.updated_at, default=None)

    async def adopt(self, earlier_call: str, call_id: str) -> ClaimRecord | None:
        """Move a draft to this call, once."""
        known = self._by_call.get(earlier_call)
        if known is None or known.status != "draft" or call_id in self._by_call:
            return None
        del self._by_call[earlier_call]
        calls = (*known.earlier_calls, earlier_call)
        moved = replace(known, call_id=call_id, earlier_calls=calls, updated_at=datetime.now(UTC))
        self._by_call[call_id] = moved
        return moved

    async def discard(self, call_id: str) -> None:
        """Forget a draft."""
        if (known := self._by_call.get(call_id)) and known.status == "draft":
            del self._by_call[call_id]

    async def add_note(self, claim_id: str, call_id: str, text: str) -> ClaimRecord | None:
        """Add to a filed claim."""
        known = await self.get(claim_id)
        if known is None:
            return None
        noted = replace(known, notes=(*known.notes, ClaimNote(datetime.now(UTC), call_id, text[:2000])))
        self._by_call[known.call_id] = noted
        return noted


class MemoryClaimSearch:
    """``ClaimSearch`` among the claims of a book in memory, which knows nothing of calls: tests or lines."""

    def __init__(self, claims: MemoryClaims) -> None:
        self._claims = claims

    async def list(
        self, query: ClaimQuery = FILED_CLAIMS, *, limit: int = 50, before: datetime | None = None, before_id: str = ""
    ) -> Sequence[FoundClaim]:
        """Claims, the newest first."""
        place = None if before is None else (before, before_id)
        return [one for one in self._fitting(query) if place is None or _place(one) < place][:limit]

    async def count(self, query: ClaimQuery = FILED_CLAIMS) -> Totals:
        """How many there are."""
        return Totals(len(self._fitting(query)))

    async def find(self, name: str) -> FoundClaim | None:
        """The claim of this number, or of this call."""
        everything = self._fitting(ClaimQuery(status="any"))
        return next((one for one in everything if name in (one.claim.claim_id, one.claim.call_id)), None)

    def _fitting(self, query: ClaimQuery) -> Sequence[FoundClaim]:
        wanted = ("draft", "filed") if query.status == "any" else ("filed" if query.status == "filed" else "draft",)
        found = [
            FoundClaim(claim, "", False, claim.status == "draft")
            for claim in self._claims.all
            if claim.status in wanted and query.policy_id in ("", claim.policy_id) and query.lines is None
        ]
        return sorted(found, key=_place, reverse=True)


def _place(found: FoundClaim) -> tuple[datetime, str]:
    return found.moment, found.claim.call_id


class MemoryRevisions:
    """``Revisions`` that forgets when the process ends."""

    def __init__(self) -> None:
        self._kept: dict[str, Revision] = {}

    async def keep(self, revision: Revision) -> None:
        """Keep a version."""
        self._kept.setdefault(revision.version, revision)

    async def went_live(self, version: str, at: datetime, actor: str) -> None:
        """A draft becomes a version that was live; of others the last time is written down."""
        kept = self._kept.get(version)
        if kept is not None and kept.draft:
            self._kept[version] = replace(kept, draft=False, at=at, actor=actor)
        elif kept is not None and at != kept.at:
            self._kept[version] = replace(kept, last_at=at, last_actor=actor)

    async def last_live(self) -> Revision | None:
        """The version that went live last, whole."""
        were_live = [kept for kept in self._kept.values() if not kept.draft]
        return max(were_live, key=lambda kept: kept.last_at or kept.at, default=None)

    async def get(self, version: str) -> Revision | None:
        """One version, whole."""
        return self._kept.get(version)

    async def list(self, *, limit: int = 50) -> Sequence[Revision]:
        """Versions that were live, the newest first, without their files."""
        newest = sorted(
            (kept for kept in self._kept.values() if not kept.draft), key=lambda revision: revision.at, reverse=True
        )
        return [replace(revision, files={}) for revision in newest[:limit]]
