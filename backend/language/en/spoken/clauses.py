"""An utterance in the pieces in which a "no" holds: "no damage, it drives fine" is two of them."""

import re

from backend.language.tokens import words

__all__ = ["NEGATIONS", "clauses", "hedged", "negated"]

_BREAK = re.compile(r"[,;.!?:…—]+(?:\s|$)")
_JOINTS = frozenset("but except however though although and then because so besides while or".split())
_SUBJECTS = frozenset("it it's i i'm i've we we're she she's he he's they they're everyone everybody".split())
_WITH_VERB = frozenset("nobody's noone's no-one's everybody's everyone's".split())
_CARRIES = frozenset("think believe say said guess suppose know sure if that whether hope wish was were is are".split())
"""Words behind which a subject goes on with the same thought: "I don't think it drives"."""

NEGATIONS = frozenset(
    "no not nobody none nothing never without neither nor cannot cant dont doesnt isnt wasnt arent werent wont "
    "didnt couldnt hardly unlikely".split()
)
_HEDGES = re.compile(
    r"\b(?:i think|i guess|i suppose|i believe|i hope|don't think|do not think|maybe|perhaps|possibly|probably|might|"
    r"not sure|unsure|not certain|don't know|do not know|no idea|hopefully|as far as i know|hard to say|can't tell|"
    r"cannot tell|depends)\b"
)


def clauses(text: str) -> list[list[str]]:
    """The words of each clause. A joint ("but", "except") begins the clause that follows it."""
    found: list[list[str]] = []
    for piece in _BREAK.split(text):
        current: list[str] = []
        for token in _apart(words(piece)):
            begins = token in _JOINTS or (token in _SUBJECTS and bool(current) and current[-1] not in _CARRIES)
            if begins and current and not (len(current) == 1 and current[0] in _JOINTS):
                found.append(current)
                current = []
            current.append(token)
        if current:
            found.append(current)
    return found


def _apart(tokens: list[str]) -> list[str]:
    """ "Nobody's hurt" with its verb by itself."""
    return [
        part
        for place, token in enumerate(tokens)
        for part in (
            (token.removesuffix("'s"), "is")
            if token in _WITH_VERB or (token == "one's" and tokens[place - 1 : place] == ["no"])
            else (token,)
        )
    ]


def negated(clause: list[str], index: int) -> bool:
    """Does a negation stand before this word of the clause?"""
    return any(token in NEGATIONS or token.endswith("n't") for token in clause[:index])


def hedged(text: str) -> bool:
    """Does the speaker say that they are not sure?"""
    return _HEDGES.search(" ".join(words(text))) is not None
