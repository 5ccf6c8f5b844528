"""Spanish words that give a day, a time, a sum or a number to something else than what was asked for."""

import re

from backend.language.attribution import Attribution

__all__ = ["ATTRIBUTION"]

_OTHERS = r"(?:policias?|ambulancia|paramedicos|bomberos|grua|oficial(?:es)?|transito|ayuda)"
_CAME = r"(?:llego|llegaron|vino|vinieron|aparecio|aparecieron|se fue|se fueron|me llamo)"
_HELPERS = rf"\b{_OTHERS} (?:\w+ ){{0,3}}?{_CAME}\b|\b{_CAME} (?:la|el|los|las) {_OTHERS}\b"
_LATER = (
    r"\b(?:me di cuenta|nos dimos cuenta|lo encontre|la encontre|lo vi|la vi|recibi|me llego (?:el|la|una?)|compre"
    r"|vendi|compramos|lo reporte|la reporte|me entere|nos enteramos)\b"
)
_WISH = r"\b(?:me puede|me llama|llameme|tengo que|necesito|tengo (?:una )?cita|vence|entregan|recojo|recogen)\b"
_HOURS = (
    r"\b(?:entro|entra|salgo|sale|sali|salimos|empiezo|empieza|empiezan|abren?|cierran?|cierra|llegue|llegamos"
    r"|me levante|me desperte|llame|pedi)\b"
)
_COSTS = r"\b(?:vale|valia|renta|sueldo|multa|compre|vendi|gano|debo|deducible|ofrec\w+)\b|\bpague\b.* por (?:el|la)\b"
_OTHER_NUMBERS = (
    r"\b(?:vence|vencio|vencimiento|caduca|caducidad|expira|cvv|nip|pin|curp|rfc)\b|\bde atras\b"
    r"|\b(?:los )?primeros (?:\d|dos|tres|cuatro|cinco|seis)\b"
    r"|\bnumero de (?:siniestro|reporte|reclamo|cuenta|cliente|orden|serie|caso|folio|seguro|casa)\b"
)
"""What numbers are called of which another one was asked for."""
_IT = "cosa eso accidente incidente evento todo"

ATTRIBUTION = Attribution(
    links=frozenset("es era fue son eran fueron".split()),
    openers=frozenset("mi mis el la los las su nuestro nuestra un una".split()),
    joints=frozenset("y e pero porque cuando mientras desde aunque entonces quien si hasta despues antes".split()),
    again=frozenset("fue era paso ocurrio".split()),
    own={
        "date": frozenset(f"{_IT} fecha dia noche manana tarde madrugada".split()),
        "time": frozenset(f"{_IT} hora reloj sol".split()),
        "money": frozenset(
            f"{_IT} dano danos total cantidad costo precio presupuesto cotizacion cuenta reparacion arreglo".split()
        ),
        "digits": frozenset(f"{_IT} numero numeros digitos ultimos ultimo identificacion codigo final".split()),
        "code": frozenset(
            f"{_IT} numero numeros codigo poliza placa placas matricula letra letras tarjeta folio clave"
            " identificacion".split()
        ),
        "postal_code": frozenset(f"{_IT} codigo postal cp zip nuevo nueva actual".split()),
    },
    acts={
        "date": re.compile(f"{_HELPERS}|{_LATER}|{_WISH}"),
        "time": re.compile(f"{_HELPERS}|{_LATER}|{_WISH}|{_HOURS}"),
        "money": re.compile(_COSTS),
    },
    names=dict.fromkeys(("digits", "code", "postal_code"), re.compile(_OTHER_NUMBERS)),
)
"""The rule of whose value it is, in Spanish."""
