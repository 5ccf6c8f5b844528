"""Callers who report nothing, in Spanish: they only ask, suppose something, complain, or were written to."""

import re

from backend.language.es.words import said

__all__ = ["only_asks"]

_SUPPOSES = re.compile(
    r"^(?:(?:hola|oiga|mire|eh|este|pues|bueno|y|una pregunta) )*(?:supongamos|suponga|suponiendo|digamos|imaginese"
    r"|que pasa si|que pasaria si|hipoteticamente|en teoria)\b"
)
_ONLY_ASKS = re.compile(
    r"\bno (?:estoy|vengo|llamo|quiero|voy)(?: \w+){0,2} (?:report|reclam|hacer un (?:reporte|reclamo))\w*"
    r"|\b(?:solo|nada mas|nomas|solamente) (?:quiero|queria|quisiera|estoy|es) (?:saber|preguntar\w*|preguntando|una "
    r"pregunta"
    r"|una duda)\b|\b(?:me|nos) (?:sube|subiria|suben|va a subir)\w* (?:la |el )?(?:prima|cuota|precio|seguro)? "
    r"?(?:si|cuando)\b"
    r"|\b(?:poner|meter|hacer|presentar|tengo) una queja\b|\bquiero quejarme\b|\bme quiero quejar\b"
    r"|\b(?:reclamo|demanda|caso)(?: \w+){0,3} (?:contra|en contra de) (?:mi|nosotros)\b|\bme (?:demand\w+|estan "
    r"demandando)\b"
    r"|\b(?:me llego|recibi|nos llego) (?:una|un|esta|su) (?:\w+ )?(?:carta|aviso|notificacion|correo)\b"
    r"|\b(?:todavia )?no (?:me )?ha pasado nada\b|\bno paso nada todavia\b"
)
_HAPPENED = re.compile(
    r"\b(?:ayer|anoche|anteayer|hoy|hace (?:un|una|dos|tres|rato|poco|\d+)|esta (?:manana|tarde|noche)|acabo de)\b"
    r"|\b(?:me|nos) (?:choc(?:aron|o)|pego|pegaron|robaron|golpearon)\b"
)
"""Something did happen, whatever is asked about it."""


def only_asks(text: str) -> bool:
    """Do the words report nothing, though they name what is reported?"""
    plain = said(text).plain
    if _SUPPOSES.search(plain):
        return True
    return bool(_ONLY_ASKS.search(plain)) and not _HAPPENED.search(plain)
