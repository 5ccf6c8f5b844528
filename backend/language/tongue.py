"""Words in a language that the line does not have: which one it is, and whether somebody is in danger in it.

What is known of a language stands in ``tongues/CODE.yaml``: ``names``, by which callers ask for it in any language;
``words``, which its speakers cannot do without and others hardly say, as a recognizer set to English writes them, too;
``also``, what it shares with others or with names, which speaks neither for it nor against it; and ``danger``, divided
by commas. A new file is all that a new language takes.
A line's own languages have such a file as well: their words speak against all others.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from backend.language.tokens import words
from backend.yaml_loader import load_yaml

__all__ = ["UNKNOWN", "Heard", "Tongue", "heard", "names_of_tongues", "tongues"]

UNKNOWN = "?"
"""The language of words in letters of another script that no file tells."""

_FEW = 2
_IN_NAMES = frozenset("de la las los del el da do dos das di du des le les van von der den y e".split())
"""What people and streets are called by as well ("Maria de la Cruz"): by itself it tells no language."""
_ELIDED = re.compile(r"'(?=\w{4})")
_PLAIN = str.maketrans({"đ": "d", "ł": "l", "ß": "ss", "'": None, "-": " ", "/": " "})


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language as it is told apart; all in the plain spelling.

    Args:
        words: what its speakers say in every other sentence.
        also: what they share with others, and with names.
        danger: single words of people in danger.
        phrases: several words that say so, and words in letters that are not Latin.
        names: what it is called, in its own words and in others, as they are written.
    """

    words: frozenset[str]
    also: frozenset[str]
    danger: frozenset[str]
    phrases: tuple[str, ...]
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Heard:
    """What words are in.

    Args:
        code: the language that they are evidently in, ``UNKNOWN``, or nothing where they may be of the line.
        danger: do they call for help in a language that the line does not have?
        hints: where that is not so, languages that the line does not have and of which there is a word.
    """

    code: str = ""
    danger: bool = False
    hints: frozenset[str] = frozenset()


def heard(text: str, code: str, others: Collection[str] = ()) -> Heard:
    """Which language ``text`` is evidently in, where it is not the one that is spoken.

    Two words of it, and more than there are of the line's languages; or next to nothing else; or letters of another
    script. Many words of which the line's languages know none may be an address, a car or a list of parts.

    Args:
        text: the caller's words.
        code: the language that is spoken, as "en".
        others: what else the line has; one of these speaks against those that it has not.
    """
    plain = _plain(text)
    every = frozenset(plain.split())
    strange = not text.isascii() and _is_of_another_script(text)
    if not strange and every <= _own(frozenset((code,))):
        return Heard()
    line = frozenset((code, *others))
    told = _weighed(_Said(plain, every, line), line, strange=strange)
    if told.code or not others:
        return told
    return _weighed(_Said(plain, every, frozenset((code,))), frozenset((*tongues(), code)) - frozenset(others), told)


def _weighed(said: "_Said", spoken: Collection[str], before: Heard | None = None, *, strange: bool = False) -> Heard:
    """The language that these words are evidently in, which is none of ``spoken``."""
    others = [(code, tongue) for code, tongue in tongues().items() if code not in spoken]
    weighed = [(said.weigh(tongue), code) for code, tongue in others if code in said.hints or strange]
    calling = [code for weight, code in weighed if weight.calls]
    if calling:
        return Heard(calling[0], True)
    best, code = max(weighed, key=lambda one: one[0].for_it, default=(_Weight(), ""))
    if best.evident:
        return Heard(code)
    return before or Heard(UNKNOWN if strange else "", hints=said.hints)


