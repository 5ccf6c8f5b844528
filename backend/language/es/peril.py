"""Somebody who needs help this very moment, in Spanish, whatever was asked."""

import re
from collections.abc import Sequence

from backend.language.es.assault import ASSAULT, LONG_AGO
from backend.language.es.bereavement import death_in, tells_of_death
from backend.language.es.bygone import is_bygone
from backend.language.es.clauses import clauses_of
from backend.language.es.collapse import FAILING, SILENT
from backend.language.es.figures_of_speech import without_figures
from backend.language.es.hazard import HAZARD, SHUT_IN
from backend.language.es.menace import MENACED, STILL_HERE
from backend.language.es.plight import AROUND, BODY, POISONED, STRUCK, WELL_AFTER, WITHIN
from backend.language.es.words import said
from backend.language.es.wreck import IN_A_WRECK, NO_SIGN_OF_LIFE, STILL_INSIDE
from backend.language.hinted import Hinted, any_of, hinted, part

__all__ = ["needs_help_now"]

_PART = (
    r"(?:cuello|espalda|cabeza|brazo|pierna|rodilla|hombro|mano|pie|dedo|cadera|cuerpo)s?"
    r"(?: (?:izquierd|derech)[oa]s?)?"
)
_KIN = (
    r"(?:espos[oa]|marido|mujer|pareja|hij[oa]s?|mama|papa|madre|padre|herman[oa]s?|amig[oa]s?|nin[oa]s?|bebe|abuel[oa]"
    r"|ti[oa]|prim[oa]|sobrin[oa]|niet[oa]|vecin[oa]|novi[oa]|acompanante|senor[a]?"
    r"|ciclista|muchach[oa]|persona|alguien)"
)
_OUT_OF = (
    r"(?:del|de la|de mi|de|de el) (?!estacionamiento|trafico|casa|cochera|garaje|calle|oficina|trabajo|lodo|zanja"
    r"|banco)\w+"
)
_HELPLESS = (
    r"\b(?:no|apenas|casi no|ya no|dejo de) (?:(?:me|se|le|lo|la) )?(?:pued[oe]n? )?respir\w+"
    rf"|\b(?:{_KIN}|el|ella) (?:ya )?no (?:me )?(?:responde|reacciona|contesta|se mueve|despierta)\b"
    r"(?! (?:(?:el|la|los|las|mis|a mis) )?(?:telefono|llamadas?|mensajes?|celular|correos?|mas))"
    r"|\bno (?:(?:se|me|lo|la) )?(?:despierta|reacciona|(?:puedo|quiere|logro|podemos) despertar\w*)\b"
    rf"|\bno (?:me )?(?:puedo|puede) (?:mover|sentir) (?:las|los|mis|sus|la|el|mi|su) {_PART}\b"
    rf"|\bno (?:me )?(?:siento|siente) (?:las|los|mis|sus|la|el|mi|su) {_PART}\b"
    r"|\bno (?:me |se )?(?:puedo|puede) mover(?:me|se)?$"
    rf"|\bno (?:(?:me|lo|la|los|las|se) )?(?:puedo|puede|podemos) (?:salir|sacar)(?:lo|la|los|las)?"
    rf"(?=$| {_OUT_OF}| a (?:mi|la|el) {_KIN}\b)"
    r"|\bno (?:para|deja) de (?:sangrar|salir sangre)\b|\bno se le quita la sangre\b"
    r"|\b(?:no|apenas|casi no) (?:puedo|puede) (?:ni )?tragar\b"
)
"""Says its own "no"."""
_SO = (
    r"\b(?:estoy|esta|estan|estamos|sigue|siguen|sigo)(?: (?:muy|todavia|aun|bien|como|medio|ya))* (?:sangrando"
    r"|desangrando\w*|atrapad[oa]s?|prensad[oa]s?|inconsciente\w*|ahogando\w*|convulsionando|desmayad[oa]s?"
    r"|quemando(?:se)?|incendiando(?:se)?|en llamas|muriendo(?:se)?|de parto)\b"
    r"(?! (?:de (?:risa|hambre|sueno|frio|calor)|en (?!el|la|un|mi)\w+))"
    r"|\b(?:se esta|me estoy|se estan|nos estamos)(?: \w+)? (?:desangrando|ahogando|quemando|incendiando|muriendo)\b"
    r"(?! (?:de (?:risa|hambre|sueno|frio|calor)|en (?!el|la|un|mi)\w+))"
    r"|\bme (?:voy a desmayar|estoy desmayando)\b|\bse (?:va a desmayar|esta desmayando)\b"
    r"|\bse (?:me |nos )?(?:muere|ahoga|desangra)\b"
    r"|\b(?:me|le) (?:duele|aprieta|oprime)(?: \w+){0,1} (?:el )?pecho\b|\b(?:tengo|tiene) (?:un |mucho )?dolor (?:de"
    r"|en el)"
    r" pecho\b|\b(?:tengo|tiene) (?:una )?(?:presion|opresion) en el pecho\b"
    r"|\b(?:me|le) esta dando un (?:infarto|ataque)\b|\bse me (?:duerme|durmio) el brazo\b"
    r"|\b(?:huele|hueles|huelo|oliendo) (?:(?:a|mucho|muy|fuerte) )*(?:gas|gasolina|quemado|humo)\b"
    r"|\bolor (?:(?:muy|mucho|bien|fuerte|feo) )*a (?:gas|gasolina|quemado|humo)\b"
    r"|\b(?:sale|esta saliendo|esta echando|echa|echando|hay)(?: \w+){0,1} (?:humo|fuego|chispas|llamas|lumbre)\b"
    r"|\b(?:se esta (?:tirando|saliendo|regando)|tira) (?:la |el )?(?:gasolina|gas)\b|\bhay (?:una )?fuga de gas\b"
    r"|\b(?:trae|tiene|saco) (?:un|una) (?:pistola|cuchillo|arma|machete|navaja|bate)\b"
    r"|\b(?:me|nos) (?:esta|estan) (?:amenazando|golpeando|pegando|atacando|disparando|persiguiendo)\b"
    r"|\b(?:necesito|necesita|necesitamos|ocupo|ocupamos|mande\w*|llame\w*|envi\w+|pida\w*|urge) (?:(?:a|por favor|ya"
    r"|rapido"
    r"|al|una|un|la|los|me) )*(?:ambulancia|paramedicos?|911|bomberos)\b(?! (?:y|me|que) (?:cobr|fact))"
    r"|\b(?:se (?:me|le) (?:acaba de romper|rompio|revento)) la fuente\b|\b(?:esta|estoy) (?:diciendo incoherencias"
    r"|delirando)\b"
    r"|\b(?:es|esto es|tengo) (?:una )?emergencia\b|\bauxilio\b(?! (?:vial|mecanico|carretero|en carretera)\b)"
    r"|\bsocorro\b"
)
"""Says that it is so now."""
_DEVICE = (
    r"(?:oxigeno|concentrador(?: de oxigeno)?|respirador|ventilador mecanico|tanque de oxigeno|maquina de (?:oxigeno"
    r"|respirar)"
    r"|aparato de (?:oxigeno|respirar)|marcapasos|bomba de insulina|insulina|nebulizador)"
)
_POWER = r"(?:(?:la|el|su|lo que queda de) )?(?:pila|bateria|carga|corriente|tanque|aire|planta)s?"
_OF = r"(?: (?:a|de|del|al|que) ?(?:la|el|su|mi|los|las)?)"
_ENDS = (
    r"(?:se (?:le |me |nos |les )?(?:(?:va a|van a|esta|estan|anda|ya) )*(?:acab\w+|termin\w+|agot\w+|apag\w+"
    r"|descarg\w+|vaci\w+)"
    r"|(?:ya )?no (?:le|me) queda(?: (?:mas|nada de|casi))*|(?:le|me) queda (?:muy )?(?:poc[oa]|poquit[oa]|nada de"
    r"|casi nada de)"
    r"|ya no tiene(?: mas)?|(?:se )?(?:esta |se esta )?qued(?:o|a|ando)(?:se)? sin|sin)"
)
_RUNS_OUT = (
    rf"\b{_ENDS} (?:ya )?(?:(?:el|la|su|mi) )?{_DEVICE}\b|\b{_ENDS} {_POWER}{_OF} {_DEVICE}\b"
    rf"|\ba (?:su|mi|la|el) {_DEVICE} se le (?:va a |esta )?(?:acab|termin|agot|descarg)\w+"
    rf"|\b(?:su|mi|el|la) {_DEVICE} (?:ya )?(?:no (?:funciona|sirve|prende|jala)|dejo de (?:funcionar|servir)"
    rf"|se (?:esta )?(?:apag"
    r"|descarg|acab|par)\w+)"
)
_NO_POWER = re.compile(
    r"\b(?:no (?:hay|tenemos|tengo)|sin|se (?:me |nos )?(?:fue|corto)|cortaron|nos quedamos sin|esta cortada) (?:la "
    r"|el )?(?:luz|corriente"
    r"|electricidad|energia)\b|\bapagon\b"
)
_LIVES_BY_IT = re.compile(
    r"\b(?:usa|necesita|ocupa|esta con|depende del?|vive con|conectad[oa] a(?:l)?|respira con)(?: (?:el|la|un|una|su))*"
    r" (?:oxigeno|respirador|concentrador|ventilador mecanico|maquina de (?:oxigeno|respirar|dialisis))\b"
)
"""Without power, whoever lives by a machine needs help now."""
_HELD_FAST = hinted(
    _HELPLESS,
    "contesta|de sa|despierta|despertar|mover|no se le quita la sangre|odemos|reacciona|respir|responde|se mueve|"
    "sentir|sient|tragar|uede|uedo",
)
_PRESSING = hinted(
    f"{_SO}|{_RUNS_OUT}",
    "ahoga|amenazando|atacando|atrapad|auxilio|chispas|convulsionando|de parto|desangra|desmayad|disparando|"
    "dolor|olor|emergencia|envi|esta dando un|esta desmayando|estoy desmayando|fuego|fuga de gas|golpeando|huele|"
    "huelo|humo|incendiando|inconsciente|llamas|llame|lumbre|mande|muere|muriendo|necesita|necesito|ocupamos|"
    "ocupo|oliendo|oxigeno|pecho|pegando|persiguiendo|pida|prensad|quemando|saco|sangrando|se esta|se me du|"
    "socorro|tiene|tira|trae|urge|va a desmayar|voy a desmayar|"
    "concentrador|respirador|ventilador mecanico|maquina de|aparato de|marcapasos|insulina|nebulizador|fuente|"
    "incoherencias|elirando",
)
_CRY = part(
    r"\b(?:ayuda|ayudenme|ayudeme)(?: (?:por|favor|dios|mio|alguien|ya|ay))* (?:ayuda|ayudenme|ayudeme)\b"
    r"|\bfuego fuego\b|\b(?:mucha|muchisima|tanta|demasiada) sangre\b|\bsangre por (?:todos lados|todas partes)\b",
    "ayud|fuego|sangre",
)
"""What is cried out, in the whole of the words."""
_ARMED = any_of(ASSAULT)
_DANGER = any_of(MENACED, FAILING, HAZARD, IN_A_WRECK)
_WHOLE = any_of(SHUT_IN, SILENT, STILL_INSIDE, STILL_HERE, _CRY)
_STATE = any_of(AROUND, BODY, STRUCK)
_DONE = any_of(POISONED)
_WITHIN = any_of(WITHIN)
_WELL_AFTER = re.compile(WELL_AFTER)
_DENIED = re.compile(
    r"\b(?:no|nadie|ningun[oa]?|nunca|sin|tampoco|ni)(?: (?:creo|pienso|que|se|me|nadie|hay|haya|alguien|le|ya|una|un"
    r"|necesite))*$|\bque (?:pasa|pasaria|hago) si\b"
)


