"""The words of an English answer, as the readers here take them."""

import re

from backend.language.en.number_words import DIGITS, TEENS, TENS
from backend.language.turn_memory import remembered_list
from backend.language.words import words_of

__all__ = ["SHORT_FORMS", "said", "said_times"]

_HELPERS = "do does did is was are were have has had would could should must need"
SHORT_FORMS = (
    {f"{helper}n't": f"{helper} not" for helper in _HELPERS.split()}
    | {f"{helper}nt": f"{helper} not" for helper in ("do", "does", "did", "is", "was")}
    | {f"{pronoun}'s": f"{pronoun} is" for pronoun in "it that there he she what who where when how why".split()}
    | {f"{pronoun}'ll": f"{pronoun} will" for pronoun in "i it that you we they he she".split()}
    | {f"{pronoun}'d": f"{pronoun} would" for pronoun in "i it that you we they he she".split()}
    | {f"{pronoun}'ve": f"{pronoun} have" for pronoun in "i you we they".split()}
    | {f"{pronoun}'re": f"{pronoun} are" for pronoun in "you we they".split()}
    | {
        "can't": "can not", "cannot": "can not", "cant": "can not", "won't": "will not", "ain't": "is not",
        "i'm": "i am", "im": "i am", "ive": "i have", "its": "it is", "thats": "that is", "lemme": "let me",
        "gimme": "give me", "dunno": "do not know", "gonna": "going to", "gotta": "got to", "o'clock": "oclock",
        "twas": "it was", "tis": "it is",
    }
)  # fmt: skip
_NUMBERS = frozenset({**DIGITS, **TEENS, **TENS})
_HALF = re.compile(r"(?<![^\W\d_])([ap])\.?\s?m\b\.?(?=\W|$)")
_GREETING = re.compile(r"\bgood (?:morning|afternoon|evening|night|day)\b")
_TWENTY_FIVE = re.compile(r"\bfive and twenty\b")
_GLUED = re.compile(r"(\d)(am|pm|ish|h|hrs)\b")


@remembered_list
def said(text: str, *, owners: bool = False) -> list[str]:
    """Words with short forms written out, without dashes and the 's of an owner: "it was not monday".

    Args:
        text: what the caller said.
        owners: keep the 's of an owner, too.
    """
    words = [word for word in words_of(text.lower(), SHORT_FORMS) if word not in ("-", "–", "—")]
    return words if owners else [word.removesuffix("'s") for word in words]


def said_times(text: str) -> list[str]:
    """The same with the halves of the day as words of their own: "10 am", "ten pm"."""
    plain = _TWENTY_FIVE.sub("twenty five", _GREETING.sub(" ", text.lower()))
    words = said(_GLUED.sub(r"\1 \2", _HALF.sub(r"\1m", plain)))
    return [
        part
        for word in words
        for part in ([word[:-3], "ish"] if word.endswith("ish") and word[:-3] in _NUMBERS else [word])
    ]
