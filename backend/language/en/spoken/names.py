"""Names of people, and how alike two of them sound."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from backend.language.en.spoken.loss import reports_loss
from backend.language.en.spoken.places import ends_in_city_or_state
from backend.language.en.spoken.spelling import join_spelled
from backend.language.tokens import words

__all__ = [
    "is_no_name",
    "is_said",
    "opening_name",
    "read_name",
    "read_person",
    "same_person",
    "sound_of",
    "sounds_like",
    "whole_name",
]

_LEADS = re.compile(
    r"^(?:(?:hi|hello|yes|yeah|well|uh|um|sure|okay|and|so|it is|it's|its|this is|that's|that is|i am|i'm|the name is|"
    r"(?:my|the)(?: full| first| last)? name(?: is|'s|s)?|name is|you can call me|speaking|it was|driver was)\b[ ,]*)+",
    re.IGNORECASE,
)
_TRAILS = re.compile(r"[ ,]*\b(?:speaking|here|please|and my.*|my zip.*|with .*)$", re.IGNORECASE)
_SOUNDS = (
    (r"^(kn|gn)", "n"), (r"^wr", "r"), (r"ough", "o"), (r"ph", "f"), (r"gh", ""),
    (r"c(?=[eiy])", "s"), (r"ck|c|q", "k"),
    (r"sch|sh", "s"), (r"tch|ch", "s"), (r"dg", "j"), (r"x", "ks"), (r"z", "s"), (r"th", "t"), (r"wh", "w"),
    (r"v", "f"), (r"b", "p"), (r"d", "t"), (r"g", "k"), (r"j", "s"), (r"ey|ie|y", "i"), (r"h", ""), (r"w", ""),
    (r"[aeiou]+", "a"), (r"(.)\1+", r"\1"),
)  # fmt: skip
_INTRODUCTION = re.compile(
    r"\b(?:name(?:'s| is)?|this is|i'?m|i am|it'?s|it is|call me|speaking (?:with|to)|under|said|told you|gave you"
    r"|mentioned|would be)\b"
)
_FILLERS = frozenset(
    "uh um uhm er erm ah hmm hm mm well so yes yeah yep sure okay ok and hi hello hey please mr mrs ms miss dr "
    "doctor mister thanks".split()
)
_NO_NAME = frozenset(
    "a about above accident after again all already also always am and another any anybody anyone anything are around "
    "as ask at away back bad be because been before being below between both but by call called calling car claim come "
    "correct could coverage crash damage deductible did didn't does doesn't doing don't done down each either else "
    "emergency english even ever every everyone everything few file find first for forget forgot from full get give "
    "go going got had has hasn't have haven't having he hear hello help her here hers him his hold how hurt i i'd i'll "
    "i'm i've if in injured into is isn't it it's its just keep know last later least less let let's like "
    "look make maybe me mean mine moment more most much must name need never next no none nor not nothing now "
    "number of off on once one only or other our ours out over own pardon people person phone please policy put "
    "question quite rather really remember repeat report representative robot said same say second see send she "
    "should show since sir some somebody someone something sorry speak spell still such sure take talk tell telling "
    "than thank that that's the their them then there these they thing think this those through time told too try "
    "under understand until up us use very wait want wanted was wasn't we we're were what what's when where which "
    "while who who's whole why with won't word would wouldn't wrong yet you'd you'll you're your yours zip code digits "
    "social security afternoon evening morning good human operator agent company speaking policyholder wife "
    "husband zero two three four five six seven eight nine ten eleven twelve hundred thousand".split()
)
"""Words that no name has. Those that are names too ("may", "will", "do", "an") are in ``_EITHER``."""
_EITHER = frozenset("an can do may my so to will you".split())
_PARTICLES = frozenset("de la las los del da dos di van von der den bin al el y st saint".split())
_EXCLAIMED = frozenset(
    "oh god gosh man boy lord jesus christ dear thank goodness heaven heavens damn hell quick auto home roadside "
    "assistance claims billing department service customer payment account perfectly customers office team sales "
    "support desk glass towing tow".split()
)
"""Words of exclamations and of what a line is called for; two of them are no name."""
_BEHIND_A_NAME = frozenset("here speaking calling".split())
_OPENING = 3
"""Pieces of an utterance, between pauses, in which somebody may say who they are."""
_OPENING_WORDS = 3
_LONGEST = 4
_ALIKE = 0.8
_VERY_ALIKE = 0.93
_PARTS_ALIKE = 0.75
_SAME_VOWEL_ALIKE = 0.7
"""Enough where the first vowel is the same too: "caring" may be Karen, "jane" is not John."""


def read_name(text: str) -> str:
    """The name in an utterance, in title case: ``"my name is john smith s m i t h"`` is ``"John Smith"``."""
    said = " ".join(words(text))
    name = _TRAILS.sub("", _LEADS.sub("", said)).strip()
    return " ".join(_capital(part) for part in join_spelled(name.split()))


def read_person(text: str) -> str:
    """The name that somebody gives as their own, in title case; empty for everything that is no name.

    Noise, questions, refusals and talk of other things are none: "uh", "do you speak spanish", "none of your business".
    """
    said = " ".join(word for word in words(text) if word not in _FILLERS)
    found = [_name_in(name) for name in _candidates(said)]
    name = next((name for name in found if " " in name), next(filter(None, found), ""))
    return name or _by_itself(text)


def _by_itself(text: str) -> str:
    """The one piece between pauses that is a whole name: "as in the policy, John Smith"; empty where two are."""
    found = [name for piece in re.split(r"[,;.:]+(?:\s|$)", text) if (name := whole_name(words(piece)))]
    return found[0] if len(found) == 1 else ""


def opening_name(text: str) -> str:
    """The name with which somebody begins who was not asked for it, where it stands by itself: "Anna Kovacs here, I
    had an accident", "yes hello, Anna Kovacs, ..."; else empty. Two or three words, and no exclamation."""
    for piece in re.split(r"[,.;!]+(?:\s|$)", text)[:_OPENING]:
        said = [word for word in words(piece) if word not in _FILLERS]
        ends = next((at for at, word in enumerate(said) if word in _BEHIND_A_NAME), None)
        name = whole_name(said[:ends]) if ends is not None or piece != text else ""
        if name and (not _is_written(text) or name in " ".join(piece.split())):
            return name
    return ""


