"""YAML with line numbers and without surprises: no duplicate keys, no aliases, no tags, no bombs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["YamlFault", "YamlFile", "read_yaml"]

_LARGEST = 256 * 1024
_DEEPEST = 20
_LONGEST_NUMBER = 40
"""Letters of a number, a moment and the like. YAML reads hexadecimal numbers of any length, which nothing can write."""
_LOOKED_BACK = 50
"""Lines before the one where a fault is noticed that it may lie in."""
_KEPT = 64
"""Files that are kept as they were read. A check reads most of a store twice, and a store is checked at every change of
one of its files."""
_LARGEST_KEPT = 96 * 1024
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlFault(ValueError):
    """The file cannot be read as YAML, or holds what is not allowed. ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One file's content, and the line of every key and value in it."""

    content: dict[str, Any]
    lines: Mapping[tuple[str | int, ...], int]
    duplicates: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def line(self, path: tuple[str | int, ...]) -> int:
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
    found = _kept(raw) if len(raw) <= _LARGEST_KEPT else _parsed(raw)
    return YamlFile(_copied(found.content), found.lines, list(found.duplicates))


def _copied(value: Any) -> Any:
    """Mappings and lists anew; what stands in them cannot be changed."""
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def _parsed(raw: bytes) -> YamlFile:
    text = _text(raw)
    try:
        _guard(text)
        nodes = list(yaml.compose_all(text, Loader=_Loader))
    except yaml.YAMLError as error:
        raise _not_yaml(text, error) from error
    if not nodes or nodes[0] is None:
        raise YamlFault(0, "is empty; expected settings such as 'name: ...'")
    if len(nodes) > 1:
        raise YamlFault(nodes[1].start_mark.line + 1, "holds more than one document; expected one")
    if not isinstance(nodes[0], yaml.MappingNode):
        raise YamlFault(1, "expected settings such as 'name: ...', got something else")
    reader = _Reader()
    content = reader.value(nodes[0], ())
    return YamlFile(content, reader.lines, reader.duplicates)


_kept = lru_cache(_KEPT)(_parsed)


def _text(raw: bytes) -> str:
    if len(raw) > _LARGEST:
        raise YamlFault(0, f"is {len(raw)} bytes long; at most {_LARGEST} are read")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlFault(raw[: error.start].count(b"\n") + 1, "is not UTF-8 text") from error
    return text


def _guard(text: str) -> None:
    """Refuse what must not even be put together: aliases that multiply, and nesting that no reader's stack holds."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise YamlFault(line, "uses an anchor or alias (& or *); write the value out, or put it in quotes")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise YamlFault(line, f"is nested more than {_DEEPEST} levels deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _not_yaml(text: str, error: yaml.YAMLError) -> YamlFault:
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
    return YamlFault(began, f"is not YAML{noticed}: {said}")


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
        for _ in yaml.parse(text, Loader=_Loader):
            pass
    except yaml.YAMLError:
        return False
    return True


class _Reader:
    """Turns nodes into plain values and remembers where each stood."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str | int, ...], int] = {}
        self.duplicates: list[tuple[int, str]] = []

    def value(self, node: yaml.Node, path: tuple[str | int, ...]) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: tuple[str | int, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlFault(line, "has a key that is no word; expected settings such as 'name: ...'")
            key = str(key_node.value)
            if key in found:
                self.duplicates.append((line, key))
            self.lines[(*path, key)] = line
            found[key] = self.value(value_node, (*path, key))
        return found

    def _scalar(self, node: yaml.Node) -> Any:
        if not node.tag.startswith("tag:yaml.org,2002:"):
            raise YamlFault(node.start_mark.line + 1, f"uses the tag {node.tag}; tags are not allowed")
        if node.tag == "tag:yaml.org,2002:str":
            return node.value
        if len(node.value) > _LONGEST_NUMBER:
            raise YamlFault(
                node.start_mark.line + 1, f"has a number of {len(node.value)} letters; put it in quotes if it is a text"
            )
        loader = _Loader("")
        try:
            return loader.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            raise YamlFault(node.start_mark.line + 1, f"cannot be read: {error}") from error
        finally:
            loader.dispose()
