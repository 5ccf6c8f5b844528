"""The people whom words speak of: the caller, relatives and friends, with their names, and what they did in the car."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from backend.language.en.figures import is_number
from backend.language.en.kin import KIN
from backend.language.en.not_names import EITHER, FILLERS, NOT_NAMES, TITLES
from backend.language.en.roles import DID, ONLY_WAS, Role, role_of
from backend.language.en.told_people import in_one_word
from backend.language.tokens import words

__all__ = ["Person", "persons", "plain_names"]

_END = "|"
"""A pause between the words, where punctuation was heard."""
_ME = frozenset("i i'm me myself self caller policyholder".split())
_OBJECT = frozenset("with to beside behind hit at for of around by past into from".split())
"""Before "me": somebody else did something. Only "by me" says that it was they."""
_DETERMINERS = frozenset("my our his her their the a an caller's".split())
_OF_ANOTHER = frozenset("his her their".split())
_NAMING = frozenset("named called".split())
_BETWEEN = _DETERMINERS | {_END, "and", "also", "both"}
_MOST_NAMES = 2
_STRANGERS = frozenset("guy man lady woman fellow gentleman dude teenage elderly some kids'".split())
_NO_BEGINNING = frozenset("young drunk crazy random stupid park back".split())
"""No given names, though there are surnames among them."""
_SHORTEST_VERB = 5
"""Longer words that end in "ing" are taken for verbs."""
_AFTER_NAMES = frozenset(
    "was were is are and who my our in had did drove sat with next as but driving at on i he she they only just her "
    "his when has does from because home there borrowed stolen drive asked wanted needed used took let lent lives"
    " says said went came rode ran left got saw met flew fell hit slid spun felt kept tried practice practiced move"
    " try thought lost forgot stood made gave told bought sold brought caught"
    " works older younger old "
    "although though years year named whoever whom test somebody's someone's".split()
)
_DID_SO = re.compile(
    r"\w{2,}(?:ched|cked|lked|tted|pped|nned|ssed|iked|owed|gged|rked|ived|oved|rushed)|(?:st|pl)ayed"
    r"|(?:\w{3,}|pu|wa)shed|\w{2,}(?:ced|ged|sed|zed|ted|ved|wed|xed|yed|bbed|dded)"
)
"""A verb of the past, and no name: "my friend doris walked", "my son ben tagged along"."""
_LIKE_VERBS = frozenset(
    "javed naved sayed zayed syed rashed jamshed walled naveed majed harding sterling channing irving ewing darling"
    " manning fleming keating golding spalding reading browning cushing downing gooding hastings rawlings".split()
)
"""Names that end as verbs do."""
_OBJECTS = frozenset("it her him them us me his our my".split())
"""Behind a verb, and behind no name: "my son owns it", "my mom bless her"."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is spoken of.

    Args:
        kin: what they are to the caller, in the caller's word; empty for the caller, and where only a name was said.
        name: as it was said, in small letters.
        role: what the words say of them; ``open`` when nothing.
        before: the words since the person before.
    """

    kin: str
    name: str
    role: Role
    before: str

    @property
    def is_caller(self) -> bool:
        """Is it the one who speaks?"""
        return not self.kin and not self.name


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kin: str
    name: str


def persons(text: str) -> list[Person]:
    """The people of ``text``, in the order in which they are spoken of."""
    tokens = _tokens(text)
    found = sorted([*_callers(tokens), *_relatives(tokens)], key=lambda one: one.start)
    found = sorted([*found, *_named_drivers(tokens, found)], key=lambda one: one.start)
    people: list[Person] = []
    for place, one in enumerate(found):
        begin = found[place - 1].end if place else 0
        follows = found[place + 1].start if place + 1 < len(found) else len(tokens)
        before, after = " ".join(tokens[begin : one.start]), " ".join(tokens[one.end : follows])
        people.append(Person(one.kin, one.name, role_of(before, after, is_caller=not one.kin and not one.name), before))
    return _together(people)


def plain_names(text: str) -> list[str]:
    """Names that stand by themselves, where the words hold nothing else: "laura and ben"."""
    names: list[list[str]] = [[]]
    for token in _tokens(text):
        if token in {_END, "and"}:
            names.append([])
        elif token not in {"just", "only", "yes", "yeah", "well", "um", "uh", "also"}:
            names[-1].append(token)
    named = [name for name in names if name]
    fine = all(len(name) <= _MOST_NAMES + 1 and all(map(_may_be_name, name)) for name in named)
    return [" ".join(name) for name in named] if fine else []


def _tokens(text: str) -> list[str]:
    whole = in_one_word(text.lower())
    pieces = [words(piece) for piece in re.split(r"[,;.!?()]+(?:\s|$)|\(", whole)]
    return [token for piece in pieces if piece for token in (*piece, _END)][:-1]


def _callers(tokens: Sequence[str]) -> Iterator[_Found]:
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        if token == "myself" and before in _OBJECT - {"by"}:
            continue
        if token == "i" and _is_spelled(tokens, place) and KIN.keys().isdisjoint(tokens):
            continue
        if token in _ME and not (token == "me" and before in _OBJECT and tokens[place - 2 : place] != ["driven", "by"]):
            yield _Found(place, place + 1, "", "")


def _is_spelled(tokens: Sequence[str], place: int) -> bool:
    """Is an "i" one letter of a name that is spelled: "s t e i n"?"""
    beside = (*tokens[max(place - 1, 0) : place], *tokens[place + 1 : place + 2])
    return place > 0 and all(len(one) == 1 and one.isalpha() for one in beside)


def _relatives(tokens: Sequence[str]) -> Iterator[_Found]:
    used = 0
    for place, token in enumerate(tokens):
        if token not in KIN or place < used:
            continue
        start = place
        while start > used and (tokens[start - 1] in _DETERMINERS or tokens[start - 1].endswith("'s")):
            start -= 1
        first = _name_before(tokens, start, used)
        if first < start:
            name, start, end = _joined(tokens[first:start]), first, place + 1
        else:
            end = _name_behind(tokens, place + 1)
            name = _joined(tokens[place + 1 : end])
        used = end
        whose = tokens[place - 1].removesuffix("'s") if place > start else ""
        plural = tokens[place - 1].rstrip("'") if place else ""
        whose = plural[:-1] if plural.endswith("s") and plural[:-1] in KIN else whose  # "my kids' dad"
        if whose in _OF_ANOTHER:  # "not my husband, his brother"
            whose = next((before for before in reversed(tokens[:start]) if before in KIN), whose)
        yield _Found(start, end, f"{whose}'s {token}" if whose in KIN else token, name)


def _joined(tokens: Sequence[str]) -> str:
    return " ".join(
        token
        for at, token in enumerate(tokens)
        if tokens[at - 1 : at] != [token]
        and token not in {_END, "her", "his", "name", "is", "of", "mine", "ours"} | _NAMING | TITLES
    )


def _name_before(tokens: Sequence[str], start: int, floor: int) -> int:
    """ "Sofia Garcia, my daughter": where the name begins; ``start`` when there is none."""
    end = start - 1 if start > floor and tokens[start - 1] == _END else start
    first = end
    while first > floor and end - first <= _MOST_NAMES and _may_be_name(tokens[first - 1]):
        first -= 1
    if first < end and tokens[first] in _NO_BEGINNING:
        return start
    opens = first == floor or tokens[first - 1] in {_END, "and", "was", "by", "with", "it's", "yes", "just", "is", "me"}
    return first if first < end and end - first <= _MOST_NAMES + 1 and opens else start


def _name_behind(tokens: Sequence[str], start: int) -> int:
    """ "My wife Laura": where the name ends; ``start`` when there is none."""
    at = start + 1 if start < len(tokens) and tokens[start] in {*_NAMING, _END} else start
    if tokens[at : at + 3] in (["her", "name", "is"], ["his", "name", "is"]):
        start = at = at + 3
    if tokens[at : at + 2] in (["of", "mine"], ["of", "ours"]):
        start = at = at + 2
        at += tokens[at : at + 1] != [] and tokens[at] in _NAMING
    end = at
    while end < len(tokens) and end - at < _MOST_NAMES and _may_be_name(tokens[end]):
        if end == at and tokens[end] in _NO_BEGINNING:
            break
        end += 1
    if end == at or (at < len(tokens) and at > start and tokens[start] == _END and not _closes(tokens, end)):
        return start
    if end - at == 1 and tokens[end : end + 1] and tokens[end] in _OBJECTS:
        return start
    if end - at > 1 and not _closes(tokens, end):  # "my brother tom backed out": the second word is no name
        end -= 1
    return end


def _closes(tokens: Sequence[str], end: int) -> bool:
    return end >= len(tokens) or tokens[end] == _END or tokens[end] in _AFTER_NAMES


def _may_be_name(token: str) -> bool:
    return (
        token.replace("'", "").replace("-", "").isalpha()
        and token not in KIN
        and not is_number(token)
        and token not in _ME
        and token not in _AFTER_NAMES
        and not token.endswith(("'s", "'d", "'ll", "'ve", "'re"))
        and not (_is_like_a_verb(token) and token not in _LIKE_VERBS)
        and token not in NOT_NAMES | FILLERS | EITHER | _STRANGERS
    )


def _is_like_a_verb(token: str) -> bool:
    return (token.endswith("ing") and len(token) > _SHORTEST_VERB) or _DID_SO.fullmatch(token) is not None


def _named_drivers(tokens: Sequence[str], known: Sequence[_Found]) -> Iterator[_Found]:
    """ "Tom Baker was driving": a name with nothing else to tell that it is one."""
    taken = {place for one in known for place in range(one.start, one.end)}
    for place in range(len(tokens)):
        after = " ".join(tokens[place:])
        if place in taken or not (DID.match(after) or (ONLY_WAS.match(after) and tokens[place] in {"was", "did"})):
            continue
        first = place
        while first and first - 1 not in taken and place - first < 3 and _may_be_name(tokens[first - 1]):
            first -= 1
        if first < place and (not first or tokens[first - 1] not in _DETERMINERS):  # "the van drove off"
            yield _Found(first, place, "", " ".join(tokens[first:place]))
            return


def _together(people: list[Person]) -> list[Person]:
    """ "My wife and my son were with me": those who are named in one breath did the same."""
    found = list(people)
    for order in (range(1, len(found)), range(len(found) - 1, 0, -1)):
        for place in order:
            one, other = found[place - 1], found[place]
            joined = set(other.before.split()) <= _BETWEEN and not (one.is_caller or other.is_caller)
            if joined and "companion" in {one.role, other.role} and "open" in {one.role, other.role}:
                found[place - 1 : place + 1] = [replace(one, role="companion"), replace(other, role="companion")]
    return found
