"""Who it was: the caller, nobody, or somebody else, with their name and what they are to the caller."""

import re
from typing import Any

from backend.language.asked import Asked
from backend.language.en.aside import read_aside
from backend.language.en.capitals import written
from backend.language.en.clauses import clauses_of, hedges
from backend.language.en.declining import declines
from backend.language.en.kin import KIN, RELATIONSHIPS
from backend.language.en.lists import LISTS
from backend.language.en.name import name_in
from backend.language.en.person_doubt import PERSON_DOUBT
from backend.language.en.persons import Person, persons
from backend.language.en.told_people import with_it
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.store_words import find, hints_of
from backend.language.words import MARKS, words_of

__all__ = ["read_person"]

_NOBODY = re.compile(
    r"\b(?:nobody|no one|no-one|not a soul|none|noone|unoccupied|no driver)\b(?! (?:else|but|except|other|saw|knows?"
    r"|told|said|can|will|was (?:hurt|injured)))"
)
_FIRST_ME = re.compile(
    r"^(?:(?:oh|um|uh|well|yes|yeah|so|it's|its|it was|that was|that would be|that'd be|that's|only|just) )*"
    r"(?:me|myself|i drove|i was driving|i was behind the wheel)\b"
    rf"(?! (?:and|with|or|to|for|missus|(?:{'|'.join(sorted(KIN))})(?:'s)?)\b)"
)
_MORE_TO_IT = re.compile(
    r"\b(?:not|no|nobody|wait|actually|sorry|mean|meant|rather|or|drove|drives|driving|driver|wheel|well|instead"
    r"|usually|always|supposed|if|think|guess|maybe|until|till|then|switched|first|half|other|swapped|turns|except"
    r"|should|could|would|say|said|told|put|take|took|drive|let|lets|letting|lent"
    r"|gave|keys|borrow\w*|teaching|\w+n't)\b"
)
"""Words behind "me" or "nobody" that may make it somebody else."""
_FOR_A_WHILE = re.compile(r"\bfor (?:just |like |maybe )*(?:a|one) (?:second|sec|minute|moment)\b", re.IGNORECASE)
""" "I looked down for a second" asks for no time."""
_MY_OWN = re.compile(
    r"^(?:(?:oh|um|uh|well|yes|yeah|it's|its|it was|it is|that was|that would be|that'd be|that's|only"
    r"|just|who else) )*"
    r"(?:me|myself|i|i did|i was|i am|yours truly|the caller|the policy ?holder|i drove|me alone)"
    r"(?: (?:was|did|driving|drove|personally|myself|alone|only|sir|ma'am|of course|yes|yeah|it was|by myself"
    r"|unfortunately|and me only|just me))*$"
)
_NOT_ME = re.compile(r"\b(?:not me|wasn't me|was not me|isn't me|(?:i|it) (?:wasn't|was not|didn't|did not)|i'm not)\b")
_NOT_ME_AT_ALL = re.compile(
    r"\b(?:not me|wasn't me|was not me|isn't me|i (?:don't|do not|can't|cannot|never) drive)\b"
    r"(?!.*\b(?:it was me|i was (?:driving|the driver)|i drove|i did)\b)"
)
""" "Not me, I can tell you that": the second "I" is no other answer."""
_TURNED = re.compile(
    r"\b(?:not|no|wait|actually|sorry|mean|meant|rather|or|well|instead|usually|always|supposed|if|guess|maybe|until"
    r"|till|first|half|swapped|switched|turns|except|but|should|could|would|say|says|said|told|behind (?!the wheel)"
    r"|ahead|following|another|other|mine|\w+n't)\b|\b(?:driving|drove) (?:by|past|around|his|her|their)\b"
)
"""Words beside somebody who drove that may change who it was, or when."""
_THEY_DROVE = re.compile(
    r"\b(?:he|she)(?: was| had been|'s| is)? (?:the one (?:who|that|driving)|driving|drove|(?:behind|at) the wheel)\b"
)
_CALLER_WAS = re.compile(
    r"\bi (?:was|am|had been|wasn't|was not) (?:(?:just|still|only|even|all|actually) )*"
    r"(?:in|on|at|out|over|away|inside|upstairs|downstairs|asleep|sleeping|home|gone|back|working|riding)\b"
    r"(?! (?:the wheel|fault))(?: (?!wheel\b|but\b|not\b)[\w']+){0,5}"
)
"""Where the caller was while somebody else drove: "I was on the bus"."""
_MEANT_TO = re.compile(
    r"\b(?:was|were) (?:supposed|going|meant|about|planning) to (?:(?:drive|be driving|take \w+)(?: but)?|but)\b"
)
"""What was only planned, and came otherwise."""
_OUR_KID = re.compile(r"\bour kid\b")
_LENT = re.compile(r"\bi (?:had |'d )?(?:let|lent|loaned|gave|asked|told)\b")
_NO_NAME = frozenset("my our his her their the a an some this that".split())
_TAKEN_BACK = re.compile(r"\b(?:no|not|actually|rather|sorry|wait|mean)\b")
_YOUNG = frozenset("kid boy girl child teenager lad lass kiddo baby toddler".split())
_A_CHILD = re.compile(rf"\b(?:{'|'.join(sorted(_YOUNG))})\b")
_OURS = re.compile(r"\b(?:my|our|me|of (?:mine|ours))\b|'s\b")
_SPEAKER = re.compile(r"^\w+ here$")
_OR = re.compile(r"\bor\b")
_SAME_NAME = re.compile(
    r"\b(?:his|her|their) name(?:'s| is| was)? (?P<name>.+)|\b(?:named|called) (?P<named>.+)|\bby the name of"
    r" (?P<by>.+)"
)
_HIS_NAME = re.compile(r"\b(?:his|her) name(?:'s| is| was) (\w+(?: \w+)?)$")
_OWNER = "'s "
_STEPCHILD = re.compile(
    rf"(?:{'|'.join(sorted(RELATIONSHIPS['spouse']))})'s (?:{'|'.join(sorted(RELATIONSHIPS['child']))})$"
)
"""A child of a spouse's may be the caller's as well."""
_LEADS = re.compile(
    r"^(?:(?:um|uh|er|oh|well|yes|yeah|so|it was|it's|it is|that was|that would be|the driver was|driver was|the"
    r" driver is|driven by|by|her name is|his name is|my friend|a friend named|a friend|someone called|somebody"
    r" called|a guy named) )+"
)
_DROVE = re.compile(
    r"\b(?:was|were|is|had been|did)"
    r"(?: (?:[\w']+ ){0,3}?(?:driv\w+|drove|(?:behind|at) the wheel|using it|using the)\b.*| ?)$"
    r"|\b(?:drove|had the (?:car|truck|van|keys)|took the (?:car|truck|van)|borrowed|used"
    r"|got)\b.*$"
)


