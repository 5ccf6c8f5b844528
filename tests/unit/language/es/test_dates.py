"""Days in Spanish."""

from typing import Any

import pytest
from spanish_answers import ASK, asks, none, reads

DATE = [
    ("ayer por la tarde", "2026-11-20"),
    ("anteayer", "2026-11-19"),
    ("antier en la noche", "2026-11-19"),
    ("anoche", "2026-11-20"),
    ("hoy en la mañana", "2026-11-21"),
    ("esta mañana", "2026-11-21"),
    ("hoy a las nueve de la mañana", "2026-11-21"),
    ("hoy hace una hora", "2026-11-21"),
    ("hoy a las once de la noche", asks("2026-11-20")),
    ("esta noche a las once", asks("2026-11-20")),
    ("hace diez días", "2026-11-11"),
    ("el diecisiete de noviembre", "2026-11-17"),
    ("el jueves de la semana pasada", "2026-11-12"),
    ("el otro día", ASK),
    ("permítame ver mi agenda", none("wait")),
    ("el viernes", "2026-11-20"),
    ("el viernes pasado", asks("2026-11-20", "2026-11-13")),
    ("el domingo", "2026-11-15"),
    ("el domingo pasado", "2026-11-15"),
    ("el sábado pasado", "2026-11-14"),
    ("hace ocho días", asks("2026-11-13", "2026-11-14")),
    ("hace quince días", ASK),
    ("hace una semana", "2026-11-14"),
    ("hace dos semanas", "2026-11-07"),
    ("hace como una hora", "2026-11-21"),
    ("hace rato", "2026-11-21"),
    ("no fue el lunes fue el martes", "2026-11-17"),
    ("el lunes no espere el martes", "2026-11-17"),
    ("el martes no, perdón, el miércoles", "2026-11-18"),
    ("el lunes o el martes", asks("2026-11-16", "2026-11-17")),
    ("creo que el martes", asks("2026-11-17")),
    ("el lunes dieciséis", "2026-11-16"),
    ("el viernes doce", asks("2026-11-20", "2026-11-12")),
    ("el martes a las ocho y cuarto", "2026-11-17"),
    ("el próximo martes", ASK),
    ("mañana", ASK),
    ("ayer en la mañana", "2026-11-20"),
    ("ayer a las diez de la mañana", "2026-11-20"),
    ("el fin de semana", ASK),
    ("la semana pasada", ASK),
    ("el mes pasado", ASK),
    ("el quince del mes pasado", "2026-10-15"),
    ("en noviembre", ASK),
    ("el tres de noviembre del dos mil veintiséis", "2026-11-03"),
    ("3/11/2026", "2026-11-03"),
    ("03-11-2026", "2026-11-03"),
    ("2026-11-03", "2026-11-03"),
    ("el tres del once", "2026-11-03"),
    ("el 3", "2026-11-03"),
    ("fue el cuatro", "2026-11-04"),
    ("el primero de noviembre", "2026-11-01"),
    ("el día primero", "2026-11-01"),
    ("el uno de noviembre", "2026-11-01"),
    ("el treinta y uno", "2026-10-31"),
    ("el veinte de diciembre", asks("2025-12-20")),
    ("el veinte de diciembre del año pasado", "2025-12-20"),
    ("no sé", none("unknown")),
    ("no me acuerdo", none("unknown")),
    ("por qué pregunta", none("question")),
    ("quiero hablar con una persona", none("person")),
    ("el día de muertos", "2026-11-02"),
    ("halloween", "2026-10-31"),
    ("anoche no la noche anterior", "2026-11-19"),
    ("no anoche sino antier", "2026-11-19"),
    ("antes de ayer", "2026-11-19"),
    ("el día de ayer", "2026-11-20"),
    ("hoy mismo", "2026-11-21"),
    ("ahorita mismo", "2026-11-21"),
    ("acaba de pasar", "2026-11-21"),
    ("hace veinte minutos", "2026-11-21"),
    ("el martes de hace dos semanas", "2026-11-03"),
    ("hace unos días", ASK),
    ("hace un par de días", asks("2026-11-19")),
    ("hace tres días", "2026-11-18"),
    ("hace un mes", ASK),
    ("el miércoles pasado en la noche", asks("2026-11-18", "2026-11-11")),
    ("este jueves", "2026-11-19"),
    ("el pasado lunes", "2026-11-16"),
    ("hoy hace una semana", "2026-11-14"),
    ("hace una semana hoy", "2026-11-14"),
    ("hoy hace un rato", "2026-11-21"),
    ("el pasado martes", asks("2026-11-17", "2026-11-10")),
    ("el día después de halloween", "2026-11-01"),
    ("el lunes como a las tres de la tarde", "2026-11-16"),
    ("fue un viernes", ASK),
    ("el cinco de noviembre a las seis", "2026-11-05"),
    ("5 de noviembre", "2026-11-05"),
    ("el lunes hizo dos semanas", "2026-11-02"),
    ("el jueves cumplió ocho días", "2026-11-12"),
    ("el sábado hizo una semana", "2026-11-07"),
    ("el lunes va a hacer una semana", "2026-11-16"),
    ("el sábado hará una semana", ASK),
    ("noviembre cinco", "2026-11-05"),
    ("el 17", "2026-11-17"),
    ("diecisiete", "2026-11-17"),
    ("el martes diecisiete de noviembre", "2026-11-17"),
    ("el lunes diecisiete de noviembre", ASK),
    ("el treinta de febrero", ASK),
    ("ayer no antier", asks("2026-11-20", "2026-11-19")),
    ("esta madrugada", "2026-11-21"),
    ("hoy en la madrugada", "2026-11-21"),
    ("ayer como a las cinco", "2026-11-20"),
    ("ayer mi hijo y dos amigos", "2026-11-20"),
    ("quería poner una queja primero", none("other")),
    ("no fue hoy fue ayer", "2026-11-20"),
    ("el jueves, diecinueve", "2026-11-19"),
    ("no recuerdo si el lunes o el martes", ASK),
    ("a mediados de octubre", ASK),
]


