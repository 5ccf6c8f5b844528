"""What Spanish callers say of people who are hurt, and of where they are."""

import re

from backend.language.es.bereavement import may_have_died
from backend.language.es.clauses import clauses_of
from backend.language.es.despair import despairs
from backend.language.es.elsewhere import ELSEWHERE, GOES_ON, GOT_OUT, LED_BY_NO, OVER
from backend.language.es.peril import needs_help_now
from backend.language.es.words import folded, said
from backend.language.safety_reader import SafetyReader, SafetyWords

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
    r"|chichon\w*|entumid[oa]s?|inflamad[oa]s?|cojea\w*|vomit\w+)\b"
    rf"|\b(?:golpe\w*|peg(?:o|ue|aron)|rompi\w*|quebr\w+|torci\w*|cort(?:o|e|ada|ado)|raspo|raspe|quem(?:o|e|ada|ado)"
    rf"|machuc\w+|disloc\w+|abri(?:o|eron)|tiene rot[oa]|zaf\w+) (?:\w+ ){{0,3}}?{_PART}\b"
    rf"|\b{_PART} (?:\w+ )?(?:rot[oa]|hinchad[oa]|quebrad[oa]|cortad[oa]|tiesa?|tieso|torcid[oa]|mal)\b"
    rf"|\b(?:me siento|se siente|nos sentimos|estoy|{_KIN} esta|{_KIN} estan) (?:muy |bastante )?mal\b"
    rf"|\b(?:no (?:estoy|estamos|me siento|se siente)|{_KIN} no esta|{_KIN} no estan) (?:muy |nada |del todo )?bien\b"
)
"""That something "no está bien" is said of a date, too; of somebody it is said with who they are."""
_NO_EMERGENCY = "".join(
    rf"(?<!\b{thing} de )"
    for thing in (
        "luz",
        "luces",
        "intermitentes",
        "freno",
        "frenos",
        "frenado",
        "salida",
        "carril",
        "parada",
        "triangulo",
        "triangulos",
        "llanta",
        "kit",
        "contacto",
        "contactos",
        "numero",
    )
)
"""Things that are only named after one."""
_CALLS = "".join(
    rf"(?<!\b{word} )" for word in ("te", "me", "nos", "le", "les", "lo", "la", "tu", "si", "que", "cuando")
)
""" "¿Cómo te llamas?" asks for a name, "si me llamas" for a call: neither speaks of flames."""
_UNREACHED = re.compile(
    r"\b(?:(?:mi|nuestro|nuestra) agente|agente de seguros|aseguradora|(?:mi|el|del|al) seguro"
    r"|(?:llam|marc|marqu|contact|comuni)\w* (?:\w+ ){0,4}?(?:agente|compania|oficina|grua|ajustador\w*|taller|numero"
    r"|telefono|linea|asistencia))"
    r"(?:,? (?:y|pero|que|de|seguros?|ya|ahi|pues|tampoco|alli)){0,4},?"
    rf" no (?:me |nos )?(?:contest|respond)\w+\b(?! (?:(?:mi|el|la|su|un|una) )?{_KIN}\b)"
)
"""Somebody on the telephone does not answer, who is not beside the caller."""
_URGENT = re.compile(
    r"\b(?:sangrando|sangra|desangr\w+|atrapad[oa]s?|prensad[oa]s?|atorad[oa]s? (?:adentro|dentro|en el)"
    r"|inconsciente\w*"
    r"|desmay(?:o|ad[oa]s?|aron)|infarto|ataque al corazon|convulsion\w*|ahog(?:a|an|ando|ado|ada|andose)"
    r"|dolor(?:es)? (?:de|en el) pecho|incendi\w+|en llamas"
    rf"|{_CALLS}llamas|quemando(?:se)?|fuego|humo|{_NO_EMERGENCY}emergencia"
    r"|auxilio(?! (?:vial|mecanico|carretero|en carretera)\b)|socorro)\b"
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
_NOBODY_HURT = re.compile(
    r"\b(?:nadie|ningun[oa])(?: de nosotros)? (?!mas)(?:\w+ ){0,3}?(?:herid\w+|lastim\w+|golpead\w+|nada)\b"
    r"|\b(?:todos|todas|estamos) (?:\w+ ){0,2}?bien\b"
)
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
_AMBULANCE_HIT = re.compile(
    r"\b(?:una|la|esa) ambulancia(?= (?:me|nos|le) (?:peg|choc|golpe|rasp|avent|embist))"
    r"|(?<=choqué con )una ambulancia|(?<=pegué a )una ambulancia|(?<=chocó )una ambulancia|(?<=pegó )una ambulancia",
    re.IGNORECASE,
)
"""One that was in the accident cares for nobody."""
_MINOR = re.compile(
    r"\b(?:adolorid[oa]s?|chichon\w*|moret\w+|raspon\w*|rasgun\w+|poquito|poco|tantito|leves?|levemente|liger[oa]s?"
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


def _plain(text: str) -> str:
    return said(_no_helper(text)).plain


def _clauses(text: str) -> list[str]:
    return clauses_of(_UNREACHED.sub(".", folded(_no_helper(text))))


def _no_helper(text: str) -> str:
    return _AMBULANCE_HIT.sub("un carro", text) if "mbulancia" in text else text


read_safety = SafetyReader(
    SafetyWords(
        plain=_plain,
        clauses=_clauses,
        hurt=_HURT,
        urgent=_URGENT,
        helpless=_HELPLESS,
        despairs=despairs,
        presses=needs_help_now,
        perished=may_have_died,
        denies=_NOT,
        well=_WELL,
        not_well=re.compile(r"\bno $"),
        well_answer=_WELL_ANSWER,
        everybody=_EVERYBODY,
        nobody=_NOBODY,
        none_of_us=_NONE_OF_US,
        nobody_hurt=_NOBODY_HURT,
        unharmed=(_RELIEVED, _ONLY_UPSET),
        empty=_EMPTY,
        all_but=_ALL_BUT,
        who=_WHO,
        unsure=_UNSURE,
        of_an_animal=_OF_AN_ANIMAL,
        of_others=_OTHERS,
        of_people=_PERSON,
        cared=_CARED,
        minor=_MINOR,
        safe=_SAFE,
        unsafe=_UNSAFE,
        driving=_DRIVING,
        leading_no=_LEADING_NO,
        yes_no=_YES_NO,
        long_ago=OVER,
        goes_on=GOES_ON,
        got_out=GOT_OUT,
        elsewhere=ELSEWHERE,
        led_by_no=LED_BY_NO,
        only_an_animal=_ONLY_AN_ANIMAL,
        denies_itself=_DENIES_ITSELF,
    )
).read
"""Who is hurt, and where the caller is, by Spanish words."""
