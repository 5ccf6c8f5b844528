"""Digits, codes, telephone numbers, addresses of mail, and money in Spanish."""

from typing import Any

import pytest
from spanish_answers import ASK, asks, none, reads

DIGITS = [
    ("nueve ocho uno cero uno", "98101"),
    ("siete siete cero cero dos", "77002"),
    ("ochenta doscientos dos", "80202"),
    ("ocho cero dos cero dos", "80202"),
    ("noventa y ocho mil ciento uno", "98101"),
    ("noventa y ocho ciento uno", "98101"),
    ("sesenta seiscientos uno", "60601"),
    ("seis cero seis cero uno por favor", "60601"),
    ("es el 60601", "60601"),
    ("ocho cinco doble cero uno", "85001"),
    ("ocho cinco cero cero uno", "85001"),
    ("tres cero tres... cero tres", "30303"),
    ("nueve ocho uno", ASK),
    ("mi código es siete siete cero cero dos gracias", "77002"),
    ("seis cero seis cero uno no perdón seis cero seis cero dos", "60602"),
    ("creo que siete siete cero cero dos", ASK),
    ("siete siete dos ceros dos", "77002"),
    ("siete siete par de ceros dos", "77002"),
    ("60601 o 60602", ASK),
    ("no sé", none("unknown")),
    ("cuál código", none("question")),
    ("un momento", none("wait")),
    ("dos segundos por favor", none("wait")),
    ("setenta y siete cero cero dos", "77002"),
    ("setenta y siete mil dos", "77002"),
    ("siete siete mil dos", "77002"),
]


@pytest.mark.parametrize(("words", "want"), DIGITS)
def test_digits(words: str, want: Any) -> None:
    reads("digits", words, want, digits=5)


DIGITS_2 = [
    ("uno uno ocho nueve", "1189"),
    ("sesenta y seis dieciocho", "6618"),
    ("once ochenta y nueve", "1189"),
    ("cuarenta y ocho veintiuno", "4821"),
    ("los últimos cuatro son cuatro ocho dos uno", "4821"),
    ("mis últimos cuatro dígitos son 4821", "4821"),
    ("mil ciento ochenta y nueve", "1189"),
    ("veintidós sesenta y cuatro", "2264"),
    ("nueve cero tres siete", "9037"),
    ("seis seis uno nueve no ocho seis seis uno ocho", ASK),
    ("siete cinco uno cero eso es todo", "7510"),
    ("dos siete nueve", ASK),
    ("dónde viene ese número", none("question")),
    ("cuarenta y ocho... veintiuno", "4821"),
    ("cuatro ocho, dos uno", "4821"),
    ("treinta y tres cero nueve", "3309"),
    ("doble tres cero nueve", "3309"),
    ("triple cero nueve", "0009"),
    ("cuatro mil ochocientos veintiuno", "4821"),
    ("déjeme buscar mi cartera", none("wait")),
    ("uno dos tres cuatro cinco", ASK),
]


@pytest.mark.parametrize(("words", "want"), DIGITS_2)
def test_digits_2(words: str, want: Any) -> None:
    reads("digits", words, want, digits=4)


CODE = [
    ("ele ocho cero cinco dos seis", "L80526"),
    ("pe o ele guion ele de lima ocho cero cinco dos seis", "POLL80526"),
    ("POL-F70318.", "POL-F70318"),
    ("alfa uno doble cero cero uno", "A10001"),
    ("a uno cero cero cero uno", "A10001"),
    ("e cincuenta y cinco seis siete dos", "E55672"),
    ("e de elefante cinco cinco seis siete dos", "E55672"),
    ("mi póliza es la be grande siete cero tres uno ocho", "B70318"),
    ("dónde viene ese número", none("question")),
    ("no la tengo a la mano", none("unknown")),
    ("efe siete cero tres uno ocho no perdón efe siete cero tres uno nueve", "F70319"),
]


@pytest.mark.parametrize(("words", "want"), CODE)
def test_code(words: str, want: Any) -> None:
    reads("code", words, want)


CODE_2 = [
    ("pe o ele guion ele ocho cero cinco dos seis", "POL-L80526"),
    ("ele ocho cero cinco dos seis", "L80526"),
]


@pytest.mark.parametrize(("words", "want"), CODE_2)
def test_code_2(words: str, want: Any) -> None:
    reads("code", words, want, pattern="(POL-)?[A-Z]\\d{5}")


POSTAL_CODE = [
    ("ochenta doscientos dos", "80202"),
    ("60601", "60601"),
    ("98101-0042", "98101-0042"),
    ("cero seis siete cero cero", "06700"),
    ("es el cero seis siete cero cero", "06700"),
    ("nueve ocho", ASK),
]


