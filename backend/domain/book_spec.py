"""Where records are looked up, as operations people write it: agent_store/books/NAME.yaml. Strict.

A book's data never lies in the store: a store is versioned, shown and sent about. A book names a setting instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from backend.domain.field_spec import BaseLanguage, Words
from backend.domain.spec import Name, Spec
from backend.domain.tool_server import AnyServer

__all__ = [
    "HASHED",
    "AnyBook",
    "BookRecord",
    "DeclaredBook",
    "FileBookSpec",
    "LookUpSpec",
    "ServerBookSpec",
    "Setting",
    "SqlBookSpec",
    "TopicSpec",
]

HASHED = "hashed:"
"""Before a secret of which a book holds a hash only."""

BookRecord = Mapping[str, Any]
"""One record: JSON values by field."""

Setting = Annotated[str, Field(pattern=r"^(BOOK_[A-Z0-9_]{1,60}|POLICY_BOOK)$")]
"""A variable of the environment. Only those that begin with BOOK_ are for books, so that no store can read others."""


class TopicSpec(Spec):
    """One thing that callers ask about a record."""

    name: Name
    words: Words = Field(default_factory=dict)
    """Words that ask for it, by language."""
    unless: Words = Field(default_factory=dict)
    """Words beside which they do not."""
    say: Mapping[BaseLanguage, str]
    """The answer, a clause without capital and full stop: a Jinja line with ``record``."""
    also: tuple[Name, ...] = ()
    """Topics that are told with it."""
    default: bool = False
    """Is it told where no topic was asked for?"""


class LookUpSpec(Spec):
    """A tool that answers from the record of a caller who was verified, and from no other."""

    name: Name
    """Name that agents and the model use."""
    description: str = Field(min_length=3)
    """What it does, for the model."""
    question: str = Field(min_length=3)
    """What its only argument is, for the model, ending in the question that asks for it."""
    requires: Name = "verified_caller"
    """What the caller must be; the record is that of their ``subject``."""
    topics: tuple[TopicSpec, ...] = Field(min_length=1)
    """What it knows, in the order in which it is told."""
    about: Words = Field(default_factory=dict)
    """What a record has, by language: "policy", "account". "My neighbor's policy" is understood by it."""
    of_things: Words = Field(default_factory=dict)
    """Words behind "of" and "for" that are no people: "the coverage of my rental car"."""
    own_only: Mapping[BaseLanguage, str]
    """Said to somebody who asks about another person's record."""
    unknown: Mapping[BaseLanguage, str] = Field(default_factory=dict)
    """Said where no topic was asked for. Left out: the topics that are told by default."""
    gone: str = "The record cannot be found just now."
    """For the model, where the book cannot be reached."""
    otherwise: Mapping[BaseLanguage, str] = Field(default_factory=dict)
    """Asked behind the answer."""


class _BookSpec(Spec):
    name: Name
    """The same as the file's name; identities name it."""
    description: str = ""
    """What it holds, for people."""
    id: Name = "id"
    """Field that says which record it is."""
    id_pattern: str = ""
    """What each of them looks like, as a regular expression that must match it whole: ``POL-[A-Z]\\d{5}``. An answer to
    a question for it that does not fit, such as one with a figure too few, is asked about; ``ringmaster book import``
    takes no record with another."""
    lookups: tuple[LookUpSpec, ...] = ()
    """Tools that answer callers from their own record."""


class FileBookSpec(_BookSpec):
    """Records in a YAML or CSV file on the server."""

    kind: Literal["file"]
    """Where the records are."""
    path: Setting
    """Setting that holds the file's path, such as BOOK_PATIENTS. ``ringmaster book import`` writes such a file."""


class SqlBookSpec(_BookSpec):
    """Records in a SQL database that is read with two queries."""

    kind: Literal["sql"]
    """Where the records are."""
    url: Setting
    """Setting that holds the database's address."""
    find: str = Field(min_length=10)
    """Query with a parameter for each exact part, such as :zip. It gives every record that *any* of them points to, so
    that guesses count against whoever they are made at; records are then compared here."""
    get: str = Field(min_length=10)
    """Query with the parameter :id."""
    timeout_ms: int = Field(default=3000, ge=100, le=30_000)
    """Limit on one query."""


class ServerBookSpec(_BookSpec):
    """Records of a system behind a tool server that the store declares."""

    kind: Literal["http", "mcp"]
    """How the tool server is spoken to."""
    server: Name
    """The tool server: agent_store/tools/NAME.yaml."""
    find: Name
    """Its function that takes the exact parts and gives a list of records, or an object with one list."""
    get: Name
    """Its function that takes an id and gives one record."""


AnyBook = FileBookSpec | SqlBookSpec | ServerBookSpec
"""Any kind of book."""


@dataclass(frozen=True, slots=True)
class DeclaredBook:
    """A book of a store, with the tool server that it is behind, if it is behind one."""

    spec: AnyBook
    server: AnyServer | None = None

    @property
    def name(self) -> str:
        """The book's."""
        return self.spec.name