@pytest.mark.parametrize(("words", "want"), DATE)
def test_date(words: str, want: Any) -> None:
    reads("date", words, want, past=True)


DATE_2 = [
    ("el cuatro", "2026-07-04"),
    ("el viernes", "2026-07-03"),
    ("el tres de julio", "2026-07-03"),
    ("el viernes tres de julio", "2026-07-03"),
    ("el cuatro de julio", "2026-07-04"),
    ("el fin de semana", asks("2026-07-04", "2026-07-05")),
    ("el día de la independencia", "2026-07-04"),
    ("3/7", asks("2026-03-07", "2026-07-03")),
    ("7/3/2026", ASK),
    ("7/13", asks("2025-07-13")),
    ("el lunes", "2026-07-06"),
    ("el lunes pasado", "2026-06-29"),
    ("el viernes pasado", "2026-07-03"),
    ("el martes", "2026-06-30"),
]


@pytest.mark.parametrize(("words", "want"), DATE_2)
def test_date_2(words: str, want: Any) -> None:
    reads("date", words, want, now="2026-07-06T14:20", region="US", past=True)


DATE_3 = [
    ("el año nuevo", "2027-01-01"),
    ("en navidad", "2026-12-25"),
    ("el treinta y uno", "2026-12-31"),
    ("nochebuena", "2026-12-24"),
    ("el día después de navidad", "2026-12-26"),
    ("fin de año", "2026-12-31"),
    ("el 27 de diciembre", "2026-12-27"),
    ("ayer", "2027-01-01"),
]


@pytest.mark.parametrize(("words", "want"), DATE_3)
def test_date_3(words: str, want: Any) -> None:
    reads("date", words, want, now="2027-01-02T09:00", region="US", past=True)


DATE_4 = [
    ("hace dos horas", "2026-09-09"),
    ("anoche", "2026-09-09"),
]


@pytest.mark.parametrize(("words", "want"), DATE_4)
def test_date_4(words: str, want: Any) -> None:
    reads("date", words, want, now="2026-09-10T01:30", past=True)


DATE_5 = [
    ("el día de acción de gracias", "2026-11-26"),
    ("el día después de acción de gracias", "2026-11-27"),
]


@pytest.mark.parametrize(("words", "want"), DATE_5)
def test_date_5(words: str, want: Any) -> None:
    reads("date", words, want, now="2026-11-30T07:55", region="US", past=True)


DATE_6 = [
    ("el viernes", "2026-11-27"),
    ("mañana", "2026-11-22"),
    ("el próximo martes", "2026-11-24"),
    ("el cinco", "2026-12-05"),
    ("pasado mañana", "2026-11-23"),
    ("el lunes que viene", "2026-11-23"),
    ("en dos semanas", "2026-12-05"),
    ("hoy", "2026-11-21"),
]


@pytest.mark.parametrize(("words", "want"), DATE_6)
def test_date_6(words: str, want: Any) -> None:
    reads("date", words, want, future=True)
