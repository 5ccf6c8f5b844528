"""What one caller said, with everybody and everything that it names replaced; the same by the same throughout."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from backend.disguise.figures import MONTHS, ORDINALS, WEEKDAYS, Figures, is_number
from backend.disguise.made_up import MADE_UP, ROADS, Kind, kind_of
from backend.disguise.spelling import Spelling
from backend.disguise.vocabulary import PLAIN, Vocabulary, also_names

__all__ = ["Disguise"]

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:/-]\d+)*(?:st|nd|rd|th)?|\s+|.", re.DOTALL)
_WRITTEN_MAIL = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_MAIL = "anna at example dot com"
_SPOKEN_END = frozenset("com net org edu gov es mx us co info io".split())
_DOTS, _ATS = frozenset({"dot", "punto", "point"}), frozenset({"at", "arroba"})
_BEFORE_MAIL = frozenset("is it's its email mail e-mail address to correo es electrónico dirección".split())
_LONGEST_MAIL = 8
_NAME_CUES = frozenset(
    {
        ("name", "is"), ("name's",), ("mister",), ("mr",), ("mrs",), ("ms",), ("named",), ("spelled",),
        ("nombre", "es"), ("llamo",), ("apellido", "es"), ("señor",), ("señora",), ("first", "name"), ("last", "name"),
    }
)  # fmt: skip
"""After these a name comes, and nothing else."""
_MAYBE_CUES = frozenset(
    {("i", "am"), ("i'm",), ("this", "is"), ("it's",), ("called",), ("doctor",), ("soy",), ("habla",)}
)
"""After these a name may come: then a word that can be one is one."""
_AFTER_CUE = 3
_MONTHS = {month for row in MONTHS for month in row}
_DAYS = {day for row in WEEKDAYS for day in row}
_ALSO_VERBS = frozenset({"may", "march"})
_PRONOUN_ONE = frozenset("that this no the which any every another each other first last only".split())
_LONGEST_PART = 4
"""Digits that are said between two commas of one number: a longer string of them is a number by itself."""


class Disguise:
    """Replaces what one call names.

    Args:
        vocabulary: words that may stay.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.figures = Figures()
        self._names: dict[str, str] = {}
        self._spelling = Spelling()
        self._used: Counter[Kind] = Counter()
        self.replaced: Counter[str] = Counter()
        """How many of each kind were replaced: names, places, numbers, dates, mails."""

    def pair(self, real: str, made_up: str) -> None:
        """Have a person's words become those of a made-up one, from here on."""
        theirs = [word for word in _words(real) if not self._vocabulary.has(word) or word not in PLAIN]
        for word, stand_in in zip(theirs, _words(made_up), strict=False):
            self._names.setdefault(word, stand_in)

    def words(self, text: str, *, names_somebody: bool = False) -> str:
        """What was said, disguised. ``names_somebody``: a name was asked for, so all but the plainest words are one."""
        text, mails = _WRITTEN_MAIL.subn("anna@example.com", text.replace("’", "'"))
        kept = "anna@example.com"
        self.replaced["mails"] += mails
        parts = [self._said(part, names_somebody=names_somebody) for part in text.split(kept)]
        return " ".join(kept.join(parts).split())

    def _said(self, text: str, *, names_somebody: bool) -> str:
        tokens = _TOKEN.findall(text)
        places = [index for index, token in enumerate(tokens) if not token.isspace() and _is_word(token)]
        words = [tokens[index].casefold() for index in places]
        fresh: list[str | None] = [None] * len(words)
        self._spoken_mails(words, fresh)
        self._numbers(words, [tokens[index] for index in places], _numbers_end(tokens, places), fresh)
        expected = self._expected(words, all_of_them=names_somebody)
        self.replaced["names"] += self._spelling.spell(words, expected, self._names, fresh)
        for index in range(len(words)):
            if fresh[index] is None:
                fresh[index] = self._word(words, index, named=expected[index])
        for index, made in zip(places, fresh, strict=True):
            if made is not None and made != tokens[index].casefold():
                tokens[index] = _like(tokens[index], made)
        return "".join(tokens)

    def _spoken_mails(self, words: list[str], fresh: list[str | None]) -> None:
        """An address that is said: everything before "at" belongs to it that may."""
        for end in range(2, len(words)):
            if words[end] not in _SPOKEN_END or words[end - 1] not in _DOTS:
                continue
            at = next(
                (place for place in range(end - 2, max(-1, end - 2 - _LONGEST_MAIL), -1) if words[place] in _ATS), None
            )
            if at is None:
                at = max(0, end - 2)
            start = at
            while start > 0 and at - start < _LONGEST_MAIL and words[start - 1] not in _BEFORE_MAIL:
                start -= 1
            for place in range(start, end + 1):
                fresh[place] = ""
            fresh[start] = _MAIL
            self.replaced["mails"] += 1

    def _numbers(self, words: list[str], written: list[str], ends: Sequence[bool], fresh: list[str | None]) -> None:
        index = 0
        while index < len(words):
            end = index
            while end < len(words) and fresh[end] is None and self._counts(words, end):
                end += 1
                if words[end - 1] in ORDINALS or ends[end - 1]:  # what follows a day is a year, a number of its own
                    break
            if end > index:
                fresh[index:end] = self.figures.run(written[index:end])
                self.replaced["numbers"] += 1
            index = max(end, index + 1)

    @staticmethod
    def _counts(words: list[str], index: int) -> bool:
        """Is this word part of a number here?"""
        word, before = words[index], words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        if not is_number(word):
            return False
        if word in {"o", "oh", "un", "una", "second", "once", "mil"}:
            return is_number(before) or is_number(after)
        return not (word == "one" and before in _PRONOUN_ONE and not is_number(after))

    def _expected(self, words: list[str], *, all_of_them: bool) -> list[bool]:
        """Where a name is to be expected: after a word that announces one, before that of a road, and beside a name
        where a word can be one."""
        found = [all_of_them] * len(words)
        for end in range(len(words)):
            cues = {tuple(words[end : end + 1]), tuple(words[max(0, end - 1) : end + 1])}
            if cues & _NAME_CUES or cues & _MAYBE_CUES:
                for place in range(end + 1, min(len(words), end + 1 + _AFTER_CUE)):
                    found[place] |= bool(cues & _NAME_CUES) or words[place] in also_names()
            if words[end] in ROADS:
                found[max(0, end - 2) : end] = [True] * min(2, end)
        strange = [not is_number(word) and not self._vocabulary.has(word) for word in words]
        for place, word in enumerate(words):
            found[place] |= word in also_names() and any(strange[max(0, place - 1) : place + 2])
        return found

    def _word(self, words: list[str], index: int, *, named: bool) -> str | None:
        """What one word becomes; ``None``: it stays."""
        word, before = words[index], words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        if word in _DAYS or word.removesuffix("s") in _DAYS:
            return self._dated(self.figures.weekday, word if word in _DAYS else word.removesuffix("s"))
        if word in _MONTHS and (
            word not in _ALSO_VERBS or is_number(after) or is_number(before) or before in {"of", "in"}
        ):
            return self._dated(self.figures.month, word)
        bare = word.removesuffix("'s")
        if bare in self._names:
            return self._names[bare] + word[len(bare) :]
        known = self._vocabulary.knows(word, before, after, named=named)
        if not known and (word in PLAIN or ((word in ROADS or self._vocabulary.has(word)) and not named)):
            return None
        return self._named(bare, before, after) + word[len(bare) :]

    def _dated(self, move: Callable[[str], str], word: str) -> str:
        self.replaced["dates"] += 1
        return move(word)

    def _named(self, word: str, before: str, after: str) -> str:
        kind = kind_of(word, before, after)
        others = MADE_UP[kind]
        made = others[self._used[kind] % len(others)]
        if made == word:
            self._used[kind] += 1
            made = others[self._used[kind] % len(others)]
        self._used[kind] += 1
        self._names[word] = made
        self.replaced["names" if kind == "person" else "places"] += 1
        return made


def _numbers_end(tokens: list[str], places: list[int]) -> list[bool]:
    """After which words a number is over: a sentence ends there, or a comma stands beside a whole number."""
    ends: list[bool] = []
    for here, there in zip(places, [*places, len(tokens)][1:], strict=True):
        between = "".join(tokens[here + 1 : there])
        beside = (tokens[here], *tokens[there : there + 1])
        whole = any(sum(map(str.isdecimal, token)) > _LONGEST_PART for token in beside)
        ends.append(bool(re.search(r"[.;:!?]", between)) or ("," in between and whole))
    return ends


def _is_word(token: str) -> bool:
    return token[0].isalnum()


def _words(text: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(text) if _is_word(token)]


def _like(old: str, made: str) -> str:
    """With a capital where the old one had it."""
    return made[:1].upper() + made[1:] if old[:1].isupper() else made
