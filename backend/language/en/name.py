"""The name that an answer gives, as it is written."""

import itertools
import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from backend.language.asked import Asked
from backend.language.en.aside import read_aside
from backend.language.en.capitals import PARTICLES, written
from backend.language.en.clauses import hedges
from backend.language.en.kin import KIN
from backend.language.en.name_beside import said_for_short, told_with_it
from backend.language.en.not_names import EITHER, FILLERS, NOT_NAMES, TITLES
from backend.language.en.spelled import described, join_spelled, radio_words
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.words import MARKS, words_of

__all__ = ["name_in", "read_name"]

_LEAD = re.compile(
    r"^(?:(?:the|my|his|her|their|our|driver's|full|first|last|middle|given|family|legal|whole|complete)\s)*"
    r"(?:name|surname|names|driver|one)(?:'s| is| was| would be)?\s"
    r"|^(?:(?:he|she)(?:'s| is) called|called|named|(?:my|our|his|her) (?:" + "|".join(sorted(KIN)) + r")"
    r"(?:'s name(?: is| was|'s)?)?)\s"
    r"|^(?:i'm |i am )?(?:ready|all set|go ahead|of course|no problem|here (?:goes|we go|you go|it is)"
    r"|here's my name)\s"
    r"|^(?:it is|it's|its|this is|that's|that is|i am|i'm|he's|she's|he is|she is|it was|it would be"
    r"|that(?: would|'d) be"
    r"|you can call me|call me|you're speaking (?:to|with)|you are speaking (?:to|with)|you're talking to|you"
    r" have|speaking with|they call me|me i call|i call myself|i name is|put down|write down|everyone calls me|under)\s"
)
_HALVES = re.compile(
    r"\bfirst name(?:'s| is)? (?P<first>.+?) (?:and )?(?:my |the |his |her )?"
    r"(?:last(?= is)|(?:last|family|second) name)(?:'s| is)? (?P<last>.+)"
    r"|^(?:(?:my|the|his|her) )?(?:surname|last name|family name)(?:'s"
    r"| is)? (?P<last2>.+?) first name(?:'s| is)? (?P<first2>.+)"
    r"|^(?P<last5>[\w' -]+?) (?:is|as) (?:my|the|his|her) (?:last|sur|family) ?name (?:and )?(?P<first5>[\w' -]+?)"
    r" (?:is|as) (?:my|the|his|her) (?:first|given)(?: name)?$"
    r"|^(?P<last3>\w.*?) (?:and )?(?:my |the )?first name(?:'s| is)? (?P<first3>\w+)$"
    r"|^(?P<first6>\w.*?) (?:and )?(?:my |the )?(?:last|family) name(?:'s| is)? (?P<last6>\w.*)$"
)
_TRAIL = re.compile(
    r"\s(?:the (?:normal|usual|regular) way"
    r"|is (?:my|the|his|her)(?: full| first| last)? name|speaking|here|please|calling"
    r"|that's (?:it|me|all|my name|his name|her name)|sir|ma'am"
    r"|thank you|thanks|was driving|was the driver|is driving|drove|did|that is my name|is the name)$"
)
_TAKES_BACK = re.compile(
    r"\s(?:no wait|wait no|no sorry|sorry no|no i mean|sorry i mean|no|sorry|i mean|i meant|actually|rather|make"
    r" that|correction)(?: it's| that's| it is| not \w+ but)?\s"
)
_SOUNDS = re.compile(r"\b(?:just )?(?:the way|like|how|as) it sounds\b ?")
_CAPITAL = re.compile(r"(?<=\w\w) (?:with (?:a|the) )?capital \w$")
_MATE = re.compile(r"(?<=\w) mate$")
_OTHER_TIMES = frozenset("formerly previously legally officially originally nee née".split())
"""Say what somebody is called in other years, or on paper."""
_NO_VOWEL = re.compile(r"(?!(?:ng|jr|sr|mc|st|ii|iii|iv)$)[^aeiouyà-ÿ\W]{2,}")
_LETTER = re.compile(r" (?:and )?the \w is for \w+$| (?:and )?the \w stands for \w+$")
_GOES_BY = re.compile(r"^\w+ (?:no |sorry |well )*\w+ i go by (?=\w+ \w+$)")
_OF_SOMEBODY = re.compile(
    r"^(?:he|she|they|it)(?:'s|'re| is| are| was) \w+ing\b|^\w+'s (?:in|on|at|talking|burning|ready)\b"
)
"""What is told of somebody else while the line is open: "he's holding his arm", "mommy's on the phone"."""
_ADVERB = re.compile(r"\w{2,}(?:tly|sly|bly|cally|usly|vely|ually)")
_DEAR = frozenset("love dear duck darling pet hen pal mate man dude boss honey hun babe buddy bro".split())
"""Said to whoever listens: "patricia holloway love"."""
_SOMEBODY_ELSE = re.compile(rf"^(?:his|her|their) name\b|\bmy (?:{'|'.join(sorted(KIN))})'s name\b")
_OF_ANOTHER = re.compile(r"^(?:he|she)(?:'s| is| was)\b")
_OWN_NAME = re.compile(r"\byour (?:\w+ ){0,4}name\b", re.IGNORECASE)
_NTHS = {"second": "ii", "third": "iii", "fourth": "iv"}
_NTH = re.compile(r"\bthe (second|third|fourth)(?= is\b|$)")
_NOT_BUT = re.compile(r"^(?:(?:it is|it's|that's) )?not (?P<wrong>\w+) (?:(?:it is|it's|but) )?(?P<right>\w+)(?= )")
_OPEN = re.compile(r"\bwith or without\b|\bor\b|\beither\b")
_WHOSE = frozenset("my our his her".split())
_OF_SURNAMES = frozenset({"de la", "de los", "de las", "van der", "van den", "von der"})
_LONGEST = 5
_ALIKE = 60
_THE_SAME = 100
_TWICE = 2


