"""What a call leaves behind is written although the database fails for a while."""

import asyncio

from backend.engine.call.journal import Journal
from backend.errors import ProviderRejected, Unavailable
from backend.testing.virtual_time import run_virtual


class Book:
    """A database that fails some times."""

    def __init__(self, failures: int, error: Exception | None = None) -> None:
        self.failures = failures
        self.error = error or Unavailable("store", "the database is locked")
        self.written: list[str] = []

    async def write(self, text: str) -> None:
        if self.failures:
            self.failures -= 1
            raise self.error
        self.written.append(text)


async def noted(book: Book, wait_s: float = 20) -> None:
    journal = Journal()
    for text in ("started", "turn", "ended"):
        journal.note(lambda text=text: book.write(text))
    await asyncio.sleep(wait_s)
    await journal.close()


def test_an_entry_that_failed_is_written_in_its_place() -> None:
    book = Book(failures=3)
    run_virtual(noted(book))
    assert book.written == ["started", "turn", "ended"]


def test_an_entry_waits_for_as_long_as_the_database_is_away() -> None:
    book = Book(failures=10)
    run_virtual(noted(book, 60))
    assert book.written == ["started", "turn", "ended"]


def test_an_entry_that_is_refused_does_not_keep_the_others_from_being_written() -> None:
    book = Book(failures=1, error=ProviderRejected("store", "too long"))
    run_virtual(noted(book))
    assert book.written == ["turn", "ended"]
