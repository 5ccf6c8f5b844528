"""What callers say beside the matter in Spanish: "¿para qué?", "permítame", "¿mande?", "más despacio"."""

import re

from backend.language.es.words import said
from backend.language.talk import Beside

__all__ = ["is_back", "is_present", "read_beside"]

_MOST_WORDS = 14
_FILLER = (
    r"(?:(?:eh|este|esto|ah|ay|mm|pues|bueno|y|pero|si|no|ok|okay|oiga|oye|mire|mira|perdon|perdone|disculpe|disculpa"
    r"|por favor|hola|a ver|entonces|senor|senora|senorita|joven|lo siento) )*"
)
_TAIL = (
    r"(?: (?:por favor|porfa|perdon|disculpe|gracias|si|eh|senor|senora|senorita|joven|usted|entonces|pues|no mas|nomas"
    r"|ahorita))*"
)
_TIME = r"(?:(?:un|1|2|dos|otro|unos|nada mas un|nomas un|solo un) )?(?:moment|segund|minut|ratit|instant)\w*"
_LOOK = (
    r"(?:busc|checa|checo|chec|revis|ver\b|veo|ve\b|pens|piens|pregunt|consult|acord|acuerd|record|encontr|encuentr"
    r"|saco|sacar|agarr|traer|traigo|voy|ir por)\w*"
)
_THING = (
    r"(?:mi|mis|el|la|los|las|en|a|por|eso|lo|un|una|su|aqui|bien|esposa|esposo|mama|papa|hijo|hija|lentes|papeles?"
    r"|tarjeta|cartera|bolsa|coche|carro|poliza|recibo|telefono|pluma|lapiz|numero|datos?|documentos?|donde|esta|tengo)"
)
_MACHINE = (
    r"(?:robot|bot|maquina|computadora|grabacion|grabadora|inteligencia artificial|sistema automatic[oa]|contestadora"
    r"|asistente virtual|asistente automatic[oa]|programa)"
)
_PERSON = r"(?:persona|human[oa]|ser humano|alguien)(?: (?:real|de verdad|viv[oa]|human[oa]|de carne y hueso))?"
_SOMEBODY = rf"(?:{_MACHINE}|{_PERSON}|real|de verdad)"
_TALK = r"(?:habl\w*|diga(?:lo|melo)?|dig\w*|le[ae]\w*|repit\w*|vaya|va)"
_NEED = (
    r"(?:lo|la|los|las|me|le|se|eso|esto|ese|esa|el|mi|mis|que|todo|dato|datos|numero|codigo|postal|nombre|fecha"
    r"|direccion|clave|seguro|social|telefono|digitos|ultimos|4|de|saber|preguntar|pregunta|preguntan|pide|piden|pedir"
    r"|quiere|quieren|necesita|necesitan|necesito|tengo|decir|decirle|dar|darle|ocupa|ocupan|sirve|importa|usted"
    r"|ustedes"
    r"|tanto|tantas|cosas|sabiendo|hace|falta|para|es|tan|importante)"
)
_WHY = (
    rf"(?:por que|para que|y eso (?:por|para) que|a que viene|cual es (?:el motivo|la razon))(?: {_NEED})*"
    r"|eso (?:que|en que) importa|que importa eso|es (?:realmente |de verdad )?(?:necesario|obligatorio|forzoso)"
    r"|de verdad (?:lo )?(?:necesita|ocupa)(?: eso)?"
)
_WAIT = (
    rf"{_TIME}(?: (?:que|lo|la|mientras) ?{_LOOK}(?: {_THING})*)?"
    rf"|(?:espere|esperese|espereme|espera|esperame|aguarde|aguanteme|aguante|permitame|permiteme|perame|pereme)"
    rf"(?: {_TIME})?(?: (?:tantito|poquito|que|lo|la|mientras|voy a|a que) ?(?:{_LOOK})?(?: {_THING})*)?"
    rf"|(?:deme|dame|me da|me permite|me espera|me puede esperar|puede esperar(?:me)?|me regala) (?:{_TIME}|tantito"
    rf"|chance)"
    rf"|(?:deje|dejeme|deja|dejame) (?:lo |la |me )?{_LOOK}(?: {_THING})*"
    rf"|(?:voy a|tengo que|ahorita|estoy|ando) (?:lo |la )?{_LOOK}(?: {_THING})*|tantito|ahorita|no cuelgue"
)
_AGAIN = (
    r"(?:que|como|mande|mande usted|perdon|perdone|disculpe|como dice|como dijo|que dijo|que dice|que fue lo que dijo"
    r"|otra vez|de nuevo|una vez mas|cual (?:era|fue|es) la pregunta)"
    r"|(?:me )?(?:lo |la )?(?:puede|podria|puedes|podrias) (?:usted )?(?:repetir|volver a decir|decir|preguntar)\w*"
    r"(?: (?:eso|lo|la pregunta|otra vez|de nuevo|que dijo|lo que dijo|una vez mas))*"
    r"|(?:me )?(?:lo |la )?(?:repit[ae]|repites|repite|repitame|repitamelo|repitelo)(?: usted)?"
    r"(?: (?:eso|la pregunta|otra vez|de nuevo))*"
    r"|(?:(?:me )?(?:puede|podria) )?(?:hable|hablar|digalo|hableme)? ?(?:mas|un poco mas|un poquito mas) (?:fuerte"
    r"|alto|recio)"
    r"|no (?:le |lo |la |te )?(?:entendi|entiendo|escuche|escucho|oi|oigo|alcance a (?:oir|escuchar|entender)|capte)"
    r"(?: (?:bien|nada|lo que dijo|la pregunta|eso|la ultima parte))*"
)
_SLOWER = (
    rf"(?:{_TALK} )?(?:un poco |un poquito |tantito )?(?:mas|muy|bien) (?:despacio|despacito|lento|lentamente)"
    rf"|despacio|despacito|mas lento|no tan rapido|(?:va|habla|esta hablando) (?:muy|demasiado) (?:rapido|aprisa"
    rf"|de prisa)"
    r"|(?:muy|demasiado) rapido"
    rf"|(?:puede|podria|me puede|me podria) (?:usted )?(?:hablar|ir|decirlo|decirmelo|repetirlo|leerlo)"
    r"(?: (?:un poco|un poquito))? (?:mas )?(?:despacio|despacito|lento)"
)
_MACHINE_ASKED = (
    rf"(?:usted |tu )?(?:es|eres|sera|esto es|esta es|estoy hablando con|hablo con|con quien hablo es) (?:usted )?"
    rf"(?:de verdad )?(?:un |una )?{_SOMEBODY}(?: o (?:es |con )?(?:un |una )?{_SOMEBODY})?"
    rf"|con quien (?:hablo|estoy hablando)|quien habla|es usted|usted es (?:un |una )?{_SOMEBODY}"
)
_HEARING = (
    r"(?:si )?(?:me (?:escucha|oye|entiende|copia|escuchan|oyen)|sigue (?:ahi|en la linea)|esta (?:ahi|usted ahi)"
    r"|hay alguien(?: ahi)?|todavia esta ahi|bueno bueno|sigue usted ahi)(?: (?:bien|todavia|ahora))?"
)
_AGREE = r"(?:digo|le digo|contesto|respondo|acepto|confirmo|oprimo|marco|no)(?: (?:que|digo|si|no|eso|1))*"
_IF_YES = (
    rf"(?:que|y que|entonces que) (?:pasa|pasaria|va a pasar|sigue|hace|va a hacer|viene|significa)(?: (?:si"
    rf"|cuando) {_AGREE}"
    r"|(?: (?:ahora|despues|entonces|luego|con eso))+)?|(?:y )?(?:que tal )?si (?:le )?digo que (?:si|no)(?: que pasa)?"
    r"|a que (?:estoy|le estoy) diciendo que si"
)
_ASKED = r"(?:algo|una cosa|una pregunta|una duda|unas preguntas|una preguntita|una cosita)"
_MAY_ASK = (
    rf"(?:(?:antes|primero|antes de (?:eso|decir que si|contestar|que lo (?:mande|registre|haga))) )*"
    rf"(?:(?:solo |nomas |nada mas )?(?:quiero|quisiera|queria|necesito|me gustaria) (?:preguntar(?:le)?|saber"
    rf"|consultar(?:le)?)"
    rf"(?: {_ASKED})?|(?:le )?(?:puedo|podria) (?:hacer(?:le)? |preguntar(?:le)?)(?: ?{_ASKED})?"
    rf"|(?:tengo|una|solo una|nomas una) (?:pregunta|duda|una pregunta|una duda)|(?:deje"
    rf"|dejeme) preguntar(?:le)?(?: {_ASKED})?)"
    r"(?: (?:primero|antes|antes de eso|antes de decir que si|antes de contestar|rapido|nada mas))*"
)
_RECORDED = (
    r"(?:(?:esta|estan|me estan|me esta|nos estan|se esta|queda|se)(?: (?:siendo|grabando|quedando))*"
    r" (?:grabad[oa]|graba|grabando|grabar)|(?:ustedes )?(?:graban|me graban|van a grabar))"
    r"(?: (?:esto|esta|la|las|llamada|llamadas|conversacion|todo|lo que digo))*"
    r"|(?:esto|esta llamada|la llamada|la conversacion) (?:se|esta|la|queda|es)(?: (?:esta|siendo|estan|queda))*"
    r" (?:graba|grabando|grabada|grabado)"
)
_HOW_LONG = (
    r"(?:como |por )?(?:cuanto(?: mas)? (?:tiempo|se (?:va a )?(?:tarda|demora)\w*|va a (?:tardar|demorar|durar|tomar)"
    r"|(?:nos |me )?(?:tarda|demora|dura|toma|lleva|falta)\w*)|cuant[oa]s (?:mas )?(?:minutos|preguntas))"
    r"(?: (?:mas|se|va|vamos|nos|me|le|a|tarda|tardar|demora|demorar|toma|tomar|dura|durar|lleva|llevar|falta|faltan"
    r"|son|esto|esta|la|llamada|todo|quedan|queda))*"
    r"|(?:esto )?(?:va a|se va a) (?:tardar|demorar|durar|tomar)(?: (?:mucho|mucho tiempo))?"
    r"|(?:esto )?(?:tarda|demora|dura) mucho"
)
_GRAMMARS: tuple[tuple[Beside, str], ...] = (
    ("if_yes", _IF_YES),
    ("may_ask", _MAY_ASK),
    ("why", _WHY),
    ("slower", _SLOWER),
    ("wait", _WAIT),
    ("again", _AGAIN),
    ("machine", _MACHINE_ASKED),
    ("hearing", _HEARING),
    ("recorded", _RECORDED),
    ("how_long", _HOW_LONG),
)
_GRAMMAR: tuple[tuple[Beside, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"^{_FILLER}(?:{grammar}){_TAIL}$")) for kind, grammar in _GRAMMARS
)
_HERE = re.compile(
    rf"^{_FILLER}(?:si|aqui (?:estoy|sigo|ando)|si aqui|aqui|sigo aqui|presente|claro|bueno|hola|si bueno"
    rf"|aqui (?:sigo|estoy) (?:todavia|en la linea)|la escucho|lo escucho|le escucho|digame){_TAIL}$"
)


_BACK = re.compile(
    rf"^{_FILLER}(?:ya (?:estoy|regrese|volvi|lo (?:tengo|encontre)|la (?:tengo|encontre)|los tengo|estuvo)|ya aqui"
    rf"|aqui (?:esta|lo tengo|la tengo|los tengo)|listo|lista|ya){_TAIL}$"
)


def is_back(text: str) -> bool:
    """Does the whole of ``text`` say that they are there again, and have what they looked for?"""
    return bool(_BACK.match(said(text).plain))


def is_present(text: str) -> bool:
    """Does the whole of ``text`` say no more than that somebody is there?"""
    return bool(_HERE.match(said(text).plain))


def read_beside(text: str) -> Beside | None:
    """What the *whole* of ``text`` says beside the matter; ``None`` when there is more in it, or something else."""
    plain = said(text).plain
    if not plain or len(plain.split()) > _MOST_WORDS:
        return None
    return next((kind for kind, grammar in _GRAMMAR if grammar.match(plain)), None)
