"""Somebody who speaks of ending or harming their own life, or of another who does, in Spanish."""

import re

from backend.language.es.clauses import clauses_of
from backend.language.es.figures_of_speech import without_figures
from backend.language.es.words import said
from backend.language.hinted import hinted

__all__ = ["despairs"]

_MEANS_TO = (
    r"(?:quier(?:o|e|en)|quisiera|voy a|va a|vamos a|van a|pienso|piensa|pens(?:ando|ado) en|ganas de|trat(?:o|a"
    r"|ando) de"
    r"|intent(?:o|a|ando)|prefiero|mejor|deberia|podria|amenaz\w+ con|por|a punto de|planeo|estoy por)"
)
_DIE = (
    r"morir(?:me)?\b(?! de (?:la |el |puro |pura )?(?:pena|verguenza|risa|frio|calor|hambre|sed|sueno|susto|miedo"
    r"|coraje)\b)"
)
""" "Me quiero morir de la vergüenza" is a turn of speech."""
_DOWN = (
    r"(?: (?:el|la|mi|con el|con la|con mi) \w+)? (?:contra|al?|del?|desde)(?: (?:el|la|un|una))? (?:muro|pared|poste"
    r"|puente|precipicio|barranco|barranca|tren|metro|azotea|vacio|rio|voladero|acantilado|arbol|vias)\b"
)
_DEEDS = hinted(
    r"\b(?:me (?:quiero|voy a|quisiera|pienso|deberia)|se (?:quieren?|va a|van a|piensa)) (?:\w+ )?(?:matar"
    r"|suicidar|ahorcar"
    rf"|aventar (?:del|de un|al)|tirar (?:del|de un|al)|{_DIE})\b"
    r"|\b(?:quiero|quisiera|voy a|vamos a|pienso|prefiero|mejor|ganas de|pensando en|podria"
    r"|estoy por) (?:\w+ )?matarme\b"
    r"|\b(?:quiere|va a|quieren|van a|pensando en|ganas de|trata de|trataba de) (?:\w+ )?matarse\b"
    r"|\bsuicidar(?:me|se)\b|\bme (?:mato|suicido)\b(?! trabajando)|\b(?:pensamientos|ideas) suicidas\b|\bsuicida$"
    r"|\bquitar(?:me|se) la vida\b|\bme quit(?:o|are) la vida\b"
    r"|\b(?:acabar|terminar) con (?:mi|su) (?:propia )?vida\b|\bacabar con todo\b"
    rf"|\b{_MEANS_TO} (?:\w+ )?(?:hacerme|hacerse) dano\b"
    rf"|\b(?:voy a|quiero|pienso|estoy por|mejor) (?:estrellar(?:me|lo|la)?|aventarme|tirarme|lanzarme){_DOWN}"
    rf"|\bme (?:voy a|quiero|pienso) (?:estrellar|aventar|tirar|lanzar){_DOWN}",
    "estrellar|lanzar|acabar|ahorcar|aventar|hacer|la vida|matar|mato|me quit|morir|suicida|suicido|terminar|tirar",
)
_LIFE = hinted(
    r"\b(?:ya )?no (?:quiero|quiere|deseo|tengo ganas de) (?:seguir |ya )?(?:vivir|viviendo|estar viv[oa]|existir"
    r"|despertar)\b(?! (?:con|en|aqui|ahi|alla|cerca|a mis?|al|a la|asi (?:de|tan)))"
    r"|\bno (?:quiero|quiere) (?:seguir|estar) (?:mas )?(?:con vida|en este mundo)\b"
    rf"|\b(?:quiero|quisiera|prefiero|preferiria|mejor|deseo) (?:ya )?(?:{_DIE}|estar muert[oa])\b"
    rf"|\bme quiero {_DIE}\b|\b(?:estaria|estaran|estarian) mejor (?:muert[oa]|sin mi)\b"
    r"|\bojala (?:me )?(?:hubiera|hubiese|haya) muerto\b|\bmejor me (?:hubiera|hubiese) muerto\b"
    r"|\b(?:ojala|mejor|lastima que no|quisiera que) (?:\w+ )?(?:me|nos) (?:hubiera|hubiese|haya|hubieran|mat\w+)(?: "
    r"\w+)? ?"
    r"(?:matado|llevado|acabado|rematado|quitado la vida)\b|\b(?:ojala|lastima que) (?:no|nunca) (?:hubiera|hubiese"
    r"|haya|me"
    r" hubiera) (?:sobrevivido|despertado|salido viv[oa])\b|\bnadie me (?:va a|iria a) extranar\b"
    r"|\bno (?:vale la pena|tiene sentido|tengo (?:razon|razones|motivo|motivos|nada) (?:para|por)(?: que)?)"
    r" (?:seguir )?(?:vivir|viviendo)\b|\bcansad[oa] de vivir\b"
    r"|\b(?:frasco|bote|punado|caja) de pastillas\b.*\b(?:a nadie le import\w+|ya para que|despedir\w*|adios"
    r"|perdon\w*)\b",
    "de vivir|de pastillas|"
    "ojala|lastima|extranar|quisiera|matado|llevado|deseo|estar|mejor me hubie|morir|muerto|no quier|quiere"
    "|quiero|tengo|tiene sentido|vale la pena|"
    "acabado|rematado|quitado",
)
_DENIED = re.compile(
    r"\b(?:no|nunca|nadie|sin|casi|tampoco|por poco)(?: (?:es que|me|se|quiero|quise|voy a|iba a|pienso|estoy"
    r"|tengo|ganas de"
    r"|pensando en))*$"
)
_NEARLY = re.compile(r"\b(por poco|casi)(?:,| y|, y) (?=me mat[oóé]\b)", re.IGNORECASE)
""" "Por poco y me mato" tells of a near miss, in one breath or two."""


def despairs(text: str) -> bool:
    """Does somebody want to die, or to harm themselves? A near miss in the crash, and a denial, are no wish."""
    return _means_it(text) and ((plain := without_figures(text)) == text or _means_it(plain))


def _means_it(text: str) -> bool:
    told = _NEARLY.sub(r"\1 ", text)
    return any(map(_despairs, [said(told).plain, *clauses_of(told)]))


def _despairs(plain: str) -> bool:
    """Is it said in these words, the whole or a clause? "No. Me quiero matar" denies nothing of it."""
    return any(
        found.group().startswith(("no ", "ya no ")) or not _DENIED.search(plain[: found.start()].rstrip())
        for pattern in (_DEEDS, _LIFE)
        for found in pattern.finditer(plain)
    )
