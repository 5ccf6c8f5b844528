"""What is no need now, though it is told in the words of one, in Spanish: over, usual, feared, seen somewhere.

A clause that says so is left out before a need is looked for; what goes on all the same is kept.
"""

import re

__all__ = ["is_bygone"]

_MONTH = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|navidad)"
)
_DAY = r"(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
_LONG = (
    rf"(?:(?:la semana|el mes|el ano|el {_MONTH}|el verano|el invierno) pasad[oa]|en {_MONTH}|en el? ?(?:19|20)\d\d"
    r"|hace (?:\w+ )?(?:dias|semanas?|mes|meses|ano|anos|tiempo|rato largo)|de (?:nino|nina|chico|chica|joven)"
    r"|cuando (?:era|eramos|tenia|estaba) (?:nin[oa]|chic[oa]|joven|\d+ anos)|en aquel(?:la)? (?:tiempo|entonces|epoca)"
    r"|(?<!\bde )una vez|antes(?! (?:de|que)\b))"
)
_PAST = re.compile(
    rf"\b(?:ayer|anoche|antier|anteayer|anteanoche|el otro dia|(?:este |el )?{_DAY}(?: pasado)?|en ese momento"
    rf"|{_LONG})\b"
)
_LONG_AGO = re.compile(rf"\b{_LONG}\b")
_LASTS = re.compile(
    r"\b(?:pastillas?|tabletas?|medicinas?|sobredosis|veneno|cloro|anticongelante|trago|tome|tomo|muri\w+|muert\w+"
    r"|fallec\w+|mat(?:o|aron)|suicid\w+)\b"
)
"""What is as bad a day later."""
_GOES_ON = re.compile(
    r"\b(?:todavia|aun|sigue\w*|sigo|ahora|ahorita|desde|ayud\w+|auxilio|no (?:puedo|puede|respira|despierta|reacciona"
    r"|responde|para|deja)|otra vez|empeor\w+)\b|\b(?:esta|estan|estoy|estamos) (?:\w+[ae]ndo\w*|en|dentro|adentro"
    r"|atrapad|inconsciente|sangrando|debajo)\b|\b(?:me|nos|le|les|lo|la) (?:esta|estan|viene|vienen) \w+[ae]ndo\b"
)
_USUAL = re.compile(
    r"\b(?:como (?:siempre|de costumbre|todos los dias|cada dia|me recetaron|me toca)|todos los dias|cada (?:dia|noche"
    r"|manana|semana)|todas las (?:mananas|noches)|siempre|de costumbre)\b"
    r"|^(?!.*\b(?:veneno|cloro|anticongelante|sobredosis)\b).*\bcon (?:el desayuno|la comida|la cena)\b"
)
_SEEN = re.compile(
    r"\b(?:en|por) (?:la |las |el |una |un |los )?(?:tele|television|noticias|noticiero|radio|youtube|facebook|internet"
    r"|pelicula|novela|serie|periodico|video)\b|\b(?:sone|soñe|pesadilla|lei que)\b"
)
_FEARED = re.compile(
    r"\b(?:pense|pensamos|penso|crei|creimos|creyo|creia|temia|temi|imagine|me asuste) (?:que|de que)\b"
    r"|\b(?:casi|por poco)(?: (?:se|me|nos|le|les|lo|la))* (?:\w+[aeio]|\w+aron|\w+ieron|un|una|dan?)\b(?! respir)"
    r"|\b(?:pudo|podria|pudiera|hubiera|habria)(?: (?:haber|haberse))?\b"
)
_IS_NOW = re.compile(
    r"\b(?:esta|estan|estoy|estamos|tiene|tienen|tengo)\b(?! (?:(?:muy|ya|todos) )?(?:bien|dormid[oa]))"
)
"""Behind what was feared: "pense que dormia esta morado", in one breath."""
_STANDS = re.compile(r"\bcasi no\b")
_ASKED = re.compile(
    r"\b(?:cubr\w+|cobertura|prima|deducible|paga\w*|indemniz\w+|cotiz\w+)\b|\bque (?:pasa|pasaria|hago) si\b"
)


def is_bygone(clause: str) -> bool:
    """Does this clause tell of what is over, usual, feared, seen on a screen, or asked of money?

    Args:
        clause: in the plain spelling.
    """
    if _GOES_ON.search(clause):
        return False
    past = _LONG_AGO if _LASTS.search(clause) else _PAST
    if any(one.search(clause) for one in (past, _USUAL, _SEEN, _ASKED)):
        return True
    feared = _FEARED.search(clause)
    if feared is None or _LASTS.search(clause) or _STANDS.search(clause):
        return False
    return not _IS_NOW.search(clause, feared.end())
