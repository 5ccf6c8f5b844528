"""Yes and no in Spanish by themselves: what agrees, what refuses, and what is left beside them."""

import re
from dataclasses import dataclass, field

from backend.language.es.asides import KNOW

__all__ = ["Agreement", "agreement"]

_NO_MATTER = re.compile(
    r"\b(?:no (?:pasa|hay|tengo|importa|me molesta|veo)(?: (?:nada|ningun|ninguna|problema|inconveniente"
    r"|pendiente|duda|cuidado"
    r"|que (?:agregar|cambiar|corregir)(?:le)?|nada que \w+))+|sin (?:problemas?|duda)|no (?:hay|tengo) (?:nada "
    r")?(?:que|mas que) \w+"
    r"|no (?:le |me |nos )?(?:falta|sobra|cambie|quite|agregue|mueva)(?: nada)+|nada que (?:agregar|cambiar"
    r"|corregir|modificar|reclamar)(?:le)?|no se preocupe|no importa|no hay de que)\b"
)
_UNTOUCHED = re.compile(
    r"\b(?:ni )?(?:no )?(?:le|lo|la) (?:quite|ponga|cambie|mueva|agregue)(?: ni (?:le|lo|la) \w+| nada)+\b"
)
"""Nothing is to be changed: "no le quite ni le ponga"."""
_NOTHING_THERE = re.compile(r"^(?:(?:no|pues|eh|este|ay) )*no (?:hay|veo|se ve|tengo|pasa|paso) (?:nada|ningun\w*)\b")
"""A denial where a fact is asked for: "no hay nada" to "¿hay algún cable caído?"."""
_LIKE_YES = re.compile(
    r"\bcomo no\b|\bno (?:le )?veo por que no\b|\bno (?:hay|veo|tiene) ningun error\b"
    r"|\b(?:no (?:tengo|hay|veo) )?nada en contra\b"
)
_UNDECIDED = re.compile(
    rf"\bno (?:lo |la |le |me |se lo )?(?:{KNOW}|h(?:e|emos)"
    r" (?:probado|intentado|tratado|checado|revisado|visto|manejado|movido)"
    r"|probe|intente|cheque|revise|trate"
    r"|recuerdo|acuerdo|fije|sabria|vi\b"
    r"|(?:estoy|estaria) (?:muy |tan )?segur[oa])\b"
    r"|\bno (?:lo |la |le |te |se |les )?(?:entend\w*|entiendo|escuch\w*|oigo|oi)\b"
)
_NO = re.compile(
    r"\bno (?:me|nos) (?:entend|escuch|oy|capt)\w*(?: (?:muy )?bien)?\b"
    r"|\b(?:(?:desde luego|por supuesto|claro|obvio|obviamente|definitivamente|seguro|la verdad) que no"
    r"|absolutamente no"
    r"|de ninguna (?:manera|forma)|de ningun modo|para nada|en absoluto|ni hablar|ni loco|que va|(?:dije|digo"
    r"|dicho) que no|ni de (?:broma|chiste)|no (?:lo|la|le|me|se|los)(?: l[oa])? (?:registr|mand|env|hag|pong"
    r"|cambi|quier)\w*|nunca(?: dije "
    r"eso)?|jamas"
    r"|negativo|incorrecto|(?:esta|estan|todo) (?:muy )?mal|equivocad[oa]|nada de eso|todavia no|aun no|mejor "
    r"no|falso|nel"
    r"|no (?:esta|estuvo|es|fue|son|era) (?:del todo |muy |todo |exactamente |tan )?(?:bien|correct[oa]|asi"
    r"|ciert[oa]|verdad|eso|cierto)"
    r"|no(?: no)*(?: gracias)?)\b"
)
_YES = re.compile(
    r"\b(?:(?:claro|por supuesto|desde luego|obvio|yo creo|seguro) que si|asi (?:mero|merito|es|dejelo|dejalo"
    r"|esta bien)|si|claro|correctisimo|exactisimo|perfectisimo"
    r"|correct[oa]|exact[oa]"
    r"|exactamente|correctamente|de acuerdo|(?:todo |toda )?(?:esta|estan) (?:todo |muy )?(?:bien|perfecto"
    r"|correct[oa])|todo bien"
    r"|muy bien|bien|ok|okay|oquei|dale|dele|dele pues|adelante|por supuesto|desde luego|como no|perfecto"
    r"|andele|andale|orale"
    r"|simon|afirmativo|eso es|eso mero|efectivamente|cierto|es verdad|es (?:correcto|eso|asi|cierto)|con gusto"
    r"|sale|va|vale|bueno"
    r"|proceda|hagalo|hagale|siga|mandelo|mandemelo|envielo|registrelo|registre|confirmo|confirmado|seguro|me "
    r"parece bien"
    r"|esta perfecto|absolutamente|definitivamente|conforme|acepto|por favor si|tal cual|positivo|aja|aha"
    r"|ujum|mjm|mhm|uju|excelente"
    r"|genial|todo en orden|a todo dar|al (?:puro )?(?:cien|100)|al pie de la letra|va que va"
    r"|(?:todo )?(?:esta )?clarito)\b"
)
_OPENING = re.compile(
    r"^(?:(?:ay|eh|este|pues|bueno|ah|mire|oiga|la verdad|gracias a dios|afortunadamente|yo|creo que|pienso que"
    r"|supongo que"
    r"|me parece que|parece que|por suerte|lamentablemente|desgraciadamente) )+"
)
_POLITE = re.compile(
    r"\b(?:senor|senora|senorita|joven|por favor|ya|gracias|muchas|a dios|pues|eh|este|ah|mire|oiga|que|y|si|usted"
    r"|es|esta|eso"
    r"|todo|asi|rapido|pronto|ahora|mismo|ahorita|de|una vez|nomas|nada mas|hagalo|haga|hagan|mandeme|el|la|lo"
    r"|a|muy|amable|dijo|dice|digo|dije|usted lo"
    r"|le agradezco|se|agradezco|favor|me hace|me haga|cuando guste|cuando quiera|con|gusto|mi|en)\b"
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What stands in an answer of yes and of no."""

    yes: bool
    no: bool
    opens_with: str = ""
    """``yes`` or ``no`` where its first words are one."""
    rest: tuple[str, ...] = field(default=(), repr=False)
    """Words that are neither, nor said out of politeness."""


def agreement(plain: str, *, of_a_fact: bool = False) -> Agreement:
    """Yes, no, and the rest of a plain answer. "Claro que no" is a no; "no hay problema" is neither.

    Args:
        plain: the answer in the plain spelling.
        of_a_fact: something was asked that is so or not: "no hay nada" agrees to a read-back only.
    """
    agreed = _UNTOUCHED.sub("si", _LIKE_YES.sub("si", plain))
    matters = of_a_fact and _NOTHING_THERE.search(agreed) is not None
    left = _UNDECIDED.sub(" ", agreed if matters else _NO_MATTER.sub(" si ", agreed))
    no = _NO.search(left)
    without_no = _NO.sub(" . ", left)
    yes = _YES.search(without_no)
    rest = _POLITE.sub(" ", _YES.sub(" ", without_no)).replace(".", " ").split()
    opens = _OPENING.sub("", left.strip())
    first = "no" if _NO.match(opens) else "yes" if _YES.match(opens) else ""
    return Agreement(yes is not None, no is not None, first, tuple(rest))
