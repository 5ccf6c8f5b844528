"""Names that are spelled: "smith s m i t h", "b as in boy", "double l", "with two l's", "jean hyphen luc"."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

__all__ = ["Described", "described", "join_spelled", "radio_words"]

_INTRODUCES = frozenset("that's thats spelled spelt spelling it's is as like".split())
_EXPLAINS = (("as", "in"), ("like", "in"), ("like",), ("for",), ("as",), ("is", "for"))
_COUNTED = {"two": 2, "double": 2, "2": 2, "one": 1, "1": 1, "a": 1, "an": 1, "the": 1, "single": 1, "no": 0}
_WITH = re.compile(
    r"\b(?:(?:with|without|has|and) |(?=two |2 )|(?=no [a-z](?:$| \w\w)))"
    r"(?P<count>two|double|one|an?|the|single|no|1|2)?"
    r" ?(?P<letter>ph|ck|gh|ie|ei|ee|[a-z])(?:'?s|'s)?"
    r"(?: (?:not|instead of|rather than) (?:with )?(?:an? )?(?P<old>[a-z]))?(?: (?:at|in|on) the (?P<place>end"
    r"|beginning|middle|front))?"
    r"(?=$| (?!as\b|like\b|for\b))"
)
_HYPHEN = re.compile(
    r"\b(?:with )?a? ?(?:hyphen|dash) (?:in )?between (?P<one>[\w']+) and (?P<other>[\w']+)\b|\b(?:with a hyphen"
    r"|hyphenated)\b"
)
_RADIO = {
    word: word[0]
    for word in (
        "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar "
        "papa quebec romeo sierra tango uniform victor whiskey whisky x-ray xray yankee zulu"
    ).split()
}
"""The alphabet of radio; of its words three in a row are letters."""
_IN_A_ROW = 3
_ALIKE = 45
_SHORTEST = 2
"""Letters of a spelled word; a single one is an initial."""


@dataclass(frozen=True, slots=True)
class Described:
    """A name without what was said about its spelling, and whether the two go together."""

    words: str
    agrees: bool = True


def described(said: str) -> Described:
    """Carries out what is said about the spelling of a name: "jean luc with a hyphen between jean and luc"."""
    if found := _HYPHEN.search(said):
        name = _HYPHEN.sub("", said).strip()
        one, other = found["one"], found["other"]
        if one is None:
            parts = name.split()
            return Described("-".join(parts) if len(parts) == 2 else name, agrees=False)
        joined = re.sub(rf"\b{re.escape(one)} {re.escape(other)}\b", f"{one}-{other}", name)
        return Described(joined, agrees=joined != name)
    said = re.sub(r"(?<=\w\w) (?:hyphen|dash) (?=\w\w)", "-", said)
    found = _WITH.search(said)
    if found is None:
        return Described(said)
    name = f"{said[: found.start()]} {said[found.end() :]}".strip()
    return Described(name, agrees=_fits(name, found))


def _fits(name: str, found: re.Match[str]) -> bool:
    """Has the name these letters as they are described?"""
    letter, count = found["letter"], _COUNTED.get(found["count"] or "a", 1)
    if found.group().startswith("without"):
        count = 0
    words = [word for word in join_spelled(name.split()) if len(word) > 1]
    if count == 0:
        return not any(letter in word for word in words)
    wanted = letter * count
    fits = any(word.endswith(wanted) if found["place"] == "end" else wanted in word for word in words)
    return fits and not (found["old"] and not any(wanted in word and found["old"] not in word for word in words))


def join_spelled(tokens: Sequence[str]) -> list[str]:
    """Tokens with letters joined to the word that they spell, which takes the place of the word said before it."""
    joined: list[str] = []
    letters = ""
    for token in [*_letters_only(_without_radio(tokens)), ""]:
        if len(token) == 1 and token.isalpha():
            letters += token
            continue
        if letters and token in {"-", "'"}:
            letters += token
            continue
        letters = letters.rstrip("-'")
        if len(letters) >= _SHORTEST:
            _place(joined, letters)
        elif letters:
            joined.append(letters)
        letters = ""
        if token and token not in {"-", "'", "space"}:
            joined.append(token)
    return joined


def radio_words(tokens: Sequence[str]) -> list[str]:
    """The words of the radio that stand for letters: "tango romeo alpha november"."""
    rows = [list(row) for is_radio, row in itertools.groupby(tokens, _RADIO.__contains__) if is_radio]
    return [word for row in rows if len(row) >= _IN_A_ROW for word in row]


def _without_radio(tokens: Sequence[str]) -> list[str]:
    radio = radio_words(tokens)
    return [_RADIO[token] if token in radio else token for token in tokens]


def _letters_only(tokens: Sequence[str]) -> list[str]:
    """Without what explains letters ("as in sam"), and with doubles written out."""
    found: list[str] = []
    index = 0
    while index < len(tokens):
        token, following = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else ""
        if re.fullmatch(r"[a-z](?:-[a-z])+", token):
            found += token.split("-")
            index += 1
            continue
        if token in {"double", "capital", "letter", "uppercase"} and len(following) == 1:
            found += [following] * (2 if token == "double" else 1)
            index += 2
            index += _explanation(tokens, index, following)
            continue
        if token in {"hyphen", "dash", "apostrophe"}:
            found.append("'" if token == "apostrophe" else "-")
            index += 1
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
        if (
            tuple(tokens[index:end]) == phrase
            and end < len(tokens)
            and tokens[end].startswith(letter)
            and len(tokens[end]) > 1
        ):
            return len(phrase) + 1
    return 0


def _place(joined: list[str], spelled: str) -> None:
    """Put a spelled word where the same word was said, or after the others."""
    while joined and joined[-1] in _INTRODUCES:
        joined.pop()
    half = len(spelled) // 2
    if half > 1 and spelled[:half] == spelled[half:]:  # spelled twice
        spelled = spelled[:half]
    if spelled in joined:
        return
    alike = [(fuzz.ratio("".join(joined[-count:]), spelled), count) for count in range(1, min(3, len(joined)) + 1)]
    best, count = max(alike, default=(0.0, 0))
    if best == 100:  # said and spelled are the same; what was said tells where one name ends
        return
    if best >= _ALIKE:
        del joined[-count:]
    joined.append(spelled)
