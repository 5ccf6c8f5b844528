"""Choices, counts, groups and free text in Spanish."""

from datetime import datetime
from typing import Any

import pytest
from spanish_answers import ASK, none, reads

from backend.language.asked import Asked, Choice

COUNTED = (
    Choice(1, ("carro", "carros", "camión", "camiones", "camioneta", "camionetas", "moto", "motos", "coche", "coches")),
    Choice(None, ("el mío", "mi carro", "yo")),
)
TRIPS = (
    Choice("commuting", ("al trabajo", "del trabajo", "a la oficina")),
    Choice("work", ("trabajando", "entrega")),
    Choice("personal", ("personal", "compras", "escuela", "novia", "familia")),
)
NOW = datetime(2026, 11, 21)
MAKES = (Choice("Chevrolet", ("chevy",)), *map(Choice, ("Ford", "Honda", "BMW", "Mazda", "Toyota", "Jeep", "Nissan")))
MODELS = tuple(
    Choice(name, of=make)
    for name, make in (
        ("Malibu", "Chevrolet"), ("Tahoe", "Chevrolet"), ("Focus", "Ford"), ("F-150", "Ford"), ("Civic", "Honda"),
        ("CR-V", "Honda"), ("3", "Mazda"), ("Tsuru", "Nissan"), ("Wrangler", "Jeep"), ("Corolla", "Toyota"),
    )
)  # fmt: skip
PARTS = {
    "year": Asked("integer", NOW, digits=4),
    "make": Asked("choice", NOW, choices=MAKES),
    "model": Asked("text", NOW, choices=(*MODELS, Choice(None, ("blanca", "rojo")))),
}


INTEGER = [
    ("solamente el mío", 1),
    ("uno nada más", 1),
    ("dos carros", 2),
    ("un camión y mi carro", 2),
    ("el mío y otros tres", 4),
    ("yo y quien haya sido", ASK),
    ("el mío y no sé cuántos", ASK),
    ("sólo yo", 1),
    ("no había otro carro", 1),
    ("otro carro y el mío", 2),
    ("cuatro en total", 4),
    ("dos atrás uno adelante y yo en el medio", 4),
    ("fueron cinco pero uno huyó", 5),
    ("eran tres pero uno se largó", 3),
    ("el mío el de atrás o sea dos", 2),
    ("ya se lo dije a la señorita", none("other")),
    ("eso ya te lo expliqué", none("other")),
    ("choqué con un árbol no había nadie más", 1),
    ("dos o tres", ASK),
    ("un segundo", none("wait")),
    ("dos", 2),
    ("los dos", 2),
    ("nada más el mío", 1),
    ("tres carros contando el mío", 3),
    ("una camioneta una moto y mi carro", 3),
    ("como cuatro", ASK),
    ("no sé", none("unknown")),
    ("otros dos", 3),
    ("nada más mi carro", 1),
    ("dos nada más", 2),
    ("yo y otro carro", 2),
    ("mi carro y una camioneta", 2),
    ("nadie más", 1),
    ("no dos", ASK),
    ("no cero", ASK),
    ("no el mío", ASK),
    ("no fueron dos", ASK),
]


@pytest.mark.parametrize(("words", "want"), INTEGER)
def test_integer(words: str, want: Any) -> None:
    reads("integer", words, want, choices=COUNTED)


INTEGER_2 = [
    ("tres", 3),
    ("somos cinco", 5),
    ("veintiuno", 21),
    ("no sé", none("unknown")),
    ("dos o tres", ASK),
]


@pytest.mark.parametrize(("words", "want"), INTEGER_2)
def test_integer_2(words: str, want: Any) -> None:
    reads("integer", words, want)


CHOICE = [
    ("venía de la casa de su novia", "personal"),
    ("personal", "personal"),
    ("iba al trabajo", "commuting"),
    ("no iba al trabajo iba de compras", "personal"),
    ("al trabajo o de compras", ASK),
    ("no sé", none("unknown")),
    ("andaba trabajando", "work"),
    ("creo que de compras", ASK),
    ("qué opciones hay", none("question")),
]


@pytest.mark.parametrize(("words", "want"), CHOICE)
def test_choice(words: str, want: Any) -> None:
    reads("choice", words, want, choices=TRIPS)


GROUP = [
    ("un chevrolet malibu del dos mil dieciocho", {"year": 2018, "make": "Chevrolet", "model": "Malibu"}),
    ("el malibu el chevy dos mil dieciocho", {"year": 2018, "make": "Chevrolet", "model": "Malibu"}),
    ("un honda civic dos mil diecinueve", {"year": 2019, "make": "Honda", "model": "Civic"}),
    ("una ford efe ciento cincuenta dos mil veinte", {"year": 2020, "make": "Ford", "model": "F-150"}),
    ("ford f 150 del 2020", {"year": 2020, "make": "Ford", "model": "F-150"}),
    ("un tsuru del noventa y ocho", {"year": 1998, "model": "Tsuru"}),
    ("mazda tres dos mil quince", {"year": 2015, "make": "Mazda", "model": "3"}),
    ("el toyota", {"make": "Toyota"}),
    ("no el ford el jeep wrangler", {"make": "Jeep", "model": "Wrangler"}),
    ("una camioneta blanca", ASK),
    ("déjeme ver la tarjeta", none("wait")),
    ("dos mil doce", {"year": 2012}),
    ("Es un Honda CR-V 2021.", {"year": 2021, "make": "Honda", "model": "CR-V"}),
    ("honda crv dos mil veintiuno", {"year": 2021, "make": "Honda", "model": "CR-V"}),
    ("un toyota corolla o un honda civic", ASK),
    ("modelo dos mil diecisiete ford focus", {"year": 2017, "make": "Ford", "model": "Focus"}),
]


@pytest.mark.parametrize(("words", "want"), GROUP)
def test_group(words: str, want: Any) -> None:
    reads("group", words, want, parts=PARTS)


TEXT = [
    (
        "mi hijo se resbaló con la lluvia y le pegó a una señal de tránsito",
        "mi hijo se resbaló con la lluvia y le pegó a una señal de tránsito",
    ),
    ("no sé", none("unknown")),
    ("espere un momento", none("wait")),
]


@pytest.mark.parametrize(("words", "want"), TEXT)
def test_text(words: str, want: Any) -> None:
    reads("text", words, want)
