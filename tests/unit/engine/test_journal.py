"""What a call leaves behind is written although the database fails for a while."""

import asyncio

from backend.engine.journal import Journal
from backend.errors import Unavailable
from backend.testing.virtual_time import run_virtual


class Book:
    """A database that fails some times."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.written: list[str] = []

    async def write(self, text: str) -> None:
        if self.failures:
            self.failures -= 1
            raise Unavailable("store", "the database is locked")
        self.written.append(text)


async def noted(book: Book) -> None:
    journal = Journal()
    for text in ("started", "turn", "ended"):
        journal.note(lambda text=text: book.write(text))
    await asyncio.sleep(20)
    await journal.close()


def test_an_entry_that_failed_is_written_in_its_place() -> None:
    book = Book(failures=3)
    run_virtual(noted(book))
    assert book.written == ["started", "turn", "ended"]


def test_an_entry_that_fails_to_the_last_does_not_keep_the_others_from_being_written() -> None:
    book = Book(failures=4)
    run_virtual(noted(book))
    assert book.written == ["turn", "ended"]
