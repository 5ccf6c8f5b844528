"""English words with their contractions undone and a few of their British fellows put into American."""

import re

from backend.language.tokens import words

__all__ = ["canonical"]

_WHOLE = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "ain't": "is not", "shan't": "will not",
    "gonna": "going to", "wanna": "want to", "petrol": "gas", "gasoline": "gas", "diesel": "gas", "labour": "labor",
    "tablets": "pills", "tablet": "pill", "meds": "pills", "capsules": "pills", "mum": "mom", "mummy": "mom",
    "mommy": "mom", "mama": "mom", "mam": "mom", "daddy": "dad", "papa": "dad", "nan": "grandma", "nana": "grandma",
    "gran": "grandma", "granny": "grandma", "nanny": "grandma", "grandmother": "grandma", "grandad": "grandpa",
    "granddad": "grandpa", "grandfather": "grandpa", "missus": "wife", "hubby": "husband", "bloke": "man",
    "fella": "man", "chap": "man", "dude": "man", "lad": "boy", "lass": "girl", "motorway": "highway",
    "freeway": "highway", "interstate": "highway", "carriageway": "highway", "expressway": "highway",
}  # fmt: skip
_ENDS = (
    ("n't", " not"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'m", " am"),
    ("'d", " had"),
    ("'s", " is"),
)
_APOSTROPHE = re.compile(r"'(?:s|re|ve|ll|m|d|t)$")


def canonical(text: str) -> str:
    """``"My mum's collapsed"`` becomes ``"my mom is collapsed"``: an ``'s`` is an "is", also where it is a "has"."""
    # without a call for each word: this is asked of all that callers say
    said = [word if word not in _WHOLE and "'" not in word else _plain(word) for word in words(text)]
    return " ".join(said)


def _plain(word: str) -> str:
    if (known := _WHOLE.get(word)) is not None:
        return known
    if _APOSTROPHE.search(word) is None:
        return word
    for end, said in _ENDS:
        if word.endswith(end):
            stem = word.removesuffix(end)
            return _WHOLE.get(stem, stem) + said
    return word