def needs_help_now(text: str) -> bool:
    """Does somebody need help this very moment? What was, what is denied, and what only might be is no need."""
    return _needs_help(text) and ((plain := without_figures(text)) == text or _needs_help(plain))


def _needs_help(text: str) -> bool:
    plain = said(text).plain
    lives = _LIVES_BY_IT.search(plain)
    if lives and _NO_POWER.search(plain) and not _DENIED.search(plain[: lives.start()].rstrip()):
        return True
    clauses = clauses_of(text)
    told = [clause for clause in clauses if not is_bygone(clause)]
    if (death := death_in(told)) == "now":
        return True
    if death != "none":  # asked about at most
        told = [clause for clause in told if not tells_of_death(clause)]
    if any(map(_is_held_fast, clauses)) or any(map(_presses, told)):
        return True
    whole = plain if len(told) == len(clauses) else " ".join(told)
    if _WHOLE.may_stand_in(whole) and _stands(_WHOLE, whole):
        return True
    return _is_in_a_bad_way(whole, told)


def _is_held_fast(clause: str) -> bool:
    return _HELD_FAST.search(clause) is not None or NO_SIGN_OF_LIFE.search(clause) is not None


def _is_in_a_bad_way(whole: str, clauses: Sequence[str]) -> bool:
    """By who it is, what has become of them, and when; who is well after all is not."""
    if any(_stands(_DONE, clause) for clause in clauses):
        return True
    if _WELL_AFTER.search(whole):
        return False
    return any(_stands(_STATE, clause) for clause in clauses) or _stands(_WITHIN, whole)


def _presses(clause: str) -> bool:
    if _ARMED.may_stand_in(clause) and _stands(_ARMED, clause) and not LONG_AGO.search(clause):
        return True
    return _stands(_PRESSING, clause) or (_DANGER.may_stand_in(clause) and _stands(_DANGER, clause))


def _stands(pattern: Hinted, clause: str) -> bool:
    """Is it said, and not denied by what comes right before it?"""
    befores = (clause[: found.start()].rstrip() for found in pattern.finditer(clause))
    return any(not _DENIED.search(before) for before in befores)
