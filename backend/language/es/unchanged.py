"""Callers who want nothing changed after all."""

import re

from backend.language.es.words import said

__all__ = ["nothing_to_change"]

_FILLER = r"(?:(?:eh|este|pues|bueno|ah|si|mire|perdon|disculpe|la verdad|gracias|por favor|ok|okay|ya|entonces) )*"
_PHRASE = (
    r"(?:nada|no nada|ningun[oa]|nada de nada|(?:no )?(?:hay )?nada que (?:cambiar|corregir)|no cambie nada"
    r"|no (?:hay que|quiero|hace falta) (?:cambiar|corregir)(?: nada)?|(?:todo|asi) (?:esta|estaba) (?:todo )?(?:bien"
    r"|correcto|perfecto)|(?:esta|estaba) (?:todo )?(?:bien|correcto|perfecto)(?: asi| todo)?|todo bien|asi esta bien"
    r"|dejelo asi|asi dejelo|asi como esta|todo (?:es )?correcto|es correcto|correcto|asi es)"
)
_WHOLE = re.compile(rf"^{_FILLER}{_PHRASE}(?: {_FILLER}{_PHRASE})*(?: (?:gracias|por favor|si|asi|todo))*$")


def nothing_to_change(text: str) -> bool:
    """Does the whole of ``text`` say that nothing is to be changed after all ("nada, todo estaba bien")?

    It is no confirmation: what was doubted is read out again.
    """
    return bool(_WHOLE.match(said(text).plain))
