"""Is anybody hurt, and are they in a safe place? Read clause by clause: one who is hurt counts, whoever is not."""

import re

from backend.language.es.clauses import clauses_of
from backend.language.es.despair import despairs
from backend.language.es.words import said
from backend.language.safety import Safety

__all__ = ["read_safety"]

_PART = (
    r"(?:cuello|espalda|cabeza|brazo|pierna|rodilla|hombro|muneca|pecho|mano|pie|tobillo|costilla|cara|nariz|dedo"
    r"|cadera|codo|estomago|mandibula|frente|cintura|ojo|oreja|boca|nuca|abdomen|pantorrilla)s?"
)
_KIN = (
    r"(?:espos[oa]|marido|mujer|pareja|hij[oa]s?|mama|papa|madre|padre|herman[oa]s?|amig[oa]s?|nin[oa]s?|bebe|abuel[oa]"
    r"|ti[oa]|prim[oa]|sobrin[oa]|niet[oa]|vecin[oa]|novi[oa]|pasajer[oa]s?|acompanante|senor[a]?|chofer|conductor[a]?)"
)
_HURT = re.compile(
    r"\b(?:herid[oa]s?|lastim\w+|lesion\w*|dol(?:or|ores|orid[oa]s?)|duel[ea]n?|adolorid[oa]s?|sangr\w+|fractur\w+"
    r"|contusi\w+|moret\w+|raspon\w*|rasgun\w+|mare(?:ad[oa]s?|a|o)|esguince\w*|latigazo|en shock|desmay\w+|quemadur\w+"
    r"|entumid[oa]s?|inflamad[oa]s?|cojea\w*|vomit\w+)\b"
    rf"|\b(?:golpe\w*|peg(?:o|ue|aron)|rompi\w*|quebr\w+|torci\w*|cort(?:o|e|ada|ado)|raspo|raspe|quem(?:o|e|ada|ado)"
    rf"|machuc\w+|disloc\w+|abri(?:o|eron)|tiene rot[oa]|zaf\w+) (?:\w+ ){{0,3}}?{_PART}\b"
    rf"|\b{_PART} (?:\w+ )?(?:rot[oa]|hinchad[oa]|quebrad[oa]|cortad[oa]|tiesa?|tieso|torcid[oa]|mal)\b"
    rf"|\b(?:me siento|se siente|nos sentimos|estoy|{_KIN} esta|{_KIN} estan) (?:muy |bastante )?mal\b"
    rf"|\b(?:no (?:estoy|estamos|me siento|se siente)|{_KIN} no esta|{_KIN} no estan) (?:muy |nada |del todo )?bien\b"
)
"""That something "no está bien" is said of a date, too; of somebody it is said with who they are."""
_URGENT = re.compile(
    r"\b(?:sangrando|sangra|desangr\w+|atrapad[oa]s?|prensad[oa]s?|atorad[oa]s? (?:adentro|dentro|en el)"
    r"|inconsciente\w*"
    r"|desmay(?:o|ad[oa]s?|aron)|infarto|ataque al corazon|convulsion\w*|ahog(?:a|an|ando|ado|ada|andose)"
    r"|dolor(?:es)? (?:de|en el) pecho|incendi\w+|en llamas|llamas|quemando(?:se)?|fuego|humo|emergencia|auxilio"
    r"|socorro)\b"
    r"|\b(?:grave(?:mente)?|muy mal|seriamente) (?:herid[oa]s?|lastimad[oa]s?|lesionad[oa]s?)"
    r"|\b(?:herid[oa]s?|lastimad[oa]s?|lesionad[oa]s?) (?:de gravedad|grave(?:s|mente)?|muy grave\w*)"
    r"|\b(?:necesit\w+|mand\w+|llam\w+|pid\w+|envi\w+|ocup\w+|traiga\w*) (?:\w+ ){0,3}?(?:ambulancia|paramedicos?"
    r"|911)\b"
    rf"|\b(?:atorad[oa]|atascad[oa]) (?:la |el |mi |su |las |los )?{_PART}\b"
    rf"|\b{_PART}(?: \w+){{0,2}} (?:atorad[oa]s?|atascad[oa]s?)\b"
    r"|\b(?:muri(?:o|eron|endo)|muert[oa]s?|fallecio|se muere|se nos muere)\b"
)
_HELPLESS = re.compile(
    r"\b(?:no|apenas|casi no|dejo de|ya no)(?: (?:me|se|le|lo|la))? (?:pued\w+ )?(?:respir\w+|respond\w*|reaccion\w+"
    r"|despiert\w*|despertar\w*|contesta\b|siento (?:las|los|mis)|siente (?:las|los|sus)|sentir (?:las|los|mis|sus)"
    r"|mover(?:se|me)?\b(?! (?:el|la|mi|nuestro|los|su) (?:carro|coche|auto|camioneta|vehiculo|moto))"
    r"|salir del? (?:carro|coche|auto|vehiculo|camioneta))"
    r"|\bno (?:lo|la|los|las)? ?(?:podemos|puedo|pueden) sacar(?:lo|la|los|las)?\b(?! (?:el|la|mi) (?:carro|coche"
    r"|auto))"
)
"""Says its own "no"."""
_NOT = re.compile(r"\b(?:no|nadie|ningun[oa]?|nunca|sin|nada|ni|tampoco)\b")
_GOOD = r"(?:bien|perfectamente|sano y salvo|sanos y salvos|ileso|ilesa|ilesos|ilesas)"
_WELL = re.compile(
    rf"\b(?:iles[oa]s?|san[oa]s? y salv[oa]s?)\b|\b(?:estoy|estamos|esta|estan|todos|todas|todo el mundo|los 2|ambos"
    rf"|salimos|sali|salio|salieron|quedamos|me siento|nos sentimos)(?: (?:todos|todas|muy|todo|los \d|ya|completamente"
    rf"|estamos|estan|perfectamente)){{0,2}} {_GOOD}\b"
    r"|\bno (?:me|nos|le|les) (?:paso|pasaron|hizo|hicieron) nada\b|\bnada mas (?:el|mi|al) (?:carro|coche|auto"
    r"|susto)\b"
    r"|\bsolo (?:el|mi|al|fue el|los) (?:carro|coche|auto|susto|golpe|danos)\b|\b(?:puro|nomas el|solo el) susto\b"
)
_WELL_ANSWER = re.compile(
    rf"^(?:(?:eh|este|ah|no|si|pues|todo|todos|muy|gracias a dios|por suerte|afortunadamente) )*{_GOOD}"
    r"(?: (?:gracias|gracias a dios|todos|aqui|por suerte|si|no))*$"
)
_EVERYBODY = re.compile(r"\b(?:todos|todas|todo el mundo|estamos|salimos|quedamos|los 2|ambos|nadie)\b")
"""Who is fine may still have somebody beside them who is not."""
_NOBODY = re.compile(
    r"^(?:(?:eh|este|ah|no|pues|por suerte|afortunadamente|gracias a dios|gracias|a dios|bendito dios|la verdad|que yo"
    r"|sepa) )*(?:nadie|ningun[oa]?|ni un[oa]|ni yo ni nadie)"
    r"(?: (?:gracias|a dios|por suerte|afortunadamente|de nosotros|mas|no|nadie|salio|fue|esta|resulto|senor|senora"
    r"|senorita|bendito|dios|aqui))*$"
)
_RELIEVED = re.compile(
    r"\b(?:por suerte|afortunadamente|gracias a dios|bendito dios|a dios gracias) (?:que )?(?:no|nadie|ninguno)\b"
    r"|^(?:no|nadie|ninguno) (?:por suerte|afortunadamente|gracias a dios|bendito dios|a dios gracias)\b"
)
_ANIMAL = (
    r"(?:venad[oa]|perr(?:it)?[oa]|gat(?:it)?[oa]|vaca|caballo|yegua|toro|becerro|chiv[oa]|borreg[oa]|cerdo|puerco"
    r"|jabali|mapache|conejo|coyote|zorro|pajaro|animal(?:ito)?|mascota|burro|gallina)s?"
)
_OF_AN_ANIMAL = re.compile(rf"\b(?:el|la|un|una|mi|su|ese|esa|pobre) (?:pobre )?{_ANIMAL}\b")
_OTHERS = re.compile(rf"\b(?:{_KIN}|hombre|ciclista|gente|persona|muchach[oa])\b")
_PERSON = re.compile(rf"\b(?:yo|me|mi|nos|nosotros|alguien|todos|nadie)\b(?! {_ANIMAL})")
_ONLY_AN_ANIMAL = re.compile(rf"\b(?:solo|nomas|nada mas|solamente) (?:el|la|un|una|mi) {_ANIMAL}$")
_NONE_OF_US = re.compile(r"^(?:(?:eh|este|no|pues) )*(?:yo|nosotros|ninguno de nosotros) no$|^(?:no )?a mi no$")
_UNSURE = re.compile(
    r"\b(?:creo|pienso|parece|espero|supongo) que no\b|\bno (?:creo|pienso)\b|\bque yo sepa,? no\b"
    r"|\bno que yo sepa\b|\bprobablemente no\b"
)
_DRIVING = re.compile(
    r"\b(?:estoy|voy|vengo|sigo|ando)(?: \w+)? (?:manejando|conduciendo)\b(?! (?:por|cuando|a mi))"
    r"|\b(?:voy|estoy|vengo) al volante\b|\bno (?:me )?puedo (?:orillar(?:me)?|parar(?:me)?)\b"
)
_ONLY_UPSET = re.compile(
    r"^(?:(?:eh|este|pues) )*no\b.*\b(?:asustad[oa]s?|enojad[oa]s?|molest[oa]s?|nervios[oa]s?|temblando|furios[oa]s?"
    r"|alterad[oa]s?|espantad[oa]s?|encabronad[oa]s?)\b"
)
_ALL_BUT = re.compile(
    rf"\b(?:excepto|menos|solo|nada mas|nomas|salvo|aparte de)(?: por)? (?:yo|a mi|(?:mi|el|la|su|un|una) {_KIN})$"
)
""" "Nadie, menos mi esposa"."""
_WHO = re.compile(
    rf"^(?:(?:eh|este|pues|si|bueno) )*(?:yo|(?:solo |nada mas |nomas )?(?:yo|(?:mi|el|la|un|una) {_KIN}))$"
)
_EMPTY = re.compile(
    r"\b(?:estaba|estaban|carro|coche|auto) (?:estacionad[oa]|vaci[oa]|parquead[oa]|sol[oa])\b"
    r"|\bno (?:habia|iba|estaba) nadie\b|\bnadie (?:iba|estaba|venia|habia)\b|\b(?:yo )?(?:ni|no) (?:estaba|iba) ahi\b"
    r"|\b(?:yo )?estaba (?:dormid[oa]|durmiendo)\b"
)
_CARED = re.compile(
    r"\b(?:ambulancia|paramedicos?|hospital|doctor[a]?|medic[oa]s?|urgencias|clinica|atendi\w+|atendid[oa]s?|cruz roja"
    r"|primeros auxilios|revisaron|revisad[oa]s?|curaron)\b"
)
_MINOR = re.compile(
    r"\b(?:adolorid[oa]s?|moret\w+|raspon\w*|rasgun\w+|poquito|poco|tantito|leves?|levemente|liger[oa]s?"
    r"|dolor(?:cito)? de"
    r" cabeza|golpecit\w+|nada grave|no es grave|sin gravedad|simple)\b"
)
_SAFE = re.compile(
    r"\b(?:lugar seguro|(?:estoy|estamos|aqui|esta|si|y) segur[oa]s?|a salvo|fuera de (?:la|el) (?:carretera|via"
    r"|autopista"
    r"|camino|trafico)|en (?:mi |la |su )?(?:casa|oficina|banqueta|acera|cochera|gasolinera|tienda|escuela)"
    r"|en (?:el|mi|un) (?:trabajo|garaje|estacionamiento|parque|negocio)|orill(?:amos|ado|ados|e|ada|adas)|a la orilla"
    r"|a un lado|adentro|estacionamiento)\b"
)
_UNSAFE = re.compile(
    r"\b(?:insegur[oa]|peligros[oa]|en peligro|amenaz\w+|acotamiento|estorb\w+|bloquean\w*|en medio|a media (?:calle"
    r"|carretera)|en (?:el|pleno) trafico)\b|\bno (?:es|esta|estamos en|estoy en|hay) (?:un |en un |muy |nada "
    r"|ningun )?"
    r"(?:lugar )?segur[oa]\b(?<!no estoy segura)(?<!no estoy seguro)"
    r"|\ben (?:la|el|plen[oa]|un|una) (?:\w+ )?(?:carretera|autopista|freeway|highway|carril|puente|tunel|via|vias"
    r"|interestatal|libramiento|periferico|interseccion|crucero)\b"
)
_LEADING_NO = re.compile(
    r"^(?:(?:eh|este|pues|bueno|ah) )*(?:no )+(?=(?:estoy|estamos|todos|todas|todo|gracias|ya|solo|nada mas|nomas|el|la"
    r"|mi|los|las|yo|nosotros|fue|por suerte|afortunadamente)\b(?! (?:nadie|bien no)))"
)
"""A no to the question, and what follows says something of its own: "no estamos todos bien"."""
_DENIES_ITSELF = re.compile(
    r"^no (?:estoy|estamos|fue|todos) (?:muy |nada |del todo |tan )?(?:bien|segur|herid|lastim|grave)"
)
_YES_NO = re.compile(r"^(?:(?:eh|este|pues) )*no\b.*\bsi\b")


