"""Reads e-mail addresses in English: spoken, spelled, or as they are written."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from backend.language.asked import Asked
from backend.language.doubt import weigh
from backend.language.en.characters import characters_of
from backend.language.en.email_parts import is_another, may_be_a_zero, spells_another, without_spelling
from backend.language.en.formerly import read_as_it_is_now
from backend.language.en.kin import KIN
from backend.language.en.number_words import DIGITS, TEENS, TENS
from backend.language.en.pieces import Pieces
from backend.language.en.signs import BREAKS, SIGNS, signs_for
from backend.language.mention import Mention
from backend.language.reading import Reading

__all__ = ["read_email"]

_MARKS = {
    "dot": ".", "point": ".", "period": ".", ".": ".", "underscore": "_", "_": "_", "dash": "-", "hyphen": "-",
    "minus": "-", "-": "-", "plus": "+", "+": "+",
}  # fmt: skip
_AT = frozenset({"at", "@"})
_STOPS = frozenset(
    "is it be email mail e-mail address my the use me to reach send on that would will all lower lowercase case small "
    "letters one-word capital yes yeah sure okay ok well so no wait sorry mean actually not and , ; : ! ? ... spelled "
    "please try best contact thanks under".split()
)
"""Words before an address that do not belong to it."""
_INTRODUCE = frozenset("is be at to use under that email address , : ...".split())
"""Of these, what an address may follow wherever it stands."""
_BEHIND = frozenset("no wait sorry and in all please thanks , ; ! ? ...".split())
"""Words that are part of no domain."""
_ONE_BY_ONE = frozenset({"oh", "double", "triple", *DIGITS, *TEENS, *TENS})
_SKIPPED = frozenset("um uh er erm space".split())
_PROVIDERS = frozenset("gmail yahoo hotmail outlook icloud aol msn live comcast verizon protonmail proton".split())
_WRITTEN = re.compile(r"[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_LABEL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LOCAL = re.compile(r"[a-z0-9]+(?:[._+-]+[a-z0-9]+)*_*")
_DOTS = re.compile(r"\.{2,}")
_TOGETHER = re.compile(
    r",? ?\b(?:that's |it's )?(?:all|as) (?:one word|together|(?:in )?(?:lower ?case|small letters))\b,?",
    re.IGNORECASE,
)
"""How it is written, in its middle or behind it."""
_TELLS = frozenset(
    "letter letters then with without like number numbers digit digits spelled spelling capital capitals initial first "
    "last name same space word words followed ends starts begins "
    "apostrophe accent username initials dots spaces dashes underscores caps hyphens periods just hash hashtag pound "
    "sign star asterisk zed zee something somebody whatever".split()
)
"""How an address is written is told with these, or what nobody remembers of it; it has to be asked."""
_LETTERS_BEHIND = re.compile(r"(?<!as )(?<!in )\b((?:[a-z] ){1,}[a-z])$")
_NO_OWNERS = frozenset("the my a an com dot your our".split())
"""Nobody's domain is called so: "at the dot com place"."""
_SPEAKERS = frozenset("i we you he she they".split())
"""A sentence begins so: "I check bob at ..."."""
_WHOSE = frozenset("my our his her their".split())
_SPELLED_APART = re.compile(r"\b([a-z]+), ?((?:[a-z][ -])+[a-z]),?(?= (?:at|dot)\b)", re.IGNORECASE)
""" "Jsmith, j s m i t h, at": between pauses."""
_FULL_STOP = re.compile(r"\bfull stop\b", re.IGNORECASE)
_HOW = re.compile(
    r"\b(?:with|without) (?:an?|one|two|no|double|the|capital) \w+"
    r"|\b(?:as a word|spelled out|written out|in letters|in figures|as a (?:number|numeral|digit))\b"
    r"|\bsp(?:elled|elt|elling)(?P<letters>(?: [a-z])*)|\bno [a-z]$"
)
_OWNER = re.compile(r"(?<=\w)['’]s(?=(?: \w+){0,2} dot\b)")
""" "At bob's garage dot com": an s of its own."""
_MOST_WORDS = 2
"""Plain words in a row without anything between them; more of them are hardly one address."""
_MOST_TOGETHER = 5
"""Where it is said that all are one word."""


