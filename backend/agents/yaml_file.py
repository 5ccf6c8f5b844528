"""YAML with line numbers and without surprises: no duplicate keys, no aliases, no tags, no bombs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from backend.agents.problem import Place
from backend.yaml_loader import SafeLoader

__all__ = ["YamlFault", "YamlFile", "content_of", "forget_yaml", "parse_yaml", "read_yaml", "seen_yaml"]

_LARGEST = 256 * 1024
_DEEPEST = 20
_LONGEST_NUMBER = 40
"""Letters of a number, a moment and the like. YAML reads hexadecimal numbers of any length, which nothing can write."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What YAML takes nowhere. Its own words name no line for it."""
_MISQUOTED = re.compile(r"[“”„‟‘’‚‛«»‹›]|\\[uUx]")
"""Quotes of a word processor, and how YAML may write any letter."""
_LOOKED_BACK = 50
"""Lines before the one where a fault is noticed that it may lie in."""
_KEPT = 64
"""Files that are kept as they were read. A check reads most of a store twice, and a store is checked at every change of
one of its files."""
_LARGEST_KEPT = 96 * 1024
_RESOLVERS: Mapping[str, Sequence[tuple[str, re.Pattern[str]]]] = SafeLoader.yaml_implicit_resolvers
"""By first letter: the kinds that plain words may be of, such as numbers, and how they look."""
_AS_WRITTEN = re.compile(
    r"-?(0|[1-9][0-9]*)(\.[0-9]+)?|true|false|null|~||"
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
"""What is no text, and can be taken for nothing but what it is."""

_ADVICE: Mapping[str, str] = {
    "mapping values are not allowed": "put a text with a colon in it into quotes, and indent keys of one place alike",
    "did not find expected key": "indent what belongs together alike, and put a text with quotes in it into quotes",
    "expected ':'": "write a colon and a space after a key, and indent a text that goes on further than its key",
    "cannot start any token": "put a text that begins with @, % or ` into quotes",
    "block sequence entries": "begin a list in a line of its own",
    "unknown escape character": "write a backslash twice, or take single quotes",
    "<document start>": "there is a bracket too many",
}
"""What mostly puts it right, by words of the parser's, which speak of its own work."""


class YamlFault(ValueError):
    """The file cannot be read as YAML, or holds what is not allowed. ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One file's content, and the line of every key and value in it."""

    content: dict[str, Any]
    lines: Mapping[Place, int]
    duplicates: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    taken: Mapping[Place, tuple[str, Any]] = field(default_factory=dict[Place, tuple[str, Any]])
    """Where something without quotes was taken for a number, a truth value or a day that is not written as plainly as
    12, 0.5 or true: what was written, and what was made of it."""
    may_be_misquoted: bool = True
    """Does a quote of a word processor stand anywhere in its text, or what YAML would read as one?"""

    def line(self, path: Place) -> int:
        """The line of the value at ``path``, or of the nearest place around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(path: Path) -> YamlFile:
    """Read one file.

    Raises:
        YamlFault: with the line and a sentence on what is wrong.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise YamlFault(0, f"cannot be read: {error.strerror}") from error
    return parse_yaml(raw)


def parse_yaml(raw: bytes) -> YamlFile:
    """Like ``read_yaml``, from bytes. What it gives is the caller's own."""
    found = seen_yaml(raw)
    return YamlFile(_copied(found.content), found.lines, list(found.duplicates), found.taken, found.may_be_misquoted)


def seen_yaml(raw: bytes) -> YamlFile:
    """Like ``parse_yaml``, for those who only look at it: it is the one that is kept, and nothing of it is to be
    changed."""
    return _kept(raw) if len(raw) <= _LARGEST_KEPT else _parsed(raw)


def content_of(raw: bytes) -> Mapping[str, Any]:
    """The content alone, likewise."""
    return seen_yaml(raw).content


def _copied(value: Any) -> Any:
    """Mappings and lists anew; what stands in them cannot be changed."""
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def _parsed(raw: bytes) -> YamlFile:
    text = _text(raw)
    try:
        events = _guarded(text)
    except yaml.YAMLError as error:
        raise _not_yaml(text, error) from error
    roots = [place + 1 for place, event in enumerate(events) if type(event) is DocumentStartEvent]
    if not roots:
        raise YamlFault(0, "is empty; expected settings such as 'name: ...'")
    if len(roots) > 1:
        raise YamlFault(events[roots[1]].start_mark.line + 1, "holds more than one document; expected one")
    if not isinstance(events[roots[0]], MappingStartEvent):
        raise YamlFault(1, "expected settings such as 'name: ...', got something else")
    reader = _Reader(events[roots[0] :])
    content = reader.value()
    lines = _Lines(text)
    taken = lines.taken if reader.odd else {}
    return YamlFile(content, lines, reader.duplicates, taken, _MISQUOTED.search(text) is not None)


_kept = lru_cache(_KEPT)(_parsed)


def forget_yaml() -> None:
    """Forget every file that was read, as a process that starts; for benchmarks."""
    _kept.cache_clear()


def _text(raw: bytes) -> str:
    if len(raw) > _LARGEST:
        raise YamlFault(0, f"is {len(raw)} bytes long; at most {_LARGEST} are read")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlFault(raw[: error.start].count(b"\n") + 1, "is not UTF-8 text") from error
    return text


def _guarded(text: str) -> list[Any]:
    """The events of a text. What must not even be put together is refused: aliases that multiply, and nesting that no
    reader's stack holds."""
    depth, events = 0, list[Any]()
    for event in _events(text):
        events.append(event)
        kind = type(event)  # no event is of a class below these, and asking so takes half as long
        if kind is ScalarEvent:
            if event.anchor is not None:
                raise _anchored(event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor is not None:
                raise _anchored(event)
            depth += 1
            if depth > _DEEPEST:
                raise YamlFault(event.start_mark.line + 1, f"is nested more than {_DEEPEST} levels deep")
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            depth -= 1
        elif kind is AliasEvent:
            raise _anchored(event)
    return events


def _anchored(event: Any) -> YamlFault:
    message = "uses an anchor or alias (& or *); write the value out, or put it in quotes"
    return YamlFault(event.start_mark.line + 1, message)


def _events(text: str) -> Iterator[Any]:
    """What YAML's parser finds, one after the other. (Its own ``parse`` looks for each twice.)"""
    return iter(SafeLoader(text).get_event, None)


def _not_yaml(text: str, error: yaml.YAMLError) -> YamlFault:
    if unseen := _UNSEEN.search(text):
        line = text.count("\n", 0, unseen.start()) + 1
        return YamlFault(line, f"has a character that cannot be seen (U+{ord(unseen[0]):04X}); take it away")
    mark = getattr(error, "problem_mark", None)
    number = min(mark.line + 1 if mark else 1, max(1, len(text.splitlines())))
    # YAML lets tabs stand in some places; where they are the fault its own words do not say so.
    for line, written in list(enumerate(text.splitlines(), 1))[max(0, number - 2) : number]:
        if "\t" in written[: len(written) - len(written.lstrip())]:
            return YamlFault(line, "is indented with a tab; YAML wants spaces")
    said = getattr(error, "problem", None) or str(error).split("\n")[0]
    began = _where_it_began(text, number)
    noticed = f" (it was noticed in line {number})" if began != number else ""
    if _is_left_open(text.splitlines()[began - 1]) and (noticed or said == "found unexpected end of stream"):
        return YamlFault(began, f"opens a quote that is not closed{noticed}")
    advice = next((f"; {what}" for words, what in _ADVICE.items() if words in said), "")
    return YamlFault(began, f"is not YAML{noticed}: {said}{advice}")


def _is_left_open(line: str) -> bool:
    """Does a quote begin in this line and not end? An apostrophe in plain words is none."""
    return line.count('"') % 2 == 1 or (line.count("'") == 1 and ": '" in line)


def _where_it_began(text: str, number: int) -> int:
    """The line with the fault. YAML notices a quote or bracket that is not closed only where what follows makes no
    sense: the text up to the line before is sound, and up to any line from here on it is not."""
    lines = text.splitlines(keepends=True)
    began = number
    while began > max(1, number - _LOOKED_BACK) and not _is_yaml("".join(lines[: began - 1])):
        began -= 1
    return began


def _is_yaml(text: str) -> bool:
    try:
        for _ in _events(text):
            pass
    except yaml.YAMLError:
        return False
    return True


_TEXT = "tag:yaml.org,2002:str"
_AROUND = (StreamStartEvent, StreamEndEvent, DocumentStartEvent, DocumentEndEvent)


class _Reader:
    """Turns events into plain values. The text is gone through once: YAML's own nodes, made of the same events, would
    take as long again.

    Args:
        events: of one document, from its first value on.
    """

    def __init__(self, events: Iterable[Any]) -> None:
        self._events = iter(events)
        self.duplicates: list[tuple[int, str]] = []
        self.odd: list[str] = []
        """What was taken for something else than it was written as, perhaps."""

    def value(self) -> Any:
        """The next value."""
        event = next(self._events)
        kind = type(event)
        if kind is ScalarEvent:
            return _scalar(event, self.odd)
        return self._mapping() if kind is MappingStartEvent else self._sequence()

    def _sequence(self) -> list[Any]:
        found: list[Any] = []
        for event in self._events:
            kind = type(event)
            if kind is ScalarEvent:
                found.append(_scalar(event, self.odd))
            elif kind is SequenceEndEvent:
                break
            else:
                found.append(self._mapping() if kind is MappingStartEvent else self._sequence())
        return found

    def _mapping(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self._events:
            kind = type(event)
            if kind is MappingEndEvent:
                break
            if kind is not ScalarEvent:
                line = event.start_mark.line + 1
                raise YamlFault(line, "has a key that is no word; expected settings such as 'name: ...'")
            key = event.value
            if key in found:
                self.duplicates.append((event.start_mark.line + 1, key))
            found[key] = self.value()
        return found


class _Lines(Mapping[Place, int]):
    """The line of every key and value of a file: looked for when somebody asks for one, since most files are sound.

    Args:
        text: of the file, which has been read before.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def taken(self) -> Mapping[Place, tuple[str, Any]]:
        """What was taken for something else than it was written as, perhaps."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[dict[Place, int], dict[Place, tuple[str, Any]]]:
        found: dict[Place, int] = {}
        taken: dict[Place, tuple[str, Any]] = {}
        events = (event for event in _events(self._text) if not isinstance(event, _AROUND))

        def note(event: Any, path: Place) -> None:
            found.setdefault(path, event.start_mark.line + 1)
            odd: list[str] = []
            if isinstance(event, ScalarEvent) and _scalar(event, odd) is not None and odd:
                taken[path] = (event.value, _scalar(event, odd))
            if isinstance(event, SequenceStartEvent):
                count = 0
                while not isinstance(each := next(events), SequenceEndEvent):
                    note(each, (*path, count))
                    count += 1
            elif isinstance(event, MappingStartEvent):
                while not isinstance(key := next(events), MappingEndEvent):
                    found[(*path, key.value)] = key.start_mark.line + 1
                    note(next(events), (*path, key.value))

        note(next(events), ())
        return found, taken

    def __getitem__(self, path: Place) -> int:
        return self._found[0][path]

    def __iter__(self) -> Iterator[Place]:
        return iter(self._found[0])

    def __len__(self) -> int:
        return len(self._found[0])


def _scalar(event: Any, odd: list[str]) -> Any:
    value: str = event.value
    if event.tag is None and (value[:1] not in _RESOLVERS or not event.implicit[0]):
        return value  # a text, as most are
    tag = _tag(event, value)
    if tag == _TEXT:
        return value
    if event.tag is None and _AS_WRITTEN.fullmatch(value) is None:
        odd.append(value)
    line = event.start_mark.line + 1
    if not tag.startswith("tag:yaml.org,2002:"):
        raise YamlFault(line, f"uses the tag {tag}; tags are not allowed")
    if len(value) > _LONGEST_NUMBER:
        raise YamlFault(line, f"has a number of {len(value)} letters; put it in quotes if it is a text")
    node = yaml.ScalarNode(tag, value, event.start_mark, event.end_mark)
    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        raise YamlFault(line, f"cannot be read: {error}") from error
    except (LookupError, ArithmeticError, AttributeError, TypeError) as error:  # !!int "", !!bool x, !!timestamp 2020
        raise YamlFault(line, f"cannot be read: {value[:40]!r} is no {tag.rpartition(':')[2]}") from error


def _tag(event: Any, value: str) -> str:
    """The kind of a scalar: as it is written, or as plain words look."""
    if event.tag is not None and event.tag != "!":
        return str(event.tag)
    if event.implicit[0]:
        for tag, looks in _RESOLVERS.get(value[:1], ()):
            if looks.match(value):
                return tag
    return _TEXT
