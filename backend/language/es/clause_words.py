"""Spanish words that tell where an answer may be cut into clauses to be spoken."""

from backend.language.clause_words import ClauseWords
from backend.language.es.numbers import HUNDREDS, TENS, UNITS

__all__ = ["CLAUSE_WORDS"]

CLAUSE_WORDS = ClauseWords(
    abbreviations=frozenset(
        (
            "sr sra srta dr dra ud uds lic ing arq av col núm tel cd edo pág aprox etc p.ej ee.uu a.m p.m ene feb "
            "mar abr may jun jul ago sep sept oct nov dic lun mar mié jue vie sáb dom"
        ).split()
    ),
    joiners=frozenset(
        "y pero o porque que cuando donde mientras si hasta antes después con desde para en por es son".split()
    ),
    pronouns=frozenset("yo tú usted él ella nosotros ellos ustedes esto eso".split()),
    bound=frozenset("un una el la los las su sus mi mis nuestro nuestra este esta al del número".split()),
    numbers=frozenset((*UNITS, *TENS, *HUNDREDS, "mil", "dieciséis", "veintidós", "veintitrés", "veintiséis", "punto")),
    openers=frozenset(
        {
            "muy bien",
            "de acuerdo",
            "claro",
            "claro que sí",
            "por supuesto",
            "gracias",
            "muchas gracias",
            "entiendo",
            "entendido",
            "perfecto",
            "un momento",
            "lo siento",
            "lo siento mucho",
            "está bien",
            "bueno",
            "con gusto",
        }
    ),
)
"""How Spanish is cut."""
