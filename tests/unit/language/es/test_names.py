"""Names and people in Spanish."""

from typing import Any

import pytest
from spanish_answers import ASK, asks, none, reads

NAME = [
    ("me llamo verónica peña", "Verónica Peña"),
    ("soy carlos alberto díaz mora", "Carlos Alberto Díaz Mora"),
    ("roberto johnson pero en la póliza dice robert johnson", asks("Robert Johnson")),
    ("robert johnson", "Robert Johnson"),
    ("mi nombre es maría de la luz hernández", "María de la Luz Hernández"),
    ("juan carlos de la torre para servirle", "Juan Carlos de la Torre"),
    ("kevin o'connor", "Kevin O'Connor"),
    ("angus mcgregor", "Angus McGregor"),
    ("maría núñez ortega", "María Núñez Ortega"),
    ("soy la señora gloria estefanía ruiz", "Gloria Estefanía Ruiz"),
    ("el doctor luis mejía", "Luis Mejía"),
    ("ana gonzález con zeta", "Ana González"),
    ("ana gonzález con ese", ASK),
    ("verónica", ASK),
    ("mi nombre es julia y de apellido mora", "Julia Mora"),
    ("me llamo julia y apellido mora como la fruta", "Julia Mora"),
    ("con quién hablo", none("question")),
    ("un momento por favor", none("wait")),
    ("juan pérez no perdón juan gómez", asks("Juan Gómez")),
    ("pues me llamo josé luis ramírez", "José Luis Ramírez"),
    ("jean-luc moreau", "Jean-Luc Moreau"),
    ("luisa fernández o hernández", ASK),
    ("sara con o sin hache no sé", ASK),
    ("Me llamo Roberto Sánchez.", "Roberto Sánchez"),
    ("a nombre de pedro del valle", "Pedro del Valle"),
    ("quiero reportar un accidente", none("other")),
    ("lucía salas ese a ele a ese", "Lucía Salas"),
]


@pytest.mark.parametrize(("words", "want"), NAME)
def test_name(words: str, want: Any) -> None:
    reads("name", words, want, question="¿Cuál es su nombre completo?")


NAME_2 = [
    ("ese a ele a ese", "Salas"),
    ("pe e eñe a", "Peña"),
    ("ge o ene zeta a ele e zeta", "Gonzalez"),
    ("be de burro r o w n", "Brown"),
    ("peña con eñe", "Peña"),
    ("uve e ele a", "Vela"),
    ("ve e ele a ese cu u e zeta", "Velasquez"),
    ("h e r n a n d e z", "Hernandez"),
    ("doble ve i ele eme a erre", "Wilmar"),
]


@pytest.mark.parametrize(("words", "want"), NAME_2)
def test_name_2(words: str, want: Any) -> None:
    reads("name", words, want, question="¿Cómo se escribe su apellido?")


PERSON = [
    ("fui yo", {"who": "caller"}),
    ("ni yo ni mi esposa, fue mi suegro", {"who": "other", "relationship": "other"}),
    ("ni mi hija ni yo, manejaba mi tío raúl", {"who": "other", "name": "Raúl", "relationship": "other"}),
    ("ni mi hija ni yo", ASK),
    ("mi pai", {"who": "other", "relationship": "parent"}),
    ("la señora que trabaja para nosotros", {"who": "other", "relationship": "employee"}),
    ("yo", {"who": "caller"}),
    ("yo iba manejando", {"who": "caller"}),
    ("yo manejaba", {"who": "caller"}),
    ("manejaba yo", {"who": "caller"}),
    ("mi hija carla no yo", {"who": "other", "name": "Carla", "relationship": "child"}),
    ("no había nadie el carro estaba parqueado", {"who": "nobody"}),
    ("cuál de los dos carros", none("question")),
    ("mi hijo luis yo estaba en la casa", {"who": "other", "name": "Luis", "relationship": "child"}),
    ("no era yo era mi hijo luis johnson", {"who": "other", "name": "Luis Johnson", "relationship": "child"}),
    ("mi esposa", {"who": "other", "relationship": "spouse"}),
    ("mi esposo iba manejando", {"who": "other", "relationship": "spouse"}),
    ("nadie estaba estacionado", {"who": "nobody"}),
    ("nadie, estaba estacionado, yo iba en mi bici", {"who": "nobody"}),
    ("nadie, yo iba en mi bici", asks({"who": "nobody"})),
    ("nadie, yo andaba caminando", asks({"who": "nobody"})),
    ("no, iba yo solo", {"who": "caller"}),
    ("estaba estacionado", {"who": "nobody"}),
    ("no fui yo", ASK),
    ("mi hermano o mi hermana", ASK),
    ("era el carro de mi papá pero yo lo manejaba", {"who": "caller"}),
    ("yo iba con mi esposa", {"who": "caller"}),
    ("carlos gómez", {"who": "other", "name": "Carlos Gómez"}),
    ("lo manejaba carlos gómez", {"who": "other", "name": "Carlos Gómez"}),
    ("mi compañero de trabajo beto", {"who": "other", "name": "Beto", "relationship": "employee"}),
    ("un amigo se llama juan pérez", {"who": "other", "name": "Juan Pérez", "relationship": "friend"}),
    ("luis mi hijo", {"who": "other", "name": "Luis", "relationship": "child"}),
    ("mi tío joe", {"who": "other", "name": "Joe", "relationship": "other"}),
    ("no sé", none("unknown")),
    ("espere tengo que buscar mis lentes", none("wait")),
    ("yo solo", {"who": "caller"}),
    ("yo mismo", {"who": "caller"}),
    ("mi hermano pedro manejaba", {"who": "other", "name": "Pedro", "relationship": "sibling"}),
    ("creo que mi hijo", ASK),
    ("no manejaba yo manejaba mi hermana", {"who": "other", "relationship": "sibling"}),
    ("mi vecino don josé", {"who": "other", "name": "José", "relationship": "friend"}),
    ("yo llevaba a mi esposa al aeropuerto", {"who": "caller"}),
    ("la verdad fui yo", {"who": "caller"}),
    ("iba manejando mi hija sofía", {"who": "other", "name": "Sofía", "relationship": "child"}),
    ("nadie el carro estaba vacío", {"who": "nobody"}),
    ("mi mamá", {"who": "other", "relationship": "parent"}),
    ("anna kovacs", {"who": "other", "name": "Anna Kovacs"}),
    ("no mi hijo no mi hija", ASK),
    ("era mi cuñado", {"who": "other", "relationship": "other"}),
]


@pytest.mark.parametrize(("words", "want"), PERSON)
def test_person(words: str, want: Any) -> None:
    reads("person", words, want)
