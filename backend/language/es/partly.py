"""Spanish answers that say only a part: "yo no", "nada más un golpe", "los revisaron"; in the plain spelling."""

import re

from backend.language.es.words import said
from backend.language.partly import Partly

__all__ = ["PARTLY"]

_OPENS = r"^(?:(?:no|pues|bueno|eh|este|ay|ah|gracias a dios) )*"

PARTLY = Partly(
    lambda text: said(text).plain,
    {
        False: re.compile(
            rf"{_OPENS}(?:yo|nosotros|nosotras|el|ella|mi \w+) no$"
            r"|\b(?:nada mas|nomas|solo|solamente) (?:un|una|unos|unas|1|me|nos)\b(?! susto)"
            r"|\b(?:se|me|nos) (?:pego|pegue|golpeo|golpee|cayo|cai|lastimo|abrio|corto|corte|raspo|raspe)\b.*\bpero\b"
            r"|\b(?:va|van|vamos|estan) (?:a )?(?:revisar|revisando|checar|checando|llevar al)\b"
            r"|\b(?:nadie|no)\b.*\b(?:murio|muerto|muertos|fallecio)\b|\brevis\w+ y\b"
            r"|\bno (?:de )?(?:grave|gravedad|mucho|tanto|muy \w+)$"
            rf"|{_OPENS}(?:el|la|mi) \w+(?: \w+)? esta bien$"
        ),
        True: re.compile(
            r"^(?:(?:solo|nomas|pues|si) )*(?:el|la|mi) (?:carro|coche|auto|camioneta|troca|moto|defensa|perr\w+)\b"
            r"|\bno hubo \w+ (?:graves?|de gravedad)\b|\b(?:en )?otro (?:accidente|choque)\b|\bde antes\b"
            r"|^(?:\w+ ){0,4}?(?:estuv|qued)\w+ (?:\w+ ){0,2}?(?:atrapad|atorad)[oa]s?"
            r" (?:\w+ ){0,4}?(?:me|nos|lo|la|los|le) (?:sacaron|liberaron|rescataron)(?: \w+){0,3}$"
            r"|\b(?:fing\w+|se hace el|se hizo el|haciendose)\b"
        ),
    },
    now=re.compile(r"(?:tiene|tienen|le duele|les duele|siente|hay|esta|estan|es|echa)\b"),
    over=re.compile(
        r"\bya no\b|\bya se (?:me |le )?(?:quito|paso|fue)\b|\b(?:antes|ayer|anoche|hace rato|en la manana)\b.*\bpero\b"
    ),
)
"""The rule for Spanish."""
