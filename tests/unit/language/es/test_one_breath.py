"""Who somebody is, told in Spanish: in one breath, one by one, with doubts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.es.numbers import number_words
from backend.language.parts import NumberPart, PartsAsked, parts_reader

ZIP = NumberPart("zip", 5, 4, ("código postal", "postal"))
LAST4 = NumberPart("last4", 4, 0, ("seguro social", "social", "últimos cuatro"))
READER = parts_reader("es-MX")
NAME = "name"


def told(text: str, asked: str | None = None, *, opening: bool = True) -> tuple[dict[str, str], set[str]]:
    assert READER is not None
    parts = READER.read(text, PartsAsked((ZIP, LAST4), NAME, asked, opening))
    return dict(parts.values), set(parts.doubt)


ALL = {"name": "Rosa Martínez", "zip": "80202", "last4": "1189"}


@pytest.mark.parametrize(
    "text",
    [
        "me llamo rosa martínez mi código postal es ocho cero dos cero dos y los últimos cuatro son uno uno ocho nueve",
        "Rosa Martínez, código postal 80202, últimos cuatro 1189",
        "soy Rosa Martínez, 80202 es mi código postal y 1189 los últimos cuatro de mi seguro social",
        "mi nombre es Rosa Martínez, el postal es ochenta doscientos dos, y el social once ochenta y nueve",
    ],
)
def test_all_in_one_breath(text: str) -> None:
    assert told(text) == (ALL, set())


@pytest.mark.parametrize(
    ("text", "asked", "values", "doubt"),
    [
        ("ocho cero dos cero dos", "zip", {"zip": "80202"}, set()),
        ("80202-1234", "zip", {"zip": "80202"}, set()),
        ("once ochenta y nueve", "last4", {"last4": "1189"}, set()),
        ("rosa martínez lópez", "name", {"name": "Rosa Martínez López"}, set()),
        ("ocho cero dos cero", "zip", {}, {"zip"}),
        ("ocho cero dos cero dos no perdón ocho cero dos cero tres", "zip", {}, {"zip"}),
        ("cinco nueve... perdón, cinco nueve dos siete", "last4", {"last4": "5927"}, set()),
        ("cinco nueve tres, no, cinco nueve dos siete", "last4", {"last4": "5927"}, set()),
        ("ocho cinco, espere, ocho cinco cero cero uno", "zip", {"zip": "85001"}, set()),
        ("cinco... perdón, nueve dos siete", "last4", {}, {"last4"}),
        ("cinco nueve mi perro cinco nueve dos siete", "last4", {}, {"last4"}),
        ("creo que es ochenta doscientos dos", "zip", {}, {"zip"}),
        ("código postal ocho cero dos", "zip", {}, {"zip"}),
        ("mi código postal es 80202 y mi código postal es 80203", None, {}, {"zip"}),
        ("soy robert johnson y tuve un accidente", None, {}, set()),
        ("soy la esposa de robert johnson", None, {}, set()),
        ("hola tuve un accidente a las cinco con dos carros", None, {}, set()),
        ("fueron 4821 pesos de daño", None, {}, set()),
        ("no", "zip", {}, set()),
    ],
)
def test_one_at_a_time(text: str, asked: str | None, values: dict[str, str], doubt: set[str]) -> None:
    found, unsure = told(text, asked, opening=False)
    assert ({key: value for key, value in found.items() if key != "name" or asked == "name"}, unsure) == (values, doubt)


def test_a_name_beside_something_else() -> None:
    assert told("soy robert johnson y tuve un accidente")[0] == {"name": "Robert Johnson"}
    assert told("soy robert johnson tuve un choque")[0] == {"name": "Robert Johnson"}
    assert told("soy de denver y tuve un choque")[0] == {}


@given(st.text("0123456789", min_size=1, max_size=9))
def test_only_exactly_these_digits_open(digits: str) -> None:
    said = " ".join(number_words(int(digit)) for digit in digits)
    values, doubt = told(said, "last4", opening=False)
    assert values == ({"last4": digits} if len(digits) == 4 else {} if len(digits) not in (5, 9) else values)
    assert values or doubt
    assert READER is not None
    assert digits in READER.numbers([said], [ZIP, LAST4])


@given(st.text("0123456789 áéñabcxyz,.¿?", max_size=60), st.sampled_from(["zip", "last4", "name", None]))
def test_nothing_is_raised(text: str, asked: str | None) -> None:
    told(text, asked)


@pytest.mark.parametrize(
    ("said", "name", "same"),
    [
        ("rosa martines", "Rosa Martínez", True),
        ("rosa martínez", "Rosa Martínez López", True),
        ("rosa elena martínez", "Rosa Martínez", True),
        ("jorge velasques", "Jorge Velázquez", True),
        ("jose ybarra", "José Ibarra", True),
        ("roberto johnson", "Robert Johnson", True),
        ("rosa", "Rosa Martínez", False),
        ("ana martínez", "Rosa Martínez", False),
        ("juan pérez", "Juan Gómez", False),
        ("luis ruiz", "Luisa Ruiz", False),
        ("", "Rosa Martínez", False),
    ],
)
def test_which_names_may_be_one(said: str, name: str, same: bool) -> None:
    assert READER is not None
    assert READER.same_person(said, name) is same


def test_a_name_must_have_been_said() -> None:
    assert READER is not None
    assert READER.is_said("Rosa Martínez", ["me llamo rosa", "martines"])
    assert not READER.is_said("Rosa Martínez", ["me llamo ana"])
