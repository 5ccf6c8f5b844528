"""Callers who speak in Spanish of what they have reported already: "ya hice un reporte", "¿cómo va mi reclamo?"."""

import re

from backend.language.es.words import said

__all__ = ["has_reported", "means_the_old_one"]

_CASE = r"(?:reclamos?|reclamacion(?:es)?|reportes?|casos?|siniestro)"
_DONE = (
    r"(?:hice|hicimos|hizo|levante|levantamos|levanto|meti|metimos|metio|puse|pusimos|abri|abrimos|abrio|presente"
    r"|presentamos"
    r"|registre|registramos|mande|mandamos)"
)
_TO_OTHERS = (
    r"(?! (?:a|con|en|ante) (?:la|el|los|las|su|mi) (?!aseguradora|seguro|ustedes)\w+| (?:a|con|ante) transito)"
)
_HAS_REPORTED = re.compile(
    rf"\b{_DONE} (?:un|el|mi|una|la|este|ese|otro) (?:\w+ )?{_CASE}\b{_TO_OTHERS}"
    rf"|\bya (?:lo |la |se lo |les |le )?(?:reporte|reportamos|reporto|registre|avise|avisamos)\b{_TO_OTHERS}"
    rf"|\bya (?:habia|he|hemos|habiamos) (?:reportado|registrado|levantado|hecho|avisado)\b{_TO_OTHERS}"
    rf"|\b(?:estado|estatus|status|noticias?|novedades|avance|respuesta) (?:de|del|sobre) (?:(?:mi|el|un"
    rf"|ese) )?{_CASE}\b"
    rf"|\b(?:paso|pasado|pasa|pasando|va|sobre|seguimiento) (?:con|de|a|mi|sobre)? ?(?:mi|el|ese) {_CASE}\b"
    rf"|\b(?:mi|el|un) {_CASE} (?:anterior(?! fue (?:en (?:\d{{4}}|el ano)|hace (?:\w+ ){{1,2}}anos))|pendiente|abierto"
    r"|que (?:ya )?(?:hice|levante|meti|puse))\b"
)
_THE_OLD_ONE = re.compile(
    r"^(?:(?:no|es|el|del|la|sobre) )*(?:mismo|anterior|viejo|de antes|que ya (?:hice|reporte))(?: (?:por favor"
    r"|gracias))*$|\b(?:el|lo) que ya (?:hice|reporte|le dije)\b"
)


def has_reported(text: str) -> bool:
    """Do they speak of a report that they have made already? What they told the police is none."""
    return bool(_HAS_REPORTED.search(said(text).plain))


def means_the_old_one(text: str) -> bool:
    """Asked whether it is something new: do they say that it is what they have reported?"""
    plain = said(text).plain
    return bool(_THE_OLD_ONE.search(plain) or _HAS_REPORTED.search(plain))