def read_name(words: str, asked: Asked) -> Reading:
    """The name that the words give. One word for a full name, two spellings, and other words around it are a doubt."""
    if read_aside(words) in ("question", "wait", "person"):
        return nothing()
    said = _plain(words)
    if _OF_SOMEBODY.match(said):
        return nothing()
    if (told := told_with_it(said, own="your" in asked.question.lower())) is not None:
        name, clean = name_in(told.name)
        if clean and len(name) >= _TWICE - told.spelled and not _comes_again(name) and not hedges(said):
            return sure(_as_said(name, words), tuple(name), against=(told.beside,))
    open_ = _OPEN.search(said) or hedges(said)
    name, clean = name_in(said[: open_.start()] if isinstance(open_, re.Match) else said)
    if not name or any(part.endswith("n't") for part in name):
        return nothing()
    turned = " ".join(name[:2]) in _OF_SURNAMES and len(name) > _TWICE + 1  # "de la cruz juan"
    why = "two spellings, or words around it" if open_ or not clean or turned or said_for_short(name) else ""
    if (_SOMEBODY_ELSE.search(said) and "your" in asked.question.lower()) or (
        _OF_ANOTHER.search(said) and _OWN_NAME.search(asked.question)
    ):
        why = "somebody else's name"
    kept = _comes_again(name) or _without_whom_it_is_said_to(name)
    if why or kept != name:
        return doubtful(why or "something in it is said to us", _as_said(kept, words), against=(words,))
    if "full" in asked.question.lower() and len(name) == 1:
        return doubtful("only half of a name", _as_said(name, words))
    return sure(_as_said(name, words), (*name, *radio_words(said.split())))


def name_in(said: str) -> tuple[list[str], bool]:
    """The parts of the name in words without marks, in small letters; and whether nothing else stands there."""
    said = _MATE.sub("", _CAPITAL.sub("", _SOUNDS.sub("", said)))
    said = _NTH.sub(lambda found: _NTHS[found[1]], _without_the_wrong_one(said))
    plain = _GOES_BY.sub("", _LETTER.sub("", said))
    about = described(plain)
    whole = about.words
    if found := _HALVES.search(whole):
        parts = {name.rstrip("2356"): part for name, part in found.groupdict().items() if part}
        whole = f"{parts['first']} {parts['last']}"
    before, after = _corrected(_stripped(whole))
    parts, clean = _name_at_the_beginning(before)
    lone = about.words != plain and any(len(part) == 1 and part not in "od" for part in parts[1:-1])
    if not after:
        return parts, clean and about.agrees and not lone and not _is_spelled_otherwise(parts, told=whole != said)
    mended, clean_too = _name_at_the_beginning(_stripped(after))
    return _mended(parts, mended), clean and clean_too and about.agrees and bool(mended)


def _without_the_wrong_one(said: str) -> str:
    """Without the spelling that it is not: "not anderson andersen". Another name in its place stays a doubt."""
    found = _NOT_BUT.match(said)
    if found is None or not _ALIKE <= fuzz.ratio(found["wrong"], found["right"]) < _THE_SAME:
        return said
    return said[found.start("right") :]


def _plain(words: str) -> str:
    return " ".join(word for word in words_of(_hyphens(words)) if word not in MARKS - {"-"}).replace(" - ", "-")


def _hyphens(words: str) -> str:
    return re.sub(r"(?<=\w)-(?=\w)", " - ", words)


