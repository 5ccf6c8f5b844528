"""French words that tell where an answer may be cut into clauses to be spoken."""

from backend.language.clause_words import ClauseWords
from backend.language.fr.numbers import DIGITS

__all__ = ["CLAUSE_WORDS"]

CLAUSE_WORDS = ClauseWords(
    abbreviations=frozenset(
        "m mm mme mlle dr pr st ste av bd apt tél env etc p.ex janv févr avr juil sept oct nov déc".split()
    ),
    joiners=frozenset("et mais ou parce que qui quand où si avant après avec depuis pour dans en par".split()),
    pronouns=frozenset("je tu il elle on nous vous ils elles ce cela ça".split()),
    bound=frozenset("un une le la les mon ma mes votre vos notre nos son sa ses ce cette au du des numéro".split()),
    numbers=frozenset(DIGITS),
)
"""How French is cut."""