def _is_written(text: str) -> bool:
    """Has it capitals as names have, so that a name without is none?"""
    return re.search(r"(?<!^)(?<![.!?] )\b[A-Z][a-z]", text) is not None


def whole_name(said: Sequence[str]) -> str:
    """The name, where all of these words together are one of two or three words; else empty."""
    plain = [word for word in said if word not in _FILLERS]
    strange = any(is_no_name(word) or word in _EXCLAIMED or not word.replace("'", "").isalpha() for word in plain)
    if strange or not 1 < len(plain) <= _OPENING_WORDS or ends_in_city_or_state(" ".join(plain)):
        return ""
    return "" if reports_loss(" ".join(plain)) else " ".join(_capital(word) for word in plain)


def is_no_name(word: str) -> bool:
    """Is this, in small letters, a word that is not part of a name where other words stand around it?"""
    return word in _NO_NAME or word in _FILLERS or word in _EITHER


def same_person(said: str, full_name: str) -> bool:
    """May ``said``, a name as it was heard, be ``full_name``? Order, middle names and likeness of sound are forgiven.

    Only half of a name is not.
    """
    first, second = _plain(said), _plain(full_name)
    if not first or not second:
        return False
    if set(second) <= set(first):
        return True
    orders = {" ".join(first), " ".join(reversed(first)), " ".join([*first[:1], *first[-1:]])}
    if max(_whole(order, " ".join(second)) for order in orders) >= _VERY_ALIKE:
        return True
    both = len(first) > 1 and len(second) > 1
    return both and any(_alike_in_parts(order.split(), second) for order in orders)


def is_said(name: str, texts: Iterable[str]) -> bool:
    """Did somebody say this name in any of these utterances? A model may spell it better, and not make one up."""
    said = [word for text in texts for word in (*_plain(text), *_plain(" ".join(join_spelled(words(text)))))]
    heard = [*said, *(f"{one}{two}" for one, two in pairwise(said))]
    parts = [part for part in _plain(name) if part not in _PARTICLES and len(part) > 1]
    in_parts = all(any(_whole(part, word) >= _ALIKE for word in heard) for part in parts)
    return bool(parts) and (in_parts or any(_whole("".join(parts), word) >= _VERY_ALIKE for word in heard))


@lru_cache(4096)
def sound_of(text: str) -> str:
    """A rough phonetic key: names that a telephone confuses have similar keys."""
    key = re.sub(r"[^a-z]", "", _unaccented(text.lower()))
    for pattern, replacement in _SOUNDS:
        key = re.sub(pattern, replacement, key)
    return key


