"""What people do by hand stands in the audit with what came of it; nothing that broke off is noted as done."""

from collections.abc import Sequence

import pytest

from backend.cli.audited import noted
from backend.domain.audit import AuditEntry
from backend.errors import Unavailable


class Book:
    def __init__(self) -> None:
        self.entries: list[AuditEntry] = []

    async def note(self, entry: AuditEntry, *, once: str = "") -> None:
        self.entries.append(entry)

    async def list(self, *_: object, **__: object) -> Sequence[object]:
        return []


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (None, "ok"),
        (Unavailable("database", "away"), Unavailable.code),
        (OSError(28, "No space left on device"), "ringmaster.failed"),
        (KeyboardInterrupt(), "ringmaster.failed"),
    ],
)
async def test_what_came_of_it_is_noted(fault: BaseException | None, outcome: str) -> None:
    book = Book()

    async def run() -> None:
        async with noted(book, "callers.forget", "x"):  # type: ignore[arg-type]
            if fault is not None:
                raise fault

    if fault is None:
        await run()
    else:
        with pytest.raises(type(fault)):
            await run()
    assert [entry.outcome for entry in book.entries] == [outcome]
