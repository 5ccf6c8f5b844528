"""French words that speak about others, and what callers say instead of an answer."""

import re

from backend.language.reading import Nothing
from backend.language.signs import SignWords
from backend.language.words import MARKS, words_of

__all__ = ["BREAKS", "SIGNS", "read_aside", "said"]

SIGNS = SignWords(
    {
        "denial": ("pas", "ni", "sans"),
        "correction": ("non attendez", "non pardon", "pardon", "je veux dire", "non plutôt", "je me trompe", "non non"),
        "hedge": (
            "peut être", "je crois", "je pense", "je suppose", "sans doute", "probablement", "il me semble", "pas sûr",
            "pas sûre", "je ne sais pas",
        ),
        "about": ("environ", "à peu près", "presque", "plus ou moins", "vers"),
        "or": ("ou", "ou bien"),
    }
)  # fmt: skip
BREAKS = frozenset({"mais"})
_ASIDES: tuple[tuple[Nothing, str], ...] = (
    ("person", r"\b(?:parler|passez|veux|voudrais)\b.*\b(?:quelqu'un|personne|conseiller|conseillère|humain|agent)\b"),
    (
        "unknown",
        r"\b(?:je (?:ne )?sais pas|sais pas|aucune idée|je (?:ne )?me souviens pas|j'ai oublié|pas la moindre)\b",
    ),
    (
        "wait",
        r"^(?:\w+ )?(?:attendez|(?:une?|deux) (?:instant|moment|minute|seconde)s?|patientez|laissez moi"
        r"|je (?:vais )?cherche)",
    ),
    (
        "question",
        r"^(?:mais |et )?(?:pourquoi|quel|quelle|lequel|laquelle|comment|pardon$|est ce que|vous pouvez répéter)",
    ),
)


def said(text: str) -> list[str]:
    """The words of an answer without marks; hyphens part them ("quatre-vingt-dix")."""
    return [word for word in words_of(text.replace("-", " ")) if word not in MARKS]


def read_aside(text: str) -> Nothing:
    """What words are that answer nothing."""
    plain = " ".join(said(text))
    for kind, pattern in _ASIDES:
        if re.search(pattern, plain):
            return kind
    return ""
