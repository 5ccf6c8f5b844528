"""Spanish words that tell where an answer may be cut into clauses to be spoken."""

from backend.language.es.numbers import HUNDREDS, TENS, UNITS

__all__ = ["ABBREVIATIONS", "BOUND", "JOINERS", "NUMBERS", "PRONOUNS"]

ABBREVIATIONS = frozenset(
    (
        "sr sra srta dra ud uds lic ing arq av col núm tel cd edo pág aprox p.ej ee.uu ene abr ago dic lun mié "
        "jue vie sáb"
    ).split()
)
JOINERS = frozenset(
    "y pero o porque que cuando donde mientras si hasta antes después con desde para en por es son".split()
)
"""Words that a speaker may take a breath in front of."""
PRONOUNS = frozenset("yo tú usted él ella nosotros ellos ustedes esto eso".split())
BOUND = frozenset("un una el la los las su sus mi mis nuestro nuestra este esta al del".split())
"""Words that belong to the next."""
NUMBERS = frozenset((*UNITS, *TENS, *HUNDREDS, "mil", "dieciséis", "veintidós", "veintitrés", "veintiséis", "punto"))
