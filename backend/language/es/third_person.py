"""Answers to the question who is calling that give somebody else's details, in Spanish: "se llama Juan Pérez".

Who is asked who they are says "mi" and "yo". A detail that is another one's, that another one told, or that stands on
somebody's letter is no answer of a holder's; what is in doubt counts. All patterns are for the plain spelling.
"""

import re
from collections.abc import Collection

from backend.language.standing import one_of

__all__ = ["ROLE", "answers_for_another", "answers_in_the_business"]

ROLE = (
    r"(?:espos[oa]|marido|mujer|pareja|conyuge|novi[oa]|prometid[oa]|hij[oa]|mama|papa|madre|padre|herman[oa]|abuel[oa]"
    r"|niet[oa]|ti[oa]|prim[oa]|sobrin[oa]|suegr[oa]|cunad[oa]|yerno|nuera|vecin[oa]|amig[oa]|companer[oa]|jef[ea]"
    r"|emplead[oa]|patron|patrona|agente|corredor[a]?|asesor[a]?|abogad[oa]|licenciad[oa]|asistente|secretari[oa]"
    r"|cuidador[a]?|tutor[a]?|casero|casera|inquilin[oa]|mecanico|contador[a]?|gestor[a]?|intermediari[oa]"
    r"|mamita|papito|abuelit[oa]|apoderad[oa]|ex)"
)
"""What somebody may be to the one whose record it is."""
_KIN = r"(?:espos[oa]|marido|mujer|pareja|novi[oa]|hij[oa]|mama|papa|madre|padre|abuel[oa]|suegr[oa]|jef[ea]|patrona?)"
_MINE = rf"mi (?:difunt[oa] |ex ?)?{ROLE}"
_STATE = (
    r"(?:muy|bien|mal|un|una|el|la|mi|su|no|de|del|en|con|que|bastante|tan|mas|todo|toda|aqui|alla|quien"
    r"|diabetic[oa]|mayor)"
)
"""Behind "es": what somebody is, and no name."""
_DIGIT = r"(?:cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|\w+enta|veinti\w*|doble|\d+)"
_STORY = (
    r"(?:iba|manejaba|venia|esta|estaba|se|me|le|nos|tuvo|choco|fue|es|tiene|y|que|ya|quedo|anda|salio|lo|la|cuando)"
)
"""Behind a role: what the one did tells nothing of who is calling."""
_THINGS = "casa telefono celular trabajo culpa lado taller familia".split()
"""Before it: a thing of theirs that tells nothing of who is calling."""
_PAPER = r"(?:tarjeta|carta|recibo|sobre|papel|hoja|estado de cuenta|factura|etiqueta|documento|licencia|credencial)"
_SAYS = r"(?:dice|dijo|esta diciendo|esta dictando|dicto|dio|paso|apunto|escribio|mando|esta pasando|esta dando|anoto)"

