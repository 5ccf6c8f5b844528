"""Callers who spoke of somebody by name before they gave that name as their own, in English."""

import re

from backend.language.tokens import words

__all__ = ["speaks_of"]

_TITLE = r"(?:mr|mister|mrs|missus|ms|miss|dr|doctor) "
_BEFORE = (
    r"(?:\b(?:for|about|regarding|concerning|representing|represent|assisting|helping|managing|employing|named|called"
    r"|behalf of|(?:work|working) with|(?:reach|find|call|get|see|bill|treat|serve|treating|serving|billing))"
    r"|\b(?:i|we)(?:'ve| have)?(?: got| have)?(?: a| the| our)? (?!am\b|was\b|go\b|is\b)(?:customer|tenant|guest|member"
    r"|resident|patient|student|client|employee|neighbor|friend|buddy|roommate)"
    r"|\b(?!my (?:card|licen[sc]e|policy|papers?|id)\b)(?:my|our|his|her|their|a|the)"
    r" (?!(?:[\w']+ )?name(?:'s)?\b|(?:first|last|full)\b)[\w'-]+)"
)
"""Said of somebody else: "my tenant karen miller", "working for john smith"."""
_SELF = r"(?!(?:my|me|calling|speaking|here|i|it|the name|on the line|and i)\b)"
_AFTER = (
    rf"(?:'s (?!my\b|me\b|calling\b|here\b|speaking\b)[\w'-]+| (?:is|was) {_SELF}[\w'-]+"
    r"| (?:has|had|wants|wanted|needs|needed|asked|told|gave|left|can't|cannot|isn't|lives|pays|owes|got|does|did|said"
    r"|bought|drove|drives|hit|ran|doesn't|gets|will)\b(?! me\b.*\bname\b))"
)
"""Said of somebody who is not the speaker: "john smith wants to know"."""
_MAY_BE_BEFORE, _MAY_BE_AFTER = re.compile(f"{_BEFORE} "), re.compile(_AFTER)
"""Looked for first: a pattern with the name in it takes milliseconds to make, and is kept beyond the call."""
_INTRODUCED = re.compile(
    r"\b(?:this is|i'm|i am|it's|it is|my name is|my name's|name is|name's|speaking (?:with|to)|me|i go by|called)"
    r" (?:(?:actually|just|still|also|mr|mrs|ms) )*$"
)


def speaks_of(text: str, name: str) -> bool:
    """Do the words speak of ``name`` as of somebody who is not the caller?

    Args:
        text: the caller's words.
        name: a first and a last name.
    """
    own = [re.escape(word) for word in words(name)]
    said = " ".join(words(text))
    if len(own) < 2 or own[-1] not in said:
        return False
    before, after = _MAY_BE_BEFORE.search(said), _MAY_BE_AFTER.search(said)
    return (before is not None and _is_before(own, said)) or (after is not None and _is_after(own, said))


def _is_before(own: list[str], said: str) -> bool:
    whole = rf"(?:{_TITLE}|(?:{_TITLE})?{own[0]} (?:[\w'-]+ )?){own[-1]}(?![\w-])"
    for found in re.finditer(rf"{_BEFORE} {whole}", said):
        called = re.search(whole + "$", found.group())
        if called and not _INTRODUCED.search(said[: found.start() + called.start()]):
            return True
    return False


def _is_after(own: list[str], said: str) -> bool:
    return any(
        not _INTRODUCED.search(said[: found.start()])
        for found in re.finditer(rf"(?<![\w'-]){own[0]} (?:[\w-]+ )?{own[-1]}{_AFTER}", said)
    )
