"""All books that stores declare, each opened once."""

from collections.abc import Callable, Mapping
from pathlib import Path

from backend.adapters.books.file_book import FileBook
from backend.adapters.books.server_book import ServerBook
from backend.domain.book_spec import DeclaredBook, FileBookSpec, ServerBookSpec, SqlBookSpec
from backend.domain.tool_server import AnyServer
from backend.errors import ConfigError
from backend.ports import Book, ToolServer

__all__ = ["OpenBooks"]


class OpenBooks:
    """``Books`` by the settings of this server.

    Args:
        settings: the variables that books may name.
        key: under which secrets in files are hashed.
        open_server: makes the tool server of a spec.
        instead: a file that stands for every book, as in a rehearsal.
    """

    def __init__(
        self,
        settings: Mapping[str, str],
        key: str,
        open_server: Callable[[AnyServer], ToolServer],
        instead: Path | None = None,
    ) -> None:
        self._settings = settings
        self._key = key
        self._open_server = open_server
        self._instead = instead
        self._opened: dict[str, Book] = {}

    def open(self, book: DeclaredBook) -> Book:
        """A book; the same one for the same spec.

        Raises:
            ConfigError: what it needs is not set, or its file is not what it should be.
        """
        key = f"{book.spec.model_dump_json()} {book.server.model_dump_json() if book.server else ''}"
        if key not in self._opened:
            self._opened[key] = self._made(book)
        return self._opened[key]

    async def close(self) -> None:
        """Let go of all."""
        while self._opened:
            _, book = self._opened.popitem()
            if close := getattr(book, "close", None):
                await close()

    def _made(self, book: DeclaredBook) -> Book:
        if self._instead is not None:
            return FileBook(book.name, book.spec.id, self._instead, "policies", self._key)
        match book.spec:
            case FileBookSpec() as spec:
                return FileBook(spec.name, spec.id, Path(self._value(book, spec.path)), spec.path, self._key)
            case SqlBookSpec() as spec:
                from backend.adapters.books.sql_book import SqlBook  # takes a while to import, and few stores need it

                return SqlBook(spec, self._value(book, spec.url))
            case ServerBookSpec() as spec:
                if book.server is None:
                    raise ConfigError(f"the book {spec.name} needs the tool server {spec.server}, which is not there")
                return ServerBook(spec, self._open_server(book.server))

    def _value(self, book: DeclaredBook, setting: str) -> str:
        if found := self._settings.get(setting):
            return found
        raise ConfigError(f"{setting}: expected the path or address of the book {book.name}; it is not set")
