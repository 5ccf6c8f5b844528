"""A small grammar: patterns of words, and what each of them means.

A pattern is a line of words as they are said: ``"the? {ordinal} of {month}"``. A word may have alternatives
(``day|night``) and may be left out (``the?``); ``{month}`` is a word class, found under its name, or under a name
of its own (``{from:number}``). Where several patterns fit at a place, the longest does; of equals, the first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from backend.language.mention import Mention

__all__ = ["Found", "Grammar", "Meaning", "WordClass", "class_of"]

Found = dict[str, Any]
"""What the word classes of a pattern stood for."""
WordClass = Callable[[Sequence[str], int], "tuple[Any, int] | None"]
"""What the words from a place on mean, and where that ends; ``None`` for nothing."""
Meaning = Callable[[Any, Found], Mention | None]
"""What a pattern means in a context: a mention (its place is set by the grammar), or ``None``: no match after all."""


@dataclass(frozen=True, slots=True)
class _Step:
    words: frozenset[str]
    name: str
    word_class: WordClass | None
    optional: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    steps: tuple[_Step, ...]
    meaning: Meaning


def class_of(table: Mapping[str, Any]) -> WordClass:
    """A class of words and short phrases; the longest phrase counts."""
    phrases: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
    for phrase, value in table.items():
        words = tuple(phrase.split())
        phrases.setdefault(words[0], []).append((words, value))
    for found in phrases.values():
        found.sort(key=lambda each: -len(each[0]))

    def find(words: Sequence[str], at: int) -> tuple[Any, int] | None:
        for phrase, value in phrases.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return value, at + len(phrase)
        return None

    return find


class Grammar:
    """Patterns and what they mean. Built once; finding is pure.

    Args:
        classes: the word classes by name.
        rules: patterns and their meanings; several patterns of one meaning stand on lines of their own.
    """

    def __init__(self, classes: Mapping[str, WordClass], rules: Iterable[tuple[str, Meaning]]) -> None:
        self._classes = dict(classes)
        lines = [(line, meaning) for patterns, meaning in rules for line in patterns.splitlines() if line.strip()]
        self._rules = [_Rule(tuple(map(self._step, line.split())), meaning) for line, meaning in lines]
        self._by_word: dict[str, list[int]] = {}
        self._by_class: dict[WordClass, list[int]] = {}
        for number, rule in enumerate(self._rules):
            self._index(number, rule)

    def find(self, words: Sequence[str], context: Any) -> list[Mention]:
        """All mentions, from left to right, none within another."""
        found: list[Mention] = []
        at = 0
        while at < len(words):
            mention = self._best(words, at, context)
            if mention is not None:
                found.append(mention)
            at = max(at + 1, mention.end if mention else 0)
        return found

    def _best(self, words: Sequence[str], at: int, context: Any) -> Mention | None:
        best: Mention | None = None
        for rule in self._beginning(words, at):
            for end, captured in _matches(rule.steps, words, at):
                if best is not None and end <= best.end:
                    continue
                mention = rule.meaning(context, captured)
                if mention is not None:
                    best = replace(mention, start=at, end=end)
        return best

    def _beginning(self, words: Sequence[str], at: int) -> list[_Rule]:
        """The rules that may begin with this word, in the order of the table."""
        numbers = set(self._by_word.get(words[at], ()))
        for word_class, rules in self._by_class.items():
            if word_class(words, at) is not None:
                numbers.update(rules)
        return [self._rules[number] for number in sorted(numbers)]

    def _step(self, element: str) -> _Step:
        optional = element.endswith("?")
        element = element.removesuffix("?")
        if not element.startswith("{"):
            return _Step(frozenset(element.split("|")), "", None, optional)
        name, _, kind = element.strip("{}").partition(":")
        return _Step(frozenset(), name, self._classes[kind or name], optional)

    def _index(self, number: int, rule: _Rule) -> None:
        """Under each word and each class that it may begin with."""
        for step in rule.steps:
            if step.word_class is not None:
                self._by_class.setdefault(step.word_class, []).append(number)
            for word in step.words:
                self._by_word.setdefault(word, []).append(number)
            if not step.optional:
                return


def _matches(steps: Sequence[_Step], words: Sequence[str], at: int) -> Iterable[tuple[int, Found]]:
    """Every way in which the steps fit from here on: where it ends, and what the classes stood for."""
    if not steps:
        yield at, {}
        return
    step, rest = steps[0], steps[1:]
    if at < len(words):
        if step.word_class is None:
            if words[at] in step.words:
                yield from _matches(rest, words, at + 1)
        elif (found := step.word_class(words, at)) is not None:
            value, end = found
            for last, captured in _matches(rest, words, end):
                yield last, {step.name: value, **captured}
    if step.optional:
        yield from _matches(rest, words, at)
