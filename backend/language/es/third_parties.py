"""Callers of another house, who saw it, who interpret, and children: in Spanish, by what they say of themselves.

Who is taken for one by mistake can still leave a report or come to a person; who is not would be let into a record that
is not theirs. So what is in doubt counts.
"""

import re

__all__ = ["is_a_third_party"]

_HELLO = r"^(?:(?:hola|buenas|buenos|tardes|dias|noches|si|bueno|disculpe|mire|oiga) )*"
_RANK = (
    r"(?:oficial|detective|sargento|teniente|policia|capitan|comandante|inspector[a]?|paramedic[oa]|enfermer[oa]"
    r"|licenciad[oa])"
)
_AGE = r"(?:cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|[5-9]|1[0-5])"
_SAYS = r"(?:dicen?|muestran?|estan? a nombre de|salen? a nombre de|aparecen? a nombre de)"
_THIRD_PARTY = re.compile(
    # "sargento morales de la policía de phoenix, tengo aquí"
    rf"{_HELLO}(?:(?:soy|habla|le habla|aqui) )?(?:el |la )?{_RANK} "
    r"(?!(?:que|me|nos|le|ya|dijo|vino|llego|tomo|hizo|fue|era|esta|estaba|no|se|lo|la|de|del|y)\b)\w+"
    r"(?=$| )(?! (?:me|nos|le|dijo|vino|llego|tomo|hizo|fue|era|estaba|se|lo)\b)"
    # "soy de grúas rápidas", "traigo uno en la grúa", "los papeles dicen ana torres"
    r"|\b(?:soy|somos|hablo|hablamos|habla|llamo|llamamos)(?: \w+){0,2}? (?:de|con|desde) (?:las? |los? |el )?"
    r"(?:gruas?|corralon|deposito|taller|hojalateria|ambulancias?|hospital|clinica|policia|bomberos) "
    r"(?!(?:por|para|que|y|porque|a|donde|me|mi|se|la|el|de mi)\b)\w+"
    r"|\b(?:traigo|tengo|llevo|recogi|remolque|enganche) (?:(?:aqui|yo|ahorita) )*(?:un|una|el|la|su) (?:\w+ ){0,4}?"
    r"(?:en|sobre|arriba de) (?:la|mi|el) (?:grua|plataforma|corralon|gancho)\b"
    rf"|(?<!mis )(?<!mi )\b(?:papeles|placas?|registro|matricula|expediente|reporte) {_SAYS} "
    r"(?!(?:que|mi|mio|el|la|yo)\b)\w+ \w+"
    # "intérprete número cuatro", "voy a hablar por ella", "tengo aquí a la señora torres"
    r"|\binterprete (?:numero |id |clave )*(?:\d|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|cero)"
    r"|\b(?:yo )?(?:hablo|hablare|voy a hablar|contesto|voy a contestar|respondo|voy a responder|interpreto"
    r"|voy a interpretar|traduzco|voy a traducir) (?:yo )?(?:por|para) (?:el|ella|ellos|la|mi|su)\b"
    r"(?! (?:telefono|celular|tema|accidente))"
    r"|\b(?:tengo|esta) aqui (?:conmigo )?(?:a )?(?:la senora|el senor|al senor|don|dona) \w+"
    # "vivo al lado de juan pérez", "soy testigo", "vi que le pegaron a su carro"
    r"|\b(?:vivo|vivimos) (?:(?:justo|aqui) )*(?:al lado|enfrente|arriba|abajo|junto|cerca) (?:de|a)l? "
    r"(?!(?:la|el|un|una|mi|los|las|donde|ahi)\b)\w+ \w+"
    r"|\bsoy (?:vecin[oa] de (?!aqui|la|el|un)\w+|(?:un |una |el |la )?testigo)\b"
    r"|\b(?:vi|vimos)(?: \w+){0,6}? (?:peg\w+|choc\w+|golpe\w+|ray\w+|rasp\w+|romp\w+)(?: \w+)? (?:a |al |con )?"
    r"(?:su|el de mi vecin[oa]|el \w+ de (?:mi vecin[oa]|(?!mi|la|el)\w+))\b(?!.*\b(?:mio|mia|mi|me)\b)"
    # "tengo ocho años y mi mamá dice que llame"
    rf"|\btengo {_AGE} anos\b(?! (?:de|con|en|viviendo|manejando|pagando|siendo|casad[oa]|aqui)\b)"
)


def is_a_third_party(plain: str) -> bool:
    """Do the words come from somebody who only has to do with it? ``plain`` is in the plain spelling."""
    return _THIRD_PARTY.search(plain) is not None
