"""`ringmaster book import`: put records where a book of the store lies, with its secrets under a hash."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from backend.adapters.files.record_file import RecordFile, hashed_value, new_salt, read_record_file, written
from backend.agents.store import AgentStore, load_store
from backend.domain.book_spec import HASHED, FileBookSpec
from backend.domain.identity_spec import SecretPartSpec
from backend.domain.pattern import fits
from backend.errors import ConfigError
from backend.identities.canonical import canonical
from backend.tool_store.built_in_tools import tool_names
from config import Settings

__all__ = ["import_book"]


def import_book(settings: Settings, name: str, source: Path, console: Console) -> None:
    """Write the records of ``source`` to where the book ``name`` lies.

    What identities of the store call a secret is hashed with a salt of the file and VERIFICATION_KEY; nothing else
    changes. The file is written whole or not at all.

    Raises:
        StoreError: the store does not pass the check.
        ConfigError: there is no such book in a file, its place is not set, or a record lacks what is compared.
    """
    connections = settings.connections
    store = load_store(connections.agent_store, connections.prompt_store, tool_names())
    book, parts = _book(store, name), _parts(store, name)
    place = settings.books.get(book.path)
    if not place:
        raise ConfigError(f"{book.path}: expected the path of the file of the book {name}; it is not set")
    found = read_record_file(source, "the source", book.id)
    salt, key = new_salt(), settings.security.verification_key.get_secret_value()
    _check_ids(found, book)
    records = [_hashed(record, number, parts, salt, key) for number, record in enumerate(found.records, 1)]
    _check_plain(found)
    _write(Path(place), written(records, salt))
    secrets = ", ".join(sorted({part.of_record for part in parts if part.secret})) or "nothing"
    console.print(f"[green]ok[/]: {len(records)} records are in {escape(place)}; hashed: {secrets}")
    if not key:
        console.print("VERIFICATION_KEY is not set: who has the file can try every short secret. Set it, import again.")


def _book(store: AgentStore, name: str) -> FileBookSpec:
    book = store.books.get(name)
    if book is None or not isinstance(book.spec, FileBookSpec):
        files = sorted(each.name for each in store.books.values() if isinstance(each.spec, FileBookSpec))
        raise ConfigError(
            f"expected a book that is kept in a file, got {name!r}; there are: {', '.join(files) or 'none'}"
        )
    return book.spec


def _parts(store: AgentStore, name: str) -> list[SecretPartSpec]:
    """What the store's identities compare with this book."""
    identities = [identity for identity in store.identities.values() if identity.book == name]
    return [part for identity in identities for part in identity.exact]


def _hashed(
    record: Mapping[str, Any], number: int, parts: Iterable[SecretPartSpec], salt: str, key: str
) -> dict[str, Any]:
    made = dict(record)
    for part in parts:
        value = canonical(part.kind, record.get(part.of_record))
        if not value or (part.kind == "digits" and len(value) != part.digits):
            expected = f"{part.digits} digits" if part.kind == "digits" else f"a {part.kind.replace('_', ' ')}"
            raise ConfigError(f"record {number}: expected {expected} under {part.of_record}, in quotes")
        if part.secret:
            made[part.of_record] = hashed_value(value, salt, key)
    return made


def _check_ids(found: RecordFile, book: FileBookSpec) -> None:
    """Raises ``ConfigError`` by the number of a record; what it says it is stays out of the message."""
    for number, record in enumerate(found.records, 1):
        if book.id_pattern and not fits(book.id_pattern, str(record.get(book.id) or "")):
            raise ConfigError(
                f"record {number}: expected a {book.id} such as {book.id_pattern}, as the book {book.name} says "
                "under id_pattern"
            )


def _check_plain(found: RecordFile) -> None:
    if any(
        isinstance(value, str) and value.startswith(HASHED) for record in found.records for value in record.values()
    ):
        raise ConfigError("the secrets in this file are hashed already; import the original records")


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:  # readable for this user alone
            file.write(text)
            file.flush()
            os.fsync(handle)  # a name that the disk keeps and a text that it lost would be an empty book
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
