"""Quotes of a word processor: YAML does not know them, so they become part of the value and are read out."""

import re
from collections.abc import Container, Iterator
from typing import Any

from backend.agents.problem import Place, Problem
from backend.agents.yaml_file import YamlFile

__all__ = ["MESSAGE", "in_wrong_quotes", "quote_problems"]

_QUOTED = re.compile(r"\s*[“”„‟‘’‚‛«»‹›].*[“”‟‘’‛«»‹›]\s*", re.DOTALL)

MESSAGE = "stands in the quotes of a word processor, which become part of it; YAML's are \" and '"


def in_wrong_quotes(value: Any, path: Place = ()) -> Iterator[Place]:
    """The places of all texts that stand in such quotes from their first letter to their last."""
    if isinstance(value, str):
        yield from [path] if _QUOTED.fullmatch(value) else []
        return
    within = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in within:
        if not isinstance(each, str):
            yield from in_wrong_quotes(each, (*path, key))
        elif _QUOTED.fullmatch(each):  # most of a store are texts, and few of them begin so
            yield (*path, key)


def quote_problems(file: str, yaml: YamlFile, told: Container[Place] = ()) -> list[Problem]:
    """What is wrong with the quotes of a file, but for places of which something was told already."""
    if not yaml.may_be_misquoted:
        return []
    places = (path for path in in_wrong_quotes(yaml.content) if path not in told)
    return [Problem(file, yaml.line(path), MESSAGE, outdated=True) for path in places]
