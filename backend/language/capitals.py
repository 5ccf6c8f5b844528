"""One word of a name as it is written, in any language: O'Brien, McGregor, Jean-Luc."""

import re

__all__ = ["capitals_of"]

_OWN = re.compile(r"[^\W\d_].*[A-ZÀ-Þ]")
_ELIDED = re.compile(r"([od])'(.{2,})")
_SHORTEST_MC = 4
"""Letters of "mcx": shorter ones are no names with "Mc"."""


def capitals_of(word: str) -> str:
    """The word with its capitals; one that has some already keeps them ("DeShawn")."""
    if _OWN.search(word) and not word.isupper():
        return word
    plain = word.lower()
    if found := _ELIDED.fullmatch(plain):
        return f"{found[1].upper()}'{capitals_of(found[2])}"
    if plain.startswith("mc") and len(plain) >= _SHORTEST_MC:
        return "Mc" + plain[2:].capitalize()
    return plain[:1].upper() + plain[1:]