def _stripped(said: str) -> str:
    before = ""
    while before != said:
        before = said
        said = _TRAIL.sub("", _LEAD.sub("", " ".join(_without_fillers(said.split())) + " ").strip())
    return said


def _without_fillers(tokens: Sequence[str]) -> list[str]:
    kept = [token for token in tokens if token not in {"uh", "um", "er", "erm", "uhm"}]
    while kept and (kept[0] in FILLERS or kept[0] in TITLES or kept[0] in {"no", "just", "sorry"}) and len(kept) > 1:
        kept = kept[1:]
    return kept


def _corrected(said: str) -> tuple[str, str]:
    """What was said before, and what it is corrected to."""
    pieces = _TAKES_BACK.split(said)
    return (pieces[0], pieces[-1]) if len(pieces) > 1 else (said, "")


def _mended(parts: list[str], mended: list[str]) -> list[str]:
    """One word takes the place of the part that it is like; several take the place of the whole name."""
    if len(mended) != 1 or len(parts) < 2:
        return mended or parts
    likeness = [fuzz.ratio(part, mended[0]) for part in parts]
    best = likeness.index(max(likeness))
    return [*parts[:best], mended[0], *parts[best + 1 :]] if likeness[best] >= _ALIKE else mended


def _name_at_the_beginning(said: str) -> tuple[list[str], bool]:
    tokens = join_spelled(said.split())
    tokens = [token for token in tokens if token not in TITLES or len(tokens) == 1]
    name: list[str] = []
    kin = next((at for at in range(1, len(tokens) - 1) if tokens[at] in _WHOSE and tokens[at + 1] in KIN), len(tokens))
    for token in tokens[:kin]:
        if not _may_stand(token, name):
            break
        if name[-1:] != [token]:
            name.append(token)
    clean = len(name) == len([one for place, one in enumerate(tokens) if tokens[place - 1 : place] != [one]])
    if all(part in EITHER or part in PARTICLES or len(part) == 1 for part in name) or len(name) > _LONGEST + 2:
        return [], False
    for size in range(2, len(name) // 2 + 1):  # "mary jo, mary jo hanson"
        name = name[size:] if name[:size] == name[size : 2 * size] else name
    if len(name) > _TWICE and name[0] == name[-1]:  # "lopez, hector lopez"
        name = name[1:]
    return _hyphenated(name), clean


def _hyphenated(name: list[str]) -> list[str]:
    """With the hyphen that is told behind it: "jean luc martin, jean hyphen luc"."""
    for at, part in enumerate(name):
        halves, others = part.split("-"), name[:at] + name[at + 1 :]
        for start in range(len(others) - 1):
            if len(halves) == _TWICE and others[start : start + 2] == halves:
                return [*others[:start], part, *others[start + 2 :]]
    return name


def _comes_again(name: Sequence[str]) -> list[str]:
    """What is said again behind something: "calvin mate calvin price"; empty when nothing is."""
    again = [at for at in range(2, len(name)) if name[at] == name[0]]
    if again:
        return list(name[again[0] :])
    twice = any(len(part) > 1 and part in name[at + 2 :] and part not in PARTICLES for at, part in enumerate(name))
    return list(dict.fromkeys(name)) if twice else []


def _without_whom_it_is_said_to(name: Sequence[str]) -> list[str]:
    """ "Patricia holloway love"."""
    return list(name[:-1] if len(name) > _TWICE and name[-1] in _DEAR else name)


def _is_spelled_otherwise(parts: Sequence[str], *, told: bool) -> bool:
    """Are letters left that make no name ("stephen p h"), or a name beside its other spelling ("smith with a y
    smythe")?"""
    letters = any(_NO_VOWEL.fullmatch(part) and (at or len(set(part)) == 1) for at, part in enumerate(parts))
    pairs = itertools.pairwise(parts)
    return letters or (told and any(_ALIKE <= fuzz.ratio(one, other) < _THE_SAME for one, other in pairs))


def _may_stand(token: str, name: Sequence[str]) -> bool:
    letters = token.replace("'", "").replace("-", "").replace(".", "")
    told = token in _OTHER_TIMES
    return (
        letters.isalpha()
        and not told
        and _ADVERB.fullmatch(token) is None
        and (token not in NOT_NAMES or (token == "a" and bool(name)))
        and token not in FILLERS
    )


def _as_said(name: Sequence[str], words: str) -> str:
    """With the capitals of the recognizer, where it wrote some inside of words ("DeShawn")."""
    own = {
        word.lower(): word
        for word in re.findall(r"[^\W\d_]+", words)
        if re.search(r"[^\W\d_][A-ZÀ-Þ]", word) and not word.isupper()
    }
    return written([own.get(part, part) for part in name])
