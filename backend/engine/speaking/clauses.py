"""Cuts a growing answer into clauses that can be spoken while the rest is still being written.

The first clause leaves early, because the caller is waiting for it: at the first natural
pause, or after a few words where there is none. Later clauses leave at sentence ends and
long commas. Words that many answers begin with ("All right,") leave by themselves, since
their sound is kept. Nothing is ever cut inside a number, an amount, an identifier, an abbreviation
or an address on the web: "$1,250.50", "POL-A10001", "Dr. Lee", "3:45 p.m.".
"""

import re

from backend.language.clause_words import ClauseWords

__all__ = ["ClauseSplitter"]

_FIRST_MIN_WORDS = 3
_FIRST_MAX_WORDS = 8
_MAX_WORDS = 40
_COMMA_MIN_WORDS = 4
_OPENER_MIN_WORDS = 3

_WORD = re.compile(r"\S+")
_MARK = re.compile(r"[^\w ]")
_OPENER = re.compile(r"\s*([^,.!?:;–—]{2,24}),(?=\s+(?:[^\W\d_A-ZÁÉÍÓÚÑÜ]|I\b))")
"""A few words at the very beginning, and a comma. A name behind it belongs to them: "Thank you, John." """
_NUMBERISH = re.compile(r"\d|^[$€£]")


class ClauseSplitter:
    """Fed with text as the model writes it; hands out clauses as soon as each can be spoken.

    Args:
        words: where the language of the text may be cut.
    """

    def __init__(self, words: ClauseWords) -> None:
        self._words = words
        self._text = ""
        self._first = True
        self._opened = False

    @property
    def waiting(self) -> str:
        """The end of what was fed, which is no clause yet."""
        return self._text

    def feed(self, text: str) -> list[str]:
        """Add some text; gives the clauses that are now complete, in order."""
        self._text += text
        if text.isalnum() and len(self._text) < 400 and not self._first:
            return []  # the inside of a word completes nothing
        if self._text.count(" ") < _FIRST_MAX_WORDS and not _MARK.search(self._text):
            return []  # a few words without a pause
        clauses: list[str] = []
        while (cut := self._cut()) is not None:
            clause, self._text = self._text[:cut].strip(), self._text[cut:].lstrip()
            if clause:
                clauses.append(clause)
                self._first, self._opened = not self._opened and self._is_opener(clause), True
        return clauses

    def finish(self) -> list[str]:
        """The end of a passage: gives what is left. The next passage opens early again."""
        clause, self._text, self._first, self._opened = self._text.strip(), "", True, False
        return [clause] if clause else []

    def _cut(self) -> int | None:
        if not _MARK.search(self._text):
            return self._breath()  # the rest looks for marks
        if not self._opened and (opener := self._opener()) is not None:
            return opener
        sentence = self._sentence_end()
        pause = self._comma(before=sentence)
        if pause is not None:
            return pause
        if sentence is not None:
            return sentence
        return self._breath()

    def _opener(self) -> int | None:
        """The end of words that many answers begin with: their sound is there already."""
        found = _OPENER.match(self._text)
        return found.end() if found and self._is_opener(found.group(1)) else None

    def _is_opener(self, clause: str) -> bool:
        return clause.rstrip(",.").lower() in self._words.openers

    def _sentence_end(self) -> int | None:
        for match in self._words.sentence_end.finditer(self._text):
            if match.group().startswith("\n") or not self._is_abbreviation(self._text[: match.start()], match.group()):
                return match.end()
        return None

    def _comma(self, before: int | None) -> int | None:
        for match in self._words.pause.finditer(self._text, 0, len(self._text) if before is None else before):
            words = len(_WORD.findall(self._text[: match.start()]))
            enough = _COMMA_MIN_WORDS if not self._first else _OPENER_MIN_WORDS
            rest = len(_WORD.findall(self._text[match.end() :]))
            if words >= enough and (self._first or (words >= 10 and rest >= 3)):
                return match.end()
        return None

    def _breath(self) -> int | None:
        """A cut where the text has no pause: early in the first clause, late in an endless one."""
        limit = _FIRST_MAX_WORDS if self._first else _MAX_WORDS
        # The last word may still grow, so it is never cut before or after.
        if len(self._text.split()) <= limit:
            return None
        words = list(_WORD.finditer(self._text))
        for index in range(limit, _FIRST_MIN_WORDS - 1, -1):
            if self._may_breathe(words[index - 1].group(), words[index].group()):
                return words[index].start()
        for index in range(limit, _FIRST_MIN_WORDS - 1, -1):
            if not self._belongs_together(words[index - 1].group(), words[index].group()):
                return words[index].start()
        return None

    def _is_abbreviation(self, before: str, ending: str) -> bool:
        if not ending.startswith(".") or len(ending.rstrip("\"')]")) > 1:
            return False
        word = re.split(r"[\s(\"']", before)[-1].lower()
        known = self._words
        letter = len(word) == 1 and word.isalpha() and word not in known.pronouns | known.joiners
        return letter or word in known.abbreviations

    def _may_breathe(self, before: str, after: str) -> bool:
        known = self._words
        bound = before.lower() in known.joiners | known.pronouns
        return after.lower() in known.joiners and not bound and not self._belongs_together(before, after)

    def _belongs_together(self, before: str, after: str) -> bool:
        known = self._words
        left, right = before.lower().strip(",.;:"), after.lower().strip(",.;:")
        numbers = self._is_number(left) and self._is_number(right)
        named = before[:1].isupper() and after[:1].isupper()
        # What a number is the number of stands before it: "policy 4821", "the 4th".
        counted = bool(_NUMBERISH.search(right))
        return numbers or named or counted or left in known.abbreviations or left in known.bound

    def _is_number(self, word: str) -> bool:
        return word in self._words.numbers or bool(_NUMBERISH.search(word))
