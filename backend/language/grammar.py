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
    needed: tuple[frozenset[str], ...]
    """Of each of these, one word has to be there."""


class _Phrases:
    """A word class that is made of a table: which words it begins with is known without asking it."""

    def __init__(self, phrases: Mapping[str, Sequence[tuple[tuple[str, ...], Any]]]) -> None:
        self._phrases = phrases

    @property
    def starts(self) -> Iterable[str]:
        return self._phrases

    def __call__(self, words: Sequence[str], at: int) -> tuple[Any, int] | None:
        for phrase, value in self._phrases.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return value, at + len(phrase)
        return None


class _Text:
    """The words that are looked through, and what was found out about them."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._there = frozenset(words)
        self._fitting: dict[int, bool] = {}
        self._found: dict[WordClass, dict[int, tuple[Any, int] | None]] = {}
        self.begun: dict[tuple[str, frozenset[int]], list[_Rule]] = {}
        """The rules that may begin with a word, by what it stands for: most words come more than once."""

    def has(self, number: int, rule: _Rule) -> bool:
        """Are words of all that the rule needs somewhere in the text?"""
        known = self._fitting.get(number)
        if known is None:
            known = self._fitting[number] = not any(map(self._there.isdisjoint, rule.needed))
        return known

    def find(self, word_class: WordClass, at: int) -> tuple[Any, int] | None:
        """What the class stands for at a place; it is asked once."""
        places = self._found.get(word_class)
        if places is None:
            places = self._found[word_class] = {}
        if at not in places:
            places[at] = word_class(self.words, at)
        return places[at]


def class_of(table: Mapping[str, Any]) -> WordClass:
    """A class of words and short phrases; the longest phrase counts."""
    phrases: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
    for phrase, value in table.items():
        words = tuple(phrase.split())
        phrases.setdefault(words[0], []).append((words, value))
    for found in phrases.values():
        found.sort(key=lambda each: -len(each[0]))
    return _Phrases(phrases)


class Grammar:
    """Patterns and what they mean. Built once; finding is pure.

    Args:
        classes: the word classes by name.
        rules: patterns and their meanings; several patterns of one meaning stand on lines of their own.
    """

    def __init__(self, classes: Mapping[str, WordClass], rules: Iterable[tuple[str, Meaning]]) -> None:
        self._classes = dict(classes)
        lines = [(line, meaning) for patterns, meaning in rules for line in patterns.splitlines() if line.strip()]
        self._rules = [_rule(tuple(map(self._step, line.split())), meaning) for line, meaning in lines]
        self._by_word: dict[str, list[int]] = {}
        self._by_class: dict[WordClass, list[int]] = {}
        for number, rule in enumerate(self._rules):
            self._index(number, rule)
        self._classes_first = list(self._by_class)

    def find(self, words: Sequence[str], context: Any) -> list[Mention]:
        """All mentions, from left to right, none within another."""
        found: list[Mention] = []
        text = _Text(words)
        at = 0
        while at < len(words):
            mention = self._best(text, at, context)
            if mention is not None:
                found.append(mention)
            at = max(at + 1, mention.end if mention else 0)
        return found

    def _best(self, text: _Text, at: int, context: Any) -> Mention | None:
        best: Mention | None = None
        for rule in self._beginning(text, at):
            for end, captured in _matches(rule.steps, 0, text, at):
                if best is not None and end <= best.end:
                    continue
                mention = rule.meaning(context, captured)
                if mention is not None:
                    best = replace(mention, start=at, end=end)
        return best

    def _beginning(self, text: _Text, at: int) -> list[_Rule]:
        """The rules that may begin with this word, in the order of the table."""
        word = text.words[at]
        classes = [place for place, one in enumerate(self._classes_first) if text.find(one, at) is not None]
        key = word, frozenset(classes)
        known = text.begun.get(key)
        if known is None:
            numbers = set(self._by_word.get(word, ()))
            for place in classes:
                numbers.update(self._by_class[self._classes_first[place]])
            known = [rule for number in sorted(numbers) if text.has(number, rule := self._rules[number])]
            text.begun[key] = known
        return known

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
            known = step.word_class.starts if isinstance(step.word_class, _Phrases) else step.words
            for word in known:
                self._by_word.setdefault(word, []).append(number)
            if step.word_class is not None and not isinstance(step.word_class, _Phrases):
                self._by_class.setdefault(step.word_class, []).append(number)
            if not step.optional:
                return


def _rule(steps: tuple[_Step, ...], meaning: Meaning) -> _Rule:
    return _Rule(steps, meaning, tuple(step.words for step in steps if step.words and not step.optional))


def _matches(steps: Sequence[_Step], place: int, text: _Text, at: int) -> list[tuple[int, Found]]:
    """Every way in which the steps from ``place`` on fit here: where it ends, and what the classes stood for."""
    if place == len(steps):
        return [(at, {})]
    step = steps[place]
    ways: list[tuple[int, Found]] = []
    if at < len(text.words):
        if step.word_class is None:
            if text.words[at] in step.words:
                ways = _matches(steps, place + 1, text, at + 1)
        elif (found := text.find(step.word_class, at)) is not None:
            value, end = found
            ways = [(last, {step.name: value, **said}) for last, said in _matches(steps, place + 1, text, end)]
    if not step.optional:
        return ways
    without = _matches(steps, place + 1, text, at)
    return ways + without if ways else without
