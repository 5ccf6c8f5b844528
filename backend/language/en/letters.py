"""Letters as they are named in English: by name, by the NATO or the police alphabet, "b as in boy"."""

from collections.abc import Sequence

__all__ = ["EXPLAINS", "LETTERS", "UNSURE_LETTERS", "explained"]

_NATO = (
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett juliette kilo lima mike november "
    "oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu"
)
_POLICE = (
    "adam boy charles david edward frank george henry ida john king lincoln mary nora ocean paul queen robert sam tom "
    "union william young zebra"
)
_NAMES = {
    "bee": "b", "cee": "c", "dee": "d", "gee": "g", "jay": "j", "kay": "k", "cay": "k", "el": "l", "ell": "l",
    "em": "m", "en": "n", "pee": "p", "pea": "p", "cue": "q", "queue": "q", "ess": "s", "tee": "t", "tea": "t",
    "vee": "v", "ex": "x", "wye": "y", "zee": "z", "zed": "z", "eff": "f", "ef": "f", "aitch": "h", "haitch": "h",
}  # fmt: skip
LETTERS = (
    {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz"}
    | {word: word[0] for word in f"{_NATO} {_POLICE}".split()}
    | _NAMES
)
"""Words that stand for a letter wherever letters are said."""
UNSURE_LETTERS = {"be": "b", "see": "c", "sea": "c", "are": "r", "you": "u", "why": "y", "eye": "i"}
"""Words that recognizers write for a letter; they have a meaning of their own, and count between letters only."""
EXPLAINS = (("as", "in"), ("like", "in"), ("is", "for"), ("like",), ("for",), ("as",))
"""What stands between a letter and the word that explains it."""


def explained(words: Sequence[str], at: int, letter: str) -> tuple[int, bool]:
    """How many words from here on explain this letter, and whether they explain another one.

    "For" and "like" explain only a word that begins so: "b for boy", but "b for two".
    """
    for phrase in EXPLAINS:
        end = at + len(phrase)
        if tuple(words[at:end]) != phrase or end >= len(words):
            continue
        fits = words[end].startswith(letter)
        if fits or phrase in (("as", "in"), ("is", "for")):
            return len(phrase) + 1, not fits
    return 0, False
