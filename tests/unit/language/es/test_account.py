"""What Spanish callers tell, and how it is said back to them."""

import pytest

from backend.language.es.account import ACCOUNT
from backend.language.es.several_people import companions, read_people

EVENTS = ("chocó", "choqué", "pegó", "resbaló", "robaron")
ANNOUNCING = ("accidente", "reclamo", "reportar")
CARS = [("2019", "Honda", "Civic"), ("2021", "Ford", "F-150")]


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("quiero reportar un accidente", False),
        ("mi hijo se resbaló con la lluvia y le pegó a una señal", True),
        ("choqué", False),
        ("me chocó un carro en la esquina", True),
        ("buenas tardes", False),
    ],
)
def test_what_tells_something(words: str, tells: bool) -> None:
    assert ACCOUNT.tells(words, EVENTS, ANNOUNCING) is tells


@pytest.mark.parametrize(("words", "none"), [("no sé", True), ("por qué pregunta", True), ("me pegó un carro", False)])
def test_what_is_no_account(words: str, none: bool) -> None:
    assert ACCOUNT.is_no_account(words) is none


@pytest.mark.parametrize(
    ("words", "back"),
    [
        ("choqué con mi carro", "chocó con su carro"),
        ("pues yo iba con mi esposa y nos pegó un camión", "usted iba con su esposa y les pegó un camión"),
        ("me salí de la carretera", "se salió de la carretera"),
        ("pegué contra el poste, aquí", "pegó contra el poste, aquí"),
    ],
)
def test_it_is_said_back_in_the_second_person(words: str, back: str) -> None:
    assert ACCOUNT.second_person(words) == back


def test_denials_are_no_clauses() -> None:
    assert ACCOUNT.plain_clauses("no fue el lunes, fue el martes en la noche") == ["fue el martes en la noche"]


@pytest.mark.parametrize(
    ("words", "another", "new"),
    [
        ("es otro accidente", True, True),
        ("no, uno nuevo por favor", False, True),
        ("sí sigamos con ese reporte", False, False),
    ],
)
def test_another_matter(words: str, another: bool, new: bool) -> None:
    assert (ACCOUNT.names_another(words), ACCOUNT.wants_a_new_one(words)) == (another, new)


@pytest.mark.parametrize(
    ("words", "place"),
    [("el honda", 0), ("la ford f 150", 1), ("el primero", 0), ("el segundo", 1), ("el nissan", None), ("sí", None)],
)
def test_which_of_two_is_meant(words: str, place: int | None) -> None:
    assert ACCOUNT.which(words, CARS, ()) == place


@pytest.mark.parametrize(
    ("words", "place"), [("sí", 0), ("sí ese", 0), ("sí el civic", 0), ("no", None), ("sí pero el ford", None)]
)
def test_whether_the_only_one_is_meant(words: str, place: int | None) -> None:
    assert ACCOUNT.which(words, CARS[:1], ()) == place


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("no iba solo", []),
        ("nadie", []),
        ("no", []),
        ("sin pasajeros", []),
        ("mi esposa", [{"name": "", "relationship": "spouse"}]),
        ("iba mi mamá conmigo", [("", "parent")]),
        ("sí mi hija ana y mi amigo beto", [("Ana", "child"), ("Beto", "friend")]),
        ("dos amigos", [("", ""), ("", "")]),
    ],
)
def test_several_people(words: str, people: list[dict[str, str] | tuple[str, str]]) -> None:
    want = [one if isinstance(one, dict) else {"name": one[0], "relationship": one[1]} for one in people]
    reading = read_people(words)
    assert (reading.outcome, reading.value) == ("value", want)


@pytest.mark.parametrize(
    ("words", "outcome"), [("creo que mi hijo", "ask"), ("mi hijo, no, nadie", "ask"), ("rojo", "none")]
)
def test_several_people_in_doubt(words: str, outcome: str) -> None:
    assert read_people(words).outcome == outcome


def test_who_rode_along() -> None:
    assert companions("yo iba con mi esposa rosa") == [{"name": "Rosa", "relationship": "spouse"}]
    assert companions("manejaba mi hijo") == []


def test_a_place_in_a_story() -> None:
    assert ACCOUNT.place_in("no, fue en la avenida colfax en denver") == {"street": "Avenida Colfax", "city": "Denver"}
    assert ACCOUNT.place_in("mi hijo venía de denver") == {}


def test_the_answer_before_a_story_is_left_out() -> None:
    assert ACCOUNT.without_answer("No, se lo llevó la grúa") == "se lo llevó la grúa"


@pytest.mark.parametrize(
    ("words", "place"), [("choqué con mi ford", 1), ("iba en mi honda civic", 0), ("un ford me pegó", None)]
)
def test_which_is_their_own(words: str, place: int | None) -> None:
    assert ACCOUNT.owned(words, CARS) == place