def read_person(words: str, asked: Asked) -> Reading:
    """Who was meant. Whoever only rode along, was elsewhere or owns the thing is not."""
    words = with_it(words)
    said = " ".join(word for word in words_of(words) if word not in MARKS)
    if _MY_OWN.match(said):
        return sure({"who": "caller"}, (said,))
    if read_aside(_FOR_A_WHILE.sub("", words)) in ("question", "wait", "person"):
        return nothing()
    people = [one for one in persons(words) if not (one.is_caller and _LENT.search(said))]
    if _tells_nobody(words, people):
        return nothing()
    if plain := _told_plainly(words, said, people, asked):
        return plain
    drove = _drivers(people, said)
    if unsettled := _unsettled(said, people, drove, asked):
        return unsettled
    value = _value(drove[0], asked, _told_name(said)) if drove else _named(words, said, people, asked)
    if value is None:
        return doubtful("only who it was not was said") if people and _NOT_ME.search(said) else nothing()
    if hedges(words) or (_OR.search(said) and value["who"] == "other"):
        return doubtful("they are not sure", value, against=(said,))
    if why := PERSON_DOUBT.why(said, value):
        return doubtful(why, value, against=(said,))
    if value["who"] == "caller" and _NOT_ME_AT_ALL.search(said) and not _FIRST_ME.match(said):
        return doubtful("only who it was not was said", value, against=(said,))
    own = _is_said_outright(said, people, drove) or (
        value["who"] == "caller" and any(one.is_caller and one.role == "driver" for one in people)
    )
    where = [found[0] for found in _CALLER_WAS.finditer(said)] if value["who"] == "other" else []
    names = (value.get("name", ""), *(one.name for one in people), *where)
    return sure(value, (said,) if own else tuple(filter(None, names)))


def _tells_nobody(words: str, people: list[Person]) -> bool:
    """Do they not know who it was, or will they not tell, and speak of nobody but themselves?"""
    if any(one.role == "driver" or not one.is_caller for one in people):
        return False
    return declines(words) or (bool(people) and read_aside(words) == "unknown")


def _told_plainly(words: str, said: str, people: list[Person], asked: Asked) -> Reading | None:
    """The caller or nobody, with no more than a remark behind it; None where neither is told."""
    if (first := _FIRST_ME.match(said)) and _only_told(said[first.end() :], people):
        return sure({"who": "caller"}, (said,))
    if _is_nobody(words, said, people, asked):
        why = "they are not sure" if hedges(words) else PERSON_DOUBT.why(said, {"who": "nobody"})
        rests_on = (said,) if _NOBODY.search(said) and _only_told(_NOBODY.sub("", said), people) else ()
        return doubtful(why, {"who": "nobody"}) if why else sure({"who": "nobody"}, rests_on)
    return None


