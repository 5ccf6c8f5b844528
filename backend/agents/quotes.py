"""Quotes of a word processor: YAML does not know them, so they become part of the value and are read out."""

from collections.abc import Container, Iterator
from typing import Any

from backend.agents.problem import Problem
from backend.agents.yaml_file import YamlFile

__all__ = ["MESSAGE", "in_wrong_quotes", "quote_problems"]

_BEGIN, _END = "“”„‟‘’‚‛«»‹›", "“”‟‘’‛«»‹›"

MESSAGE = "stands in the quotes of a word processor, which become part of it; YAML's are \" and '"


def in_wrong_quotes(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The places of all texts that stand in such quotes from their first letter to their last."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from in_wrong_quotes(each, (*path, str(key)))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from in_wrong_quotes(each, (*path, index))
    elif isinstance(value, str) and len(text := value.strip()) > 1 and text[0] in _BEGIN and text[-1] in _END:
        yield path


def quote_problems(file: str, yaml: YamlFile, told: Container[tuple[str | int, ...]] = ()) -> list[Problem]:
    """What is wrong with the quotes of a file, but for places of which something was told already."""
    places = (path for path in in_wrong_quotes(yaml.content) if path not in told)
    return [Problem(file, yaml.line(path), MESSAGE, outdated=True) for path in places]
