"""Books in memory: records and cases for tests and rehearsals."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backend.domain.book_spec import BookRecord, DeclaredBook
from backend.domain.callback import CallbackWish, WishState, WishStep
from backend.domain.case import Case, CaseNote
from backend.domain.case_number import NumberPattern
from backend.domain.revision import Revision
from backend.domain.search import FILED_CASES, CaseQuery, FoundCase, Totals
from backend.domain.store_draft import StoreDraft
from backend.domain.subject import Subject
from backend.errors import CaseConflict
from backend.ports import Book
from backend.yaml_loader import load_yaml

__all__ = ["MemoryBooks", "MemoryCallbacks", "MemoryCaseSearch", "MemoryCases", "MemoryDrafts", "MemoryRevisions"]


class MemoryBooks:
    """``Books`` that all hold the same records.

    Args:
        records: what they hold.
    """

    def __init__(self, records: Sequence[BookRecord] = ()) -> None:
        self._records = list(records)

    @classmethod
    def from_yaml(cls, path: Path) -> "MemoryBooks":
        """The records of a file with one list of them."""
        content = load_yaml(path.read_text())
        (records,) = [entry for entry in content.values() if isinstance(entry, list)]
        return cls(records)

    def subject(self, wanted: str) -> Subject:
        """Who the record with this id is, with all of it as attributes: for tests that begin with a verified caller."""
        record = next(record for record in self._records if wanted in record.values())
        return Subject(wanted, str(record["full_name"]), dict(record))

    def open(self, book: DeclaredBook) -> Book:
        """These records."""
        return _MemoryBook(self._records, book.spec.id)


class _MemoryBook:
    """``Book`` of given records."""

    def __init__(self, records: Sequence[BookRecord], identifier: str) -> None:
        self._records = records
        self._by_id = {str(record[identifier]): record for record in records if identifier in record}

    async def find(self, exact: Mapping[str, str]) -> Sequence[BookRecord]:
        """All of them."""
        return self._records

    async def get(self, record: str) -> BookRecord | None:
        """One record."""
        return self._by_id.get(record)

    async def hashed(self, value: str) -> str:
        """Nothing is hashed."""
        return ""

    async def takes_veiled(self) -> bool:
        """Everything is plain."""
        return True


class MemoryCallbacks:
    """``CallbackBook`` that forgets when the process ends."""

    def __init__(self) -> None:
        self._by_call: dict[str, CallbackWish] = {}
        self._called: dict[str, str] = {}

    async def keep(self, wish: CallbackWish) -> None:
        """One for each call."""
        known = self._by_call.get(wish.call_id, wish)
        self._by_call[wish.call_id] = replace(wish, state=known.state, steps=known.steps)

    async def get(self, call_id: str) -> CallbackWish | None:
        """The wish of one call."""
        return self._by_call.get(call_id)

    async def step(
        self, call_id: str, revision: int, state: WishState, who: str, placed: str = ""
    ) -> CallbackWish | None:
        """Somebody did something about a wish."""
        known = self._by_call.get(call_id)
        if known is None:
            return None
        if known.revision != revision:
            raise CaseConflict("somebody else did something about this wish since it was read: read it again")
        step = WishStep(datetime.now(UTC), who, state, placed)
        self._by_call[call_id] = known = replace(known, state=state, steps=(*known.steps, step))
        return known

    async def begin(self, number: str, placed: str) -> bool:
        """A number is being called back from now on; here nothing tells when such a call is over."""
        return self._called.setdefault(number, placed) == placed

    async def give_up(self, number: str, placed: str) -> None:
        """The call did not come about."""
        if self._called.get(number) == placed:
            del self._called[number]

    async def list(
        self,
        *,
        limit: int = 50,
        line: str | None = None,
        test: bool | None = None,
        state: WishState | None = None,
        before: str = "",
        lines: Collection[str] | None = None,
    ) -> Sequence[CallbackWish]:
        """The newest first."""
        found = [w for w in self._by_call.values() if line in (None, w.line) and test in (None, w.test)]
        found = [wish for wish in found if (lines is None or wish.line in lines) and state in (None, wish.state)]
        found.sort(key=lambda wish: (wish.requested_at, wish.call_id), reverse=True)
        last = self._by_call.get(before)
        place = (last.requested_at, last.call_id) if last else None
        return [w for w in found if place is None or (w.requested_at, w.call_id) < place][:limit]


class MemoryCases:
    """``CaseBook`` that forgets when the process ends."""

    def __init__(self) -> None:
        self._by_call: dict[tuple[str, str], Case] = {}

    @property
    def all(self) -> list[Case]:
        """Drafts too."""
        return list(self._by_call.values())

    @property
    def filed(self) -> list[Case]:
        """Filed cases, the oldest first."""
        return [case for case in self._by_call.values() if case.status == "filed"]

    def put(self, case: Case) -> None:
        """Keep a case as it is: what was there before a test begins."""
        self._by_call[case.call_id, case.form] = case

    async def draft(self, call_id: str, form: str) -> Case | None:
        """What this call has gathered."""
        return self._by_call.get((call_id, form))

    async def save_fields(
        self, call_id: str, form: str, subject: str, fields: Mapping[str, Any], *, verified: bool = True
    ) -> Case:
        """Merge fields into the draft."""
        known = self._by_call.get((call_id, form))
        if known and known.status == "filed":
            return known
        now = datetime.now(UTC)
        known = known or Case(call_id, form, subject, "draft", {}, now, verified=verified)
        if verified and not known.verified:
            known = replace(known, subject=subject, verified=True)
        known = replace(known, fields={**known.fields, **fields}, updated_at=now)
        self.put(known)
        return known

    async def file(self, call_id: str, form: str, numbers: NumberPattern, number: str = "") -> Case:
        """File the draft, once; under numbers that count up."""
        known = self._by_call[call_id, form]
        if known.status == "draft":
            now, count = datetime.now(UTC), len(self.filed) + 1
            number = numbers.new(now, lambda width: f"{count:0{width}d}")
            known = replace(known, status="filed", number=number, filed_at=now)
            self.put(known)
        return known

    async def get(self, number: str) -> Case | None:
        """One filed case."""
        return next((case for case in self.filed if case.number == number), None)

    async def list(self, *, limit: int = 50, form: str | None = None, subject: str | None = None) -> Sequence[Case]:
        """Filed cases, the newest first."""
        found = [case for case in self.filed if form in (None, case.form) and subject in (None, case.subject)]
        return found[::-1][:limit]

    async def broken_off(self, form: str, subject: str, since: datetime) -> Case | None:
        """The newest draft about this subject. Every call but the asking one counts as over."""
        drafts = (case for case in self._by_call.values() if case.status == "draft" and case.verified)
        found = [one for one in drafts if (one.form, one.subject) == (form, subject) and one.updated_at > since]
        return max(found, key=lambda case: case.updated_at, default=None)

    async def adopt(self, earlier_call: str, call_id: str, form: str) -> Case | None:
        """Move a draft to this call, once."""
        known = self._by_call.get((earlier_call, form))
        if known is None or known.status != "draft" or (call_id, form) in self._by_call:
            return None
        del self._by_call[earlier_call, form]
        calls = (*known.earlier_calls, earlier_call)
        moved = replace(known, call_id=call_id, earlier_calls=calls, updated_at=datetime.now(UTC))
        self.put(moved)
        return moved

    async def discard(self, call_id: str, form: str) -> None:
        """Forget a draft."""
        if (known := self._by_call.get((call_id, form))) and known.status == "draft":
            del self._by_call[call_id, form]

    async def correct(self, number: str, revision: int, changes: Mapping[str, Any], who: str) -> Case | None:
        """Put fields of a filed case right."""
        known = await self.get(number)
        if known is None:
            return None
        if known.revision != revision:
            raise CaseConflict("this case was corrected by somebody else since it was read: read it again")
        if made := known.differing(changes, who, datetime.now(UTC)):
            known = replace(known, corrections=(*known.corrections, *made), revision=revision + 1)
            self.put(known)
        return known

    async def add_note(self, number: str, call_id: str, text: str) -> Case | None:
        """Add to a filed case."""
        known = await self.get(number)
        if known is None:
            return None
        noted = replace(known, notes=(*known.notes, CaseNote(datetime.now(UTC), call_id, text[:2000])))
        self.put(noted)
        return noted


class MemoryCaseSearch:
    """``CaseSearch`` among the cases of a book in memory, which knows nothing of calls: tests or lines."""

    def __init__(self, cases: MemoryCases) -> None:
        self._cases = cases

    async def list(
        self, query: CaseQuery = FILED_CASES, *, limit: int = 50, before: datetime | None = None, before_id: str = ""
    ) -> Sequence[FoundCase]:
        """Cases, the newest first."""
        place = None if before is None else (before, before_id)
        return [one for one in self._fitting(query) if place is None or _place(one) < place][:limit]

    async def count(self, query: CaseQuery = FILED_CASES) -> Totals:
        """How many there are."""
        return Totals(len(self._fitting(query)))

    async def find(self, name: str, form: str = "") -> FoundCase | None:
        """The case of this number, or of this call."""
        everything = self._fitting(CaseQuery(status="any"))
        found = (one for one in everything if name == one.case.call_id and form in ("", one.case.form))
        return next((one for one in everything if name == one.case.number), None) or next(found, None)

    def _fitting(self, query: CaseQuery) -> Sequence[FoundCase]:
        wanted = ("draft", "filed") if query.status == "any" else ("filed" if query.status == "filed" else "draft",)
        found = [
            FoundCase(case, "", False, case.status == "draft")
            for case in self._cases.all
            if query.of_forms
            and case.status in wanted
            and query.subject in ("", case.subject)
            and query.form in ("", case.form)
            and query.lines is None
        ]
        return sorted(found, key=_place, reverse=True)


def _place(found: FoundCase) -> tuple[datetime, str]:
    return found.moment, found.case.call_id


class MemoryRevisions:
    """``Revisions`` that forgets when the process ends."""

    def __init__(self) -> None:
        self._kept: dict[str, Revision] = {}

    async def keep(self, revision: Revision) -> None:
        """Keep a version."""
        self._kept.setdefault(revision.version, revision)

    async def went_live(self, version: str, at: datetime, actor: str, note: str = "") -> None:
        """A draft becomes a version that was live; of others the last time is written down."""
        kept = self._kept.get(version)
        if kept is not None and kept.draft:
            self._kept[version] = replace(kept, draft=False, at=at, actor=actor, note=note)
        elif kept is not None and at != kept.at:
            self._kept[version] = replace(kept, last_at=at, last_actor=actor, last_note=note)

    async def last_live(self) -> Revision | None:
        """The version that went live last, whole."""
        were_live = [kept for kept in self._kept.values() if not kept.draft]
        return max(were_live, key=lambda kept: kept.last_at or kept.at, default=None)

    async def get(self, version: str) -> Revision | None:
        """One version, whole."""
        return self._kept.get(version)

    async def last_text(self, *files: str) -> str | None:
        """What a file held last."""
        had = [(kept, kept.files[file]) for kept in self._kept.values() for file in files if file in kept.files]
        last = max(had, key=lambda one: (not one[0].draft, one[0].last_at or one[0].at), default=None)
        return last[1] if last else None

    async def list(self, *, limit: int = 50) -> Sequence[Revision]:
        """Versions that were live, the newest first, without their files."""
        newest = sorted(
            (kept for kept in self._kept.values() if not kept.draft), key=lambda revision: revision.at, reverse=True
        )
        return [replace(revision, files={}) for revision in newest[:limit]]


class MemoryDrafts:
    """``DraftBook`` that forgets when the process ends."""

    def __init__(self) -> None:
        self._kept: dict[str, StoreDraft] = {}

    async def of(self, owner: str) -> StoreDraft | None:
        """Somebody's draft, whole."""
        return self._kept.get(owner)

    async def list(self) -> Sequence[StoreDraft]:
        """All of them, the one that was changed last first, without their texts."""
        newest = sorted(self._kept.values(), key=lambda draft: draft.at, reverse=True)
        return [replace(draft, files=dict.fromkeys(draft.files)) for draft in newest]

    async def keep(self, draft: StoreDraft, over: str) -> bool:
        """Keep it where what it replaces is still there."""
        if self._stamp(draft.owner) != over:
            return False
        self._kept[draft.owner] = draft
        return True

    async def drop(self, owner: str, over: str) -> bool:
        """Take it away, if it still has this stamp."""
        return bool(over) and self._stamp(owner) == over and self._kept.pop(owner, None) is not None

    def _stamp(self, owner: str) -> str:
        kept = self._kept.get(owner)
        return kept.stamp if kept else ""
