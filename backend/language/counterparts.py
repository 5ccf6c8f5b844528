"""Names that sound alike and are of two people: Mario is not Maria, and Smithson not Smith.

A name may be misheard; a husband's, a daughter's or a namesake's is not, and they often know the numbers. English and
Spanish names stand together, as people of both call on one line.
"""

from collections.abc import Collection

__all__ = ["names_another"]

_PAIRS = """
john jon juan johan | joan jan jean june jane joanne joanna johanna juana jeanne
mario marius | maria marie mary mariah marian marianne
robert roberto | roberta
paul paulo pablo | paula pauline paulina paola
carl karl carlo carlos | carla karla carol carole carly carolina caroline
daniel danny | danielle daniela dana dani
michael mikel miguel | michelle michele michaela
patrick patricio | patricia patrice
christian cristian christopher cristobal | christina christine kristina kristin kirsten cristina
eric erik erick | erica erika
george jorge | georgia georgina georgette
joseph josef jose | josephine josefa josefina josie
louis luis lewis | louise luisa louisa lois
julio julian julius | julia julie juliana juliet
antonio anthony anton | antonia antoinette
francis francisco | frances francesca francisca
andrew andre andres andreas | andrea
alexander alejandro | alexandra alejandra
stephen steven stefan esteban | stephanie stefanie estefania
gabriel | gabriela gabrielle gabriella
samuel sam | samantha
victor | victoria
adrian | adriana adrienne
denis dennis | denise
martin | martina
ernest ernesto | ernestina ernestine
fernando | fernanda
claudio claude | claudia claudette
eugene eugenio | eugenia
emil emilio | emilia emily
henry enrique | henrietta
leo leon | leona leah
oliver | olivia
theodore teodoro | theodora teodora
valentin | valentina
brian bryan | brianna
dominic | dominique
glen glenn | glenda glenna
don | dawn donna
aaron | erin
alan allen allan | ellen elaine helen
jerry gerry | sherry
ron | rhonda
angel angelo | angela angelina
marcel marcelo | marcela
mauro | maura
silvio | silvia sylvia
rafael | rafaela
raul | raula
gerardo | gerarda
armando | armanda
lorenzo | lorenza
"""
_FURTHER = ("son", "sen", "on", "ston", "ing", "man", "ez", "ette", "elle", "le", "ine", "ina", "ita", "een")
"""A further syllable makes a name another's: Smithson, Browning, Danielle, Juanita."""


def _others() -> dict[str, frozenset[str]]:
    """Of each name those that sound like it and are another's."""
    sides = [tuple(frozenset(side.split()) for side in line.split("|")) for line in _PAIRS.splitlines() if line]
    both = [*sides, *((hers, his) for his, hers in sides)]
    return {name: others for names, others in both for name in names}


_OTHERS = _others()


def names_another(said: Collection[str], known: Collection[str]) -> bool:
    """Is a part of ``said`` the name of another than ``known``, however alike they sound?

    Args:
        said: the words of a name, as they were heard, in small letters without accents.
        known: those of the name that it may be.
    """
    missing = [part for part in known if part not in said]
    return any(_is_another(one, other) for one in said if one not in known for other in missing)


def _is_another(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    further = long.startswith(short) and long[len(short) :] in _FURTHER
    return other in _OTHERS.get(one, ()) or (further and len(short) > 2)
