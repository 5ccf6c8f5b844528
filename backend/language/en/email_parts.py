"""What stands before the at of an address, piece by piece, and whose address it is."""

import itertools
import re
from collections.abc import Sequence

__all__ = ["is_another", "may_be_a_zero", "spells_another", "without_spelling"]

_SPELLED = 3
"""Letters one by one that are a name's spelling."""
_OF_SOMEBODY = re.compile(
    r"\b(?!it|that|what|here|name|email|mail|address|one|which|mine)[a-z]+['’]s (?:\w+ ){0,2}at\b"
)
""" "Jo's mom at": an s of its own, or none."""
_REACHES = re.compile(
    r"\bmy (?!(?:e-?mail|mail|address|name|work|account|one|inbox|username|initials?|own)\b)[a-z-]+ (?:is )?at"
    r" (?=.* at )"
)
""" "You can reach my lawyer at ..."."""
_EARLIER = re.compile(
    r"\b(?:used to|formerly|previous(?:ly)?|former"
    r"|(?:old|other|first|wrong|work) (?:one|address|email|e-mail|mail|account)"
    r" (?:was|is))\b|^(?:it )?was\b"
)
"""An address that they had before, or another one of theirs."""
_THEIRS = re.compile(
    r"\b(?:his|hers|theirs) (?:is|was|would be)\b"
    r"|\b(?:his|her|their) (?:e-?mail|mail|address|one)(?: address)?(?:['’]s| is| was| would be)\b"
)
""" "Hers is ...": it may still be the one to be used."""


def is_another(text: str) -> bool:
    """Is the address somebody else's, or one that the caller had before? In small letters."""
    return any(pattern.search(text) for pattern in (_OF_SOMEBODY, _REACHES, _EARLIER, _THEIRS))


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
    """Without the spelling of each word that is spelled beside it: "kevin k e v i n dot bell b e l l" is kevin.bell."""
    texts = [text for text, _ in parts]
    words = [text if plain else "" for text, plain in parts]
    at = 0
    while at < len(texts):
        size = len(words[at])
        if size > 2 and _are_letters(texts[max(at - size, 0) : at], words[at]):  # "k e v i n kevin"
            del texts[at], words[at]
            continue
        if size and _are_letters(texts[at + 1 : at + 1 + size], words[at]):
            del texts[at + 1 : at + 1 + size], words[at + 1 : at + 1 + size]
        at += 1
    return texts


def _are_letters(texts: Sequence[str], word: str) -> bool:
    return "".join(texts) == word and all(len(letter) == 1 for letter in texts)
