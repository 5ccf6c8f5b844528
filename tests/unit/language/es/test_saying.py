"""What Spanish makes of values when it says them."""

from datetime import datetime
from typing import Any

import pytest

from backend.language.asked import Asked, Kind
from backend.language.es.spanish import SPANISH

NOW = datetime(2026, 11, 21, 10, 15)


@pytest.mark.parametrize(
    ("kind", "value", "clause"),
    [
        ("date", "2026-11-18", "miércoles 18 de noviembre"),
        ("date", "2026-11-01", "domingo primero de noviembre"),
        ("date", "2020-02-29", "sábado 29 de febrero de 2020"),
        ("date", "mañana", "mañana"),
        ("time", "17:30", "las 5:30 de la tarde"),
        ("time", "12:00", "mediodía"),
        ("time", "00:00", "medianoche"),
        ("time", "00:30", "las 12:30 de la noche"),
        ("time", "03:00", "las 3 de la madrugada"),
        ("time", "13:00", "la 1 de la tarde"),
        ("time", "21:15", "las 9:15 de la noche"),
        ("time", "09:00", "las 9 de la mañana"),
        ("time", "tarde", "tarde"),
        ("digits", "4821", "cuatro ocho dos uno"),
        ("code", "POL-A10001", "P O L, A uno cero cero cero uno"),
        ("postal_code", "06700", "cero seis siete cero cero"),
        ("phone", "+525512345678", "cinco cinco, uno dos tres cuatro, cinco seis siete ocho"),
        ("phone", "+13125550142", "más uno, tres uno dos, cinco cinco cinco, cero uno cuatro dos"),
        ("phone", "911", "nueve uno uno"),
        ("email", "juan_85@gmail.com", "juan guion bajo 8 5 arroba gmail punto com"),
        ("money", {"amount": 1500, "currency": "MXN"}, "1,500 pesos"),
        ("money", {"amount": 5.5, "currency": "USD"}, "5 dólares con 50 centavos"),
        ("money", {"amount": 2_000_000, "currency": "MXN"}, "2,000,000 de pesos"),
        ("money", {"amount": 0.5, "currency": "USD"}, "50 centavos"),
        ("money", {"amount": 1, "currency": "USD"}, "1 dólar"),
        ("money", "mil", "mil"),
        ("yes_no", True, "sí"),
        ("yes_no", False, "no"),
        ("person", {"who": "caller"}, "usted"),
        ("person", {"who": "nobody"}, "nadie"),
        ("person", {"who": "other", "name": "Luis", "relationship": "child"}, "Luis, su hijo o hija"),
        ("person", {"who": "other"}, "otra persona"),
        ("person", "Luis", "Luis"),
        ("address", {"street": "Avenida Colfax", "city": "Denver"}, "Avenida Colfax, Denver"),
        ("address", {"zipcode": "80202"}, "código postal ocho cero dos cero dos"),
        ("address", "Denver", "Denver"),
        ("group", {"year": 2018, "make": "Chevrolet", "model": "Malibu"}, "Chevrolet Malibu 2018"),
        ("group", "Malibu", "Malibu"),
        ("integer", 3, "3"),
        ("name", "María Peña", "María Peña"),
    ],
)
def test_it_is_said(kind: Kind, value: Any, clause: str) -> None:
    assert SPANISH.say(kind, value, Asked(kind, NOW, "MX")) == clause


@pytest.mark.parametrize("kind", ["date", "time", "digits", "phone", "money"])
def test_what_is_said_is_read_as_what_it_was(kind: Kind) -> None:
    value = {
        "date": "2026-11-18", "time": "17:30", "digits": "4821", "phone": "+525512345678",
        "money": {"amount": 1500, "currency": "MXN"},
    }[kind]  # fmt: skip
    asked = Asked(kind, NOW, "MX", past=True, digits=4 if kind == "digits" else 0)
    assert SPANISH.read(SPANISH.say(kind, value, asked), asked).value == value
