"""What Spanish remarks beside a value begin with, and what of them may speak of the value."""

import re

from backend.language.es.people import KIN
from backend.language.remarks import Remarks, Side

__all__ = ["REMARKS"]

_NUMBER = (
    r"\d|(?:cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|diec\w+"
    r"|dieci\w+|veint\w*|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien\w*|\w+cient[oa]s|quinient[oa]s"
    r"|mil|doble|triple)\b"
)
_HOUR = r"(?:la una|las (?:\d{1,2}|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce))"
_HARMLESS = re.compile(
    rf"\b(?:no )?(?:antes de|despu[ée]s de|hasta|desde|a|entre|pasadas?|y) {_HOUR}(?: y media)?"
    r"(?: (?:de|en) la (?:mañana|tarde|noche))?"
    rf"|\bpregunt\w+ por (?:mi |el |la )?(?:{'|'.join(KIN)})\b"
    rf"|\b(?:mi|su|nuestr[oa]) (?:{'|'.join(KIN)}) (?:le |les |lo |la |siempre )?(?:contest|respond|atiend|agarr)\w+"
    r"|\b(?:si|cuando) no (?:le |les )?(?:contesto|contesta|respondo|puedo|estoy|le contesto|hay nadie)"
    r"|\bno (?:siempre|a veces) (?:contesto|respondo|lo oigo)|\bno (?:contesto|respondo) (?:siempre|de noche|muy \w+)"
)
_OF_NO_PLACE = re.compile(
    r"\ba una (?=cuadra)|\ba (?:dos|tres|cuatro|cinco|unas) (?=cuadras|casas)|\bpor donde\b|\besquina con\b"
    r"|\bantes del? (?:la )?\w+$"
)
_FLED = re.compile(r"\bse dio a la fuga\b")
_TAKES_BACK = (
    r"(?:no|ni|nunca|tampoco|sino|perd[óo]n|perdone|digo|mejor dicho|miento|corrijo|espere|equivoqu\w+|excepto|salvo"
    r"|aunque)\b"
)
_HEDGES = (
    r"(?:creo|quiz[áa]s?|tal vez|a lo mejor|puede (?:ser|que)|pudo|podr[íi]a|supongo|parece|imagino|acuerdo|recuerdo"
    r"|segur[oa]|olvid\w*|o|s[ée] que|ojal[áa]|casi seguro|deber?[íi]a)\b"
)
_ANOTHER = (
    r"(?:otr[oa]s?|viej[oa]|antes|anterior|anteriores|antigu[oa]|cambi\w+|cancel\w+|descompuso|descompuest[oa]|perd[íi]"
    rf"|robaron|d[íi]gitos?|n[úu]meros|letras?|termina\w*|empieza\w*|[úu]ltim[oa]s?|primer[oa]?s?|mal|{'|'.join(KIN)})\b"
)
_SHAKES = rf"{_NUMBER}|{_TAKES_BACK}|{_HEDGES}|{_ANOTHER}"
_OF_A_NUMBER = r"|(?:reclamo|siniestro|pedido|cuenta|caso|seguro social|tarjeta|licencia|placas?|reverso|atr[áa]s)\b"
_OF_A_SUM = (
    r"|(?:cada|m[áa]s|menos|sin|deducible|mes|meses|mensual\w*|semana|año|años|antes|despu[ée]s|mitad|medi[oa]|descuento"
    r"|hasta|m[íi]nimo|m[áa]ximo|vale|val[íi]a|debo|deb[íi]a|ofreci\w+|quer[íi]an?|multa|prima|por (?:el|la|los|las|mi)"
    r"|cubr\w+|pag\w+|pero|total|eso fue|eso era|es (?:el|la|lo))\b"
)
_ROAD = (
    r"(?:calle|avenida|av|bulevar|boulevard|calzada|carretera|autopista|perif[ée]rico|viaducto|street|avenue|road|drive"
    r"|highway|freeway|parkway|libramiento|prolongaci[óo]n|interestatal|circuito|eje|paseo|camino|esquina)"
)
_OF_A_PLACE = rf"|(?:{_ROAD}|salida|vivo|vive|vivimos|trabajo|trabaja|dijo|dice|di vuelta|vuelta)\b"
_BEFORE = (
    r"|(?:iba|[íi]bamos|ven[íi]a|ven[íi]amos|voy|hacia|rumbo|saliendo|sal[íi]|llegando|entrando|entr[ée]|dobl\w+|antes"
    r"|despu[ée]s|pasando|entre|pero|dijo)\b|(?:el|la|mi|su) \w+ (?:est[áa]|es|queda)\b"
)
_BEHIND_A_NUMBER = re.compile(
    r"(?<=\w)[,.;]* (?=(?:y|pero|es|ese|eso|esa|as[íi]|si|cuando|porque|ah[íi]|me|mi|puede|pregunt\w+|ll[áa]m\w+"
    r"|m[áa]r[cq]\w+"
    r"|m[áa]nd\w+|d[ée]j\w+|por favor|a cualquier|cualquier|nada m[áa]s|nom[áa]s|solo|s[óo]lo|el de|la de|en|de mi"
    r"|aqu[íi]|seg[úu]n) )"
)
_BEHIND_A_SUM = re.compile(r"(?<=\w)[,.;]* (?=(?:porque|y me|y nos|seg[úu]n|eso me|eso nos|me|nos|as[íi]) )")
_BEHIND_A_PLACE = re.compile(
    r"(?<=\w)[,.;]* (?=(?:cerca|junto|frente|enfrente|casi|por (?:el|la|los|las|donde|ah[íi])|a (?:un|una|dos|tres"
    r"|cuatro|media|unas|unos) |justo|mero|hacia|rumbo|en direcci[óo]n|cuando|donde|afuera|a la altura|al lado"
    r"|a un lado|atr[áa]s|detr[áa]s|delante|y (?:me|yo|nos|el|ella)|porque)\b)"
)
_BEFORE_A_PLACE = re.compile(
    rf"(?<=\w)[,.;]* (?=(?:en|sobre|por) (?:(?:la|el|los|las|una) )?(?:{_ROAD}|\w+ (?:street|avenue|road|drive))\b)"
)
_OF_A_COUNT = re.compile(
    rf"\b(?!un[oa]?\b)(?:{_NUMBER})|\b(?:{_TAKES_BACK.replace('no|', 'no (?!par[óo]|se par[óo])|', 1)}|{_HEDGES}"
    r"|(?:otr[oa]s?|m[áa]s|tambi[ée]n|cont\w+|si|un|una (?!de)|con|aparte|y (?!nadie|me|yo|[ée]l|ella|se)\w+"
    r"|avent\w+|empuj\w+|peg\w+|choq\w+|choc\w+|golpe\w+|dio|di|adelante|atr[áa]s)\b)"
)
_BEHIND_A_COUNT = re.compile(
    r"(?<=\w)[,.;]* (?=(?:pero |y )?(?:en (?:fila|l[íi]nea)|un[oa] (?:de ellos|se|huy[óo]|escap[óo])|el m[íi]o"
    r"|la m[íi]a|yo|el otro se|la otra se|nadie|gracias|me|se) )"
)
_NEVER = re.compile(r"(?!)")


def _side(at: re.Pattern[str], shakes: str, harmless: re.Pattern[str] = _NEVER) -> Side:
    return Side(at, re.compile(rf"\b(?:{shakes})"), harmless)


_A_NUMBER = _side(_BEHIND_A_NUMBER, _SHAKES + _OF_A_NUMBER, _HARMLESS)
_CITY = r"|en (?!el|la|los|las|mi|un|una|frente|direcci[óo]n)\b"

REMARKS = Remarks(
    before={"address": _side(_BEFORE_A_PLACE, _SHAKES + _OF_A_PLACE + _BEFORE, _OF_NO_PLACE)},
    behind={
        "integer": Side(_BEHIND_A_COUNT, _OF_A_COUNT, _FLED),
        "phone": _side(_BEHIND_A_NUMBER, _SHAKES, _HARMLESS),
        "digits": _A_NUMBER,
        "code": _A_NUMBER,
        "postal_code": _A_NUMBER,
        "money": _side(_BEHIND_A_SUM, _SHAKES + _OF_A_SUM),
        "address": _side(_BEHIND_A_PLACE, _SHAKES + _OF_A_PLACE + _CITY, _OF_NO_PLACE),
    },
)
"""The rule in Spanish."""
