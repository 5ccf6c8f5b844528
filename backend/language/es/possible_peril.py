"""Words of peril in Spanish: somebody may need help now, though nothing says so surely.

What is over, usual, denied, feared or asked of money is left out, and so is every account by which nobody is hurt.
"""

import re

from backend.language.es.bereavement import death_in, tells_of_death
from backend.language.es.bygone import is_bygone
from backend.language.es.clauses import clauses_of, denied_before
from backend.language.es.figures_of_speech import without_figures
from backend.language.es.safety import read_safety
from backend.language.es.words import folded
from backend.language.hinted import any_of, part

__all__ = ["may_need_help"]

_FIRE = part(
    r"\b(?:fuego(?! artificial)|llamas(?! del?\b)|lumbre|incendi(?:o|a|ando|andose)|quemando(?:se)?|humo(?! negro del"
    r" escape)|humea\w*|chispas|explot(?:a|ar|ando)|echa humo)\b"
    r"|\b(?:huele|olor|fuga|sale|saliendo|tirando)(?: \w+){0,3} (?:gas|gasolina|quemado)\b",
    "fuego|llamas|lumbre|incendi|quemando|humo|humea|chispas|explot|huele|olor|fuga|sale|saliendo|tirando",
)
_WATER = part(
    r"\bagua (?:\w+ ){0,3}?(?:sub\w+|entrando|llega|llegando|hasta|metiendo\w*|llenando)\b"
    r"|\b(?:sube|subiendo|entra|entrando|metiendo|llenando)(?: \w+){0,3} agua\b"
    r"|\b(?:en|al|dentro del|adentro del) (?:el )?(?:rio|arroyo|lago|canal|mar|agua)\b(?! (?:de la calle|pluvial))"
    r"|\b(?:hundiendo\w*|ahogando\w*|ahoga|se hunde|nos hundimos|inundando\w*|crecida|corriente (?:nos|se|lo|la))\b",
    "agua|rio|arroyo|lago|canal|mar|hund|ahog|inund|crecida|corriente",
)
_WIRE = part(
    r"\b(?:cables?|alambres?|lineas? de (?:luz|alta tension)|transformador|torre de luz)(?: \w+){0,4} (?:encima"
    r"|sobre|cay(?:o|eron)|caid[oa]s?|tirad[oa]s?|colgando|tocando)\b|\bcay(?:o|eron)(?: \w+){0,3} (?:cables?|alambres?"
    r"|torre|transformador)\b|\belectrocut\w+\b",
    "cable|alambre|linea|transformador|torre|electrocut",
)
_BODY = part(
    r"\b(?:sangr(?:e|a|ando|ado)|desangr\w+|respir(?:a|ar|ando|o)|inconsciente|desmay(?:a|o|ado|ada|ando|arse)"
    r"|desvanec\w+|convulsi\w+|ataque|infarto|derrame|embolia|asfixi\w+|atragant\w+|colaps\w+"
    r"|muriendo|se muere|esta(?:n)? (?:como )?muert[oa]s?|morad[oa]s?|azulad[oa]s?"
    r"|palid[oa]s?|flacid[oa]s?|aguad[oa]s?|desplom\w+"
    r"|no despierta|no reacciona|no responde|no contesta|alergi\w+|asma|inhalador)\b"
    r"|\b(?:dolor|duele|duelen|presion|aprieta)(?: \w+){0,3} pecho\b|\bpecho (?:\w+ )?(?:duele|aprieta)\b",
    "sangr|respir|inconsc|desmay|desvanec|convuls|ataq|infarto|derrame|embolia|asfixi|atragant|colaps|muriendo|muere"
    "|muert|morad|azulad|palid|flacid|aguad|desplom|despierta|reacciona|responde|contesta|alergi|asma|inhalador"
    "|pecho",
)
_HELD = part(
    r"\b(?:atrapad[oa]s?|prensad[oa]s?|aplastad[oa]s?|atorad[oa]s?(?! en (?:el |un |la |mucho )?(?:trafico|lodo|nieve"
    r"|fila))|encerrad[oa]s?|no (?:puedo|puede|podemos|pueden) (?:salir|mover\w*))\b"
    r"|\b(?:debajo|abajo) (?:del?) (?!puente|precio|costo|limite)\w+\b|\bcolgando (?:del?|sobre|en)\b"
    r"|\b(?:orilla|borde|filo) (?:del?|de la|de un|de una) (?:barranc[oa]|precipicio|voladero|acantilado|puente|abismo)"
    r"|\bviene (?:el|un) tren\b",
    "atrapad|prensad|aplastad|atorad|encerrad|salir|mover|debajo|abajo|colgando|tren|orilla|borde|filo",
)
_MENACE = part(
    r"\b(?:pistola|arma|armas|cuchillo|navaja|machete|rifle|balazos?|disparos?|disparando|apunal\w+)\b"
    r"|\b(?:me|nos|le|la|lo)(?: (?:esta|estan|viene|vienen|anda|andan|sigue|siguen))? (?:sigue|siguen|siguiendo|pegando"
    r"|golpeando|amenaz\w+|persigu\w+|atacando)\b",
    "pistola|arma|cuchillo|navaja|machete|rifle|balazo|dispar|apunal|sigu|pegando|golpeando|amenaz|persigu|atacando",
)
_TAKEN = part(
    r"\b(?:sobredosis|veneno|envenen\w+|(?:tom\w+|trag\w+|bebi\w*)(?: \w+){0,4} (?:pastillas|cloro|anticongelante"
    r"|veneno)|contracciones|de parto|ya viene el bebe|se le rompio la fuente|dando a luz|se trago)\b",
    "sobredosis|veneno|envenen|pastillas|cloro|anticongelante|contracciones|parto|bebe|fuente|luz|trago",
)
_FRAIL = part(
    r"\b(?:hipoglucemia|insulina|epilep\w+|est(?:oy|a) (?:\w+ )?embarazada|hinchad[oa]s?|delirando|temblando|en shock"
    r"|no (?:siento|siente|sienten)(?! (?:que|bien|culpa))|no (?:llora|ve) nada"
    r"|no veo nada(?!.*\b(?:oscur\w+|de noche|raro|cables?|desde aqui|afuera)\b))\b"
    r"|\b(?:en|sobre) las vias(?: del tren)?\b|\b(?:fierro|vidrio|palo|varilla|metal) (?:\w+ )?"
    r"(?:clavad[oa]|enterrad[oa])",
    "hipogluc|insulina|epilep|embaraz|hinchad|delirando|temblando|shock|no sient|no llora|no ve|vias|clavad|enterrad",
)
_CRIED = part(
    r"^(?:(?:por favor|ay|dios|mio|alguien) )*(?:ayuda|ayudenme|ayudeme|auxilio|socorro|apurense|apurese|rapido)"
    r"(?: (?:por favor|ya|alguien|dios|mio|ayuda|rapido))*$|\bvengan(?: (?:rapido|ya|pronto))\b"
    r"|\b(?:ambulancia|paramedicos|911)\b(?! (?:\d|cobr|fact))",
    "ayud|auxilio|socorro|apur|rapido|vengan|ambulancia|paramedicos|911",
)
_WORDS = any_of(_FIRE, _WATER, _WIRE, _BODY, _HELD, _MENACE, _TAKEN, _FRAIL, _CRIED)
_HARMLESS = re.compile(
    r"\b(?:humo|polvo) de (?:la|las) bolsas?(?: de aire)?\b|\b(?:bolsa|bolsas) de aire(?: \w+){0,2} humo\b"
    r"|\bdetector de humo\b|\b(?:numero|carta|punto) muerto\b|\bmuerto de (?:miedo|risa|hambre|sueno|cansancio|frio)\b"
    r"|\bcolor \w+\b|\bpresion de sangre\b|\b(?:prueba|tipo|analisis) de sangre\b|\balarma de incendios?\b"
    r"|\bgas natural\b|\brespir\w+ (?:hondo|profundo|tranquil\w)\b|\bataque de (?:panico|nervios|risa)\b"
)
_WAS = re.compile(
    r"\b(?:fue|fueron|era|eran|estaba|estaban|estuvo|traia\w*|tenia\w*|seguro"
    r"|habia|hubo|tuvo|tuvieron|se (?:lo|la|los) llevo|llego|llegaron|vino"
    r"|vinieron|si|dijo|dijeron|pense|crei|casi)(?: \w+){0,3}$"
)
_OVER = re.compile(
    r"\b(?:fue|llego|llegaron|vino|vinieron|llevo|llevaron|reviso|revisaron|atendio|atendieron|dijo|dijeron|paro|ya no"
    r"|se apago|apagaron|choco|pego|golpeo)\b"
)
_ASKS_MONEY = re.compile(r"\b(?:cubr\w+|cobertura|deducible|prima|cuanto|reembols\w+|que pasa si)\b")
_ALL_WELL = re.compile(r"\b(?:estamos|estan|estoy|esta) (?:todos |todas |muy |ya )?bien\b|\btodo bien\b")