def _unsettled(said: str, people: list[Person], drove: list[Person], asked: Asked) -> Reading | None:
    """The doubt where several may be meant, or nobody knows whom; None where one is."""
    if people and not drove and _THEY_DROVE.search(said):
        return doubtful("who is meant by it", {"who": "other"}, against=(said,))
    if _A_CHILD.search(said) and not _OURS.search(said) and any(one.kin in _YOUNG for one in drove):
        return doubtful("whose child", {"who": "other"}, against=(said,))
    if asked.region == "GB" and _OUR_KID.search(said):
        return doubtful("a brother, or a child", {"who": "other"}, against=(said,))
    if len({(one.kin, one.name) for one in drove}) > 1:
        return doubtful("two people may be meant", *[_value(one, asked) for one in drove])
    if drove and any(
        one.role == "open" and _TAKEN_BACK.search(one.before) for one in people[people.index(drove[0]) + 1 :]
    ):
        return doubtful("somebody else is named after a no", _value(drove[0], asked))
    if not drove and _SPEAKER.match(said):
        return doubtful("they may mean themselves", {"who": "caller"})
    return None


def _is_said_outright(said: str, people: list[Person], drove: list[Person]) -> bool:
    """Is one person said to have driven, and nobody else spoken of who may have? Then the rest is only told."""
    outright = len(drove) == 1 and drove[0].role == "driver" and not drove[0].is_caller
    return (
        outright
        and not _TURNED.search(_MEANT_TO.sub("", said))
        and all(one in drove or one.is_caller or one.role in ("companion", "denied") for one in people)
    )


def _only_told(rest: str, people: list[Person]) -> bool:
    """Is the rest no more than a remark, with nobody in it who may have done it?"""
    others = (one for one in people if not one.is_caller)
    return not _MORE_TO_IT.search(rest) and not any(one.role == "driver" for one in others)


def _is_nobody(words: str, said: str, people: list[Person], asked: Asked) -> bool:
    """Was it nobody, in these words or in those of the store ("parked")? Not where somebody is said to have done it."""
    if any(one.role == "driver" for one in people):
        return False
    if _NOBODY.search(said):
        return True
    hints = [hint for hint in hints_of(asked.choices, LISTS) if hint.value == "nobody"]
    told = any(not clause.denies(one.first) for clause in clauses_of(words) for one in find(hints, clause.text))
    return told and not any(one.role == "open" and not one.is_caller for one in people)


def _drivers(people: list[Person], said: str) -> list[Person]:
    """Who is said to have done it; else whoever is spoken of and nothing else is said of them.

    Who is called by name may have been told of before ("my son tyler and a friend were in it, and tyler was driving"),
    and "she was driving" is of the one who was.
    """
    drove = [one for one in people if one.role == "driver"] or [one for one in people if one.role == "open"]
    if _THEY_DROVE.search(said) and all(one.is_caller or one.role != "driver" for one in drove):
        others = [one for one in people if not one.is_caller and one.role != "denied"]
        drove = others if len(others) == 1 else [one for one in others if one.role == "open"]
    told = {one.name: one for one in people if one.kin and one.name}
    return [one if one.kin else told.get(one.name, one) for one in drove]


def _told_name(said: str) -> str:
    """ "My daughter ... her name is megan": a name that is told at the end; empty where none is."""
    found = _HIS_NAME.search(said)
    name, clean = name_in(found[1]) if found else ([], False)
    return " ".join(name) if clean and not _NO_NAME & set(name) else ""


def _value(one: Person, asked: Asked, told: str = "") -> dict[str, Any]:
    if one.is_caller:
        return {"who": "caller"}
    value: dict[str, Any] = {"who": "other"}
    if name := one.name or told:
        value["name"] = _known(written(name.split()), asked)
    if one.kin in KIN:
        value["relationship"] = KIN[one.kin]
    elif _OWNER in one.kin and not _STEPCHILD.match(one.kin):
        value["relationship"] = "other"  # "my husband's brother"
    return value


def _named(words: str, said: str, people: list[Person], asked: Asked) -> dict[str, Any] | None:
    """A name that stands by itself: "anna kovacs k o v a c s", "tom baker had the car"."""
    if any(one.role != "companion" for one in people) and not _SAME_NAME.search(said):
        return None
    found = _SAME_NAME.search(said)
    bare = next(filter(None, found.groups()), "") if found else _DROVE.sub("", _LEADS.sub("", said) + " ").strip()
    name, clean = name_in(bare)
    if not name or not clean or _NO_NAME & set(name):
        return None
    full = _known(written(name), asked)
    return {"who": "caller"} if asked.caller and full == asked.caller else {"who": "other", "name": full}


def _known(name: str, asked: Asked) -> str:
    return next((one for one in asked.known if one.lower() == name.lower()), name)
