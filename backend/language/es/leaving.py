"""Goodbyes in Spanish, and callers who cannot say."""

import re

from backend.language.es.asides import KNOW
from backend.language.es.words import said

__all__ = ["does_not_know", "has_goodbye", "says_goodbye", "withdraws"]

_BYE = r"(?:adios|hasta luego|hasta pronto|hasta manana|nos vemos|chao|chau|bye|que este (?:muy )?bien)"
_MUST_GO = (
    r"(?:(?:ya )?me tengo que (?:ir|colgar)|(?:ya )?tengo que (?:irme|colgar|salir)|(?:ya )?debo (?:irme|colgar)"
    r"|ya me voy)(?: (?:ya|ahora|ahorita))*"
)
_GOODBYE = re.compile(
    r"^(?:(?:ok|okay|bueno|pues|no|si|muy bien|esta bien|bien|gracias|muchas gracias|muchisimas gracias|eso es todo"
    r"|es todo|seria todo|nada mas|entonces|muy amable|que tenga (?:un )?(?:buen(?:a|os|as)?) (?:dias?|tardes?"
    r"|noches?)) )*"
    rf"(?:{_BYE}|{_MUST_GO})(?: (?:gracias|muchas gracias|entonces|pues|disculpe|que este (?:muy )?bien|{_BYE}))*$"
)
_HAS = re.compile(rf"\b{_BYE}\b")
_LEAD = (
    r"(?:(?:eh|este|pues|bueno|ay|ah|mm|no|uy|perdon|disculpe|lo siento|la verdad|la mera verdad|la verdad es que"
    r"|honestamente|sinceramente|senor|senora|senorita|es que|fijese que|mire|creo que) )*"
)
_TAIL = (
    r"(?: (?:eso|lo|la|ahorita|ahora|ahora mismo|en este momento|de memoria|exactamente|bien|la verdad|perdon|senor"
    r"|senora|senorita|para nada|de eso|con exactitud|a la mano|aqui|conmigo|cual es|el numero|ese numero|ese dato"
    r"|el dato|la hora|la fecha|quien era|que era|con seguridad|muy bien|decirle|disculpe|lo siento))*"
)
_CORE = (
    rf"(?:(?:yo )?no (?:lo |la |le |me |se lo )?(?:{KNOW}|recuerdo|acuerdo|sabria|supe|tengo(?: (?:idea|ni idea|eso"
    rf"|ese|esa"
    r"|la menor idea))?|podria|puedo|me acuerdo|conozco|estoy segur[oa]|fije|me fije)"
    r"|ni idea|(?:no tengo )?(?:ni|la menor|la mas minima) idea|quien sabe|sepa|se me (?:olvido|fue|paso)|lo olvide"
    r"|lo ignoro|lo desconozco|desconozco|que se yo|ni me acuerdo|vaya usted a saber|sabe dios|dios sabra"
    r"|no estoy muy segur[oa]|no cuento con"
    r"|(?:(?:podemos|mejor|puede|por favor|vamos a|la|a la|pase a la|pasemos a la|pase|pasemos) )*(?:saltarnos"
    r"|saltar\w*|saltese"
    r"|saltemos|brinquese|brincar\w*|siguiente|paso|otra)(?: (?:esa|eso|ese|esta|pregunta|por favor|por ahora|la))*"
    r"|(?:(?:podemos|mejor|luego|despues|le) )*(?:regresamos|volvemos|regresar|volver|vemos|digo|dejamos|lo dejamos"
    r"|dejelo)"
    r" (?:(?:a )?(?:eso|esa|ese)(?: pregunta)? (?:luego|despues|mas tarde|al final)|(?:eso )?(?:en blanco|pendiente"
    r"|abierto"
    r"|para (?:despues|luego|mas tarde|el final))))"
)
_WHOLE = re.compile(rf"^{_LEAD}{_CORE}{_TAIL}$")


