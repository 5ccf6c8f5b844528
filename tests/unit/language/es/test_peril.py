"""Who needs help this very moment, in Spanish, and what only sounds like it or is over."""

import pytest

from backend.language.es.peril import needs_help_now
from backend.language.es.safety import read_safety

NEEDED = [
    "chocamos y mi esposo no responde", "mi mamá no despierta", "mi amigo no se mueve", "no reacciona",
    "hay un cable tirado en la calle echando chispas", "sale humo del cofre", "está saliendo humo", "hay fuego",
    "no hay luz y mi papá está con oxígeno y se le va a acabar el oxígeno", "mi abuela se quedó sin oxígeno",
    "huele a gas", "aquí huele mucho a gasolina", "huele a quemado", "hay una fuga de gas",
    "no puedo respirar", "apenas puede respirar", "me duele mucho el pecho", "tiene dolor en el pecho",
    "estoy sangrando", "mi hijo sigue sangrando", "no para de sangrar", "estamos atrapados", "no puedo salir del carro",
    "no podemos sacar a mi hija", "no siento las piernas", "no me puedo mover", "me voy a desmayar",
    "está inconsciente", "hay un olor a gas muy fuerte", "hay un olor muy feo a quemado",
    "nos asaltaron y siguen aquí", "se metieron a la casa y todavía están abajo", "mi ex quiere entrar a la casa",
    "un tipo está intentando tumbar la puerta", "se metió el agua al carro y nos llega a las rodillas",
    "se cayó el techo y mi abuela está abajo", "mi vecino se electrocutó", "le dio una descarga y no se mueve",
    "mi papá se desmayó y no contesta", "tomé muchas pastillas", "se le ve el hueso",
    "trae una pistola", "me están amenazando", "me está golpeando", "necesito una ambulancia", "manden una ambulancia",
    "llame al 911", "sí necesito una ambulancia", "esto es una emergencia", "se me muere",
    "mi papá, y ya se le va a acabar la pila a su oxígeno", "ya no le queda oxígeno",
    "se le acaba el tanque de oxígeno",
    "se apagó el concentrador", "se le está descargando la batería del respirador", "le queda poco oxígeno a mi mamá",
    "no hay luz y mi mamá usa oxígeno",
    "se fue la luz y él está conectado a un respirador", "se le rompió la fuente",
    "mi hermanita está aquí atrás y no quiere despertar", "se está quedando sin oxígeno",
    "se está quemando el carro", "tengo la cara hinchada y apenas puedo tragar",
]  # fmt: skip
NONE = [
    "un árbol le cayó encima a mi carro", "se cayó la barda encima de mi coche", "le cayó encima a mi carro",
    "ya viene el bebé en junio", "se electrocutó el refrigerador", "le dio un infarto a mi papá hace dos años",
    "me falta el aire acondicionado", "nos llega hasta el cuello la deuda", "se me cayó encima el café",
    "cayó la luz y mi hijo está abajo en el sótano", "el agua llega a las seis de la mañana",
    "no necesito ambulancia", "nadie necesita una ambulancia", "salió humo pero ya no", "no huele a gas",
    "estaba sangrando y se lo llevaron", "no creo que necesite una ambulancia", "llamaron a una ambulancia",
    "me estoy muriendo de hambre", "no puedo mover el carro", "el ajustador no me responde las llamadas",
    "se me acabó la pila del carro", "se le acabó la gasolina", "se me acaba la batería del teléfono",
    "mi mamá usa oxígeno",
    "no hay luz y nadie usa oxígeno", "tiene un tanque de oxígeno", "no se le acaba el oxígeno", "se me acabó el saldo",
    "no es una emergencia", "traía las luces de emergencia", "auxilio vial", "no puedo salir del estacionamiento",
    "se me fue la luz", "no siento que sea justo", "me duele el brazo", "no hay humo", "no tengo dolor en el pecho",
    "no hay olor a gas", "me robaron ayer y mis llaves siguen ahí adentro", "quiero entrar a mi casa",
    "la factura llega a las oficinas", "tomo muchas pastillas para la presión", "se cayó el techo del cobertizo",
    "nadie se desmayó",
    "mi esposo no está", "no hay luz en mi casa", "mi vecino no contesta el teléfono",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_help_is_needed_this_very_moment(said: str) -> None:
    assert needs_help_now(said)
    assert read_safety(said, False).urgent


@pytest.mark.parametrize("said", NONE)
def test_what_is_over_denied_or_a_manner_of_speaking_is_no_need(said: str) -> None:
    assert not needs_help_now(said)
