"""Checks the books of a store, and finds the tool servers that some are behind."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from backend.agents.checked import Checked
from backend.agents.problem import Fault, Place, Problem, nearest
from backend.agents.templates import check_words
from backend.agents.yaml_file import YamlFault, content_of
from backend.domain.agent import AgentSpec
from backend.domain.book_spec import AnyBook, DeclaredBook, FileBookSpec, LookUpSpec, ServerBookSpec, SqlBookSpec
from backend.domain.line import LineSpec
from backend.domain.pattern import pattern_fault
from backend.domain.spec import in_language
from backend.domain.tool import ToolNames
from backend.domain.tool_server import AnyServer

__all__ = ["book_spec", "check_books", "declared_books", "with_look_ups"]


_KINDS: Mapping[str, type[Any]] = {"sql": SqlBookSpec, "http": ServerBookSpec, "mcp": ServerBookSpec}


def book_spec(raw: bytes) -> type[Any]:
    """Which kind of book a file declares; a file when it does not say."""
    try:
        kind = content_of(raw).get("kind")
    except YamlFault:
        kind = None
    return _KINDS.get(str(kind), FileBookSpec)


def declared_books(books: Mapping[str, AnyBook], servers: Mapping[str, AnyServer]) -> dict[str, DeclaredBook]:
    """Each book with its tool server."""
    return {
        book.name: DeclaredBook(book, servers.get(book.server) if isinstance(book, ServerBookSpec) else None)
        for book in books.values()
    }


def with_look_ups(tools: ToolNames, books: Mapping[str, AnyBook]) -> ToolNames:
    """What agents may name: besides what there is, the look-ups of each book."""
    sets, requires = dict(tools.sets), dict(tools.requires)
    for spec in (spec for book in books.values() for spec in book.lookups):
        sets[spec.name] = frozenset({spec.name})
        requires[spec.name] = spec.requires
    return replace(tools, sets=sets, requires=requires)


def check_books(books: Mapping[str, AnyBook], store: Checked) -> list[Problem]:
    """Everything that is wrong with these books, and can be known without opening them."""
    problems: list[Problem] = []
    for book in books.values():
        key = f"book:{book.name}"
        faults = [*_id_faults(book), *_place_faults(book, store.servers), *_look_up_faults(book, books, store)]
        unread = store.lost.get(key, frozenset[str]())
        problems += [store.sources[key].problem(path, said) for path, said in faults if path[0] not in unread]
    return problems


def _id_faults(book: AnyBook) -> Iterator[Fault]:
    if why := pattern_fault(book.id_pattern):
        yield ("id_pattern",), why


def _place_faults(book: AnyBook, servers: Mapping[str, AnyServer]) -> Iterator[Fault]:
    if not isinstance(book, ServerBookSpec):
        return
    server = servers.get(book.server)
    if server is None:
        yield ("server",), f"there is no tool server {book.server!r}{nearest(book.server, servers)}"
        return
    if server.kind != book.kind:
        yield ("kind",), f"the tool server {server.name} is spoken to by {server.kind}"
    names = [function.name for function in server.functions]
    for key, name in (("find", book.find), ("get", book.get)):
        if name not in names:
            yield (key,), f"{server.name} has no function {name!r}{nearest(name, names)}"


def _look_up_faults(book: AnyBook, books: Mapping[str, AnyBook], store: Checked) -> Iterator[Fault]:
    taken = {spec.name for other in books.values() if other.name < book.name for spec in other.lookups}
    for index, spec in enumerate(book.lookups):
        place: Place = ("lookups", index)
        if spec.name in taken:
            yield (*place, "name"), f"another book has a look-up {spec.name!r}"
        taken.add(spec.name)
        topics = [topic.name for topic in spec.topics]
        for at, topic in enumerate(spec.topics):
            for language, text in topic.say.items():
                for fault in check_words(text, {"record"}):
                    yield (*place, "topics", at, "say", language), fault
            for name in topic.also:
                if name not in topics:
                    yield (*place, "topics", at, "also"), f"there is no topic {name!r}{nearest(name, topics)}"
        yield from _language_faults(spec, place, store)


def _language_faults(spec: LookUpSpec, place: Place, store: Checked) -> Iterator[Fault]:
    for language, line in sorted(languages_of(spec.name, store.agents, store.lines).items()):
        said = f"the line {line} speaks {language}, and there is no text for it"
        if in_language(spec.own_only, language) is None:
            yield (*place, "own_only"), said
        for at, topic in enumerate(spec.topics):
            if in_language(topic.say, language) is None:
                yield (*place, "topics", at, "say"), said


def languages_of(tool: str, agents: Mapping[str, AgentSpec], lines: Mapping[str, LineSpec]) -> dict[str, str]:
    """The languages of the lines whose agents use a tool, and a line of each."""
    using = {name for name, agent in agents.items() if any(use.name == tool for use in agent.uses())}
    return {language: line.name for line in lines.values() if using & set(line.agents) for language in line.languages}
