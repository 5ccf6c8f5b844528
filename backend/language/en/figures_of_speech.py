"""Words of peril in English that are turns of speech: "I'm bleeding money", "the fees are choking me".

What has them is read once more without them, so that a real need beside them is heard all the same.
"""

import re

__all__ = ["without_figures"]

_BURDEN = (
    r"(?:fees?|payments?|bills?|debts?|costs?|prices?|interest|tax(?:es)?|rates?|paperwork|rent|charges?|deadlines?"
    r"|mortgage|loans?|inflation|instal?lments?|interest rates?)"
)
_FIGURES = re.compile(
    rf"\b{_BURDEN}(?:'s|'re| is| are| has been| have been| keeps?)?(?: (?:just|really|slowly|literally|all|been))* "
    r"(?:chok|drown|suffocat|strangl|bleed|kill|crush|bury|smother|eat)ing (?:me|us|him|her|them)\b"
    r"(?: (?:to death|dry|alive|under))*"
    r"|\bbleed(?:s|ing)? (?:out )?(?:money|cash|dollars|profits?|customers|coolant|oil|red ink|brake fluid)\b"
    r"|\blike (?:a|an|some) (?:\w+ )?suicidal \w+"
    r"|\bsome suicidal \w+(?= (?:cut|ran|hit|pulled|swerved|came|clipped|merged|overtook|passed))"
    r"|\bsuicidal (?:maniac|lunatic|idiot|moron|squirrel|deer|lane|left|turn|move|maneuver|merge|overtak\w+|driving"
    r"|speeds?)\b",
    re.IGNORECASE,
)


def without_figures(text: str) -> str:
    """The words without such turns of speech; the same text where there is none."""
    return _FIGURES.sub(" ", text)