def read_safety(text: str, asked: bool = True) -> Safety:
    """What ``text`` says of people who are hurt and of where the caller is.

    Args:
        text: the caller's words.
        asked: do they answer the question? Unasked, only what speaks of everybody says that nobody is hurt.
    """
    told = [_without_no(clause) for clause in clauses_of(text)]
    clauses = _of_people(told)
    hurt = [clause for clause in clauses if _HURT.search(clause) and not _negated(clause, _HURT)]
    urgent = despairs(text) or any(_is_urgent(clause) for clause in clauses)
    whole = said(text).plain
    cared = any(_CARED.search(clause) and not _NOT.search(clause) for clause in clauses)
    harmed = bool(hurt) or urgent or (cared and not _negated(whole, _CARED))
    only_an_animal = len(clauses) < len(told) and (
        any(map(_NONE_OF_US.match, clauses)) or _ONLY_AN_ANIMAL.search(whole)
    )
    unharmed = False if only_an_animal else _unharmed(clauses, whole, asked=asked)
    return Safety(
        injured=True if harmed else unharmed,
        safe=_safe(clauses, whole),
        urgent=urgent,
        cared_for=cared,
        minor=bool(hurt) and all(_MINOR.search(clause) for clause in hurt),
        unsure=bool(_UNSURE.search(whole)) or (not harmed and len(clauses) < len(told) and _names_harm(told)),
        driving=bool(_DRIVING.search(whole)),
    )


