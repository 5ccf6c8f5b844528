"""People who are told in several words, each in the one that says what they are: "a guy who works for me"."""

import re

from backend.language.en.kin import KIN
from backend.language.en.roles import HIRED
from backend.language.tokens import words

__all__ = ["in_one_word", "with_it"]

_BRITISH = re.compile(
    rf"^((?:(?:it was|it's|that was|well|um|no|yeah|just) )*)me (?=(?:missus|{'|'.join(sorted(KIN))})\b)"
)
""" "Me mum" is my mum."""
_SOMEONE = (
    r"\b(?:an?|the|this|some|one of the) (?:guy|girl|lady|woman|man|gal|dude|fellow|kid|young man|young lady"
    r"|chap|bloke|fella|lad|lass)s?"
)
_AT_WORK = tuple(
    (re.compile(pattern), kin)
    for pattern, kin in (
        (rf"{_SOMEONE} (?:who |that )works for (?:me|us)\b", "employee"),
        (
            r"\bone of (?:my|our) (?:guys|employees|workers|staff|people|techs|crew|reps"
            r"|(?:driv|work|help|manag|paint|clean|deliver|mov|plumb|roof|bak|build|farm|labor|wait|serv|teach"
            r"|carpent|garden|landscap|weld|install|bartend|caregiv|design|program)ers)\b",
            "employee",
        ),
        (rf"{_SOMEONE} (?:(?:who |that )works with (?:me|us)|(?:who |that )?(?:i|we) work with)\b", "colleague"),
        (rf"{_SOMEONE} (?:from|at) (?:work|the office|(?:my|our) (?:work|job|office))\b", "colleague"),
        (r"\b(?:my|our) business (?:partner|associate)\b", "associate"),
    )
)
"""Who is told by what they do, and not by one word."""
_THEY_WORK = tuple(
    (re.compile(pattern), kin)
    for pattern, kin in (
        (
            r"(?<=\w )(?:who |he |she |they )works? for (?:me|us)(?: (?:at|in|down at) (?:the|my|our) \w+)?\b",
            "employee",
        ),
        (
            r"(?<=\w )(?:who |he |she |they )(?:works|drives|delivers|runs \w+|does (?:\w+ ){1,2}?)\s?for"
            r" (?:me|us|(?:my|our) (?:shop|company|business|store|restaurant|crew|firm))\b",
            "employee",
        ),
        (
            r"(?<=\w )(?:who |he |she |they )works? with (?:me|us)(?: (?:at|in|down at) (?:the|my|our) \w+)?\b",
            "colleague",
        ),
        (r"(?<=\w )from (?:work|(?:my|our|the) (?:work|job|office))\b", "colleague"),
    )
)
"""What somebody without a relation does, behind their name: "dwayne he works with me"."""
_ANY_KIN = "|".join(sorted(KIN))
_OF_KIN = re.compile(
    rf"\b(?:(?:an?|the|my|our|this|one) )?(?:(?:good|best|old|close) )?({_ANY_KIN}) (?:of|from|to) (?:my|our|his|her)"
    rf" ({_ANY_KIN})(?:'s|s)?\b"
)
""" "A friend of my son's", "the son from my sister": somebody's of somebody's, as "my sister's son" is."""
_NO_IT = re.compile(r"^((?:(?:um|uh|oh|well|yes|yeah|no) )*)(?=(?:is|was|were) (?:my|our|me|the|a) [^?]*$)")
""" "Was my cousin who drove": said without the "it", and no question."""
_FROM_SOMEWHERE = re.compile(
    rf"^((?:(?:um|uh|oh|well|so|it was|just) )*)(?:{_SOMEONE}) (?:from|at|with) (?:the|a|my|our) (?:[\w']+ ?){{1,3}}$"
)
_TOOK_IT = (
    r" (?=(?:had|took|drove|brought|moved|borrowed|was (?:just )?(?:driving|bringing|moving|taking|returning|delivering"
    r"|test driving|parking)) it\b)"
)
_FROM_WHERE = re.compile(
    rf"^((?:(?:um|uh|oh|well|so|it was|just) )*)(?:{_SOMEONE}) (?:from|at|with) (?:the|a|my|our) (?:[\w']+ ??){{1,3}}?"
    rf"{_TOOK_IT}"
)
"""Somebody from a place, and behind it that they had it: "a guy from the shop was bringing it back"."""
"""The whole answer is somebody from a place: "the kid from the shop", who is nobody of the caller's."""
_FROM = re.compile(
    rf"\b({'|'.join(sorted(KIN))})((?: of (?:mine|ours))?) from"
    r" (?:(?:the|my|our|his|her|across the|down the|over) )?[\w']+"
    r"(?: (?=named\b|called\b)|(?=,| [a-z'-]+$| [a-z'-]+ [a-z'-]+$| had\b| was\b| borrowed\b| took\b)|$)"
)
"""Where somebody is known from: "a friend from the gym, tyler"."""


_OF_ONE_PAIR = re.compile(r"\b(?:twin|kid|baby) (?=(?:brother|sister)\b)")
""" "My twin sister", "my kid brother": one, and no child."""


def in_one_word(text: str) -> str:
    """The words of an answer, in small letters, with "my better half" as a spouse."""
    whole = re.sub(r"\b(\w+) in[ -]law\b", r"\1-in-law", text)
    whole = HIRED.sub("my chauffeur", _OF_KIN.sub(r"my \2's \1", whole))
    whole = _FROM_WHERE.sub(r"\1my associate ", whole)
    whole = _FROM_SOMEWHERE.sub(r"\1my associate", whole)
    whole = _FROM.sub(r"\1\2 ", whole)
    whole = _OF_ONE_PAIR.sub("", whole)
    whole = _BRITISH.sub(r"\1my ", whole)
    whole = re.sub(r"\b(?:my|the) (?:better|other) half\b|\b(?:the|my) missus\b", "my spouse", whole)
    whole = re.sub(
        rf"\b(my|our) ((?:very )?(?:eldest|oldest|youngest|middle one|little one))(?! (?:{'|'.join(sorted(KIN))})\b)",
        r"\1 child",
        whole,
    )
    for pattern, kin in _AT_WORK:
        whole = pattern.sub(f"my {kin}", whole)
    for pattern, kin in _THEY_WORK:
        if (found := pattern.search(whole)) and KIN.keys().isdisjoint(words(whole[: found.start()])):
            whole = f"{whole[: found.start()]}my {kin}{whole[found.end() :]}"
    whole = re.sub(
        r"\b(ex|step)[ -](?=(?:wife|husband|girlfriend|boyfriend|son|daughter|father|mother)\b)", _apart, whole
    )
    return whole


def with_it(text: str) -> str:
    """The words of an answer with the "it" that who learned the language leaves out: "it was my cousin who drove"."""
    said = text.strip().lower()
    return f"it {said[found.end() :]}" if (found := _NO_IT.match(said)) else text


def _apart(found: re.Match[str]) -> str:
    """ "Ex wife" is hers no longer; a "step son" is a stepson."""
    return "step" if found[1] == "step" else "ex-"
