"""Several people: who else was there, with their names and what they are to the caller."""

import re
from collections.abc import Sequence

from backend.language.en.capitals import written
from backend.language.en.clauses import clauses_of
from backend.language.en.kin import KIN
from backend.language.en.number_words import number_at
from backend.language.en.persons import Person, persons, plain_names
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.tokens import words

__all__ = ["companions", "read_people"]

_ALONE = re.compile(
    r"\b(?:no|none|nobody|alone|zero|nope|myself|no one|just me|only me|just i|by (?:him|her|them|my)sel(?:f|ves)"
    r"|on (?:my|his|her|their) own)\b"
)
_YET_NOBODY = re.compile(
    r"\b(?:nobody|no one|none)\b(?! (?:but|except|else|besides|other|just|only|apart|my|of))"
    r"|\b(?:i|we) (?:was|were|drove|went|am|rode) (?:all )?(?:alone|by (?:myself|ourselves)|on (?:my|our) own)\b"
    r"|\b(?:stayed|was|were|is|are) (?:at )?home\b|\b(?:didn't|did not) (?:come|ride|go)\b"
    r"|\b(?:walked(?! away| out)|stayed behind|took (?:the|a) (?:bus|train|cab|taxi)|met (?:me|us)|followed"
    r"|(?:drove|went|came) (?:himself|herself|themselves|separately|on foot|by bus))\b"
    r"|\b(?:wasn't|weren't|was not|were not) (?:with|in|there)\b"
)
"""Beside somebody who is named: "our son had just gotten out, so nobody", "my wife, no wait, she stayed home"."""
_NO_THEY = re.compile(
    r"^(?:(?:oh|well|um|uh) )*(?:no|nope|nah) "
    r"(?!.*\b(?:just|only|but|except|besides|with|and|other|apart|wait|sorry|actually|mean|also|too|there)\b)"
    r"(?:my|our|his|her|the) [\w'-]+ (?P<more>.+)"
)
"""A no, and then something of somebody: "no my friend doris hitched a ride"."""
_GROUP = (
    r"(?:kids|children|friends|people|passengers|sons|daughters|brothers|sisters|coworkers|colleagues|grandkids|boys"
    r"|girls|babies|toddlers|cousins|nephews|nieces|neighbors|neighbours|grandchildren|buddies|roommates)"
)
_TOTALS = frozenset({"people", "passengers", "of them"})
"""How many there were in all: who they are may be said behind it."""
_COUNTED = re.compile(
    rf"\b(?:(?P<whose>my|our|his|her|their|the) )?(?:a )?(?P<number>[\w-]+) (?:of )?(?:(?P<own>my|our) )?"
    rf"(?:(?:little|small|young|older|younger|other|good) )?(?P<group>{_GROUP}|(?<=of )them|of them)\b"
)
_TWINS = re.compile(r"\b(?P<whose>my|our|the|his|her|their) twins\b")
_OF_US = re.compile(r"\b(?P<number>[\w-]+) of us\b")
_MANY = re.compile(rf"\b((?:my|our|the|some|his|her|their) (?:[\w']+ )?{_GROUP})\b")
_ANIMAL = re.compile(
    r"\b(?:(?:my|our|the|a|his|her|two) )?(?:(?:little|old|big|small|two) )?"
    r"(?:dog|doggy|doggie|puppy|pup|cat|kitten|kitty|pet|parrot|bird|rabbit|bunny|hamster|horse)s?\b"
)
_AROUND_ANIMALS = frozenset(
    "just only me and i it was no yes well but with had there is in the back car seat my".split()
)
"""Nobody is told of by these: an animal beside them is no passenger."""
_THEIRS = re.compile(
    r"^(?:(?:well|um|oh|yeah|no),? )*(?:she|he|they|the other [\w']+)(?:'d| had| has|'s got)\b[^,.;]*?"
    r"\b(?:with|in) (?:her|him|them|his|their)\b(?: \w+)?[,;. ]+(?:(?:and|but) )?(?=(?:i|we) (?:was|were|am|are) "
    r"(?:all )?(?:alone|by (?:myself|ourselves)|on (?:my|our) own)\b|just me\b|(?:i|we) had (?:nobody|no one|no)\b)",
    re.IGNORECASE,
)
"""Whom somebody else had with them, before the caller says to have been alone."""
_MOST = 20
_FEW = {"a": 1, "an": 1, "single": 1, "another": 1, "couple": 2, "pair": 2}


