"""Callers who cannot or will not show who they are, in Spanish: somebody else's spouse, a broker, who refuses."""

import re

from backend.language.es.asides import KNOW
from backend.language.es.leaving import does_not_know
from backend.language.es.third_parties import is_a_third_party
from backend.language.es.third_person import ROLE as _ROLE
from backend.language.es.third_person import answers_for_another, answers_in_the_business
from backend.language.es.words import said
from backend.language.standing import StandingPatterns, StandingReader, StandingWords, one_of

__all__ = ["denies_to_be", "obstacle"]

_BY_TRADE = r"(?:profesion|oficio|carrera)\b"
"""Behind a role: what a caller is to nobody in particular."""
_I_AM = r"(?:soy|habla|le habla|aqui habla|hablo yo,?)"
_HOLDER = ("dueno", "duena", "cliente", "clienta", "propietario", "propietaria")
_THINGS = ("cuenta", "contrato")
_LACKED = ("numero", "numeros", "digitos", "clave", "datos", "dato", "eso", "tarjeta", "codigo", "ese", "esos")
_KIN = r"(?:espos[oa]|marido|mujer|pareja|novi[oa]|hij[oa]|mama|papa|madre|padre|abuel[oa]|suegr[oa]|jef[ea]|patrona?)"
_FIRM = r"(?:agencia|correduria|corredores|despacho|bufete|abogados|aseguradora|seguros (?!de )\w+)"
_STATE = (
    r"(?:muy|bien|mal|un|una|el|la|mi|su|no|de|del|en|con|que|bastante|tan|mas|todo|toda|aqui|alla|quien"
    r"|diabetic[oa]|mayor)"
)
"""Behind "es": what somebody is, and no name."""
_OFFICE = r"(?:oficial|agente|detective|sargento|teniente|policia|licenciad[oa]|inspector[a]?|perito|paramedic[oa])"
_SPEAKS = re.compile(
    rf"\b(?<!conductor )(?<!conductora )(?<!testigo )es mi {_KIN}\b"
    rf"|\b(?:la|el) {_ROLE} de (?!(?:mi|la|los|las|un|una)\b)\w+"
    rf"|^(?:(?!(?:con|y|de|a|por|es|mi|era|iba|para|fue)\b)\w+ ){{2,4}}mi {_KIN}$"
    r"|\bno puede (?:hablar|llamar|contestar|venir al telefono)\b|\bno soy \w+(?: \w+)? pero (?:tengo|se)\b"
    r"|\btrabajo para (?:el |la )?(?:senor|senora|don|dona|licenciad[oa])\b|\bme (?:pidio|encargo|dijo) que (?:yo )?"
    r"(?:llamara|hablara|reportara)\b|\bcasad[oa] con (?!mi\b)|\bpoder notarial\b|\balbacea\b|\bfallecio\b"
    r"|\bdifunt[oa]\b|\b(?:mi|mis|nuestr[oa]s?) clientes? (?:tuvo|tiene|choco|chocaron|fue|quiere|esta|sufrio"
    r"|me (?:pidio|llamo))\b"
    r"|\btengo a(?:l senor| la senora| don| dona)? (?!(?:mi|un|una|otro|alguien|nadie|la"
    r"|el)\b)\w+(?: \w+)? (?:aqui )?(?:en (?:la otra|la|otra)"
    r" linea|en espera|al telefono|aqui conmigo)\b"
    rf"|\b(?:soy|habla|le habla|hablo|llamo|llamamos|hablamos)(?: \w+){{0,2}} (?:de|desde) (?:la |el "
    rf"|los )?(?:\w+ )?{_FIRM}\b"
    rf"|\b(?:soy|me llamo|habla|mi nombre es) \w+(?: \w+)? (?:y )?mi {_KIN} (?:es"
    rf"|se llama) (?!{_STATE}\b)\w+ (?!{_STATE}\b)\w+$"
    rf"|\bmi {_KIN} se llama \w+ \w+$"
    r"|\b(?:traduc|interpret)\w+(?: \w+){0,2}? (?:a|para) (?:mi|el|la|un|una)\b|\b(?:soy|hablo como) (?:el |la |su )?"
    r"(?:traductora?|interprete|administradora?|supervisora?|ajustadora?|trabajadora? social)\b"
    r"|\b(?:de|desde) su (?:departamento|oficina|area|equipo)\b|\btrabajo (?:aqui|con ustedes|para ustedes)\b"
    rf"|\bmi {_KIN} (?!(?:me|ya|no|se|y|que|le|tambien|apenas)\b)\w+(?: \w+)? me (?:pidio|encargo|dijo|mando)\b"
    rf"|\b(?:soy|habla|le habla) (?:el |la )?{_OFFICE} \w+"
    r"|\b(?:soy|habla|hablo|hablamos|llamo|llamamos)(?: \w+){0,3}? (?:de|del|desde)(?: el| la)? (?:departamento"
    r"|area|equipo"
    r"|unidad|division|oficina) de (?!(?:mi|mis|un|una|el|la|los|las|al|arriba|abajo|atras|enfrente)\b)\w+"
    r"|\b(?:habla|hablo|hablamos|llamo|llamamos)(?: \w+){0,3}? (?:de|desde) la (?:policia|fiscalia|farmacia"
    r"|procuraduria)\b"
    r"|\b(?:representamos|represento) a(?:l)? (?!mi\b)\w+|\b(?:despacho|bufete) (?:de abogados|juridico|legal)\b"
    r"|\b(?:soy|habla|le habla) (?:el|la) (?:\w+ )?(?:de la grua|gruero|del taller|del banco|del hospital|del corralon"
    r"|mecanico|perito|chofer de la grua|operador de la grua)\b"
)
"""Who speaks for somebody whom they name; what is in doubt counts, or a stranger would be let in."""
_REFUSES = re.compile(
    r"\bno (?:le |se lo |se la |lo |la |se los |los |te lo )?(?:voy a|quiero|pienso|puedo)(?: \w+){0,2}? ?(?:decir\w*"
    r"|dar\w*|compartir\w*|contestar\w*|proporcionar\w*)\b(?! cuenta)"
    r"|\b(?:prefiero|preferiria|mejor) no(?: (?:decir|dar|compartir)\w*)?\b|\bno (?:se lo|se la|te lo) (?:digo|doy|dire"
    r"|dare)\b|\bque le importa\b|\bno es asunto suyo\b|\ba usted (?:que|no) le importa\b|\bme niego\b"
    r"|\beso es (?:privado|personal|confidencial|cosa mia)\b|\bno me (?:siento comod[oa]|da confianza|gusta dar)\b"
    r"|\bpor que (?:se lo|le|tendria que) (?:voy a |tengo que |habria de )?(?:dar|decir)\w*\b"
)


