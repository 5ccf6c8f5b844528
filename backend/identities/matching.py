"""Who is calling? Compares what a caller said with the records of a book.

Whatever has to be exact is compared as exactly that, no digit more and none less; only a name may be misheard, and
only where everything else points to one person. Every record is compared in full, whatever was said, so that the time
tells nothing.
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from backend.domain.book_spec import HASHED, BookRecord
from backend.domain.identity_spec import IdentitySpec, SecretPartSpec
from backend.domain.veil import Veil
from backend.identities.canonical import canonical

__all__ = ["NamesIn", "Said", "SamePerson", "Verdict", "verify"]

SamePerson = Callable[[str, str], bool]
"""May a name, as it was heard, be another?"""
NamesIn = Callable[[str], Sequence[str]]
"""What may have been meant as a name in an answer in which none could be read?"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a caller has said of themselves, by part; what must be exact may be veiled, as it is in a stored call.

    Args:
        values: by part.
        hashed: the same under the book's hash, for secrets that the book holds only so.
        call_id: the call, under which values are veiled.
        veil: under which a veiled value is compared.
        same_person: tells a misheard name from another; without it every name must be exact.
        names_in: finds what may be a name in those that could not be read; without it there is none.
        unread: answers to the question for the name in which no name could be read, as they were heard.
    """

    values: Mapping[str, str] = field(repr=False)
    hashed: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    call_id: str = ""
    veil: Veil = field(default_factory=Veil, repr=False)
    same_person: SamePerson | None = None
    names_in: NamesIn | None = None
    unread: tuple[str, ...] = field(default=(), repr=False)

    def fits(self, part: SecretPartSpec, record: BookRecord) -> bool:
        """Is this part of theirs exactly that of the record?"""
        said, right = self.values.get(part.name, ""), record.get(part.of_record, "")
        if isinstance(right, str) and right.startswith(HASHED):
            return _equal(self.hashed.get(part.name, ""), right)
        right = canonical(part.kind, right)
        if self.veil.covers(said):
            return _equal(said, self.veil.over(self.call_id, part.name, right)) and bool(right)
        return _equal(canonical(part.kind, said), right)

    def sounds_like(self, part: SecretPartSpec, record: BookRecord) -> bool:
        """May this name of theirs be that of the record?"""
        right = record.get(part.of_record)
        if not isinstance(right, str) or self.same_person is None or not part.misheard:
            return self.fits(part, record)
        said = self.values.get(part.name, "")
        alike = [self.same_person(name, right) for name in ([said] if said else self._unread_names())]
        return any(alike)

    def _unread_names(self) -> Sequence[str]:
        return [name for answer in self.unread for name in self.names_in(answer)] if self.names_in else []


@dataclass(frozen=True, slots=True)
class Verdict:
    """The caller's record, if there is one; and every record that what was exact points to (ids)."""

    record: BookRecord | None = field(default=None, repr=False)
    pointed_at: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Row:
    record: BookRecord
    exact: tuple[bool, ...]
    """Of each exact part: does it fit?"""
    names: tuple[bool, ...]
    """Of each name: may it be this one?"""

    @property
    def opens(self) -> bool:
        return all(self.exact)


def verify(identity: IdentitySpec, said: Said, records: Sequence[BookRecord]) -> Verdict:
    """Compare what was said with every record.

    A record is pointed at when everything exact is its own, or one exact part together with a name like its holder's,
    or an exact part that no other record has: whoever guesses the rest is guessing at that record. Of more than two
    exact parts all but one point at it, too.
    """
    names = tuple(part for part in identity.parts if not part.is_exact)
    rows = [
        _Row(
            record,
            tuple(said.fits(part, record) for part in identity.exact),
            tuple(said.sounds_like(part, record) for part in names),
        )
        for record in records
    ]
    alone = [sum(row.exact[at] for row in rows) == 1 for at in range(len(identity.exact))]
    pointed = tuple(str(row.record.get(identity.id, "")) for row in rows if _is_pointed_at(row, alone))
    found = _only(identity, said, names, [row for row in rows if row.opens])
    return Verdict(found, tuple(dict.fromkeys(filter(None, pointed))))


def _is_pointed_at(row: _Row, alone: Sequence[bool]) -> bool:
    most = len(row.exact) > 2 and sum(row.exact) >= len(row.exact) - 1
    named = bool(row.names) and all(row.names) and any(row.exact)
    return row.opens or most or named or any(fits and only for fits, only in zip(row.exact, alone, strict=True))


def _only(
    identity: IdentitySpec, said: Said, names: Sequence[SecretPartSpec], rows: Sequence[_Row]
) -> BookRecord | None:
    """The one person whom everything exact belongs to. Of several people only the exact name tells."""
    people = {str(row.record.get(identity.full_name, "")) for row in rows}
    if len(people) == 1:
        fitting = [row.record for row in rows if all(row.names)]
    else:
        fitting = [row.record for row in rows if names and all(said.fits(part, row.record) for part in names)]
    return fitting[0] if fitting and str(fitting[0].get(identity.id, "")) else None


def _equal(said: str, right: str) -> bool:
    return hmac.compare_digest(said.encode(), right.encode()) and bool(said)
