"""Names that are spelled: "smith s m i t h", "s as in sam, m as in mary"."""

from collections.abc import Sequence

from rapidfuzz import fuzz

__all__ = ["join_spelled"]

_INTRODUCES = frozenset("that's thats spelled spelt spelling it's".split())
_EXPLAINS = (("as", "in"), ("like",), ("for",))
_ALIKE = 45
_SHORTEST = 2
"""Letters of a spelled word; a single one is an initial."""


def join_spelled(tokens: Sequence[str]) -> list[str]:
    """Tokens with letters joined to the word that they spell, which takes the place of the word said before it."""
    joined: list[str] = []
    letters = ""
    for token in [*_letters_only(tokens), ""]:
        if len(token) == 1 and token.isalpha():
            letters += token
            continue
        if len(letters) >= _SHORTEST:
            _place(joined, letters)
        elif letters:
            joined.append(letters)
        letters = ""
        if token:
            joined.append(token)
    return joined


def _letters_only(tokens: Sequence[str]) -> list[str]:
    """Without what explains letters ("as in sam"), and with doubles written out."""
    found: list[str] = []
    index = 0
    while index < len(tokens):
        token, following = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else ""
        if token in {"double", "capital"} and len(following) == 1:
            found += [following] * (2 if token == "double" else 1)
            index += 2
            continue
        found.append(token)
        index += 1
        if len(token) == 1:
            index += _explanation(tokens, index, token)
    return found


def _explanation(tokens: Sequence[str], index: int, letter: str) -> int:
    """How many tokens from here on explain this letter."""
    for phrase in _EXPLAINS:
        end = index + len(phrase)
        if tuple(tokens[index:end]) == phrase and end < len(tokens) and tokens[end].startswith(letter):
            return len(phrase) + 1
    return 0


def _place(joined: list[str], spelled: str) -> None:
    """Put a spelled word where the same word was said, or after the others."""
    while joined and joined[-1] in _INTRODUCES:
        joined.pop()
    alike = [(fuzz.ratio("".join(joined[-count:]), spelled), count) for count in range(1, min(3, len(joined)) + 1)]
    best, count = max(alike, default=(0.0, 0))
    if best == 100:  # said and spelled are the same; what was said tells where one name ends
        return
    if best >= _ALIKE:
        del joined[-count:]
    joined.append(spelled)
