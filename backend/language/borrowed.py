"""Everyday words of a neighbor's language in an answer: "sí, it drives" in English, "nope, nada de eso" in Spanish.

Who lives in two languages answers in both. Where an answer was not understood, it is read once more with such words
said in the language of the call. Only words that mean one thing are known so: no name, no digit of a secret.
"""

import re
from collections.abc import Callable, Mapping

__all__ = ["in_own_words_of"]

_LONGEST = 80
"""Characters of an answer in which such words are looked for: a story is no such answer."""


def in_own_words_of(borrowed: Mapping[str, str]) -> Callable[[str], str]:
    """The rule for one language.

    Args:
        borrowed: the other language's words, in small letters, and what they are in this one; an empty text leaves
            them out.

    Returns:
        takes an answer, and gives it in the language's own words; as it is where it has none of the other's.
    """
    longest_first = sorted(borrowed, key=len, reverse=True)
    found = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    def own(text: str) -> str:
        if len(text) > _LONGEST or found.search(text) is None:
            return text
        return " ".join(found.sub(lambda word: borrowed[word[0].lower()], text).split())

    return own
