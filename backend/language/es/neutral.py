"""Spanish words that may stay unread beside a value, and those that turn one; in the plain spelling."""

import re

from backend.language.asked import Kind
from backend.language.coverage import Coverage
from backend.language.es.attribution import ATTRIBUTION
from backend.language.es.not_names import PARTICLES
from backend.language.es.people import KIN
from backend.language.es.words import said

__all__ = ["COVERAGE"]


def _set(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


def _words(text: str) -> list[str]:
    return said(text).plain.split()


_FILLERS = _set(
    "servidor pos pus eh este esto pues bueno ah ay uy mm mmm em um uh mire mira oiga oye ver a la verdad ok okay",
    "claro senor senora senorita joven por favor gracias dios hola buenos buenas dias tardes noches perdon disculpe",
    "sea perdone afortunadamente desgraciadamente lamentablemente suerte fijese digamos y entonces ya",
)
_JOINING = _set(
    "el la los las un una unos unas lo le les se me te nos mi mis yo usted ustedes ella ellos ellas nosotros",
    "nosotras mio mia mios mias nuestro nuestra nuestros nuestras este esta estos estas ese esa esos esas eso aquel",
    "aquella alli ahi aqui alla aca que quien quienes cual cuales cuando donde como cuanto cuantos todo toda todos",
    "todas cada algo alguno alguna alguien uno nadie nada ninguno ninguna ningun de del al en con por para sobre",
    "desde entre hacia durante e o u ni no si porque pues sino tambien tampoco muy mas menos mucho mucha muchos",
    "muchas poco poca pocos bien asi solo solamente nomas ya todavia aun ahora ahorita luego despues exactamente",
    "precisamente mero misma mismo mismos tal vez andaba andabamos ando es son era eran fue fueron fui ser sido soy",
    "somos estan estoy estaba estaban estuvo estamos estabamos ha han he hay habia hubo hemos haber tiene tienen",
    "tengo tenia tenemos va van voy iba iban ibamos ir viene venia venian ven dio di dieron hizo hace hacer puso",
    "quedo quedaron paso pasaron sucedio ocurrio fijo acuerdo recuerdo sé digo dice dicen dijo dijeron llama llaman",
    "parte cosa total contando incluyendo conmigo su sus",
)
_OTHERS = _set("el otro otra otros otras demas")
_DAY = _set(
    "hoy manana tarde noche dia dias madrugada mediodia medianoche hora horas minuto minutos media cuarto punto",
    "temprano comida cena almuerzo desayuno lluvia llovia lloviendo oscuro luz sol nieve am pm anoche ayer semana",
    "antes cerca primero casi",
)
_WAY = _set(
    "casa trabajo trabajar escuela tienda iglesia banco aeropuerto estacion calle avenida esquina ciudad centro",
    "camino regreso regresaba regresando salia saliendo llegando llegaba esposa esposo hijo hija hijos madre",
    "padre mama papa hermano hermana amigo amiga familia gente senor senora muchacho policia perro yendo iba",
    "rumbo compras",
)
_FACTS = _set(
    "hoy ayer anoche manana tarde noche dia ahora momento policia doctor oficial enfermera senor senora hombre",
    "mujer gente persona personas nino nina ninos bebe chavo chava joven pobre casa calle camino lado normal",
    "perfecto perfectamente correctamente bien mal susto asustado asustada asustados sentado sentada sentados",
    "llorando siento siente llevo llevaron trajo trajeron sacaron salio salieron sali salimos resulto resultaron",
    "mismos gravedad grave leve",
)
_COUNTS = _set(
    "involucrados involucrado involucramos eramos fuimos fueron participaron juntos",
)
_GROUP = _set(
    "ano nuevo nueva viejo vieja usado tipo linea tengo traigo traia",
)
_PERSON = _set(
    "mayor menor grande chico chica joven mediano mediana medio traia casa trabajo trabaja edad anos nombre llama",
    "llamaba",
    "apellido sola solo lado atras afuera fuera don dona senor senora licenciado dormido dormida usaba momento",
    "quien mismo misma personalmente sentado sentada merito merita mero mera solito solita empresa compania",
    "oficina negocio taller fabrica restaurante hotel despacho escuela universidad iglesia deje dejo dejamos",
    "plaza doctor doctora profesor profesora maestro maestra",
)
_LETTERS = _set(
    "a b c d e f g h i j k l m n o p q r s t u v w x y z letra letras mayuscula guion doble triple acento tilde",
    "ye equis zeta jota hache griega latina",
)
_NAME = _LETTERS | _set(
    "nombre nombres apellido apellidos primer primero segundo completo escribe deletreo deletrea ordenes don dona",
    "licenciado licenciada doctor doctora ingeniero latina servirle servidora oficial llamo llamamos",
    "pe cu eñe be ce de ele eme ene ef efe ge hache i jota ka erre ese te uve ve corta larga alta baja chica grande",
)
_PHONE = _set(
    "celular cel movil numero telefono casa trabajo oficina fijo lada whatsapp mejor llamar llamarme llame marque",
    "marcar area codigo mas doble triple guion directo",
)
_AGAINST = _set("no ni nunca tampoco sino pero aunque excepto salvo perdon perdone digo mejor miento corrijo espere")
_EARLIER = _set("antes")
_TURNING: dict[Kind, frozenset[str]] = {
    "date": _AGAINST - _set("sino") | _set("antes hasta dice"),
    "time": _AGAINST - _set("sino") | _set("antes despues hasta temprano"),
    "money": _AGAINST | _set("antes despues"),
    "digits": _AGAINST | _EARLIER,
    "code": _AGAINST | _EARLIER,
    "postal_code": _AGAINST | _EARLIER,
    "phone": _AGAINST | _EARLIER,
    "email": _AGAINST | _EARLIER,
    "name": _AGAINST | _EARLIER,
    "address": _AGAINST | _set("vivo vive vivia"),
    "integer": _set("sino pero aunque excepto salvo"),
    "group": _set("pero aunque excepto salvo"),
    "yes_no": _set("antes"),
}
_STRICT: dict[Kind, frozenset[str]] = {
    "yes_no": _FACTS | frozenset(KIN),
    "choice": _WAY | _DAY,
    "integer": _COUNTS | _OTHERS,
    "person": _PERSON | _WAY | frozenset({"pero"}) | _OTHERS | frozenset(KIN),
    "group": _GROUP | frozenset(KIN),
    "name": _NAME | _OTHERS | frozenset(KIN),
    "phone": _PHONE | frozenset(KIN),
}
_DOUBTS: dict[Kind, re.Pattern[str]] = {
    "date": re.compile(
        r"\b\d{1,2} (?:dias?|semanas?|meses) atras\b|\b\d{1,2} o (?:el )?\d{1,2}\b|\bno el antepasado\b|\bel anterior\b"
    ),
    "phone": re.compile(
        rf"\b(?:el|numero|telefono|celular) de (?:mi|mis|su|un|una) (?:\w+ )?(?:{'|'.join(sorted(KIN))})\b"
    ),
    "time": re.compile(r"\b(?:empiezan?|entro|entra|salgo|sale|abren?|cierran?) a las?\b"),
    "code": re.compile(r"\b(?:termina|terminan|empieza|empiezan|comienza|seguid[oa])\b"),
    "money": re.compile(
        r"\by medi[oa]\b|\b(?:cada un[oa]|cada \w+|por (?:puerta|pieza|lado|dia|semana|mes))\b"
        r"|\bla (?:vez pasada|otra vez)\b"
    ),
    "integer": re.compile(
        r"\b(?:ibamos|veniamos|viajabamos)\b|\b(?:el|la) de (?:ella|el|ellos)\b|\b(?:el|la) del\b"
        r"|\by una? bici(?:cleta)?s?\b"
    ),
}

COVERAGE = Coverage(
    words=_words,
    silent=_FILLERS | _JOINING,
    strict=_STRICT,
    of_people=_set("otro otra otros otras excepto menos salvo pero aparte"),
    loose=frozenset({"date", "time", "money", "digits", "code", "postal_code"}),
    no_names=_set("coma bueno dueno duena soltera soltero") | _JOINING - PARTICLES,
    no_places=_set("pero aunque casi")
    | _JOINING
    - PARTICLES
    - _set(
        "en con por entre sobre desde hacia al a un una uno que va cada mas bien este esta e o u paso aqui alla mia",
        "el lo parte cosa total ese esa quedo para rumbo si ven son di fue solo mucho mayor le",
    ),
    supposes=_set(
        "ojala siempre normalmente planeaba queria pensaba hubiera habria supuestamente feriado festivo "
        "feria cacho pico"
    ),
    answers=_set("si no claro"),
    fillers=_FILLERS - _set("claro"),
    turns=_set(
        "pero aunque excepto menos salvo aparte sino hasta casi otro otra otros otras antes quiza quizas tal creo",
        "supongo parece ojala espero podria pudo debe deberia ella ellos",
    ),
    stand_ins=_set(
        "prueba pruebas ejemplo algo alguien cualquiera cualquier nada nadie ninguno fulano mengano zutano",
        "perengano test xxx abc asdf falso equis loquesea",
    ),
    articles=frozenset({"el", "la"}),
    doubts=_DOUBTS,
    turning=_TURNING,
    spelling=re.compile(r"\b[a-z]{1,5} (?:de|como|como en|con) [a-z]+\b"),
    whose=ATTRIBUTION,
)
"""The rule of what may stay unread in Spanish."""
