"""A "no" that refuses nothing: it denies a denial or a fault, or says that the question was not heard."""

import re

__all__ = ["denies_a_denial", "speaks_elsewhere", "was_not_heard"]

_DENY = r"(?:no|nunca|jamas|tampoco)"
_WISHED = r"(?:quiera|pueda|deba|sea|este|haya|tenga|guste|convenga|parezca|confie|importe)"
"""In the mood of what is denied: "no es que no quiera"; "no, es que no quiero" refuses."""
_DENIAL_DENIED = re.compile(
    rf"\b{_DENY} (?:le |te |me |lo )?(?:dig[oa]|dije|dijimos|estoy diciendo|ando diciendo|he dicho|diria) que no\b"
    rf"|\b{_DENY} es que no (?:\w+ )?{_WISHED}\b"
    rf"|\b{_DENY} (?:le |lo |la )?(?:veo|encuentro|hay|tengo|hallo)(?: ninguna| una)?(?: razon| motivo)?"
    r" (?:por que|para que|para) no\b"
    rf"|\b{_DENY} (?:se|me|te|estoy|estamos|suena|parece) (?:equivoc\w+|mal|incorrect\w+|fals[oa])\b"
    rf"|\b{_DENY} (?:hay|tiene|veo|le veo|encuentro|noto|tengo|oi)(?: ningun[oa]?| un[oa]?| nada de)?"
    r" (?:error\w*|equivocacion\w*|falla\w*|detalle\w*|objecion\w*|queja\w*|mal)\b"
    rf"|\b(?:{_DENY} (?:estoy|tengo nada|hay nada) |^nada )en contra\b"
    rf"|\b{_DENY} me (?:opongo|niego|molestaria|importaria)\b"
)
_HEARS = (
    r"(?:escuch(?:e|o|aba|amos|ar|a)|oi|oigo|oia|oye|oir|entend(?:i|imos|er)|entiendo|entendia|capt[eo]|captar|cach[eo]"
    r"|cachar)"
)
_NOT_HEARD = re.compile(
    rf"\bno (?:(?:le|lo|la|te|se|los|les) )*"
    rf"(?:(?:alcanc\w+|alcanz\w+|llegue|logr\w+) a |(?:puedo|pude|logre|podia) )?{_HEARS}"
    r"(?: (?:muy|bien|nada|casi|claro|que|lo que|dijo|dice|dijiste|me dijo|me|usted|la pregunta|eso|todo|aqui|ahorita"
    r"|desde aca|por aqui|del todo))*(?= (?:sr|senor\w*|disculp\w*|perdon\w*|oiga|joven)\b|$)"
)
"""Of who speaks: "no me escuchó bien" is said of us, and refuses."""
_ELSEWHERE = re.compile(
    r"\bno (?:es )?(?:a|con) usted\b|\bno usted\b"
    r"|\b(?:le|les) (?:estaba|estoy|ando|andaba) (?:hablando|diciendo|gritando) a (?!usted)\w+"
    r"|\b(?:le|les) (?:hablaba|decia|gritaba) a (?!usted)(?:mi|mis|l[oa]s?|el|otr[oa]|un[oa])\b"
)
_REFUSES = re.compile(r"\b(?:no|nada|nadie|nunca|jamas|tampoco|ni|pero|mejor|cancele|cambie)\b")
_LEADS = re.compile(r"^(?:(?:no|nop|pues|eh|este|ay|perdon|disculpe|oiga|bueno|uy) )+(?=no\b)")


def denies_a_denial(plain: str) -> bool:
    """Is the refusing word one that denies a refusal or a fault: "no digo que no", "no hay ningún error"?

    Args:
        plain: the answer in the plain spelling.
    """
    return _nothing_else(_DENIAL_DENIED, plain)


def was_not_heard(plain: str) -> bool:
    """Do the words say that the question was not heard or understood: "no le escuché bien"?

    Args:
        plain: the answer in the plain spelling.
    """
    return _nothing_else(_NOT_HEARD, plain)


def speaks_elsewhere(plain: str) -> bool:
    """Were the words for somebody beside the caller: "no, a usted no, le hablaba a mi hijo"?

    Args:
        plain: the answer in the plain spelling.
    """
    return _ELSEWHERE.search(plain) is not None


def _nothing_else(pattern: re.Pattern[str], plain: str) -> bool:
    """Is it there, and does nothing else refuse?"""
    left, found = pattern.subn(" ", _LEADS.sub("", plain))
    return found > 0 and _REFUSES.search(left) is None
