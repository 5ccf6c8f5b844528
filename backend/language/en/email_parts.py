"""What stands before the at of an address, piece by piece."""

import itertools
from collections.abc import Sequence

__all__ = ["may_be_a_zero", "spells_another", "without_spelling"]

_SPELLED = 3
"""Letters one by one that are a name's spelling."""


def may_be_a_zero(texts: Sequence[str]) -> bool:
    """Is an O said beside figures: "bob two triple o", "anna o five"?"""
    return any(
        set(text) == {"o"} and any(near.isdecimal() for near in texts[max(at - 1, 0) : at + 2])
        for at, text in enumerate(texts)
    )


def spells_another(parts: Sequence[tuple[str, bool]]) -> bool:
    """Is a word spelled behind it in another way: "alex, a l i x"?"""
    for at, (text, plain) in enumerate(parts):
        letters = "".join(one for one, _ in itertools.takewhile(lambda part: len(part[0]) == 1, parts[at + 1 :]))
        if plain and at and parts[at - 1][1] and len(letters) >= _SPELLED and letters.isalpha() and letters != text:
            return True  # "it's long, ready, o k, p s r i"
        if plain and len(letters) >= _SPELLED and letters[0] == text[0] and letters.isalpha() and letters != text:
            return True
    return False


def without_spelling(parts: Sequence[tuple[str, bool]]) -> list[str]:
    """Without a word that is spelled behind it: "kevin k e v i n" is kevin."""
    texts = [text for text, _ in parts]
    for at, (text, plain) in enumerate(parts):
        before = texts[max(at - len(text), 0) : at]
        if plain and len(text) > 2 and "".join(before) == text and all(len(letter) == 1 for letter in before):
            return texts[:at] + texts[at + 1 :]  # "k e v i n kevin"
        spelled = texts[at + 1 : at + 1 + len(text)]
        if plain and "".join(spelled) == text and all(len(letter) == 1 for letter in spelled):
            return texts[:at] + texts[at + 1 :]
    return texts
