"""Finds where a text recites another one word by word: an agent that reads out its instructions."""

import re
from collections import defaultdict
from functools import cached_property

__all__ = ["LeakFilter", "LeakFilters", "PromptLeak"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
_SAYABLE = re.compile(r'"[^"\n]{1,400}"|“[^”\n]{1,400}”')
_SUSPECT = 6
"""Words in a row that are held back until it is clear where they lead."""
_CERTAIN = 16
"""Words in a row that no agent says by chance; several facts from a prompt are shorter."""


class PromptLeak:
    """A source that must not be recited. What stands in quotation marks there is meant to be said.

    Args:
        source: the text.
        certain: so many words of it in a row are a recital.
    """

    def __init__(self, source: str, *, certain: int = _CERTAIN) -> None:
        self.certain = certain
        self._source = source

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each word stands. Most prompts are never asked for it: their agent only calls tools, with few words."""
        places: dict[str, list[int]] = defaultdict(list)
        at = 0
        for part in _SAYABLE.split(self._source):
            for word in _words(part):
                places[word].append(at)
                at += 1
            at += 1  # nothing runs on across what may be said
        return places

    def longest(self, text: str) -> int:
        """The longest run of words of ``text`` that stands in the source."""
        runs, longest = dict[int, int](), 0
        for word in _words(text):
            runs = self.step(runs, word)
            longest = max(longest, max(runs.values(), default=0))
        return longest

    def is_in(self, text: str) -> bool:
        """Does ``text`` recite it? So few words that they cannot are not looked up."""
        return len(_words(text)) >= self.certain and self.longest(text) >= self.certain

    def step(self, runs: dict[int, int], word: str) -> dict[int, int]:
        """Runs that end with ``word``: place in the source, and length."""
        places = self._places.get(word)
        return {place: runs.get(place - 1, 0) + 1 for place in places} if places else {}


class LeakFilter:
    """A growing text that is let through except where it begins to recite."""

    def __init__(self, source: PromptLeak) -> None:
        self._source = source
        self._runs: dict[int, int] = {}
        self._longest = 0
        """Of the runs that end with the last word."""
        self._text = ""
        self._read = 0
        self._let = 0
        self.recites = False
        """Enough was recited to be certain; nothing more is let through."""

    def feed(self, text: str) -> str:
        """Some more of it; gives what may be passed on now."""
        if not text:
            return ""
        self._text += text
        whole = len(self._text)
        for match in _WORD.finditer(self._text, self._read):
            if match.end() == whole:
                break  # the word may go on
            self._take(match)
        if self._longest >= _SUSPECT or self.recites:
            return ""
        let, self._let = self._text[self._let :], whole
        return let

    def finish(self) -> str:
        """The text is complete; gives the rest of what may be passed on."""
        for match in _WORD.finditer(self._text, self._read):
            self._take(match)
        return self._release(len(self._text))

    def _take(self, match: re.Match[str]) -> None:
        self._read = match.end()
        runs = self._runs = self._source.step(self._runs, match.group().lower())
        self._longest = max(runs.values()) if runs else 0
        if self._longest >= self._source.certain:
            self.recites = True

    def _release(self, end: int) -> str:
        if self.recites or end <= self._let:
            return ""
        let, self._let = self._text[self._let : end], end
        return let


class LeakFilters:
    """A growing text that recites none of several sources.

    Args:
        sources: what must not be recited.
    """

    def __init__(self, *sources: PromptLeak) -> None:
        self._filters = [LeakFilter(one) for one in sources]
        self.recites = False
        """Enough of one of them was recited to be certain; nothing more is let through."""

    def feed(self, text: str) -> str:
        """Some more of it; gives what may be passed on now."""
        for one in self._filters:
            text = one.feed(text)
            self.recites = self.recites or one.recites
        return "" if self.recites else text

    def finish(self) -> str:
        """The text is complete; gives the rest of what may be passed on."""
        rest = ""
        for one in self._filters:
            rest = one.feed(rest) + one.finish()
            self.recites = self.recites or one.recites
        return "" if self.recites else rest


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