@dataclass(frozen=True, slots=True)
class _Weight:
    """What speaks for one language, and against it.

    Args:
        words: how many of its words there are.
        danger: how many that call for help.
        against: how many of the line's languages that it does not share.
        all_of_it: is there nothing else?
        short: are they no more than two words, which a name may be?
    """

    words: int = 0
    danger: int = 0
    against: int = 0
    all_of_it: bool = False
    short: bool = True

    @property
    def for_it(self) -> int:
        return self.words + self.danger

    @property
    def evident(self) -> bool:
        whole = self.all_of_it and self.for_it > 0 and not self.short
        return whole or self.for_it > max(self.against, _FEW - 1)

    @property
    def calls(self) -> bool:
        sure = self.all_of_it or (self.for_it >= _FEW and self.for_it > self.against)
        return self.danger > 0 and sure


class _Said:
    """Words, divided into those of the line's languages and all others."""

    def __init__(self, plain: str, every: frozenset[str], spoken: frozenset[str]) -> None:
        own, hints = _own(spoken), _hints()
        self.plain, self._every = plain, every
        self._mine = self._every & own
        self.strange = self._every - own
        self.hints = frozenset(code for word in self.strange for code in hints.get(word, ()))

    def weigh(self, tongue: Tongue) -> _Weight:
        """What of it speaks for this language."""
        phrases = [
            one for one in tongue.phrases if f" {one} " in self.plain or (not one.isascii() and one in self.plain)
        ]
        danger = (tongue.danger & self.strange) | {word for one in phrases for word in one.split()}
        words = (tongue.words & self.strange) - danger
        if not danger and words <= _IN_NAMES:
            words = frozenset[str]()
        against = self._mine - tongue.also - tongue.words - danger
        rest = self._every - words - danger - tongue.also
        told = not rest or any(not one.isascii() for one in phrases)  # in such letters words need not be divided
        return _Weight(len(words), len(danger), len(against), all_of_it=told, short=len(self._every) <= _FEW)


@cache
def tongues() -> Mapping[str, Tongue]:
    """All that are known, by the code of the language."""
    folder = files("backend.language.tongues")
    found = {place.name: place for place in folder.iterdir() if place.name.endswith(".yaml")}
    return {name.removesuffix(".yaml"): _read(found[name].read_text("utf-8")) for name in sorted(found)}


@cache
def names_of_tongues() -> Mapping[str, str]:
    """The code of each language by what it is called: "spanish" and "español" are both "es"."""
    return {name: code for code, tongue in tongues().items() for name in tongue.names}


def _read(content: str) -> Tongue:
    told: Mapping[str, str] = load_yaml(content)
    danger = [_plain(one).strip() for one in told["danger"].split(",")]
    single = frozenset(one for one in danger if " " not in one and one.isascii())
    also = frozenset(_plain(told["also"]).split())
    return Tongue(
        frozenset(_plain(told["words"]).split()),
        also,
        single,
        tuple(one for one in danger if one not in single),
        frozenset(told.get("names", "").split()),
    )


@cache
def _hints() -> Mapping[str, Sequence[str]]:
    """The languages that a word may be of."""
    found: dict[str, list[str]] = {}
    for code, tongue in tongues().items():
        phrased = (word for phrase in tongue.phrases for word in phrase.split())
        for word in {*tongue.words, *tongue.danger, *phrased}:
            found.setdefault(word, []).append(code)
    return found


@lru_cache(32)
def _own(spoken: frozenset[str]) -> frozenset[str]:
    return frozenset(word for code in spoken if code in tongues() for word in tongues()[code].words)


def _plain(text: str) -> str:
    """Lower case, without accents, apostrophes and hyphens, a space around each word: "l'ambulance" is two."""
    said = _ELIDED.sub(" ", " ".join(words(text))).translate(_PLAIN)
    if not said.isascii():
        said = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", said))
        said = unicodedata.normalize("NFC", said)
    return f" {said} "


def _is_of_another_script(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    strange = sum(not unicodedata.name(letter, "LATIN").startswith("LATIN") for letter in letters)
    return strange >= _FEW and 2 * strange > len(letters)