def sounds_like(one: str, other: str) -> float:
    """How alike two names sound, from 0 to 1. Spelling and sound both count."""
    first, second = " ".join(words(one)), " ".join(words(other))
    if not first or not second:
        return 0.0
    spelt = fuzz.ratio(first, second)
    heard = fuzz.ratio(sound_of(first), sound_of(second))
    parts = fuzz.token_set_ratio(first, second) if len(first.split()) > 2 else 0
    return max(spelt, 0.97 * heard, 0.95 * parts) / 100


def _candidates(said: str) -> list[str]:
    """Where in the words the name may stand: behind each introduction, else at the beginning."""
    halves = [_half(said, which) for which in ("first", "last")]
    if all(halves):
        return [" ".join(half[1] for half in halves if half)]
    if name := _one_half(said):
        return [name]
    introduced = [said[found.end() :] for found in _INTRODUCTION.finditer(said)]
    backwards = re.sub(r"\s+(?:is|it's|was|my|the|name|here).*$", "", said)  # "john smith is my name"
    return [*introduced, backwards] if introduced else [said]


def _one_half(said: str) -> str:
    """ "My name is johnson, first name robert"."""
    for half in ("first", "last"):
        named = re.search(rf"\b{half} name(?: is|'s)? ([\w'-]+)", said)
        rest = re.search(r"(?<!first )(?<!last )\bname(?: is|'s) ([\w'-]+)", said)
        if named and rest and named[1] != rest[1] and not is_no_name(named[1]) and not is_no_name(rest[1]):
            return f"{named[1]} {rest[1]}" if half == "first" else f"{rest[1]} {named[1]}"
    return ""


def _half(said: str, which: str) -> re.Match[str] | None:
    """ "Garcia is my last name", "my last name is garcia"."""
    turned = re.search(rf"\b([\w'-]+) is (?:my|the) {which} name\b", said)
    return turned or re.search(rf"\b{which} name(?: is|'s)? ([\w'-]+)", said)


def _name_in(text: str) -> str:
    tokens = _until_other_words(join_spelled(text.split()))
    counted = [token for token in tokens if token not in _PARTICLES]
    if not counted or len(counted) > _LONGEST or all(token in _EITHER or len(token) == 1 for token in counted):
        return ""
    return " ".join(_capital(token) for token in tokens)


def _until_other_words(tokens: list[str]) -> list[str]:
    """The name that the words begin with; nothing when they begin with other words or are no name as a whole."""
    name: list[str] = []
    for token in tokens:
        if (token in _NO_NAME and not (token == "a" and name)) or any(c.isdigit() for c in token):
            break
        name.append(token)
    else:
        return name
    while name and name[-1] in _EITHER:  # "john smith my zip code is ..."
        name.pop()
    return name if len(name) > 1 else []


def _plain(text: str) -> list[str]:
    return _unaccented(" ".join(words(text)).replace("'", "").replace("-", " ")).split()


def _alike_in_parts(first: list[str], second: list[str]) -> bool:
    """Alike as a whole, and neither the first nor the last name is another one: "anna" is no "john"."""
    parts = [(first[0], second[0]), (first[-1], second[-1])]
    return _whole(" ".join(first), " ".join(second)) >= _ALIKE and all(_alike_part(*part) for part in parts)


def _alike_part(one: str, other: str) -> bool:
    mean = (fuzz.ratio(one, other) / 100 + _whole(one, other)) / 2
    return mean >= (_SAME_VOWEL_ALIKE if _first_vowel(one) == _first_vowel(other) else _PARTS_ALIKE)


def _first_vowel(name: str) -> str:
    found = re.search(r"[aeiouy]", name)
    return found[0].replace("y", "i") if found else ""


def _whole(one: str, other: str) -> float:
    """Likeness of two names, wherever their words begin and end."""
    first, second = one.replace(" ", ""), other.replace(" ", "")
    # Letters without a sound key, as of other alphabets, are compared by spelling alone.
    keys = sound_of(first), sound_of(second)
    heard = 0.97 * fuzz.ratio(*keys) if all(keys) else 0.0
    return max(fuzz.ratio(first, second), heard) / 100


def _unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _capital(word: str) -> str:
    if word.startswith("o'") and len(word) > 2:
        return "O'" + word[2:].capitalize()
    return "-".join(part.capitalize() for part in word.split("-"))
