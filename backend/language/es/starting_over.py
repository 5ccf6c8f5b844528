"""Callers who want to begin anew, in Spanish: "¿podemos empezar de nuevo? me equivoqué"."""

import re

from backend.language.es.words import said

__all__ = ["starts_over"]

_BEFORE = r"(?:(?:no|espere|perdon|disculpe|ay|este|bueno|mire|oiga|mejor|por favor|y|pero|sabe que|pues) )*"
_WISH = r"(?:(?:podemos|puedo|podria|podriamos|quiero|quisiera|vamos a|me gustaria|tengo que|hay que|mejor) )*"
_ANEW = (
    r"(?:(?:volver|volvemos|volvamos) a (?:empezar|comenzar|iniciar)|(?:empec|empez|empiec|empiez|comenz"
    r"|comienc|comienz|inici)\w*"
    r"(?: todo)? (?:de nuevo|otra vez|desde (?:el|un) (?:principio|inicio|cero)|de cero))"
)
_SLIP = r"(?:(?:es que |porque )?(?:ya )?(?:me (?:equivoque|confundi|hice bolas)|lo dije mal|esta mal|dije mal)\b.*)"
_WHOLE = re.compile(
    rf"^{_BEFORE}(?:{_SLIP} {_BEFORE})?{_WISH}{_ANEW}(?: (?:por favor|entonces|ya|perdon|disculpe))*(?: {_SLIP})?$"
)


def starts_over(text: str) -> bool:
    """Does the whole of ``text`` say that they would like to begin anew?"""
    return _WHOLE.match(said(text).plain) is not None