def _patterns(about: StandingWords) -> StandingPatterns:
    holder = _one_of(*_HOLDER, *about.holder)
    things = _one_of(*_THINGS, *about.things)
    reasons = _one_of("reporte", "reportar", "nuevo", *about.reasons, *about.things)
    whose = r"(?:su|el|la|un|una|nada mas (?:el|la|su)|solo (?:el|la|su))"
    other = (
        rf"\b{_I_AM} (?:solo |nada mas )?(?:(?:{whose} )?{_ROLE}(?= (?:de|del)\b(?! {_BY_TRADE})|$)|{whose} {_ROLE})\b"
        rf"|\b(?:llamo|hablo|marco|estoy llamando|llamando|reporto)(?: yo)? (?:por|de parte de|en nombre de|a nombre de"
        rf"|en lugar de|para)(?: el| la)? (?:mi|un|una|su|otra|otro) (?!{reasons})\w+"
        rf"|\b(?:de parte|en nombre|en representacion) de (?:mi|un|una|otra|otro)\b"
        rf"|\b(?:no|yo no) soy (?:yo )?(?:el|la) {holder}\b|\bno soy {holder}\b"
        rf"|\bno (?:estoy|soy) (?:{holder} )?(?:con|de) ustedes\b|\bno soy su {holder}\b"
        rf"|\b(?:tengo|estoy con|estoy en|uso) (?:otr[oa]) (?:{things}|compania|empresa)\b"
        r"|\bsoy (?:el otro conductor|la otra conductora|el otro|la otra parte)\b"
        rf"|\b(?:la|el|esta|este) {things} (?:no es mi[oa]|es de mi|esta a nombre de (?:mi|otra|otro)|es de otra)\b"
        rf"|\b(?:la|el|esta|este|su) {things} (?:\w+ )?(?:de|para|por) mi {_ROLE}\b"
        rf"|\b(?:es|esta) (?:la |el )?(?:{things} )?(?:de|a nombre de) mi {_ROLE}\b|\bno es mi {things}\b"
        rf"|\bmi {_ROLE} es (?:el|la) (?:{holder}|de la {things})\b|\b(?:a nombre|al nombre) de mi {_ROLE}\b"
        rf"|(?<!como )\bsu (?:propio )?{holder}(?: (?!(?:desde|y|numero)\b)\w+){{0,2}} (?:choco|pego|golpeo|dano"
        r"|le pego|tuvo|tiene|debe|rompio|se paso)\b"
        rf"|\bno tengo (?:una |ninguna |ningun |un )?{things}\b"
    )
    lacked = _one_of(*_LACKED, *about.parts)
    lacks = (
        rf"\bno (?:me |lo |la |los |las )?(?:{KNOW}|acuerdo|recuerdo|tengo|encuentro|traigo)(?: \w+){{0,4}}? {lacked}\b"
        rf"|\bno (?:lo|la|los|las) (?:{KNOW}|recuerdo|tengo|encuentro|traigo)\b"
        rf"|\b(?:se me (?:olvido|perdio)|olvide|perdi)(?: \w+){{0,3}}? {lacked}\b|\bni idea\b|\bno tengo idea\b"
        r"|\bno (?:lo |la |los |las )?(?:tengo|traigo) (?:a la mano|conmigo|aqui|encima)\b"
    )
    holders, calls_about = map(_plain, (*_HOLDER, *about.holder)), map(_plain, about.reasons)
    return StandingPatterns(
        re.compile(other), re.compile(lacks), answers_in_the_business(tuple(holders), tuple(calls_about))
    )