def may_need_help(text: str) -> bool:
    """Is there a word of peril in it that nothing takes back? Who surely needs help is found elsewhere."""
    return _speaks_of_need(text) and ((plain := without_figures(text)) == text or _speaks_of_need(plain))


def _speaks_of_need(text: str) -> bool:
    plain = folded(text)
    clauses = clauses_of(text)
    if (death := death_in([clause for clause in clauses if not is_bygone(clause)])) == "perhaps":
        return True
    if death == "mourned":
        clauses = [clause for clause in clauses if not tells_of_death(clause)]
    if not _WORDS.may_stand_in(plain) or not any(map(_speaks_of_peril, clauses)):
        return False
    well = [found for found in _ALL_WELL.finditer(plain) if not denied_before(plain, found.start())]
    return not well and not any(read_safety(one, False).injured is False for one in (text, *clauses_of(text)))


def _speaks_of_peril(clause: str) -> bool:
    if is_bygone(clause) or _ASKS_MONEY.search(clause):
        return False
    said = _HARMLESS.sub(" ", clause)
    for found in _WORDS.finditer(said):
        before = said[: found.start()].rstrip()
        if denied_before(said, found.start()) or _WAS.search(before) or _OVER.search(said[found.end() :]):
            continue
        if found.group().startswith(("ambul", "param", "911")) and _OVER.search(before):
            continue
        return True
    return False