def read_email(text: str, asked: Asked) -> Reading:
    """The address of an answer, in lower case. One without its end ("at yahoo") is read back, never taken."""
    return read_as_it_is_now(text, _address_in)


def _address_in(text: str) -> Reading:
    text = _SPELLED_APART.sub(r"\1 \2", _FULL_STOP.sub("dot", text))
    owned = is_another(text.lower())
    many = _MOST_TOGETHER if _TOGETHER.search(text) else _MOST_WORDS
    text = _OWNER.sub("s", _TOGETHER.sub(" ", text))
    words = characters_of(_WRITTEN.sub(lambda match: _apart(match[0]), text.lower()))
    ends = [at for at, word in enumerate(words) if word in _AT]
    found = SIGNS.find(words)
    blocked = {at for sign in found for at in range(sign.start, sign.end) if words[at] not in _MARKS}
    mentions = [mention for at in ends if (mention := _address(words, at, blocked, owned, many)) is not None]
    if not mentions and any(
        words[at : at + 2] in (["dot", "com"], ["dot", "net"], ["dot", "org"]) for at in range(len(words))
    ):
        mentions = [Mention(0, len(words), why="there is no at in it")]
    signs = signs_for(found, mentions, ())
    return weigh(words, mentions, [sign for sign in signs if sign.sort != "about"], breaks=BREAKS)


def _apart(address: str) -> str:
    """A written address with its marks as words of their own."""
    return re.sub(r"([@._+-])", r" \1 ", address)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    start: int
    end: int
    in_a_row: int = 0
    with_the: bool = False
    """Does an article stand before it that may be a part of it: "the smiths at"?"""


def _address(words: Sequence[str], at: int, blocked: Collection[int], owned: bool, many: int) -> Mention | None:
    domain = _domain(words, at + 1)
    if domain is None:
        return None
    local = _local(words, at, blocked)
    if not _LOCAL.fullmatch(local.text):
        return Mention(at, domain.end, why="there is no name before the at")
    whole = "." in domain.text
    address = f"{local.text}@{domain.text}" + ("" if whole else ".com")
    addresses = (f"the{address}", address) if local.with_the else (address,)
    owner, _, end = domain.text.partition(".")
    told = owned or (owner in _NO_OWNERS and "." not in end)
    told = told or not _TELLS.isdisjoint(words[at + 1 : domain.end]) or _is_told_behind(words[domain.end :], address)
    together = many == _MOST_TOGETHER
    plain = local.in_a_row <= many and not told and (together or not local.with_the)
    why = "" if whole and plain else "the end is missing" if not whole else "a part is unclear"
    return Mention(local.start, domain.end, addresses[:1] if plain else addresses, why=why, doubtful=bool(why))


def _is_told_behind(behind: Sequence[str], address: str) -> bool:
    """Is it told behind the address how a part of it is written: "that's company with a k"?"""
    said = " ".join(behind)
    letters = _LETTERS_BEHIND.search(said)
    if letters and letters[1].replace(" ", "") not in address:
        return True
    found = _HOW.search(said)
    return found is not None and not (found["letters"] and found["letters"].replace(" ", "") in address)


def _domain(words: Sequence[str], start: int) -> _Part | None:
    """What stands behind the at: names with dots between them. Without a dot only that of a known provider."""
    labels: list[str] = []
    at = start
    while True:
        label, at = _label(words, at, last=bool(labels))
        if not _LABEL.fullmatch(label):
            break
        labels.append(label)
        end = at
        if at >= len(words) or _MARKS.get(words[at]) != "." or at + 1 >= len(words):
            return _Part(".".join(labels), start, end) if len(labels) > 1 or labels[0] in _PROVIDERS else None
        at += 1
    return _Part(".".join(labels), start, at) if len(labels) > 1 or (labels and labels[0] in _PROVIDERS) else None