def read_people(text: str) -> Reading:
    """``[{"name", "relationship"}]``, empty for nobody; a doubt where somebody was there and nobody."""
    text = _THEIRS.sub("", text)
    said = " ".join(words(text))
    found = _paired(text) or [one for clause in clauses_of(text, owners=True) for one in _people(clause.tokens)]
    no_they = _NO_THEY.match(said)
    alone = no_they is not None and no_they["more"] not in [one["name"].lower() for one in found]
    if found and (alone or _YET_NOBODY.search(said)):
        return doubtful("somebody is named, and nobody was there", found)
    if (us := _OF_US.search(said)) and (number := _number(us["number"])):
        return doubtful("with the caller or without", found or [_named("") for _ in range(min(number - 1, _MOST))])
    if (all_of_them := _total(said)) and found and all_of_them != len(found):
        return doubtful("another number than those who are named", found)
    if not found and all_of_them:
        found = [_named("") for _ in range(all_of_them)]
    if found:
        return sure(found[:_MOST], (said,))
    without = _ANIMAL.sub(",", said)
    if _ALONE.search(said) or (without != said and set(words(without)) <= _AROUND_ANIMALS):
        return sure([], (said,))
    names = plain_names(without if without != said else text)
    return sure([_named(name) for name in names][:_MOST], (said,)) if names else nothing()


def companions(text: str) -> list[dict[str, str]]:
    """Who is said to have been there beside the one who did it."""
    return [_entry(one) for one in persons(text) if one.role == "companion" and not one.is_caller]


def _paired(text: str) -> list[dict[str, str]]:
    """ "Laura and Ben, my wife and my son": as many names as relatives, in the same order."""
    said = " ".join(words(text))
    match = re.fullmatch(
        r"(?:(?:yes|yeah|just|only|it was|there were|with) )*([\w'-]+(?: and [\w'-]+)+) ((?:my|our) .+)", said
    )
    kin = [token for token in (match[2].split() if match else []) if token not in {"my", "our", "and"}]
    names = match[1].split(" and ") if match else []
    if not match or len(kin) != len(names) or not set(kin) <= KIN.keys() or set(names) & KIN.keys():
        return []
    return [_named(name, KIN[one]) for name, one in zip(names, kin, strict=True)]


def _people(clause: Sequence[str]) -> list[dict[str, str]]:
    """The people of one clause. "No kids" is none, "just my wife" is one."""
    said = " ".join(clause)
    denied = clause[0] in {"no", "not", "nobody", "none", "without"} and "just" not in clause and "only" not in clause
    if denied and "my" not in clause:
        return []
    counted: list[dict[str, str]] = []
    for found in (*_COUNTED.finditer(said), *_TWINS.finditer(said)):
        number = 2 if "group" not in found.re.groupindex else _number(found["number"])
        if number:
            counted += _several(found, number)
            said = said.replace(found[0], ",", 1)
    named = [_entry(one) for one in persons(said) if one.kin]
    if many := _MANY.search(said):
        named.append({"name": many[1], "relationship": ""})
    return [*named, *counted]


def _number(word: str) -> int:
    """How many a word or figure says; 0 where it says none."""
    found = number_at([word], 0)
    return found[0] if found is not None else _FEW.get(word, 0)


def _several(found: re.Match[str], number: int) -> list[dict[str, str]]:
    """So many of one sort; none where the number is that of all."""
    said = found.groupdict()
    group = said.get("group") or "children"
    if group in _TOTALS | {"them"}:
        return []
    one = {"children": "child", "babies": "baby", "buddies": "buddy"}.get(group, group.removesuffix("s"))
    own = {said.get("whose"), said.get("own")} & {"my", "our"}
    return [_named("", KIN.get(one, "") if own else "") for _ in range(min(number, _MOST))]


def _total(said: str) -> int:
    """How many are said to have been there in all; 0 where no number is."""
    totals = (_number(one["number"]) for one in _COUNTED.finditer(said) if one["group"] in _TOTALS | {"them"})
    return min(next((number for number in totals if number), 0), _MOST)


def _entry(one: Person) -> dict[str, str]:
    return _named(one.name, KIN.get(one.kin, ""))


def _named(name: str, relationship: str = "") -> dict[str, str]:
    return {"name": written(name.split())[:100] if name else "", "relationship": relationship}