def _one_of(*phrases: str) -> str:
    return one_of(*map(_plain, phrases))


def _plain(text: str) -> str:
    return said(text).plain


def _speaks_for_another(plain: str) -> bool:
    return _SPEAKS.search(plain) is not None or is_a_third_party(plain)


obstacle = StandingReader(
    plain=_plain,
    patterns=_patterns,
    speaks_for_another=_speaks_for_another,
    answers_for_another=answers_for_another,
    does_not_know=does_not_know,
    refuses=_REFUSES,
).obstacle
"""What keeps a Spanish caller from being verified, by their own words."""


def denies_to_be(text: str, name: str) -> bool:
    """Does a caller who passed for ``name`` now say to be somebody else: "en realidad soy su esposa"?"""
    plain, names = said(text).plain, said(name).plain.split()
    if not names:
        return False
    own = rf"(?:{'|'.join(map(re.escape, names))})"
    role = (
        r"\b(?:en realidad|de hecho|(?:a decir )?(?:la )?verdad|mire|oiga|la neta|sinceramente)(?: \w+)? (?:que )?"
        rf"(?:yo )?soy su {_ROLE}\b|\bsoy (?:el |la )?{_ROLE} de (?:don |dona )?{own}\b"
    )
    return re.search(rf"{role}|\b(?:yo )?no soy (?:don |dona )?(?:{own}|el titular|la titular)\b", plain) is not None