def _label(words: Sequence[str], at: int, *, last: bool) -> tuple[str, int]:
    """One name of a domain: letters and words up to the next dot; the last one is a single word, or spelled."""
    label = ""
    spelled = False
    while at < len(words) and _MARKS.get(words[at]) != ".":
        text, end = ("plus", at + 1) if words[at] == "plus" else _said(words, at)
        if not text or words[at] in _BEHIND or words[at] in _AT:
            break
        if last and label and not (spelled and len(words[at]) == 1):
            break
        if not last and label in _PROVIDERS and words[at] != "mail":
            break
        spelled = len(words[at]) == 1
        label, at = label + text, end
    return label, at


def _local(words: Sequence[str], at: int, blocked: Collection[int]) -> _Part:
    """What stands before the at, back to a word that is none of it."""
    start = at
    while start and words[start - 1] not in _STOPS | _AT and start - 1 not in blocked:
        start -= 1
    parts: list[tuple[str, bool]] = []
    place = start
    while place < at:
        text, end = _said(words, place)
        plain = len(text) > 1 and text.isalpha() and end == place + 1
        if text:
            parts.append((text, plain))
        place = max(end, place + 1)
    texts = without_spelling(parts)
    longest = row = 0
    for _, plain in parts:
        row = row + 1 if plain else 0
        longest = max(longest, row)
    led_in = start == 0 or _is_led_in(words[:start])
    put_right = start - 1 in blocked and _takes_back(words, start, blocked, parts)
    plain = (led_in or put_right) and _TELLS.isdisjoint(texts) and not spells_another(parts)
    plain = plain and not (longest > 1 and (texts[0] in _SPEAKERS or (start and words[start - 1] in _WHOSE)))
    plain = plain and not may_be_a_zero(texts) and not (start and words[start - 1] in _WHOSE and words[start] in KIN)
    whole = "".join(texts)
    text = _DOTS.sub(".", whole)  # "lee dot um dot hart"
    with_the = words[:start][-1:] == ["the"] and _STOPS.issuperset(words[:start])
    return _Part(text, start, at, longest if plain and text == whole else _MOST_TOGETHER + 1, with_the)


def _is_led_in(before: Sequence[str]) -> bool:
    """Does an address follow these words? "To" is a part of one where no sentence leads to it: "jo to go"."""
    if all(word in _STOPS for word in before):
        return True
    return before[-1] in _INTRODUCE and not (before[-1] == "to" and before[-2] not in _STOPS)


def _takes_back(words: Sequence[str], start: int, blocked: Collection[int], parts: Sequence[tuple[str, bool]]) -> bool:
    """Stands a "no" or a "sorry" before it that takes back another address, a word for a word, or nothing?

    Not so in "sara, no h", in "anna ray, no dots" and in "lopez 84, no, 85".
    """
    told = [word for at, word in enumerate(words[:start]) if at not in blocked and word not in _STOPS | _SKIPPED]
    if not told or not _AT.isdisjoint(words[:start]):
        return True
    return len(told) == len(parts) == 1 and len(told[0]) > 1 and parts[0][1]


def _said(words: Sequence[str], at: int) -> tuple[str, int]:
    """What the word, or the words, at a place stand for in an address, and where that ends."""
    word = words[at]
    if word in _SKIPPED:
        return "", at + 1
    if word in _MARKS:
        return _MARKS[word], at + 1
    one_by_one = len(word) == 1 or word in _ONE_BY_ONE
    if one_by_one:
        piece = Pieces(words, letters=True, prefix="").at(at)
        if piece is not None:
            return piece.likeliest, piece.end
    return (word, at + 1) if word.isalnum() and word.isascii() else ("", at + 1)
