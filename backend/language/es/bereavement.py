"""Somebody has died, in Spanish: here and now, or is it told by who is left behind and has papers to put in order?

A death that something says is of this moment is an emergency. Whoever tells of one and asks for what follows from it,
"y su nombre sigue ahí", is none, and is not asked whether anybody is in danger either. All patterns are for the plain
spelling.
"""

import re
from collections.abc import Sequence

from backend.language.death import Death, DeathWords
from backend.language.es.bygone import is_bygone
from backend.language.es.clauses import clauses_of
from backend.language.hinted import hinted

__all__ = ["death_in", "may_have_died", "mourns", "tells_of_death"]

_KIN = (
    r"(?:espos[oa]s?|marido|mujer|pareja|ex(?: (?:marido|espos[oa]|mujer))?|hij(?:it)?[oa]s?|mam(?:a|i|ita)s?"
    r"|pap(?:a|i|ito)s?|madre|padres?|herman(?:it)?[oa]s?|amig[oa]s?|beb(?:e|ito|ita)s?|abuel(?:it)?[oa]s?|ti[oa]s?"
    r"|prim[oa]s?|sobrin[oa]s?|niet(?:ecit)?[oa]s?|vecin[oa]s?|novi[oa]s?|suegr[oa]s?|cunad[oa]s?|yerno|nuera"
    r"|companer[oa]s?|familiar(?:es)?|padrastro|madrastra|hijastr[oa]|jef[ea]|patron|prometid[oa])"
)
_STRANGER = (
    r"(?:senor(?:a|es|as)?|muchach[oa]s?|nin(?:it)?[oa]s?|persona|ciclista|motociclista|hombre|mujer|chav[oa]|chamac[oa]"
    r"|tipo|peaton|viejit[oa]|ancian[oa]|gente|alguien|(?!mo|rec|sec|fac|va)\w+(?:tora?|jer[oa]|fer))"
)
_PAPERS = r"(?:titular|asegurad[oa]|duen[oa]|client[ae]|propietari[oa]|miembro)"
_ART = r"(?:mi|mis|el|la|los|las|un|una|su|sus|nuestr[oa]|otr[oa]|ese|esa|al|a mi)"
_DIED = (
    r"(?:(?:se )?(?:me |nos |le )?(?:muri(?:o|eron)|fallec(?:io|ieron)|murio)|(?:esta|estan|ya esta) muert[oa]s?"
    r"|fallecid[oa]|difunt[oa]|se me fue|se nos fue|ha (?:muerto|fallecido)"
    r"|(?:se )?(?:acaba|acaban) de (?:morir(?:se)?|fallecer))"
)
_ONE = rf"(?:{_ART} (?:otr[oa] )?(?:{_KIN}|{_STRANGER}|{_PAPERS})|alguien)"
_TOLD = hinted(
    rf"\b{_ONE}(?: (?!que\b)\w+){{0,4}}? {_DIED}\b|\b{_DIED} (?:hoy |ayer |ya )?{_ONE}\b"
    rf"|(?:^(?:(?:ya|pues|es que) )*|\b(?:el|ella) (?:ya )?){_DIED}(?=$| (?:dios|ay|por favor|hoy|ayer|aqui|ahi|ahorita"
    r"|en (?:el|la|mis?|sus?))\b)"
    r"|\b(?<!creo )(?<!parece )(?:que|quien|quienes) (?:ya )?(?:se )?(?:muri|fallec)(?:o|io|eron|ieron)\b"
    r"|\b(?:perdi|perdimos|enterre|enterramos) a (?:mi|mis|nuestr[oa]) \w+"
    rf"|\b(?:mataron|asesinaron) a {_ART} (?:{_KIN}|{_STRANGER})\b|\b(?:mi|su) difunt[oa]\b"
    r"|\b(?:una|la) (?:muerte|defuncion|perdida) (?:en|de) (?:la|mi|un)\b"
    r"|\b(?:encontr|hall)\w+ (?:(?:a|ya|ahi) )*(?:muert[oa]s?|(?:mi|un|una|el|la) \w+ muert[oa])\b"
    rf"|\b(?:lo|la|los|las) mate\b|\bmate a (?:alguien|{_ART} (?:{_KIN}|{_STRANGER}))\b",
    "mate|muri|fallec|muert|difunt|se me fue|se nos fue|morir|perdi|enterr|mataron|asesinaron|defuncion|perdida",
)
"""That somebody died; a battery and a keypad are nobody."""
_HARSH = re.compile(r"\b(?:muri\w+|muert[oa]s?|morir\w*|mataron|asesinaron)\b")
_HERE = re.compile(
    r"\baqui mismo\b|\ben mis brazos\b|\b(?:junto a|al lado de|enfrente de|frente a) (?:mi|nosotros)\b|\bal volante\b"
    r"|\ben (?:el|la|su|mi) (?:piso|suelo|calle|carretera|autopista|banqueta|cama|silla|sillon|asiento|bano|cocina|tina"
    r"|pasto|zanja)\b|\bahorita(?: mismo)?\b"
    r"|\bhace (?:un|unos|\d+) (?:rat(?:o|ito)|moment(?:o|ito)|minut(?:o|ito)s?|segundos?)\b"
    r"|\b(?:encontr|hall)\w+ .*muert|\bmate\b|\b(?:creo|parece|para mi) que\b"
    r"|\b(?:acaba|acaban) de (?:morir(?:se)?|fallecer|matar)(?: \w+){0,3} (?:aqui|en (?:el|la|su|mi))\b"
)
"""In the clause that tells of it: it is of this moment, or of this place."""
_LIES_DEAD = re.compile(r"\b(?:esta|estan) muert")
_PRESENT = re.compile(
    r"\b(?:en (?:el|la|este|esta)|sobre (?:el|la)) (?!hospital|hospicio|asilo|clinica|casa|pandemia|guerra|verano"
    r"|invierno|otono|primavera|familia|mes|ano|semana|noche|manana|tarde|poliza|cuenta|recibo|plan|ejercito|norte|pueblo|rancho"
    r"|sueno|pasado|dia|\d)\w+|\b(?:aqui|ahi)\b(?! en (?:el|la|mi))"
)
_CRIES = re.compile(
    r"\b(?:ayud\w+|auxilio|socorro|ambulancia|911|respir\w+|sangr\w+|atrapad\w+|inconsciente|pulso"
    r"|no (?:se mueve|despierta|reacciona|responde)|dios mio|por dios|vengan|apur\w+|sigue (?:aqui|adentro)"
    r"|seguimos (?:aqui|en la)"
    r"|pistola|cuchillo|balazos?|(?:no|ya no) (?:quiero|quiere) vivir|quiero morir\w*|est(?:a|an) fri[oa]s?)\b"
)
"""Anywhere: whoever says so has more to tell than of a death."""
_EVENT = re.compile(
    r"\b(?:mataron|asesinaron|accidente|cho(?:c|q)\w+|atropell\w+|golpe\w*|peg(?:o|ue|amos|aron)|volc\w+|volte\w+|estrell\w+|incendi\w+|explot\w+"
    r"|ahog\w+|se salio|caimos|cayo|disparo\w*|balea\w+)\b"
)
_AFFAIRS = re.compile(
    r"\b(?:quit\w+|dar(?:lo|la|los|las)? de (?:baja|alta)|baja|cancel\w+|cerrar\w*|cambi\w+|actualiz\w+|transfer\w+"
    r"|pas(?:ar|arlo|arla|o) a (?:mi|su)|nombres?|poliza|cuenta|recibos?|factura\w*|pag(?:o|os|ar\w*|ando|ue|amos)"
    r"|cobr\w+|cargos?|titulo|testamento|acta|herencia|hered\w+|viud[oa]|vend\w+|duen[oa]|titular|propietari[oa]|beneficiari[oa]|aparece"
    r"|asegurad[oa]|seguro|cobertura|renov\w+|reembols\w+|papel\w*|documento\w*|cartas?|tarjetas?|banco|deb\w+|registr\w+"
    r"|contrato|suscripcion|cita|prestamo|abogad[oa]|funeral|tramit\w+|sucesion|albacea|mensualidad\w*)\b"
    r"|\b(?:nos|me|le) dejo\b|\bque (?:hago|hacemos|pasa|sigue|debo|tengo que) (?:hacer )?(?:con|para)\b"
    r"|\b(?:quiero|queria|quisiera|necesito|tengo que|debo|quieren|queremos) (?:saber|preguntar|avisar\w*|informar\w*"
    r"|notificar\w*|reportar (?:su|el) fallecimiento|ver)\b|\bme dijeron que (?:llamara|hablara|avisara)\b"
)
"""What the living put in order after it."""
_WORDS = DeathWords(
    tells=lambda clause: _TOLD.search(clause) is not None,
    here=_HERE,
    cries=_CRIES,
    affairs=_AFFAIRS,
    lies_dead=_LIES_DEAD,
    present=_PRESENT,
    harsh=_HARSH,
    event=_EVENT,
)


def tells_of_death(clause: str) -> bool:
    """Does a clause, in the plain spelling, tell that somebody died?"""
    return _TOLD.search(clause) is not None


def death_in(clauses: Sequence[str]) -> Death:
    """What is told of somebody's death in what is not bygone of the words.

    Args:
        clauses: in the plain spelling.
    """
    return _WORDS.death_in(clauses)


def mourns(text: str) -> bool:
    """Has the caller lost somebody, and nothing says that it is of this moment?"""
    return death_in(clauses_of(text)) == "mourned"


def may_have_died(clause: str) -> bool:
    """Does a clause tell that somebody died, and neither of papers nor of another time?"""
    return death_in([clause]) == "perhaps" and not is_bygone(clause)
