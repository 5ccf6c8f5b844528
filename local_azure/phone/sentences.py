"""What an agent says, taken apart: sentences, and which of them ask for something."""

import re
from dataclasses import dataclass, field

__all__ = ["Heard", "digit_groups", "hear"]

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_REQUEST = re.compile(
    r"^(?:(?:and|so|ok|okay|now|then|great|thanks|thank you|first|next)[ ,]+)*"
    r"(?:please|tell|say|give|describe|spell|repeat|go ahead|could you|can you|would you|may i|let me know"
    r"|i need|i'll need|i will need|i'd like|i would like|i just need|we need|your )"
    r"|\bplease (?:tell|say|give|describe|spell|repeat|confirm|provide|let)\b"
    r"|\b(?:tell me|let me know|i need you)\b"
)
_YES_OR_NO = re.compile(r"^(?:please )?(?:just )?(?:say|answer|tell me)(?: with)? yes or no\W*$")
_DIGIT_WORDS = {
    word: str(value) for value, word in enumerate("zero one two three four five six seven eight nine".split())
} | {"oh": "0"}
_TOKEN = re.compile(r"[a-z]+|\d+|[^\sa-z\d]")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said since the caller spoke last. All text is lower case with plain apostrophes."""

    text: str = field(repr=False)
    questions: tuple[str, ...] = field(repr=False)
    """Sentences that ask for something, in order."""
    statements: str = field(repr=False)
    """The rest."""

    @property
    def last_question(self) -> str:
        """The question that counts: not a mere "please say yes or no" after it."""
        asked = [question for question in self.questions if not _YES_OR_NO.search(question)]
        return (asked or list(self.questions))[-1]

    @property
    def last_sentence(self) -> str:
        """The sentence that ended it."""
        return _SENTENCE.split(self.text)[-1]


def hear(text: str) -> Heard:
    """Take ``text`` apart. Text without any punctuation (a recognizer's) may all be a question."""
    plain = " ".join(text.lower().replace("\u2019", "'").split())
    sentences = [sentence for sentence in _SENTENCE.split(plain) if sentence]
    if not re.search(r"[.?!]", plain):
        return Heard(plain, (plain,) if plain else (), "")
    asking = [sentence for sentence in sentences if "?" in sentence or _REQUEST.search(sentence)]
    return Heard(plain, tuple(asking), " ".join(sentence for sentence in sentences if sentence not in asking))


def digit_groups(text: str) -> list[str]:
    """Figures in ``text``, however they are written: ``4821``, ``4 8 2 1``, ``4-8-2-1``, ``four eight two one``."""
    groups: list[str] = []
    current = ""
    for token in _TOKEN.findall(text.lower()):
        digits = _DIGIT_WORDS.get(token, token if token.isdigit() else "")
        if digits:
            current += digits
        elif token not in "-,":
            groups.append(current)
            current = ""
    return [group for group in [*groups, current] if group]