_WITHDRAWS = re.compile(
    r"\b(?:ya )?no (?:lo |la )?(?:quiero|deseo|pienso|voy a) (?:ya )?(?:hacer|reportar|registrar|levantar|mandar|seguir"
    r"|continuar|meter|abrir|registrarlo|hacerlo|reportarlo|seguir con (?:esto|el reporte))"
    r"(?: (?:el|la|un|una|ningun|ninguna|lo|nada|este|eso))*(?: (?:reporte|reclamo|registro))?(?: (?:ya|mejor"
    r"|gracias))*$"
    r"|\bno (?:lo|la) (?:registre|mande|haga|reporte)\b"
    r"|^(?:(?:sabe que|bueno|no|pues|ay|mejor|nada|por favor|ya|mire|perdon|entonces) )*(?:olvidelo|olvidalo"
    r"|dejelo(?: asi)?"
    r"|dejalo(?: asi)?|cancele(?:lo|la)?|cancelelo(?: todo)?|cancele todo|ya no|cambie de (?:opinion|idea)|mejor no)"
    r"(?: (?:por favor|gracias|entonces|todo|ya|luego llamo))*$"
)
_BEFORE = (
    r"(?:no|ay|pues|bueno|mire|oiga|espere|mejor|por favor|ya|entonces|pero|y|perdon|disculpe|nada|si"
    r"|le digo"
    r"|dije|que|la verdad|sabe) "
)
_ALL_OF_IT = (
    r"(?: (?:nada|ningun \w+|ninguna \w+|(?:el|la|un|una|mi|ese|este) (?:reporte|reclamo|registro|caso)|eso|esto))"
)
_PUT_OFF = r"(?! (?:todavia|aun|hasta|antes|sin|a nombre|asi|como|con|en|para|por|que|mal|dos veces|otra vez)\b)"
_HOLDS_BACK = re.compile(
    rf"^(?:{_BEFORE})*no (?:me )?(?:vaya a |vayan a )?(?:registr|report|hag|mand|envi|levant|met|abr|reclam|present)\w*"
    rf"{_ALL_OF_IT}{_PUT_OFF}"
    rf"|^(?:{_BEFORE})*(?:ya )?no (?:quiero|necesito|deseo|ocupo){_ALL_OF_IT}(?= |$)(?! (?:mas|otro|otra)\b){_PUT_OFF}"
    rf"|^(?:{_BEFORE})*no (?:hace falta|es necesario|hay necesidad de) (?:que )?(?:lo |la )?(?:registr|report|hac"
    rf"|hag|mand|levant)"
    rf"\w*{_ALL_OF_IT}?{_PUT_OFF}"
    rf"|^(?:{_BEFORE})*(?:mejor )?(?:dejemoslo|dejemosla|dejelo|dejalo|lo dejamos|vamos a dejarlo) (?:asi|por la paz)\b"
    r"|\b(?:nos arreglamos|nos vamos a arreglar|lo arreglamos|lo vamos a arreglar|lo pagamos|lo voy a pagar"
    r"|lo pago) (?:entre"
    r" nosotros|por nuestra cuenta|por mi cuenta|de mi bolsa|de mi bolsillo|en efectivo|nosotros|yo mism[oa])\b"
)
"""Says that what was begun is not to be done, in words of a whole sentence: "no registre nada, mi marido lo paga"."""
_SOLVED = re.compile(
    r"\bya (?:lo |la |los |las )?(?:encontr|aparec|volvi|regres|lleg|qued|se arregl|se resolvi|funcion)\w*|\bya"
    r" (?:hay|tengo|tenemos)\b"
)
_LETS_GO = re.compile(
    r"\bolvidel[oa]\b|\bdejel[oa]\b|\bno (?:hace falta|es necesario|se preocupe|se moleste)\b|\bya no (?:hace"
    r"|es|necesito|ocupo)\b"
    r"|\bno (?:lo |la )(?:bloque|cancel|mand|registr|report)\w*"
)
"""Both together: what they called about is no more ("ya la encontré, no la bloquee")."""
_QUOTED = re.compile(r"\b(?:dijo|dijeron|dice|decia|pidio|propuso|ofrecio|insistio|prometio|queria|quiso)\b")
"""Before such words: somebody else's, as the story has them ("me dijo que lo arreglamos en efectivo y se fue")."""
_NOT_MEANT = re.compile(
    r"^(?:(?:ay|perdon|disculpe|hola|no|creo que|uy) )*(?:me equivoque de numero|numero equivocado|marque mal"
    r"|(?:es|tengo) (?:el )?numero equivocado)\b"
)


def withdraws(text: str) -> bool:
    """Does the caller want no more of what they came for: "olvídelo, ya no quiero hacer el reporte"?"""
    plain = said(text).plain
    if _LETS_GO.search(plain) and _SOLVED.search(plain):
        return True
    held_back = _HOLDS_BACK.search(plain)
    return bool(_WITHDRAWS.search(plain) or (held_back and not _QUOTED.search(plain[: held_back.start()])))


def says_goodbye(text: str) -> bool:
    """Is all of this a goodbye, and no answer to anything? A wrong number is one, too."""
    plain = said(text).plain
    return bool(_GOODBYE.match(plain) or _NOT_MEANT.match(plain))


def has_goodbye(text: str) -> bool:
    """Is there a goodbye among these words?"""
    return bool(_HAS.search(said(text).plain))


def does_not_know(text: str) -> bool:
    """Does the whole of ``text`` say that the caller does not know? "No sé, unos cinco" does not."""
    return bool(_WHOLE.match(said(text).plain))