_ANSWERS = re.compile(
    # "se llama juan pérez", "su nombre es", "el suyo es", "el de mi esposo es", "se está bañando"
    r"^(?:(?:pues|eh|este|bueno|si|ah) )*(?:(?:el|ella) )?se llama\b|\b(?:su|el de el|de ella) (?:nombre|apellido) es\b"
    r"|\bsu (?:codigo|zip|social|seguro social|numero|clave)\b(?! es necesario)|\b(?:el|los) suyos?\b"
    rf"|\b(?:el|los|la) (?:codigo |numero |social |ultimos \w+ )?de (?:el|ella|mi {_KIN})\b|^(?:es )?de mi {_KIN}\b"
    rf"|\bmi {_KIN} (?:es|se llama) (?!{_STATE}\b)\w+"
    r"|\b(?:el|ella) (?:vive|me dio|me dijo|me paso|esta (?:dormid|ocupad|trabajando|en el|en la|aqui))\w*"
    r"|\bse esta banando\b|\b(?:de|en) su (?:tarjeta|licencia|cartera|poliza|papeles|identificacion|celular)\b"
    # "él es juan pérez", "la señora torres está conmigo", "mi mamá me está diciendo", "dice mi esposo que"
    rf"|\b(?:el|ella) es (?!{_STATE}\b)\w+ (?!{_STATE}\b)\w+"
    r"|\b(?:la senora|el senor|don|dona) (?:\w+ ){1,3}(?:esta|quiere|necesita|no|me (?:pidio|dijo|dio)|tiene|vive)\b"
    rf"|\b(?:el|ella|{_MINE}) (?:(?:me|nos|te|los|las|lo|la) )*{_SAYS}\b"
    r"(?! que (?:llam|habl|marc|report|le\b|les\b|yo|no|iba|fue|estaba|tuvo))"
    rf"|\b(?:dice|dijo) {_MINE}\b(?! que (?:llam|habl|marc|report))"
    # "es para mi mamá", "son de mi marido", "le voy a preguntar a mi esposa"
    rf"|\bpregunt(?:o|ar|arle|arselo|arles|are) (?:\w+ )?a (?:el|ella|la senora|l senor|{_MINE})\b"
    # "yo cuido a la señora torres", "le manejo las cuentas a juan pérez", "llamo de parte de juan pérez"
    r"|\b(?:cuido|cuidamos|atiendo|asisto|represento|acompano|administro|me encargo|(?:le|les) (?:manejo|llevo|ayudo"
    r"|administro|hago|cuido))\b(?: \w+){0,4}? (?:a|de)l? (?:(?:la |el )?(?:senora?|don|dona|senorita)\b"
    r"|(?!(?:mi|mis|la|el|los|las|un|una|veces|casa|noche|dia|todo|eso|esto)\b)\w+ \w+)"
    r"|\bsoy (?:la|el|quien) (?:que )?(?:cuida|atiende|ayuda|lleva|ve por|administra|maneja)\b"
    r"|\b(?:llamo|hablo|marco|llamando|hablando|vengo|llamamos|hablamos) (?:yo )?(?:de parte|en nombre|a nombre"
    r"|por encargo|en representacion|por parte|en lugar) del? (?!(?:mi mism[oa]|yo)\b)\w+"
    # "aquí dice juan pérez", "la tarjeta dice", "no soy yo", "el de mi difunta esposa", "soy apoderado"
    rf"|\b(?:aqui|ahi) dice (?:que )?(?!{_DIGIT}\b|mi\b|yo\b|que\b)\w+"
    rf"|(?<!mi )\b{_PAPER} dice (?:que )?(?!{_DIGIT}\b|mi\b|yo\b|que\b)\w+"
    rf"|^dice (?!{_DIGIT}\b|que\b|mi\b)\w+ \w+|\b(?:en|de) (?:la|el|esta|este|una|un) {_PAPER} (?:dice|viene|sale)\b"
    r"|\b(?:pero|ese|esa|el|ella)? ?no soy yo\b|\bel mi[oa] es otr[oa]\b|\bdifunt[oa]\b"
    r"|\bdivorciad[oa]s?\b|(?<!me )\bnacio\b|\bsu (?:credencial|recibo|carta|celular)\b|\bes (?:la|el) duen[oa]\b"
    r"|\bella\b(?! (?:me|se|iba|venia|choco|pego|manejaba|esta|estaba|fue|le|no)\b)|\bsoy (?:su )?apoderad[oa]\b"
)


def answers_for_another(plain: str) -> bool:
    """Asked who is calling: do the words give somebody else's details?"""
    return _ANSWERS.search(plain) is not None


def answers_in_the_business(holder: Collection[str], reasons: Collection[str]) -> re.Pattern[str]:
    """The same in the words of one business: "el dueño es Juan Pérez", "es de mi esposo".

    Args:
        holder: what somebody who has a record is called, in the plain spelling.
        reasons: what callers call about: "la bici de mi esposa" tells nothing of who is calling.
    """
    called = one_of(*holder)
    no_thing = "".join(rf"(?<!\b{thing} )" for thing in (*_THINGS, *reasons))
    return re.compile(
        rf"\b(?:nombre|apellido|codigo|numero|social|clave) (?:completo )?de(?:l| la) {called}\b"
        rf"|\b(?:el|la) {called} (?:es|se llama|era) (?!(?:yo|mi|la que|el que|quien|su servidora?|una?)\b)\w+"
        rf"|{no_thing}\b(?:es|son|era|eran|seria|de|para|por) (?:(?:de|para|los de|las de|el de|la de) )*"
        rf"(?:ella|{_MINE})(?=$| (?!{_STORY}\b))"
    )