@pytest.mark.parametrize(("words", "want"), POSTAL_CODE)
def test_postal_code(words: str, want: Any) -> None:
    reads("postal_code", words, want, region="US")


PHONE = [
    ("cincuenta y cinco doce treinta y cuatro cincuenta y seis setenta y ocho", "+525512345678"),
    ("más cincuenta y dos cincuenta y cinco doce treinta y cuatro cincuenta y seis setenta y ocho", "+525512345678"),
    ("55 1234 5678", "+525512345678"),
    ("+52 55 1234 5678", "+525512345678"),
    ("cero cuarenta y cuatro cincuenta y cinco doce treinta y cuatro cincuenta y seis setenta y ocho", "+525512345678"),
    ("doce treinta y cuatro cincuenta y seis setenta y ocho", ASK),
    ("ocho uno ocho tres cuatro cinco seis siete ocho nueve", "+528183456789"),
    ("es el (818) 345-6789", "+528183456789"),
    ("no lo puede ver en la pantalla", none("question")),
]


@pytest.mark.parametrize(("words", "want"), PHONE)
def test_phone(words: str, want: Any) -> None:
    reads("phone", words, want)


PHONE_2 = [
    ("tres doce quinientos cincuenta y cinco cero uno cuarenta y dos", "+13125550142"),
    ("tres uno dos cinco cinco cinco cero uno uno cero", "+13125550110"),
    ("Es el (312) 555-0110.", "+13125550110"),
    ("siete cero dos triple cinco cero uno doble cuatro", "+17025550144"),
    ("uno seis uno nueve cinco cinco cinco cero uno dos ocho", "+16195550128"),
    ("cinco cinco cinco cero uno siete seis", ASK),
    ("cincuenta y dos cincuenta y cinco doce treinta y cuatro cincuenta y seis setenta y ocho", "+525512345678"),
]


@pytest.mark.parametrize(("words", "want"), PHONE_2)
def test_phone_2(words: str, want: Any) -> None:
    reads("phone", words, want, region="US")


EMAIL = [
    ("juan punto pérez arroba gmail punto com", "juan.perez@gmail.com"),
    ("mi correo es maria guion bajo lopez arroba hotmail punto com", "maria_lopez@hotmail.com"),
    ("ka e uve i ene nueve arroba gmail punto com", "kevin9@gmail.com"),
    ("juan perez arroba gmail punto com todo junto", "juanperez@gmail.com"),
    ("juan pérez arroba gmail punto com", ASK),
    ("roberto arroba yahoo", asks("roberto@yahoo.com")),
    ("ana85@outlook.com", "ana85@outlook.com"),
    ("ana ochenta y cinco arroba outlook punto com", "ana85@outlook.com"),
    ("no tengo correo", none("unknown")),
    ("no tengo", none("unknown")),
    ("bob guion lee arroba example punto com punto mx", "bob-lee@example.com.mx"),
    ("Susan.T@example.org.", "susan.t@example.org"),
]


@pytest.mark.parametrize(("words", "want"), EMAIL)
def test_email(words: str, want: Any) -> None:
    reads("email", words, want)


MONEY = [
    ("mil quinientos pesos", {"amount": 1500, "currency": "MXN"}),
    ("mil dólares", {"amount": 1000, "currency": "USD"}),
    ("tres mil doscientos", {"amount": 3200, "currency": "MXN"}),
    ("quinientos o seiscientos", ASK),
    ("como quinientos pesos", {"amount": 500, "currency": "MXN"}),
    ("$95.", {"amount": 95, "currency": "MXN"}),
    ("1,500 pesos", {"amount": 1500, "currency": "MXN"}),
    ("noventa y cinco con cincuenta", {"amount": 95.5, "currency": "MXN"}),
    ("nadie me dijo", none("unknown")),
    ("mil y pico", ASK),
    ("dos millones de pesos", {"amount": 2000000, "currency": "MXN"}),
    ("más de mil", ASK),
    ("25 mil pesos", {"amount": 25000, "currency": "MXN"}),
    ("ni idea", none("unknown")),
    ("un millón", {"amount": 1000000, "currency": "MXN"}),
    ("ciento veinte pesos con cincuenta centavos", {"amount": 120.5, "currency": "MXN"}),
    ("entre mil y dos mil", ASK),
]


@pytest.mark.parametrize(("words", "want"), MONEY)
def test_money(words: str, want: Any) -> None:
    reads("money", words, want)