def _names_harm(clauses: list[str]) -> bool:
    return any(_HURT.search(clause) or _URGENT.search(clause) for clause in clauses)


def _of_people(clauses: list[str]) -> list[str]:
    """Without what is told of an animal: a deer that died hurts nobody. "Mi hijo y el perro" are both of people."""
    if any(_OTHERS.search(clause) for clause in clauses):
        return clauses
    return [clause for clause in clauses if not _OF_AN_ANIMAL.search(clause) or _PERSON.search(clause)]


def _without_no(clause: str) -> str:
    return clause if _DENIES_ITSELF.match(clause) else _LEADING_NO.sub("", clause)


def _unharmed(clauses: list[str], whole: str, *, asked: bool) -> bool | None:
    """``False`` where nobody is hurt, ``True`` for somebody who is only named, ``None`` where nothing says either."""
    if _ALL_BUT.search(whole):
        return True
    if not asked:
        well = (_negated(clause, _HURT) or (_EVERYBODY.search(clause) and _says_well(clause)) for clause in clauses)
        return False if any(well) else None
    if _WHO.match(whole):
        return True
    well = any(_negated(clause, _HURT) or _says_well(clause) for clause in clauses) or _WELL_ANSWER.match(whole)
    if (
        well
        or any(found.search(whole) for found in (_RELIEVED, _EMPTY, _ONLY_UPSET))
        or any(map(_NOBODY.match, [whole, *clauses]))
    ):
        return False
    # Both questions answered in their order: "no, y sí".
    return False if _YES_NO.match(whole) else None


def _says_well(clause: str) -> bool:
    found = _WELL.search(clause)
    return found is not None and not re.search(r"\bno $", clause[: found.start()])


def _safe(clauses: list[str], whole: str) -> bool | None:
    if any(_UNSAFE.search(clause) for clause in clauses):
        return False
    if any(_SAFE.search(clause) and not _NOT.search(clause) for clause in clauses) or _EMPTY.search(whole):
        return True
    return True if _YES_NO.match(whole) else None


def _is_urgent(clause: str) -> bool:
    if _HELPLESS.search(clause):
        return True
    return bool(_URGENT.search(clause)) and not _negated(clause, _URGENT)


def _negated(clause: str, pattern: re.Pattern[str]) -> bool:
    """Does the clause speak of it only to deny it?"""
    found = pattern.search(clause)
    return found is not None and bool(_NOT.search(clause[: found.start()]))
