"""How a place's name is written or sounds, told beside it, and names that hold a word which leads on.

"King street, king like the king", "elm street, e l m"; "the in n out on harbor boulevard", "f m ten ninety two".
"""

import re

__all__ = ["tells_how_it_is_written", "without_how_it_is_written"]

_LIKE_AGAIN = re.compile(r"\b(\w+)\b(?P<between>.*?),? \1,? like (?:the|a|an) [\w']+", re.IGNORECASE)
_LIKE = re.compile(
    r"(?<=\w)(?<!look)(?<!looks)(?<!just)(?<!something)(?<!felt)(?<!was),? like (?:the|a|an) [\w']+", re.IGNORECASE
)
""" "Elm street like the tree"."""
_LETTERS = re.compile(r"(?<=\w),? ((?:\b[a-z] )+\b[a-z])\b(?!\w| \d)", re.IGNORECASE)
_LEADS_ON = re.compile(r"\bin(?: and |-and-| n |-n-|'n')out\b|(?<=\bthe )drive in\b", re.IGNORECASE)
"""Names that hold an "in" are one word."""
_BY_A_RIVER = re.compile(
    r"\b(\w+)[ -](on|upon|in|le|under|by)[ -](?=(?:trent|tyne|thames|avon|sea|hull|humber|tees|wye|severn|dee|furness"
    r"|lyne|solent|stour|ouse|soar|tweed|swale|wharfe)\b(?! (?:street|road|avenue|lane|drive|way|close)\b))",
    re.IGNORECASE,
)
""" "Stoke on Trent", "Barrow in Furness"."""
_MILE_POST = re.compile(r"\bmile ?post\b", re.IGNORECASE)
_FARM_ROAD = re.compile(r"\b([fr]) m (?=\w+)", re.IGNORECASE)
_HOW = re.compile(r"\b(?:one|two|three|separate) words?\b|\bspelled\b|\bhyphenated\b", re.IGNORECASE)


def without_how_it_is_written(text: str) -> str:
    """The place alone, with such names as one word."""
    plain = _LIKE.sub("", _LIKE_AGAIN.sub(r"\1\g<between>", text))
    plain = _LETTERS.sub(lambda found: _unless_spelled(found, plain), plain)
    plain = _BY_A_RIVER.sub(r"\1-\2-", _MILE_POST.sub("mile marker", plain))
    return _FARM_ROAD.sub(r"\1m ", _LEADS_ON.sub(lambda found: re.sub(r"[ ']+", "-", found[0]), plain))


def tells_how_it_is_written(text: str) -> bool:
    """ "Peach tree, one word": how it is written was told, and no reader writes it so."""
    return _HOW.search(text) is not None


def _unless_spelled(found: re.Match[str], text: str) -> str:
    """Letters that spell what was said before them are no part of the place."""
    letters = found[1].replace(" ", "").lower()
    return "" if letters in text[: found.start()].replace(" ", "").lower() else found[0]
