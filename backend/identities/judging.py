"""One try at who somebody is: compared with the book, counted, and limited."""

import asyncio
from collections.abc import Mapping, Sequence

from backend.domain.book_spec import BookRecord, DeclaredBook
from backend.domain.identity_spec import IdentitySpec, SecretPartSpec
from backend.domain.private import Private
from backend.domain.search import is_withheld
from backend.domain.subject import Subject
from backend.domain.tries import Counted, VerificationLimits
from backend.identities.canonical import canonical
from backend.identities.matching import Said, Verdict, verify
from backend.language.parts import parts_reader
from backend.ports import Book
from backend.tool_store.context import ToolContext

__all__ = ["Judging"]


class Judging:
    """Tries of one call. They are counted before they are judged, and given back when they open something."""

    def __init__(self, identity: IdentitySpec, book: DeclaredBook, ctx: ToolContext) -> None:
        self._identity = identity
        self._book = book
        self._ctx = ctx
        self._against: list[Counted] = []
        self._was_counted = True

    async def unreadable(self, said: Mapping[str, str]) -> SecretPartSpec | None:
        """A part that was said before the call came here, of which only what cannot be compared is left."""
        veiled = [part for part in self._identity.exact if self._ctx.veil.covers(said[part.name])]
        return veiled[0] if veiled and not await self._open().takes_veiled() else None

    async def judge(self, said: Mapping[str, str], unread: tuple[str, ...] = ()) -> Subject | None:
        """Who it is; ``None`` when nobody was shown to be anybody, or a limit was reached.

        Args:
            said: every part, by name; a name that could not be read is empty.
            unread: the answers in which it could not be read.
        """
        ctx = self._ctx
        verdict = await self._compare(said, unread)
        limit = self._limits.per_record
        records = [Counted("record", f"{self._book.name}/{record}", limit) for record in verdict.pointed_at]
        self._against = [*self._number(), *records]
        ticket = await ctx.tries.take(self._against)
        if verdict.record is not None and ticket is not None:
            await ctx.tries.give_back(self._against, ticket)
            return self._subject(verdict.record)
        ctx.session.verification_attempts += 1
        self._was_counted = ticket is not None
        return None

    async def was_last(self) -> bool:
        """Was the try that failed the last one?"""
        return not self._was_counted or self.call_is_spent() or await self._ctx.tries.spent(self._against)

    def call_is_spent(self) -> bool:
        """Has this call had its last try?"""
        return self._ctx.session.verification_attempts >= self._limits.per_call

    async def number_is_spent(self) -> bool:
        """Has the caller's number?"""
        return await self._ctx.tries.spent(self._number())

    def to_ask_again(self) -> Sequence[SecretPartSpec]:
        """Where a name may be misheard, what has to be exact is asked again first; then everything."""
        misheard = any(part.misheard for part in self._identity.parts)
        first = misheard and self._ctx.session.verification_attempts == 1
        return self._identity.exact if first else self._identity.parts

    async def _compare(self, said: Mapping[str, str], unread: tuple[str, ...]) -> Verdict:
        book, recorded, veil = self._open(), self._ctx.recorded, self._ctx.veil
        if recorded is not None:
            # A recorded call is played again: what was said then is not kept, what came of it is.
            return Verdict(await book.get(recorded.granted) if recorded.granted else None)
        exact = {
            part.name: "" if veil.covers(said[part.name]) else canonical(part.kind, said[part.name])
            for part in self._identity.exact
        }
        hashed = dict(zip(exact, await asyncio.gather(*map(book.hashed, exact.values())), strict=True))
        reader = parts_reader(self._ctx.language)
        same = reader.same_person if reader else None
        names_in = reader.names_at_end if reader else None
        words = Said(said, hashed, self._ctx.session.call_id, veil, same, names_in, unread)
        fields = {part.of_record: exact[part.name] for part in self._identity.exact}
        return verify(self._identity, words, await book.find(fields))

    def _open(self) -> Book:
        return self._ctx.books.open(self._book)

    def _subject(self, record: BookRecord) -> Subject:
        identity = self._identity
        known = {name: record[name] for name in identity.attributes if name in record}
        name = str(record.get(identity.full_name, ""))
        return Subject(str(record[identity.id]), name, known, identity.name, identity.granted)

    def _number(self) -> Sequence[Counted]:
        """The caller's number. Those who withhold theirs have none in common: failures count for their call only."""
        number = self._ctx.session.caller_number
        return [] if is_withheld(Private(number)) else [Counted("number", number, self._limits.per_number)]

    @property
    def _limits(self) -> VerificationLimits:
        own, house = self._identity.limits, self._ctx.limits
        return VerificationLimits(
            own.per_call or house.per_call, own.per_number or house.per_number, own.per_record or house.per_record
        )
