"""A place as it was told, without what is told around it: where they live, that they said it before, "um"."""

import re

__all__ = ["put_plainly"]

_MEETS = re.compile(r"\bwhere (\w+(?: \w+)?) (?:meets|crosses|intersects|joins|hits|runs into) ", re.IGNORECASE)
_ALREADY = re.compile(
    r"^\W*(?:(?:but|and|well|like) )*(?:i|we) (?:\w+ )?(?:already )?(?:said|told you)"
    r"(?: already| that| it was)? (?=\w)",
    re.IGNORECASE,
)
"""Said before, and said again now."""
_AT_HOME = re.compile(
    r"\b(?:at|outside|in front of|near)? ?(?:my )?(?:home|house|place|work),? (?:at )?(?=(?:number )?\d+ \w)",
    re.IGNORECASE,
)
"""Before the number of a house: "at home 12 elm street"."""
_THE_STREET = re.compile(
    r"(?<=\w),? (?:on |at )?the street (?:is |called |named )?"
    r"(?!(?:from|where|in|near|with|outside|by|and|is)\b)(\w+)$",
    re.IGNORECASE,
)
"""The kind of road before its name, as other languages have it: "in chicago the street wabash"."""
_ELSEWHERE = re.compile(
    r"^.*\b(?:live|work|am from|i'm from)\b.*?\bbut (?:(?:it|this|that|we|i) (?:was|happened|were) )?(?=on |in |at )",
    re.IGNORECASE,
)
"""Where they live, before where it was."""
_FILLERS = re.compile(r"\b(?:um+|uh+|er+m?|h+m+)\b[,.]?\s*", re.IGNORECASE)


def put_plainly(words: str) -> str:
    """The words of the place itself: "where oak meets elm" is "oak and elm"."""
    told = _ALREADY.sub("", _MEETS.sub(r"\1 and ", " ".join(_FILLERS.sub(" ", words).split())))
    return _THE_STREET.sub(r", \1 street", _AT_HOME.sub("", _ELSEWHERE.sub("", told)))
