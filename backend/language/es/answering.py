"""How a phone is answered in Spanish: by a person, who greets, or by a machine, which asks for a message."""

import re

from backend.language.es.words import said

__all__ = ["is_greeting", "sounds_like_machine", "sounds_like_person"]

_SURELY = re.compile(
    r"\b(?:despues|al escuchar|al oir|luego|tras|espere) (?:de )?(?:oir |escuchar )?(?:la senal|el tono|el bip|del tono"
    r"|de la senal)\b|\bdel tono\b|\b(?:deje|deja|dejenos|dejanos|dejeme|dejame) (?:su|tu|un|el|aqui su) (?:breve )?"
    r"(?:mensaje|recado|nombre)\b|\bgrabe su (?:mensaje|nombre)\b|\bbuzon(?: de voz)?\b|\bcorreo de voz\b"
    r"|\bcontestador(?:a)?(?: automatic[oa])?\b|\bbuzon .*\blleno\b"
)
_PERHAPS = re.compile(
    r"\b(?:se ha comunicado|se comunico|ha llamado|usted ha llamado|te has comunicado|hablas|habla) (?:con|a|al)\b"
    r"|\bno (?:esta|esta|estoy|estamos|se encuentra|nos encontramos|me encuentro) (?:disponible\w*|aqui|en casa)?\b"
    r"|\bno disponible\b|\bno (?:puedo|podemos|puede|podre|es posible) (?:atender\w*|contestar\w*|tomar)\b"
    r"|\b(?:le|te|nos|me) (?:devolvere|devolveremos|regreso|regresamos|comunicare|comunicaremos|llamare|llamaremos)\b"
    r"|\b(?:tan pronto|lo antes|en cuanto) (?:como )?(?:sea )?(?:posible|pueda|podamos)\b"
    r"|\bel (?:numero|cliente|usuario|suscriptor) (?:que|al que)\b"
)
_ASKED = re.compile(
    r"\b(?:quiere|gusta|desea|quisiera) (?:usted )?(?:dejar|que|esperar|hablar)|\b(?:puedo|le puedo|podria) (?:tomar"
    r"|ayudar|servir|preguntar)\w*|\bgusta dejar\b"
)
"""Who asks this is a person, whatever else they say: "¿quiere dejar un recado?"."""
_PERSON = re.compile(
    r"\b(?:en que (?:le |lo |la |te )?(?:puedo|podemos) (?:ayudar|servir)\w*|(?:le|te) (?:puedo|podemos) ayudar"
    r"|quien (?:habla|es|llama|lo llama|le llama)|de parte de quien|con quien (?:hablo|desea|quiere)|a sus ordenes"
    r"|un momento|espere|digame|diga|para servirle|mande)\b"
)
_GREETING = frozenset(
    "hola bueno diga digame si alo mande quien es habla buenos dias buenas tardes noches buen dia que tal perdon eh ah "
    "ok okay por favor yo soy el ella aqui a sus ordenes como esta".split()
)


def sounds_like_machine(text: str) -> bool:
    """Do only machines say this? One sure sign, or two that a secretary might give as well."""
    plain = said(text).plain
    if _ASKED.search(plain):
        return False
    return bool(_SURELY.search(plain)) or len({found.group() for found in _PERHAPS.finditer(plain)}) > 1


def sounds_like_person(text: str) -> bool:
    """Does somebody wait for an answer?"""
    plain = said(text).plain
    return bool(_ASKED.search(plain) or _PERSON.search(plain))


def is_greeting(text: str) -> bool:
    """Is it nothing but a hello, which asks for no answer of its own?"""
    return all(word in _GREETING for word in said(text).plain.split())
